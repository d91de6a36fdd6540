import type { Finding } from '../../model/finding.ts';
import type { FamilyLint, FileFacts, RuleInfo, TreeFile } from '../../model/lint.ts';

export type Lints = readonly FamilyLint<unknown>[];

/** Facts of a file and which of the lints they are for. */
export type TakenFacts = FileFacts<unknown> & { readonly lint: number };

/**
 * What some files give by themselves. Plain data, it crosses threads. Phones of one site have files
 * that say the same, so that the facts of many files are few.
 */
export type LintedFiles = {
  readonly findings: readonly Finding[];
  /** Files that a lint took. */
  readonly paths: readonly string[];
  /** For each path, which of `facts` are its own. */
  readonly factsOf: readonly number[];
  readonly facts: readonly { readonly lint: number; readonly facts: unknown }[];
  /** Files that could not be read, and why. */
  readonly problems: readonly string[];
};

/** Each file by the first lint that takes it. */
export function lintFiles(lints: Lints, files: Iterable<TreeFile>): LintedFiles {
  const findings: Finding[] = [];
  const paths: string[] = [];
  const factsOf: number[] = [];
  const distinct = distinctFacts();
  const problems: string[] = [];
  for (const file of files)
    try {
      const taken = takenBy(lints, file);
      if (!taken) continue;
      for (const finding of taken.findings) findings.push(finding);
      paths.push(file.path);
      factsOf.push(distinct.indexOf(taken.lint, taken.facts));
    } catch (error) {
      if (!isReadError(error)) throw error;
      problems.push(`${file.path}: ${error.message}`);
    }
  return { findings, paths, factsOf, facts: distinct.facts, problems };
}

/** The facts of all files, those that are the same kept once. */
export function joinFacts(batches: readonly LintedFiles[]): readonly TakenFacts[] {
  const distinct = distinctFacts();
  return batches.flatMap(({ paths, factsOf, facts }) => {
    const shared = facts.map((each) => distinct.facts[distinct.indexOf(each.lint, each.facts)]);
    return paths.map((path, at) => {
      const { lint = 0, facts: own } = shared[factsOf[at] ?? 0] ?? {};
      return { path, facts: own, lint };
    });
  });
}

function distinctFacts() {
  const facts: { readonly lint: number; readonly facts: unknown }[] = [];
  const indexes = new Map<string, number>();
  return {
    facts,
    indexOf(lint: number, each: unknown): number {
      const key = `${lint}${JSON.stringify(each)}`;
      const known = indexes.get(key);
      if (known !== undefined) return known;
      facts.push({ lint, facts: each });
      indexes.set(key, facts.length - 1);
      return facts.length - 1;
    },
  };
}

function takenBy(lints: Lints, file: TreeFile) {
  for (let index = 0; index < lints.length; index++) {
    const taken = lints[index]?.file(file);
    if (taken) return { ...taken, lint: index };
  }
  return undefined;
}

/** As systems report them; all else is a fault of the program. */
function isReadError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}

/** What the files give together, once the facts of all of them are there. */
export function lintTree(lints: Lints, facts: readonly TakenFacts[]): readonly Finding[] {
  return lints.flatMap((lint, index) => lint.tree(facts.filter((each) => each.lint === index)));
}

/** By path, line, column and code. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (a, b) =>
      compareText(a.place?.file, b.place?.file) ||
      (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
      (a.place?.column ?? 0) - (b.place?.column ?? 0) ||
      compareText(a.code, b.code),
  );
}

function compareText(a = '', b = ''): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The rules of all lints, each code once. */
export function rulesOf(lints: Lints): readonly RuleInfo[] {
  return [
    ...new Map(lints.flatMap(({ rules }) => rules).map((rule) => [rule.code, rule])).values(),
  ];
}
