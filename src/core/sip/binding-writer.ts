import type { Binding, BindingKey } from '../../model/binding.ts';
import type { Store } from '../../model/store.ts';
import { createGroupCommit } from '../group-commit.ts';
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

/** `soon` runs a task when the messages that are there already have been decided. */
export function createBindingWriter(
  store: Pick<Store, 'bindingsChange'>,
  soon: (task: () => void) => void,
): BindingWriter {
  const { put: commit, idle } = createGroupCommit<Binding | BindingKey>(async (changes) => {
    const all = [...changes.values()];
    const put = all.filter((each) => 'mac' in each);
    const gone = all.filter((each) => !('mac' in each));
    await store.bindingsChange(put, gone);
  }, soon);
  return {
    write: ({ put, gone }) =>
      commit([
        ...gone.map(({ user, contact }) => [keyOf({ user, contact }), { user, contact }] as const),
        ...put.map((binding) => [keyOf(binding), binding] as const),
      ]),
    idle,
  };
}
