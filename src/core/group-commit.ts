/**
 * Changes that share a transaction: while one group is written, the next one gathers. What is asked
 * for first is never written after what is asked for later; of two changes with one key the last counts.
 */
export type GroupCommit<Change> = {
  /** Resolves when all are on disk; rejects with the store's error, and then none of the group is. */
  put(changes: readonly (readonly [key: string, change: Change])[]): Promise<void>;
  /** Resolves when nothing waits any more. */
  idle(): Promise<void>;
};

type Group<Change> = {
  readonly changes: Map<string, Change>;
  readonly done: PromiseWithResolvers<void>;
};

/** `soon` runs a task a short while later, so that what comes meanwhile shares the transaction. */
export function createGroupCommit<Change>(
  write: (changes: ReadonlyMap<string, Change>) => Promise<void>,
  soon: (task: () => void) => void,
): GroupCommit<Change> {
  let waiting: Group<Change> | undefined;
  let running: Promise<void> | undefined;

  function group(): Group<Change> {
    if (waiting) return waiting;
    const made: Group<Change> = { changes: new Map(), done: Promise.withResolvers() };
    // Whoever waits for it hears of its failure; nobody may.
    made.done.promise.catch(() => undefined);
    waiting = made;
    running ??= writeAll();
    return made;
  }

  async function writeAll(): Promise<void> {
    while (waiting) {
      await new Promise<void>(soon);
      const { changes, done } = waiting;
      waiting = undefined;
      await write(changes).then(done.resolve, done.reject);
    }
    running = undefined;
  }

  return {
    put(list) {
      if (list.length === 0) return Promise.resolve();
      const { changes, done } = group();
      for (const [key, change] of list) changes.set(key, change);
      return done.promise;
    },
    async idle() {
      while (running) await running;
    },
  };
}
