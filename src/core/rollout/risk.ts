import type { PhoneFamily } from '../../model/family.ts';
import type { PhoneFinding } from '../../model/finding.ts';
import type { Risk } from '../../model/rollout.ts';
import { planSteps, type Planning, type StepPlan } from '../plan.ts';

export type RiskInput = {
  readonly family: PhoneFamily | undefined;
  readonly from: string | undefined;
  readonly image: string | undefined;
  readonly plan: StepPlan | undefined;
  readonly planning: Planning;
  /** That stand about the phone. */
  readonly findings: readonly PhoneFinding[];
};

/** What could go wrong with one phone, in words, and how grave the worst of it is. */
export function phoneRisks(input: RiskInput): {
  readonly risk: Risk;
  readonly risks: readonly string[];
} {
  const grave = [...openFindings(input, 'error'), ...noWayBack(input), ...brokenRule(input)];
  const some = [...openFindings(input, 'warning'), ...manyHops(input), ...weakRules(input)];
  const risk = grave.length > 0 ? 'high' : some.length > 0 ? 'medium' : 'low';
  return { risk, risks: [...grave, ...some] };
}

function openFindings({ findings }: RiskInput, wanted: 'error' | 'warning'): readonly string[] {
  const open = findings.filter(
    ({ severity, code }) => severity === wanted && !code.startsWith('rollout-'),
  );
  return open.map(({ code, text }) => `${code}: ${text}`);
}

function noWayBack({ family, from, image, plan, planning }: RiskInput): readonly string[] {
  if (!family || from === undefined || image === undefined || !plan?.possible) return [];
  const back = planSteps(family, image, from, planning);
  return back.possible ? [] : [`no way back to ${from}: ${back.reason.text}`];
}

function brokenRule({ plan }: RiskInput): readonly string[] {
  if (!plan?.possible || !plan.preferred) return [];
  const { images, rule } = plan.preferred;
  return rule ? [`${images.join(', then ')} would be safer: ${rule.text}`] : [];
}

function manyHops({ plan }: RiskInput): readonly string[] {
  const count = plan?.possible ? plan.steps.length : 0;
  return count > 1 ? [`${count} hops`] : [];
}

function weakRules({ plan }: RiskInput): readonly string[] {
  const whys = plan?.possible ? plan.steps.flatMap(({ why }) => why) : [];
  const weak = whys.filter(({ confidence }) => confidence !== 'high').map(({ rule }) => rule);
  return [...new Set(weak)].map((rule) => `not sure: ${rule}`);
}
