import type { RuleInfo } from '../model/lint.ts';
import type { LintReport, Mended } from './operations.ts';

/** What a format gets to write. */
export type LintResult = {
  readonly reports: readonly LintReport[];
  readonly mended: readonly (Mended & { readonly root: string })[];
  readonly dryRun: boolean;
  readonly rules: readonly RuleInfo[];
};
