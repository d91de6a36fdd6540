import type { Store } from '../../model/store.ts';

export type WatchedStore = {
  readonly store: Store;
  /** Names of the verbs that wrote, in the order in which they were done. */
  readonly written: string[];
  /** Verbs that reject from now on; none when left out. */
  fail(verbs: readonly (keyof Store)[], error?: Error): void;
};

const writes = /^(phonePut|runningPut|progressPut|tiePut|bootStart|bootsStart|requestsAppend)$/;

/** A store in front of another one: tells what was written, and fails when told to. */
export function watchedStore(inner: Store): WatchedStore {
  const written: string[] = [];
  let failing: readonly string[] = [];
  let failure = new Error('disk full');
  const verbs: [string, (...args: never[]) => Promise<unknown>][] = Object.entries(inner);
  const calls = verbs.map(([name, verb]) => [
    name,
    async (...args: never[]) => {
      if (failing.includes(name)) throw failure;
      const result = await verb(...args);
      if (writes.test(name)) written.push(name);
      return result;
    },
  ]);
  return {
    store: Object.fromEntries(calls) as Store,
    written,
    fail(names, error = failure) {
      failing = names;
      failure = error;
    },
  };
}
