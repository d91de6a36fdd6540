import type { Store } from '../model/store.ts';

/** What stores do with rollouts. */
export type RolloutVerb = Extract<keyof Store, `rollout${string}` | `intent${string}`>;
