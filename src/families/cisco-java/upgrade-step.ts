import type { PlanMode, Refusal, UpgradeStep, Why } from '../../model/plan.ts';
import type { JavaImage } from './image-name.ts';
import { steadyLoad } from './load-order.ts';
import { fieldRules, vendorRules, type JavaRule } from './upgrade-rules.ts';

/** One step, or the named rule that forbids it. */
export function upgradeStep(from: JavaImage, to: JavaImage, mode: PlanMode): UpgradeStep | Refusal {
  if (to.kind === 'loader')
    return {
      code: 'loader-is-no-target',
      text: `${to.canonical} is what boot code asks for: name a load, as SIP41.9-4-2SR3-1S`,
    };
  const forbidden = refusalBy(rulesOf[mode], from, to);
  if (forbidden) return forbidden;
  return {
    image: to.canonical,
    procedure: procedureOf(from, to),
    order: steadyLoad(to.canonical),
    absent: [],
    // Which components belong to it only the loads file says.
    firmware: [`${to.canonical}.loads`],
    why: reasons(from, to),
  };
}

const rulesOf: Readonly<Record<PlanMode, readonly JavaRule[]>> = {
  cautious: [...vendorRules, ...fieldRules],
  direct: vendorRules,
};

/** By the first rule that stands against the step. */
function refusalBy(
  rules: readonly JavaRule[],
  from: JavaImage,
  to: JavaImage,
): Refusal | undefined {
  for (const { code, source, confidence, against } of rules) {
    const text = against(from, to);
    if (text !== undefined) return { code, text, source, confidence };
  }
  return undefined;
}

function procedureOf(from: JavaImage, to: JavaImage): string {
  if (from.kind === 'loader') return 'load';
  if (from.protocol !== to.protocol) return 'conversion';
  return isBefore(to, from) ? 'downgrade' : 'upgrade';
}

function isBefore(one: JavaImage, other: JavaImage): boolean {
  const numbers = ({ major, minor, maintenance, sub }: JavaImage) => [
    major,
    minor,
    maintenance,
    sub,
  ];
  const [a, b] = [numbers(one), numbers(other)];
  const at = a.findIndex((number, index) => number !== b[index]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}

function reasons(from: JavaImage, to: JavaImage): readonly Why[] {
  const why: Why[] = [
    {
      rule: 'The phone loads what loadInformation in its configuration file names',
      source: 'Cisco Unified IP Phone administration guides, startup process',
      confidence: 'high',
    },
  ];
  if (procedureOf(from, to) === 'conversion')
    why.push({
      rule: 'A load of the other protocol is loaded like any other of the same hardware',
      source: 'reports of phones converted from SCCP to SIP',
      confidence: 'medium',
    });
  if (procedureOf(from, to) === 'downgrade')
    why.push({
      rule: 'An older load is taken as long as its signature can be checked',
      source: 'reports of phones taken back from 8.5(4) to 8.5(2)',
      confidence: from.major > 8 ? 'low' : 'medium',
    });
  if (from.kind === 'loader')
    why.push({
      rule: 'After a reset the phone knows no server: DHCP must name this one (option 150)',
      source: 'blog post of 2011 on converting Cisco phones',
      confidence: 'medium',
    });
  return why;
}
