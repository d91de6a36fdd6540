import { child, textOf } from '../../../../codec/config/xml.ts';
import { javaZoneNamed, javaZoneTable } from '../../time/java-zone-table.ts';
import { nearestWord } from '../../../../model/nearest-word.ts';
import { isPlaceholder } from '../../../shared/lint/placeholder.ts';
import type { Rule } from '../../../shared/lint/rule.ts';
import { hasSipSettings, type SepFile } from './sep-subject.ts';

const unknownZone: Rule<SepFile> = {
  code: 'java-zone-unknown',
  severity: 'warning',
  title: 'The timeZone is none of the phones',
  consequence: 'The phone shows the time of another zone.',
  cure: 'Write one of the names that the phones know: docs/reference has them.',
  check(file, report) {
    const pool = child(file.root, 'devicePool');
    const setting = pool && child(pool, 'dateTimeSetting');
    const zone = setting && child(setting, 'timeZone');
    const name = textOf(zone);
    if (!zone || name === '' || isPlaceholder(name)) return;
    if (!hasSipSettings(file) || javaZoneNamed(name)) return;
    const { line, column } = zone.children[0] ?? zone;
    const text = `"${name}" is no zone of these phones${hintFor(name)}`;
    report({ text, line, column });
  },
};

function hintFor(name: string): string {
  const stems = javaZoneTable.map((zone) => stem(zone.name));
  const meant = nearestWord(stem(name), stems);
  const known = meant === undefined ? undefined : javaZoneTable[stems.indexOf(meant)]?.name;
  if (known !== undefined) return `; did you mean "${known}"?`;
  return /^[A-Z]\w+\//.test(name) ? ': it is a name as computers have them' : '';
}

/** A name without what most of them have in common. */
function stem(name: string): string {
  return name.replace(/ Standard.*$/, '').replace(/^[EW]\. /, '');
}

/** usecallmanager.nz, "SEPMAC.cnf.xml", timeZone. */
export const sepZoneRules: readonly Rule<SepFile>[] = [unknownZone];
