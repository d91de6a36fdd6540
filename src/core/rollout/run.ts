import { isOpen, type Rollout, type RolloutPhone } from '../../model/rollout.ts';
import type { Kept } from './members-kept.ts';
import { membersOf } from './members.ts';
import { started } from './orders.ts';
import { previewRollout } from './preview.ts';
import type { NextRun, RolloutRunnerOptions } from './runner-parts.ts';
import { phonesMeant } from './target.ts';

/** One that has a schedule waits for its next time: before it begins and after it is done. */
export function nextBegin(rollout: Rollout, nextRun: NextRun, now: number): Rollout {
  const { schedule, state, beginsAt, zone } = rollout;
  if (schedule === undefined) return rollout;
  if (state !== 'done' && (state !== 'scheduled' || beginsAt !== undefined)) return rollout;
  const next = nextRun(schedule, zone, now);
  if (next !== undefined) return { ...rollout, state: 'scheduled', beginsAt: next, updatedAt: now };
  if (state === 'done') return rollout;
  const reason = `"${schedule}" never comes`;
  return { ...rollout, state: 'paused', reason, updatedAt: now };
}

export type Begun = {
  readonly rollout: Rollout;
  readonly phones: readonly RolloutPhone[];
  readonly anew: boolean;
};

/** One that was scheduled begins with the phones that are meant at that time. */
export async function beginRun(
  rollout: Rollout,
  kept: Pick<Kept, 'rollouts' | 'phonesOf'>,
  { store, families, planning, facts, clock }: RolloutRunnerOptions,
): Promise<Begun> {
  const now = clock.now();
  if (rollout.state !== 'scheduled' || rollout.change.back !== undefined)
    return { rollout: started(rollout, now), phones: [], anew: false };
  const meant = phonesMeant(families, rollout.target, await store.phoneList()).phones;
  const others = (await store.rolloutPhones()).filter(
    (phone) => phone.rollout !== rollout.name && isOpen(phone),
  );
  const context = {
    ...{ families, planning: await planning(), zoneOf: facts.zoneOf },
    findings: await store.findingList(),
    holders: new Map(others.map(({ mac, rollout: name }) => [mac, name])),
  };
  const preview = previewRollout(rollout, meant, context);
  const members = membersOf(rollout, meant, preview, context, now);
  // A phone that is still under way from the run before goes on with it.
  const left = kept.phonesOf(rollout.name).filter(isOpen);
  const busy = new Set(left.map(({ mac }) => mac));
  const phones = [...members.filter(({ mac }) => !busy.has(mac)), ...left];
  const anew = { ...rollout, groupNames: preview.groupNames };
  return { rollout: started(anew, now), phones, anew: true };
}
