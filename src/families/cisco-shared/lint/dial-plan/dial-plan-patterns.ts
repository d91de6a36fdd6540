import type { Rule } from '../../../shared/lint/rule.ts';
import { type DialPlan, groupsOf, type Template } from './dial-plan-subject.ts';

const maxPattern = 63;
const maxGroups = 5;

type Found = string | undefined;

/** A rule that looks at each template that has a MATCH by itself. */
function patternRule(
  words: Omit<Rule<DialPlan>, 'check'>,
  find: (template: Template, match: string) => Found,
): Rule<DialPlan> {
  return {
    ...words,
    check({ templates }, report) {
      for (const template of templates) {
        const { match } = template;
        if (!match) continue;
        const text = find(template, match.value);
        if (text !== undefined) report({ text, line: match.line, column: match.column });
      }
    },
  };
}

const tooLong = patternRule(
  {
    code: 'dial-plan-pattern-length',
    severity: 'error',
    title: `Pattern of more than ${maxPattern} characters`,
    consequence: 'The phone cuts it and matches other numbers than meant.',
    cure: 'Use * for the rest of the number.',
  },
  (_template, match) =>
    match.length > maxPattern
      ? `MATCH has ${match.length} characters; phones read ${maxPattern}`
      : undefined,
);

const foreignSign = patternRule(
  {
    code: 'dial-plan-sign',
    severity: 'error',
    title: 'Sign in a pattern that no key gives',
    consequence: 'The phone compares it letter by letter, so that no number ever matches.',
    cure: 'A dot stands for any digit; write a template for each digit of a range.',
  },
  (_template, match) => {
    const sign = /[[\]{}()|_!?]|(?<=\d)[xXzZnN]|[xXzZnN](?=[\dxXzZnN.])/.exec(match)?.[0];
    return sign === undefined
      ? undefined
      : `"${sign}" in "${match}" is no sign of these dial plans`;
  },
);

const bareStar = patternRule(
  {
    code: 'dial-plan-star',
    severity: 'warning',
    title: 'Star code without a backslash',
    consequence: 'The star stands for any digits: every number that ends so is dialled at once.',
    cure: 'Write \\* for the star key.',
  },
  (_template, match) =>
    /^\*\d+$/.test(match)
      ? `"${match}" means any number that ends in ${match.slice(1)}`
      : undefined,
);

const tooManyGroups = patternRule(
  {
    code: 'dial-plan-groups',
    severity: 'error',
    title: `More than ${maxGroups} groups in a pattern that is rewritten`,
    consequence: `The phone keeps ${maxGroups} groups; what comes after them is lost.`,
    cure: 'Join groups, or rewrite less.',
  },
  ({ pattern, rewrite }, match) => {
    const groups = groupsOf(pattern);
    if (groups <= maxGroups || !/[.%]/.test(rewrite?.value ?? '')) return undefined;
    return `"${match}" has ${groups} groups; phones keep ${maxGroups}`;
  },
);

const missingGroup = patternRule(
  {
    code: 'dial-plan-rewrite',
    severity: 'error',
    title: 'REWRITE names a group that the pattern does not have',
    consequence: 'The phone dials the number of the group itself.',
    cure: 'Count the groups: each * and each row of dots is one.',
  },
  ({ pattern, rewrite }) => {
    const groups = Math.min(groupsOf(pattern), maxGroups);
    const [, named] = /%([1-9])/.exec(rewrite?.value.replaceAll('%%', '') ?? '') ?? [];
    if (named === undefined || Number(named) <= groups) return undefined;
    return `REWRITE has %${named}, and MATCH ${groups === 1 ? '1 group' : `${groups} groups`}`;
  },
);

export const dialPlanPatternRules: readonly Rule<DialPlan>[] = [
  tooLong,
  foreignSign,
  bareStar,
  tooManyGroups,
  missingGroup,
];
