import { attributeOf } from '../../../../codec/config/xml.ts';
import type { Problem, Rule } from '../../../shared/lint/rule.ts';
import type { DialPlan, Pattern, PatternSign, Template } from './dial-plan-subject.ts';

type Pair = readonly [earlier: Template, later: Template];

/** Each template with the first one before it that is so, both with a MATCH. */
function firstPairs(
  { templates }: DialPlan,
  isSo: (earlier: Template, later: Template) => boolean,
): readonly Pair[] {
  const matching = templates.filter(({ match }) => match !== undefined);
  return matching.flatMap((later, index): readonly Pair[] => {
    const earlier = matching.slice(0, index).find((each) => isSo(each, later));
    return earlier ? [[earlier, later]] : [];
  });
}

function isRepeated(a: Template, b: Template): boolean {
  return a.line === b.line && samePattern(a.pattern, b.pattern) && sameOutcome(a, b);
}

function isAmbiguous(a: Template, b: Template): boolean {
  return sameLine(a, b) && overlap(a, b) && !sameOutcome(a, b);
}

function sameLine(a: Template, b: Template): boolean {
  return a.line === b.line || a.line === 0 || b.line === 0;
}

function sameSign(a: PatternSign | undefined, b: PatternSign | undefined): boolean {
  if (a?.kind !== b?.kind) return false;
  return a?.kind !== 'digit' || b?.kind !== 'digit' || a.text === b.text;
}

function samePattern(a: Pattern, b: Pattern): boolean {
  return a.length === b.length && a.every((sign, at) => sameSign(sign, b[at]));
}

/** Whether both do the same with a number. */
function sameOutcome(a: Template, b: Template): boolean {
  const of = ({ element }: Template, name: string) =>
    attributeOf(element, name)?.value.toLowerCase() ?? '';
  return (
    a.timeout === b.timeout &&
    ['REWRITE', 'USER', 'ROUTE'].every((name) => of(a, name) === of(b, name))
  );
}

function at({ match, element }: Template): Pick<Problem, 'line' | 'column'> {
  const { line, column } = match ?? element;
  return { line, column };
}

const repeated: Rule<DialPlan> = {
  code: 'dial-plan-repeated',
  severity: 'note',
  title: 'The same template twice',
  consequence: 'The phone takes the first one; the second one does nothing.',
  cure: 'Take one out.',
  check(plan, report) {
    for (const [earlier, later] of firstPairs(plan, isRepeated))
      report({ text: `as on line ${earlier.element.line}`, ...at(later) });
  },
};

const ambiguous: Rule<DialPlan> = {
  code: 'dial-plan-ambiguous',
  severity: 'warning',
  title: 'Two templates that want different things of the same number',
  consequence: 'The phone takes the first one.',
  cure: 'Make one of them more exact: the template with more fixed digits wins.',
  check(plan, report) {
    for (const [earlier, later] of firstPairs(plan, isAmbiguous))
      report({ text: `matches numbers of line ${earlier.element.line} too`, ...at(later) });
  },
};

/** Of fixed length, with as many fixed digits, and a number that both match. */
function overlap(a: Template, b: Template): boolean {
  const fixed = ({ pattern }: Template) => pattern.filter(({ kind }) => kind === 'digit').length;
  if (samePattern(a.pattern, b.pattern)) return true;
  if (a.pattern.length !== b.pattern.length || fixed(a) !== fixed(b)) return false;
  return a.pattern.every((sign, index) => {
    const other = b.pattern[index];
    if (sign.kind === 'many' || other?.kind === 'many') return false;
    return sign.kind === 'any' || other?.kind === 'any' || sameSign(sign, other);
  });
}

const shadowed: Rule<DialPlan> = {
  code: 'dial-plan-shadowed',
  severity: 'warning',
  title: 'Template that another one never lets through',
  consequence: 'The phone dials at once when the shorter pattern is full; the rest is never heard.',
  cure: 'Give the shorter template a TIMEOUT of a second or more.',
  check({ templates }, report) {
    for (const longer of templates) {
      const shorter = templates.find((each) => sameLine(each, longer) && cutsOff(each, longer));
      if (shorter === undefined) continue;
      const text = `"${shorter.match?.value ?? ''}" on line ${shorter.element.line} dials before`;
      report({ text, ...at(longer) });
    }
  },
};

function cutsOff(shorter: Template, longer: Template): boolean {
  const { length } = shorter.pattern;
  if (shorter.timeout !== 0 || length === 0 || length >= longer.pattern.length) return false;
  if (shorter.pattern.some(({ kind }) => kind === 'many')) return false;
  return samePattern(shorter.pattern, longer.pattern.slice(0, length));
}

const noCatchAll: Rule<DialPlan> = {
  code: 'dial-plan-no-catch-all',
  severity: 'note',
  title: 'No template for all other numbers',
  consequence: 'Numbers that match nothing are dialled after 10 to 15 seconds.',
  cure: 'End the plan with <TEMPLATE MATCH="*" TIMEOUT="5"/>.',
  check({ root, templates }, report) {
    if (root.name.toLowerCase() !== 'dialtemplate') return;
    const takesAll = ({ pattern, match, line }: Template) =>
      match !== undefined && line === 0 && (pattern.length === 0 || isStar(pattern));
    if (templates.some(takesAll)) return;
    report({ text: 'no template matches all other numbers', line: root.line, column: root.column });
  },
};

function isStar(pattern: Pattern): boolean {
  return pattern.length === 1 && pattern[0]?.kind === 'many';
}

/** How templates stand to each other: the one that matches most fixed digits wins, then the first. */
export const dialPlanOrderRules: readonly Rule<DialPlan>[] = [
  repeated,
  ambiguous,
  shadowed,
  noCatchAll,
];
