import { isOpen, type Rollout, type RolloutPhone } from '../../model/rollout.ts';

/** Of a large group so many count at least, so that the first few do not decide. */
const sample = 50;

/** Phones that are left out do not count. */
export type GroupCount = {
  readonly all: number;
  readonly open: number;
  readonly done: number;
  readonly failed: number;
};

export function countGroup(phones: readonly RolloutPhone[], group: number): GroupCount {
  const inGroup = phones.filter(
    (phone) => phone.group === group && phone.state !== 'refused' && phone.state !== 'skipped',
  );
  const count = (isMeant: (phone: RolloutPhone) => boolean) => inGroup.filter(isMeant).length;
  return {
    all: inGroup.length,
    open: count(isOpen),
    done: count(({ state }) => state === 'done'),
    failed: count(({ state }) => state === 'failed'),
  };
}

/** The rollout after what its phones came to: on to the next group, paused, done, or as it was. */
export function afterPhones(
  rollout: Rollout,
  phones: readonly RolloutPhone[],
  now: number,
): Rollout {
  if (rollout.state !== 'running') return rollout;
  const count = countGroup(phones, rollout.group);
  const held = stopReason(rollout, count);
  if (held !== undefined) return { ...rollout, state: 'paused', reason: held, updatedAt: now };
  if (count.open > 0) return rollout;
  if (rollout.group >= rollout.groupNames.length - 1) return ended(rollout, phones, now);
  if (rollout.approve) {
    const next = rollout.groupNames[rollout.group + 1] ?? '';
    const reason = `${nameOf(rollout)} is done; next: ${next}`;
    return { ...rollout, state: 'awaiting-approval', reason, updatedAt: now };
  }
  return afterPhones(nextGroup(rollout, now), phones, now);
}

export function nextGroup(rollout: Rollout, now: number): Rollout {
  const group = rollout.group + 1;
  const reason = `group ${group + 1} of ${rollout.groupNames.length}`;
  return { ...rollout, state: 'running', group, forgiven: 0, reason, updatedAt: now };
}

/** Why it may not go on by itself. Failures that a person let pass do not count. */
function stopReason(rollout: Rollout, { all, open, done, failed }: GroupCount): string | undefined {
  const { errors, success, forgiven } = rollout;
  const counted = Math.max(0, failed - forgiven);
  const finished = done + failed;
  const base = Math.max(finished, Math.min(all, sample));
  if (counted * 100 > errors * base)
    return `${counted} of ${base} phones of ${nameOf(rollout)} failed, more than ${errors} %`;
  if (open > 0 || finished === 0 || (done + forgiven) * 100 >= success * finished) return undefined;
  return `${done} of ${finished} phones of ${nameOf(rollout)} are done, less than ${success} %`;
}

function ended(rollout: Rollout, phones: readonly RolloutPhone[], now: number): Rollout {
  // A phone of an earlier group may be asked again while it is the last one's turn.
  if (phones.some(isOpen)) return rollout;
  const count = (wanted: RolloutPhone['state']) =>
    phones.filter(({ state }) => state === wanted).length;
  const failed = count('failed');
  const reason = `${count('done')} done${failed > 0 ? `, ${failed} failed` : ''}`;
  return { ...rollout, state: 'done', reason, updatedAt: now };
}

function nameOf({ group, groupNames }: Rollout): string {
  return `group ${group + 1} (${groupNames[group] ?? ''})`;
}
