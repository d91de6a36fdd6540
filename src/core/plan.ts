import type { PhoneFamily } from '../model/family.ts';
import type { Refusal, UpgradeStep } from '../model/plan.ts';

export type StepPlan =
  | { readonly possible: true; readonly steps: readonly UpgradeStep[] }
  | { readonly possible: false; readonly reason: Refusal };

/**
 * The shortest way from one image to another by the family's rules. Of several the one whose
 * images come first in the family's list of intermediates. When there is none, the reason is the
 * rule that forbids the direct step.
 */
export function planSteps(family: PhoneFamily, from: string, to: string): StepPlan {
  for (const image of [from, to])
    if (!family.parseImage(image)) return impossible('unknown-image', unknownText(family, image));
  const wanted = canonical(family, to);
  if (canonical(family, from) === wanted) return { possible: true, steps: [] };
  const direct = family.step(from, wanted);
  if (!isRefusal(direct)) return { possible: true, steps: [direct] };
  const steps = search(family, from, wanted);
  return steps ? { possible: true, steps } : { possible: false, reason: direct };
}

type Path = { readonly image: string; readonly steps: readonly UpgradeStep[] };

function search(family: PhoneFamily, from: string, to: string): readonly UpgradeStep[] | undefined {
  const seen = new Set([canonical(family, from)]);
  let frontier: readonly Path[] = [{ image: from, steps: [] }];
  while (frontier.length > 0) {
    const next: Path[] = [];
    for (const path of frontier)
      for (const image of [to, ...family.intermediates(from)]) {
        const step = seen.has(image) ? undefined : family.step(path.image, image);
        if (step === undefined || isRefusal(step)) continue;
        const steps = [...path.steps, step];
        if (image === to) return steps;
        seen.add(image);
        next.push({ image, steps });
      }
    frontier = next;
  }
  return undefined;
}

function canonical(family: PhoneFamily, image: string): string {
  return family.parseImage(image)?.canonical ?? image;
}

export function isRefusal(step: UpgradeStep | Refusal): step is Refusal {
  return 'code' in step;
}

function impossible(code: string, text: string): StepPlan {
  return { possible: false, reason: { code, text } };
}

function unknownText(family: PhoneFamily, image: string): string {
  return `"${image}" is not the name of an image of ${family.models.map((m) => m.name).join(', ')}`;
}
