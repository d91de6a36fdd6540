import { type Rollout, type RolloutOrder, type RolloutPhone } from '../../model/rollout.ts';
import { countGroup, nextGroup } from './gate.ts';

export type Ordered = {
  readonly rollout: Rollout;
  /** Those that change with it. */
  readonly phones: readonly RolloutPhone[];
};

/** Why an order makes no sense now; undefined where it does. */
export function orderProblem(
  { name, state }: Pick<Rollout, 'name' | 'state'>,
  order: RolloutOrder,
): string | undefined {
  const allowed: Readonly<Record<RolloutOrder, readonly Rollout['state'][]>> = {
    start: ['created', 'scheduled'],
    pause: ['running', 'awaiting-approval', 'scheduled'],
    resume: ['paused'],
    approve: ['awaiting-approval'],
    abort: ['created', 'scheduled', 'running', 'awaiting-approval', 'paused'],
  };
  if (allowed[order].includes(state)) return undefined;
  return `${name} is ${state}: ${order} is for rollouts that are ${allowed[order].join(' or ')}`;
}

/** What a person's order changes; nothing where it makes no sense now. */
export function afterOrder(
  rollout: Rollout,
  phones: readonly RolloutPhone[],
  order: RolloutOrder,
  now: number,
): Ordered {
  if (orderProblem(rollout, order) !== undefined) return { rollout, phones: [] };
  const as = (state: Rollout['state'], reason: string): Rollout => ({
    ...rollout,
    ...{ state, reason, updatedAt: now },
  });
  switch (order) {
    case 'start':
      return { rollout: started(rollout, now), phones: [] };
    case 'pause':
      return { rollout: as('paused', 'by a person'), phones: [] };
    case 'resume':
      return { rollout: resumed(rollout, phones, now), phones: [] };
    case 'approve':
      return { rollout: nextGroup(rollout, now), phones: [] };
    case 'abort': {
      const left = phones.filter(({ state }) => state === 'waiting');
      const reason = 'the rollout was aborted';
      const skipped = left.map((phone): RolloutPhone => ({
        ...phone,
        state: 'skipped',
        reason,
        since: now,
      }));
      return { rollout: as('aborted', 'by a person'), phones: skipped };
    }
  }
}

export function started(rollout: Rollout, now: number): Rollout {
  const { beginsAt: _, ...rest } = rollout;
  const first = { group: 0, forgiven: 0, run: rollout.run + 1, startedAt: now, updatedAt: now };
  const reason = `group 1 of ${rollout.groupNames.length}`;
  return { ...rest, ...first, state: 'running', reason };
}

/** Failures so far have been seen. A rollout that never began waits for its time again. */
function resumed(rollout: Rollout, phones: readonly RolloutPhone[], now: number): Rollout {
  const forgiven = countGroup(phones, rollout.group).failed;
  const isWaiting = rollout.schedule !== undefined && rollout.beginsAt !== undefined;
  const state = isWaiting ? 'scheduled' : 'running';
  return { ...rollout, forgiven, state, reason: 'resumed by a person', updatedAt: now };
}
