import type { Finding, Fix } from '../../../model/finding.ts';
import type { RuleInfo } from '../../../model/lint.ts';

/** What a rule has found; consequence and cure where the rule's own are too general. */
export type Problem = {
  readonly text: string;
  /** Both count from 1. */
  readonly line?: number;
  readonly column?: number;
  readonly consequence?: string;
  readonly cure?: string;
  readonly fix?: Fix | undefined;
};

/** One thing that may be wrong with a file. */
export type Rule<Subject> = RuleInfo & {
  /** What the phone does. */
  readonly consequence: string;
  readonly cure: string;
  /** Only called for subjects that it is for; keeps nothing. */
  check(subject: Subject, report: (problem: Problem) => void): void;
};

/** One thing that may be wrong between files; every problem names its file. */
export type TreeRule<Subject> = Omit<Rule<Subject>, 'check'> & {
  check(subject: Subject, report: (path: string, problem: Problem) => void): void;
};

/** What the rules find in one file. */
export function applyRules<Subject>(
  rules: readonly Rule<Subject>[],
  path: string,
  subject: Subject,
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules)
    rule.check(subject, (problem) => void findings.push(findingOf(rule, path, problem)));
  return findings;
}

export function applyTreeRules<Subject>(
  rules: readonly TreeRule<Subject>[],
  subject: Subject,
): readonly Finding[] {
  const findings: Finding[] = [];
  for (const rule of rules)
    rule.check(subject, (path, problem) => void findings.push(findingOf(rule, path, problem)));
  return findings;
}

type RuleWords = Omit<TreeRule<unknown>, 'check'>;

function findingOf(rule: RuleWords, file: string, problem: Problem): Finding {
  const { text, line, column, consequence, cure, fix } = problem;
  return {
    code: rule.code,
    severity: rule.severity,
    text,
    place: {
      file,
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
    },
    consequence: consequence ?? rule.consequence,
    cure: cure ?? rule.cure,
    ...(fix !== undefined && { fix }),
  };
}
