import { nearestWord } from '../../../../model/nearest-word.ts';
import { readLoadName } from '../firmware/load-name.ts';
import type { Rule } from '../../../shared/lint/rule.ts';
import { badValueWords, placeholderText, placeholderWords } from '../rule-words.ts';
import type { SepFile, Stranger } from './sep-subject.ts';

const badValue: Rule<SepFile> = {
  ...badValueWords,
  check({ odd }, report) {
    for (const { parameter, name, value, wanted, at } of odd) {
      if (wanted === undefined || hasOwnRule(name, value)) continue;
      const shown = parameter.secret === true ? 'the value' : `"${value}"`;
      report({ text: `${name}: ${shown} should be ${wanted}`, line: at.line, column: at.column });
    }
  },
};

/** Rules that know more. */
function hasOwnRule(name: string, value: string): boolean {
  return name === 'timeZone' || (name === 'loadInformation' && readLoadName(value) !== undefined);
}

const placeholderLeft: Rule<SepFile> = {
  ...placeholderWords,
  check({ odd }, report) {
    const left = odd.filter(({ wanted }) => wanted === undefined);
    const [first] = left;
    if (!first) return;
    const { line, column } = first.at;
    report({ text: placeholderText(left.map(({ name }) => name)), line, column });
  },
};

const letterCase: Rule<SepFile> = {
  code: 'element-case',
  severity: 'warning',
  title: 'Element in the wrong letter case',
  consequence: 'The phone does not know it and takes its default.',
  cure: 'Write the element as the text says.',
  check({ strangers }, report) {
    for (const stranger of strangers) {
      const meant = sameButCase(stranger);
      if (meant === undefined) continue;
      const { name, line, column } = stranger.element;
      report({ text: `<${name}> is written <${meant}>`, line, column });
    }
  },
};

function sameButCase({ element, parent }: Stranger): string | undefined {
  const lower = element.name.toLowerCase();
  return [...parent.children.keys()].find((name) => name.toLowerCase() === lower);
}

const unknownElement: Rule<SepFile> = {
  code: 'unknown-element',
  severity: 'warning',
  title: 'Element that is a slip of the pen away from one that phones know',
  consequence: 'The phone does not know it and takes its default.',
  cure: 'Mend the name, or take the element out.',
  check({ strangers }, report) {
    for (const stranger of strangers) {
      if (sameButCase(stranger) !== undefined) continue;
      const { name, line, column } = stranger.element;
      const meant = nearestWord(name, [...stranger.parent.children.keys()]);
      // A word more is another thing, not a slip: syslogServer is no logServer.
      if (meant === undefined || isPart(name, meant)) continue;
      report({ text: `<${name}> is unknown; did you mean <${meant}>?`, line, column });
    }
  },
};

function isPart(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return a.includes(b) || b.includes(a);
}

/** usecallmanager.nz, "SEPMAC.cnf.xml". */
export const sepElementRules: readonly Rule<SepFile>[] = [
  badValue,
  placeholderLeft,
  letterCase,
  unknownElement,
];
