import type { Store } from '../../../model/store.ts';

/** One life of a program: after its end nothing that it does arrives anywhere. */
export type Life = {
  readonly store: Store;
  isOver(): boolean;
  /** A point at which it may die; never resolves when it does, or is over. */
  point(): Promise<void>;
};

const isWrite = /Put|Write|Delete|Start|Add|Append/;

/** Dies at the `left`th point: before a write, or after one that nobody hears of. */
export function mortalStore(inner: Store, left: number, onDeath: () => void): Life {
  let points = left;
  let isOver = false;
  const never = () => new Promise<never>(() => undefined);

  function point(): Promise<void> {
    if (isOver) return never();
    if (--points > 0) return Promise.resolve();
    isOver = true;
    onDeath();
    return never();
  }

  const store = new Proxy(inner, {
    get(target, name: string) {
      const verb = target[name as keyof Store] as (...args: unknown[]) => Promise<unknown>;
      if (!isWrite.test(name)) return (...args: unknown[]) => (isOver ? never() : verb(...args));
      return async (...args: unknown[]) => {
        await point();
        const answer = await verb(...args);
        await point();
        return answer;
      };
    },
  });
  return { store, isOver: () => isOver, point };
}
