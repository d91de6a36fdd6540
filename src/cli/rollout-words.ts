import { AppError } from '../errors.ts';
import type { Rollout } from '../model/rollout.ts';
import type { Store } from '../model/store.ts';

/** The rollout, or a problem that says which there are. */
export async function knownRollout(store: Store, name: string): Promise<Rollout> {
  const rollout = await store.rolloutGet(name);
  if (rollout) return rollout;
  const names = (await store.rolloutList()).map((each) => each.name);
  const there = names.length === 0 ? 'there is none yet' : `there are ${names.join(', ')}`;
  throw new AppError('not-found', `no rollout is called "${name}"; ${there}`);
}

/** 95 s, 12 min, 3 h 5 min. */
export function lasting(ms: number): string {
  if (ms < 120_000) return `${Math.round(ms / 1000)} s`;
  const minutes = Math.round(ms / 60_000);
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
