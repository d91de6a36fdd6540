import { isOver, type Rollout, type RolloutPhone, type RolloutSpec } from '../../model/rollout.ts';
import type { Mac } from '../../wire/mac.ts';
import type { Wish } from './preview.ts';

/** The rollout that takes another one back: only phones that it touched, with its own limits. */
export function backSpec(
  rollout: Rollout,
  phones: readonly RolloutPhone[],
  name: string,
): RolloutSpec {
  const { groups: _, schedule: __, ...rest } = specOf(rollout);
  const macs = phones.filter(isTouched).map(({ mac }) => mac);
  const groups = [{ kind: 'percent', percent: 100 }] as const;
  return { ...rest, name, groups, target: { macs }, change: { back: rollout.name } };
}

/** Why a rollout cannot be taken back now. */
export function backProblem(rollout: Rollout, phones: readonly RolloutPhone[]): string | undefined {
  if (!isOver(rollout))
    return `${rollout.name} is ${rollout.state}: end it first, hookflash rollout abort ${rollout.name}`;
  if (phones.some(isTouched)) return undefined;
  return `${rollout.name} touched no phone`;
}

/** What each phone was before; the family's rules say later whether there is a way. */
export function wishesBack(phones: readonly RolloutPhone[]): ReadonlyMap<Mac, Wish> {
  return new Map(phones.filter(isTouched).map((phone) => [phone.mac, wishBack(phone)]));
}

function wishBack({ image, from, settings, before }: RolloutPhone): Wish {
  const named = Object.keys(settings ?? {});
  const old = named.map((name) => [name, before?.settings[name] ?? null] as const);
  const set = named.length > 0 ? { settings: Object.fromEntries(old) } : {};
  if (image === undefined) return set;
  if (from !== undefined) return { ...set, image: from };
  return { refusal: { code: 'running-unknown', text: 'what it ran before is not known' } };
}

function isTouched({ before }: RolloutPhone): boolean {
  return before !== undefined;
}

function specOf(rollout: Rollout): RolloutSpec {
  const { createdAt: _a, state: _b, reason: _c, updatedAt: _d, group: _e, ...most } = rollout;
  const { groupNames: _f, forgiven: _g, run: _h, startedAt: _i, beginsAt: _j, ...spec } = most;
  return spec;
}
