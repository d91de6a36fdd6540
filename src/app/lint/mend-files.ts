import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Mended } from '../../cli/operations.ts';
import { mendings, mendText } from '../../core/lint/mend.ts';
import type { Finding } from '../../model/finding.ts';

/**
 * Mends what can be mended without harm. Each file is written whole beside its place and renamed;
 * what no finding speaks of stays as it is, byte for byte. A file is renamed only where no other
 * has the name. A dry run says what it would do.
 */
export function mendFiles(
  root: string,
  findings: readonly Finding[],
  dryRun: boolean,
): readonly Mended[] {
  const byFile = Map.groupBy(findings, ({ place }) => place?.file ?? '');
  return [...byFile].flatMap(([file, own]) => [
    ...mendContent(join(root, file), own, dryRun),
    ...mendName(root, file, own, dryRun),
  ]);
}

function mendContent(
  path: string,
  findings: readonly Finding[],
  dryRun: boolean,
): readonly Mended[] {
  if (mendings(findings, 'replace').length === 0) return [];
  const bytes = readFileSync(path);
  const before = bytes.toString('utf8');
  // Offsets count characters: a text that is no UTF-8 has no place that they speak of.
  if (!Buffer.from(before, 'utf8').equals(bytes)) return [];
  const { text, done } = mendText(before, findings);
  if (!dryRun && done.length > 0) replaceFile(path, text);
  return done.map(({ finding, fix }) => {
    const was = before.slice(fix.offset, fix.offset + fix.length);
    return { finding, did: changeText(was, fix.text) };
  });
}

function changeText(was: string, by: string): string {
  if (was === '') return `put in ${JSON.stringify(by)}`;
  if (by === '') return `took out ${JSON.stringify(was)}`;
  // Between quotes may stand a password.
  const isQuotes = was.length > 1 && was.slice(1, -1) === by.slice(1, -1);
  const shown = (text: string) => (isQuotes ? `${text.charAt(0)}…${text.slice(-1)}` : text);
  return `wrote ${shown(by)} for ${shown(was)}`;
}

function replaceFile(path: string, text: string): void {
  const temporary = `${path}.hookflash-new`;
  try {
    writeFileSync(temporary, text, { mode: statSync(path).mode });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function mendName(
  root: string,
  file: string,
  findings: readonly Finding[],
  dryRun: boolean,
): readonly Mended[] {
  const [rename] = mendings(findings, 'rename');
  if (!rename) return [];
  const { finding, fix } = rename;
  const from = join(root, file);
  const to = join(dirname(from), fix.to);
  if (isOther(from, to)) return [];
  if (!dryRun) renameSync(from, to);
  return [{ finding, did: `renamed it to ${fix.to}` }];
}

/** Whether another file has the name; where letter case does not count, it may be the same one. */
function isOther(from: string, to: string): boolean {
  const there = statSync(to, { throwIfNoEntry: false, bigint: true });
  return there !== undefined && there.ino !== statSync(from, { bigint: true }).ino;
}
