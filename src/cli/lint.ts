import { rulesOf } from '../core/lint/lint.ts';
import { AppError } from '../errors.ts';
import type { Finding } from '../model/finding.ts';
import type { RuleInfo } from '../model/lint.ts';
import { nearestWord } from '../model/nearest-word.ts';
import { command, type Cli, type MakeCommand } from './command.ts';
import { jsonLint } from './lint-json.ts';
import { sarifLint } from './lint-sarif.ts';
import { textLint } from './lint-text.ts';
import type { LintResult } from './lint-result.ts';
import type { LintReport } from './operations.ts';

const formats = { text: textLint, json: jsonLint, sarif: sarifLint } as const;

type LintFormat = keyof typeof formats;

type Flags = {
  readonly json?: boolean;
  readonly format: string;
  readonly fix?: boolean;
  readonly dryRun?: boolean;
  readonly rule?: readonly string[];
  readonly ignore?: readonly string[];
};

/** A fix may make room for another one, such as a name in quotes that were curly. */
const mostRounds = 4;

export const lintCommand: MakeCommand = (cli) =>
  command('lint', 'what is wrong with the files that phones will ask for')
    .argument('<PATH...>', 'a folder, such as the root of a TFTP server, or single files')
    .option('--format <FORMAT>', 'text, json or sarif', 'text')
    .option('--fix', 'mend what can be mended without harm')
    .option('--dry-run', 'with --fix: only say what would be done')
    .option('--rule <CODE>', 'only these findings; may be given again', codes)
    .option('--ignore <CODE>', 'all but these; may be given again', codes)
    .action(async (paths: readonly string[], flags: Flags) => {
      const rules = rulesOf(cli.ops.families.map(({ lint }) => lint));
      const write = formats[formatOf(flags)];
      const isWanted = wantedBy(rules, flags);
      const result = await lintAll(cli, paths, rules, isWanted, flags);
      write(cli, result);
      const findings = result.reports.flatMap((report) => report.findings);
      if (findings.some(({ severity }) => severity !== 'note')) cli.exit(1);
    });

/** Collects `--rule a --rule b,c`. */
function codes(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(',').map((code) => code.trim())];
}

function formatOf({ format, json }: Flags): LintFormat {
  if (json) return 'json';
  if (Object.hasOwn(formats, format)) return format as LintFormat;
  const known = Object.keys(formats).join(', ');
  throw new AppError('wrong-usage', `there is no format "${format}"; ${known}`);
}

function wantedBy(
  rules: readonly RuleInfo[],
  { rule, ignore = [] }: Flags,
): (finding: Finding) => boolean {
  const known = rules.map(({ code }) => code);
  for (const code of [...(rule ?? []), ...ignore]) {
    if (known.includes(code)) continue;
    const meant = nearestWord(code, known);
    const hint = meant === undefined ? 'docs/diagnoses lists them' : `did you mean ${meant}?`;
    throw new AppError('wrong-usage', `there is no finding "${code}"; ${hint}`);
  }
  return ({ code }) => (rule?.includes(code) ?? true) && !ignore.includes(code);
}

async function lintAll(
  { ops }: Cli,
  paths: readonly string[],
  rules: readonly RuleInfo[],
  isWanted: (finding: Finding) => boolean,
  { fix = false, dryRun = false }: Flags,
): Promise<LintResult> {
  if (dryRun && !fix) throw new AppError('wrong-usage', '--dry-run says what --fix would do');
  const lint = async (path: string): Promise<LintReport> => {
    const report = await ops.lint(path);
    return { ...report, findings: report.findings.filter(isWanted) };
  };
  const reports: LintReport[] = [];
  const mended: LintResult['mended'][number][] = [];
  for (const path of paths) {
    let report = await lint(path);
    for (let round = 0; fix && round < mostRounds; round++) {
      const { root, findings } = report;
      const done = ops.mend(root, findings, dryRun);
      mended.push(...done.map((each) => ({ ...each, root })));
      if (done.length === 0 || dryRun) break;
      report = await lint(path);
    }
    reports.push(report);
  }
  return { reports, mended, dryRun, rules };
}
