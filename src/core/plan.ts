import type { PhoneFamily } from '../model/family.ts';
import type { ImageName } from '../model/firmware.ts';
import {
  planModes,
  type NoWay,
  type PlanMode,
  type PreferredWay,
  type Refusal,
  type UpgradeStep,
} from '../model/plan.ts';
import { lackingFirmware } from './firmware/lacking.ts';
import { usableNames, type Library } from './firmware/library.ts';

export type StepPlan =
  | {
      readonly possible: true;
      readonly steps: readonly UpgradeStep[];
      readonly preferred?: PreferredWay;
    }
  | NoWay;

/** What a plan is made by. */
export type Planning = {
  readonly mode: PlanMode;
  /** Undefined plans as if it had every image. */
  readonly library?: Library;
};

export const anyLibrary: Planning = { mode: 'cautious' };

/**
 * The shortest way from one image to another by the family's rules. Of several the one whose
 * images come first in the family's list of intermediates. A way whose images the library has goes
 * before one that it lacks images of, even where only `direct` allows it.
 */
export function planSteps(
  family: PhoneFamily,
  from: string,
  to: string,
  planning: Planning = anyLibrary,
): StepPlan {
  const [start, end] = [family.parseImage(from), family.parseImage(to)];
  if (!start) return noWay([unknownImage(family, from)]);
  if (!end) return noWay([unknownImage(family, to)]);
  if (start.key === end.key) return { possible: true, steps: [] };
  const stock = stockOf(family, planning.library);
  const ends: Ends = { family, from: start, to: end, had: stock?.images ?? [] };
  const direct = family.step(start, end, planning.mode);
  const best = isRefusal(direct) ? (search(ends, planning.mode) ?? direct) : [direct];
  if ('code' in best) return noWay(blockingRules(best, ends, planning.mode));
  const servable = stock && servableWay(ends, planning.mode, best, stock);
  return servable ?? { possible: true, steps: best };
}

/** The best way that the library has all images of; undefined where it has of none. */
function servableWay(ends: Ends, mode: PlanMode, best: Steps, stock: Stock): StepPlan | undefined {
  const modes: readonly PlanMode[] = mode === 'direct' ? ['direct'] : planModes;
  for (const each of modes) {
    const steps = search(ends, each, (step) => stock.lacksOf(step).length === 0);
    if (!steps) continue;
    if (each === mode && steps.length === best.length) return { possible: true, steps };
    return { possible: true, steps, preferred: preferredWay(ends, mode, best, stock, steps) };
  }
  return undefined;
}

type Ends = {
  readonly family: PhoneFamily;
  readonly from: ImageName;
  readonly to: ImageName;
  readonly had: readonly ImageName[];
};

type Path = { readonly image: ImageName; readonly steps: readonly UpgradeStep[] };

type Steps = readonly UpgradeStep[];

/** Breadth first. */
function search(
  { family, from, to, had }: Ends,
  mode: PlanMode,
  allows: (step: UpgradeStep) => boolean = () => true,
): Steps | undefined {
  const direct = family.step(from, to, mode);
  if (!isRefusal(direct) && allows(direct)) return [direct];
  const seen = new Set([from.key]);
  const passable = [to, ...family.intermediates(from, to, had)];
  let frontier: readonly Path[] = [{ image: from, steps: [] }];
  while (frontier.length > 0) {
    const next: Path[] = [];
    for (const path of frontier)
      for (const image of passable) {
        const step = seen.has(image.key) ? undefined : family.step(path.image, image, mode);
        if (step === undefined || isRefusal(step) || !allows(step)) continue;
        const steps = [...path.steps, step];
        if (image === to) return steps;
        seen.add(image.key);
        next.push({ image, steps });
      }
    frontier = next;
  }
  return undefined;
}

type Rules = readonly [Refusal, ...Refusal[]];

/** `direct` and the rules against the last step from every image that can be reached. */
function blockingRules(direct: Refusal, { family, from, to, had }: Ends, mode: PlanMode): Rules {
  const reached = [from];
  const passable = family.intermediates(from, to, had);
  for (const at of reached)
    for (const image of passable) {
      const isNew = reached.every(({ key }) => key !== image.key);
      if (isNew && !isRefusal(family.step(at, image, mode))) reached.push(image);
    }
  const rules = new Map<string, Refusal>();
  for (const image of reached.slice(1)) {
    const step = family.step(image, to, mode);
    if (isRefusal(step) && step.code !== direct.code) rules.set(step.code, step);
  }
  return [direct, ...rules.values()];
}

type Stock = {
  readonly images: readonly ImageName[];
  /** Names of files that it lacks for a step, or that phones do not take as they are. */
  readonly lacksOf: (step: UpgradeStep) => readonly string[];
};

function stockOf(family: PhoneFamily, library: Library | undefined): Stock | undefined {
  if (!library) return undefined;
  const names = usableNames(library);
  const images = new Set(names.flatMap((name) => family.firmware.imageOf(name) ?? []));
  return {
    images: [...images].sort().flatMap((image) => family.parseImage(image) ?? []),
    lacksOf: (step) =>
      lackingFirmware(family, [step], library).flatMap(({ files, unusable, faults, image }) => {
        const lacks = [...files, ...unusable];
        return lacks.length === 0 && faults.length > 0 ? [image] : lacks;
      }),
  };
}

function preferredWay(
  { family, from }: Ends,
  mode: PlanMode,
  best: Steps,
  stock: Stock,
  taken: Steps,
): PreferredWay {
  const passed = taken.flatMap(({ image }) => family.parseImage(image) ?? []);
  const broken = passed
    .map((image, at) => family.step(passed[at - 1] ?? from, image, mode))
    .find(isRefusal);
  return {
    images: best.map(({ image }) => image),
    lacks: best.flatMap((step) => stock.lacksOf(step)),
    ...(broken && { rule: broken }),
  };
}

export function isRefusal(step: UpgradeStep | Refusal): step is Refusal {
  return 'code' in step;
}

function noWay(rules: Rules): NoWay {
  return { possible: false, reason: rules[0], rules };
}

function unknownImage(family: PhoneFamily, image: string): Refusal {
  const models = family.models.map(({ name }) => name).join(', ');
  return {
    code: 'unknown-image',
    text: `"${image}" is not an image name of these phones: ${models}`,
  };
}
