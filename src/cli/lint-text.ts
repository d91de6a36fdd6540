import { join } from 'node:path';
import { styleText } from 'node:util';
import type { Finding, Severity } from '../model/finding.ts';
import type { Cli } from './command.ts';
import type { LintResult } from './lint-result.ts';
import type { LintReport } from './operations.ts';

const colours = { error: 'red', warning: 'yellow', note: 'cyan' } as const;
type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

/** For people: file by file, then how much there is of what. */
export function textLint({ io }: Cli, { reports, mended, dryRun }: LintResult): void {
  const paint: Paint = (style, text) =>
    io.colour ? styleText(style, text, { validateStream: false }) : text;
  for (const { root, finding, did } of mended) {
    const { file = '', line } = finding.place ?? {};
    const where = line === undefined ? join(root, file) : `${join(root, file)}:${line}`;
    io.out(`${dryRun ? 'would mend' : 'mended'} ${where}: ${did} (${finding.code})`);
  }
  if (mended.length > 0) io.out('');
  for (const report of reports)
    for (const [file, findings] of byFile(report)) {
      io.out(paint('bold', join(report.root, file)));
      for (const line of fileLines(findings, paint)) io.out(line);
      io.out('');
    }
  io.out(summary(reports, mended.length > 0 && !dryRun));
}

function byFile({ findings }: LintReport): ReadonlyMap<string, readonly Finding[]> {
  return Map.groupBy(findings, ({ place }) => place?.file ?? '');
}

/** What the phone does and the cure stand once for all findings of a kind. */
function fileLines(findings: readonly Finding[], paint: Paint): readonly string[] {
  const places = findings.map(({ place }) =>
    [place?.line, place?.column].filter((part) => part !== undefined).join(':'),
  );
  const width = Math.max(...places.map(({ length }) => length));
  const told = new Set<string>();
  return findings.flatMap((finding, index) => {
    const { code, severity, text, consequence, cure } = finding;
    const indent = ' '.repeat(width + 4);
    const place = (places[index] ?? '').padEnd(width);
    const kind = paint(colours[severity], severity);
    const head = `  ${place}  ${kind}: ${text}  ${paint('dim', `[${code}]`)}`;
    const advice = [consequence && `phone: ${consequence}`, cure && `cure:  ${cure}`]
      .filter((line) => line !== undefined && line !== '')
      .map((line) => `${indent}${line}`);
    const key = advice.join('\n');
    if (told.has(key)) return [head];
    told.add(key);
    return [head, ...advice];
  });
}

function summary(reports: readonly LintReport[], isMended: boolean): string {
  const findings = reports.flatMap((report) => report.findings);
  const files = reports.reduce((sum, report) => sum + report.files, 0);
  const looked = `${counted(files, 'file')} for phones`;
  if (findings.length === 0) return `${looked}: nothing wrong.`;
  const counts = (['error', 'warning', 'note'] as const)
    .map((severity) => [severity, countOf(findings, severity)] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => counted(count, severity));
  const fixes = findings.filter(({ fix }) => fix !== undefined).length;
  const hint = fixes > 0 && !isMended ? `; --fix mends ${fixes}` : '';
  return `${looked}: ${counts.join(', ')}${hint}. docs/diagnoses explains each code.`;
}

function countOf(findings: readonly Finding[], severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
