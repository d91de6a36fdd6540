import { isLost, type FileReport } from '../core/import-files.ts';
import type { PhoneReport } from '../core/import-phones.ts';
import type { ScopeSettings, TreeImport } from '../core/import-tree.ts';
import { masked, type IsSecret } from '../core/secrets.ts';
import { formatMac } from '../wire/mac.ts';
import type { Copies } from './import-copies.ts';

export type ImportShown = {
  readonly made: TreeImport;
  readonly copies: Copies;
  /** False on a dry run. */
  readonly stored: boolean;
};

/** Whether something is left for a person to do. */
export function leavesWork({ made, copies }: ImportShown): boolean {
  return (
    copies.refused.size > 0 ||
    made.files.some(isLost) ||
    made.phones.some(({ result }) => result === 'refused')
  );
}

export function importJson(
  { made, copies, stored }: ImportShown,
  isSecret: IsSecret,
): readonly string[] {
  const files = made.files.map((file) => ({ event: 'file', ...shownFile(file, copies) }));
  const phones = made.phones.map((each) => {
    if (each.result === 'refused') return { event: 'phone', ...each };
    const phone = { ...each.phone, settings: masked(each.phone.settings, isSecret) };
    return { event: 'phone', ...each, phone };
  });
  const settings = made.settings.map(({ values, ...scope }) => ({
    ...{ event: 'settings', ...scope, values: masked(values, isSecret) },
  }));
  const end = { event: 'end', ...counts(made), conflicts: made.conflicts, stored };
  return [...files, ...phones, ...settings, end].map((line) => JSON.stringify(line));
}

function shownFile(file: FileReport, { refused }: Copies): FileReport {
  const to = refused.get(file.path);
  if (to === undefined) return file;
  return { ...file, became: 'left-out', text: `${to} is there already: --replace changes it` };
}

function counts({ phones, files }: TreeImport) {
  const of = (result: PhoneReport['result']) =>
    phones.filter((each) => each.result === result).length;
  return {
    ...{ added: of('added'), changed: of('changed'), unchanged: of('unchanged') },
    ...{
      refused: of('refused'),
      lost: files.flatMap(({ notes }) => notes.filter(({ lost }) => lost)).length,
    },
  };
}

const words: Readonly<Record<FileReport['became'], string>> = {
  phone: 'read',
  common: 'read',
  generated: 'not copied, generated',
  'left-out': 'left out',
  'hand-made': 'to files/',
  firmware: 'to firmware/',
};

export function importText(shown: ImportShown): readonly string[] {
  const { made, copies, stored } = shown;
  const files = made.files.flatMap((file) => fileLines(shownFile(file, copies)));
  const phones = made.phones.map(phoneLine);
  const settings = made.settings.map(settingsLine);
  const { added, changed, unchanged, refused, lost } = counts(made);
  const sum = `${added} ${added === 1 ? 'phone' : 'phones'} added, ${changed} changed, ${unchanged} unchanged, ${refused} refused`;
  return [
    ...files,
    ...(phones.length > 0 ? ['', ...phones] : []),
    ...(settings.length > 0 || made.conflicts.length > 0 ? ['', ...settings] : []),
    ...(made.conflicts.length > 0 ? [conflictLine(made.conflicts)] : []),
    '',
    stored ? sum : `${sum}; nothing is stored on a dry run`,
    ...(lost > 0 ? [lostLine(lost)] : []),
  ];
}

function lostLine(count: number): string {
  const what = count === 1 ? '1 thing is' : `${count} things are`;
  return `${what} lost, marked with "!" above: --keep-files keeps their files as they are`;
}

function fileLines({ path, became, text, notes }: FileReport): readonly string[] {
  const why = text === '' ? '' : `: ${text}`;
  return [
    `${path}  ${words[became]}${why}`,
    ...notes.map(({ line, column, text: what, lost }) => {
      const place = line === undefined ? '' : `${line}:${column ?? 1} `;
      return `  ${lost ? '!' : '-'} ${place}${what}`;
    }),
  ];
}

function phoneLine(report: PhoneReport): string {
  const head = `${formatMac(report.mac)}  ${report.result}`;
  if (report.result === 'refused') return `${head}: ${report.why}`;
  const { model, image = 'keeps its image', settings } = report.phone;
  return `${head}  ${model}, ${image}, ${Object.keys(settings).length} settings`;
}

function settingsLine({ model, values }: ScopeSettings): string {
  const whose = model === undefined ? 'the fleet' : `model ${model}`;
  return `hookflash.yaml: ${Object.keys(values).length} settings of ${whose}`;
}

function conflictLine(names: readonly string[]): string {
  return `hookflash.yaml says otherwise, so the phones have them themselves: ${names.join(', ')}`;
}
