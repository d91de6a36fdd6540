import type { Refusal, UpgradeStep } from '../../../model/plan.ts';
import { imageName, type NortelImage } from '../image-name.ts';
import { intermediatesFor } from '../upgrade-rules.ts';
import { upgradeStep } from '../upgrade-step.ts';

/** The way by one step, or by two over an intermediate; else the rule against the one step. */
export function planSteps(
  from: string,
  to: string,
  had: readonly NortelImage[] = [],
): readonly UpgradeStep[] | Refusal {
  const [start, end] = [imageName(from), imageName(to)];
  const direct = upgradeStep(start, end);
  if (!('code' in direct)) return [direct];
  for (const between of intermediatesFor(start, end, had)) {
    const first = upgradeStep(start, between);
    const second = upgradeStep(between, end);
    if (!('code' in first) && !('code' in second)) return [first, second];
  }
  return direct;
}
