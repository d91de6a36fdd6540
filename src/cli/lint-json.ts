import { join } from 'node:path';
import type { Finding } from '../model/finding.ts';
import type { Cli } from './command.ts';
import type { LintResult } from './lint-result.ts';

/** A line for each finding, and before them one for each that was mended. */
export function jsonLint({ io }: Cli, { reports, mended, dryRun }: LintResult): void {
  for (const { root, finding, did } of mended)
    io.out(JSON.stringify({ ...placedIn(root, finding), did, dryRun }));
  for (const { root, findings } of reports)
    for (const finding of findings) io.out(JSON.stringify(placedIn(root, finding)));
}

/** The finding with the path as a program called from here finds it. */
function placedIn(root: string, finding: Finding): Finding {
  const { place } = finding;
  return place ? { ...finding, place: { ...place, file: join(root, place.file) } } : finding;
}
