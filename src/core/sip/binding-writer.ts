import type { Binding, BindingKey } from '../../model/binding.ts';
import type { Store } from '../../model/store.ts';
import { keyOf } from './binding-table.ts';

/** What one REGISTER changes. */
export type BindingChange = {
  readonly put: readonly Binding[];
  readonly gone: readonly BindingKey[];
};

/**
 * Puts registrations on disk, many in one transaction: while one is written, the next ones gather.
 * What is asked for first is never written after what is asked for later.
 */
export type BindingWriter = {
  /** Resolves when it is on disk; rejects with the store's error, and then it is not. */
  write(change: BindingChange): Promise<void>;
  /** Resolves when nothing waits any more. */
  idle(): Promise<void>;
};

/** By binding: what it becomes, or its key alone for one that goes. */
type Group = {
  readonly changes: Map<string, Binding | BindingKey>;
  readonly done: PromiseWithResolvers<void>;
};

/** `soon` runs a task when the messages that are there already have been decided. */
export function createBindingWriter(
  store: Pick<Store, 'bindingsChange'>,
  soon: (task: () => void) => void,
): BindingWriter {
  let waiting: Group | undefined;
  let running: Promise<void> | undefined;

  function group(): Group {
    if (waiting) return waiting;
    const made: Group = { changes: new Map(), done: Promise.withResolvers() };
    made.done.promise.catch(() => undefined);
    waiting = made;
    running ??= new Promise((resolve) => soon(() => void writeAll().then(resolve)));
    return made;
  }

  async function writeAll(): Promise<void> {
    for (let next = waiting; next; next = waiting) {
      waiting = undefined;
      const all = [...next.changes.values()];
      const put = all.filter((each) => 'mac' in each);
      const gone = all.filter((each) => !('mac' in each));
      await store.bindingsChange(put, gone).then(next.done.resolve, next.done.reject);
    }
    running = undefined;
  }

  return {
    write({ put, gone }) {
      if (put.length === 0 && gone.length === 0) return Promise.resolve();
      const { changes, done } = group();
      for (const { user, contact } of gone)
        changes.set(keyOf({ user, contact }), { user, contact });
      for (const binding of put) changes.set(keyOf(binding), binding);
      return done.promise;
    },
    async idle() {
      while (running) await running;
    },
  };
}
