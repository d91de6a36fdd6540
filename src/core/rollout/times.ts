import type { PhoneFamily } from '../../model/family.ts';
import type { Phone } from '../../model/phone.ts';
import type { RestartTimes } from '../../model/family-restart.ts';
import type { RolloutPhone } from '../../model/rollout.ts';

/** What phones of a family that says nothing of it may take. */
const unknownTimes: RestartTimes = {
  hear: { usualMs: 60_000, withinMs: 300_000 },
  start: { usualMs: 60_000, withinMs: 300_000 },
  hop: { usualMs: 300_000, withinMs: 1_200_000 },
  register: { usualMs: 20_000, withinMs: 180_000 },
  silentMs: 600_000,
  boots: 8,
};

export function timesOf(
  family: PhoneFamily | undefined,
  { model }: Pick<Phone, 'model'>,
): RestartTimes {
  const known = family?.models.find(({ name }) => name === model);
  return (known && family?.restart?.times(known)) ?? unknownTimes;
}

/** From the asking until it is done: what is usual, and the most. */
export function durationOf(
  times: RestartTimes,
  hops: number,
  steadyMs: number,
): { readonly usualMs: number; readonly lastsMs: number } {
  const parts = [
    times.hear,
    times.start,
    times.register,
    ...Array.from({ length: hops }, () => times.hop),
  ];
  const sum = (pick: (part: RestartTimes['hop']) => number) =>
    parts.reduce((all, part) => all + pick(part), steadyMs);
  return { usualMs: sum(({ usualMs }) => usualMs), lastsMs: sum(({ withinMs }) => withinMs) };
}

/** When a phone that has just come into its state is overdue in it. */
export function dueAfter(
  { state, hop, hops, registered, registeredAt }: RolloutPhone,
  times: RestartTimes,
  steadyMs: number,
  now: number,
): number | undefined {
  switch (state) {
    case 'asked':
      return now + times.hear.withinMs;
    case 'restarting':
      return now + (hop < hops ? times.hop : times.start).withinMs;
    case 'upgrading':
      return now + times.hop.withinMs;
    case 'back':
      return now + (registered && registeredAt === undefined ? times.register.withinMs : steadyMs);
    case 'waiting':
    case 'done':
    case 'failed':
    case 'refused':
    case 'skipped':
      return undefined;
  }
}
