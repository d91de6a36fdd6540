import type { Store } from '../../model/store.ts';

/** What every store does. Each implementation runs all of it, on a new store for each case. */
export type StoreCase = {
  readonly name: string;
  readonly run: (store: Store) => Promise<void>;
};
