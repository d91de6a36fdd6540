import type { Finding, Severity } from './finding.ts';

/** A file of a tree that phones read, as the linter gets it. */
export type TreeFile = {
  /** Below the root, with `/`. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /**
   * Reads it whole, or its first `most` bytes; called at most once, and not for files that no rule
   * wants to see inside.
   */
  read(most?: number): Uint8Array;
};

/** What is kept of a file after it was read, for the rules over the whole tree. Small. */
export type FileFacts<Facts> = {
  readonly path: string;
  readonly facts: Facts;
};

/** What a rule finds, for `docs/diagnoses` and SARIF. */
export type RuleInfo = {
  readonly code: string;
  readonly severity: Severity;
  /** One line. */
  readonly title: string;
};

/**
 * A family's rules. `file` sees each file once, in any order, maybe in several threads: it keeps
 * nothing. `tree` sees the facts of all of them.
 */
export type FamilyLint<Facts> = {
  readonly rules: readonly RuleInfo[];
  /** Undefined when the file is none of this family's. */
  file(
    file: TreeFile,
  ): { readonly findings: readonly Finding[]; readonly facts: Facts } | undefined;
  tree(files: readonly FileFacts<Facts>[]): readonly Finding[];
};
