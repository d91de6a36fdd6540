import type { Store } from '../model/store.ts';
import { StoreError } from './store-error.ts';

/** The store's verbs without `close`; they may answer at once. */
export type StoreVerbs = {
  readonly [Verb in keyof Omit<Store, 'close'>]: (
    ...args: Parameters<Store[Verb]>
  ) => ReturnType<Store[Verb]> | Awaited<ReturnType<Store[Verb]>>;
};

/** Adds `close`, which waits for the calls under way, then runs `end`; later calls are refused. */
export function closable(verbs: StoreVerbs, end: () => Promise<void>): Store {
  const underWay = new Set<Promise<unknown>>();
  const state: { closing?: Promise<void> } = {};
  const tracked = async (call: () => unknown): Promise<unknown> => {
    if (state.closing) throw new StoreError('closed', 'the store is closed');
    const answer = new Promise((resolve) => resolve(call()));
    underWay.add(answer);
    try {
      return await answer;
    } finally {
      underWay.delete(answer);
    }
  };
  const entries: [string, (...args: never[]) => unknown][] = Object.entries(verbs);
  const calls = entries.map(([name, verb]) => [
    name,
    (...args: never[]) => tracked(() => verb(...args)),
  ]);
  return {
    ...(Object.fromEntries(calls) as Omit<Store, 'close'>),
    close: () => (state.closing ??= Promise.allSettled(underWay).then(end)),
  };
}
