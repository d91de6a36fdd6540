import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding, Severity } from '../model/finding.ts';
import type { RuleInfo } from '../model/lint.ts';
import type { Cli } from './command.ts';
import type { LintResult } from './lint-result.ts';
import type { LintReport } from './operations.ts';

/** SARIF 2.1.0 section 3.27.10. */
const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  note: 'note',
};

/** One log for editors and code hosts. OASIS Static Analysis Results Interchange Format 2.1.0. */
export function sarifLint({ io, ops }: Cli, { reports, rules }: LintResult): void {
  const runs = reports.map((report) => runOf(report, rules, ops.version));
  const $schema = 'https://json.schemastore.org/sarif-2.1.0.json';
  io.out(JSON.stringify({ $schema, version: '2.1.0', runs }, null, 2));
}

function runOf({ root, findings }: LintReport, rules: readonly RuleInfo[], version: string) {
  const indexes = new Map(rules.map(({ code }, index) => [code, index]));
  return {
    tool: { driver: { name: 'Hookflash', version, rules: rules.map(ruleOf) } },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { ROOT: { uri: `${pathToFileURL(resolve(root)).href}/` } },
    results: findings.map((finding) => resultOf(finding, indexes.get(finding.code))),
  };
}

function ruleOf({ code, severity, title }: RuleInfo) {
  return {
    id: code,
    shortDescription: { text: title },
    defaultConfiguration: { level: levels[severity] },
    help: { text: `docs/diagnoses/${code}.md` },
  };
}

function resultOf(finding: Finding, ruleIndex: number | undefined) {
  const { code, severity, text, consequence, cure, place } = finding;
  const words = [text, consequence && `Phone: ${consequence}`, cure && `Cure: ${cure}`];
  return {
    ruleId: code,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: levels[severity],
    message: { text: words.filter(Boolean).join(' — ') },
    ...(place && { locations: [{ physicalLocation: locationOf(finding) }] }),
    ...(finding.fix?.kind === 'replace' && { fixes: [fixOf(finding)] }),
  };
}

function artifactOf({ place }: Finding) {
  const parts = (place?.file ?? '').split('/').map(encodeURIComponent);
  return { uri: parts.join('/'), uriBaseId: 'ROOT' };
}

function locationOf(finding: Finding) {
  const { line, column } = finding.place ?? {};
  const region = { startLine: line, ...(column !== undefined && { startColumn: column }) };
  return { artifactLocation: artifactOf(finding), ...(line !== undefined && { region }) };
}

function fixOf(finding: Finding) {
  const { fix, cure = '' } = finding;
  if (fix?.kind !== 'replace') return undefined;
  const deletedRegion = { charOffset: fix.offset, charLength: fix.length };
  const replacement = { deletedRegion, insertedContent: { text: fix.text } };
  return {
    description: { text: cure },
    artifactChanges: [{ artifactLocation: artifactOf(finding), replacements: [replacement] }],
  };
}
