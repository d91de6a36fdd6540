import type { LintedContent, Named } from '../facts.ts';
import { applyRules } from '../../../shared/lint/rule.ts';
import { ringListRules } from './ring-list-rules.ts';
import type { RingSubject } from './ring-list-subject.ts';

/** A ring list of either form. */
export function lintRingList(path: string, list: RingSubject): LintedContent {
  const names = list.rings
    .filter(({ file }) => file !== '')
    .map(({ file, line, column }): Named => ['ring', file, line, column]);
  return { findings: applyRules(ringListRules, path, list), facts: { names } };
}
