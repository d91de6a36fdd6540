import { isOpen, isOver, type Rollout, type RolloutPhone } from '../../model/rollout.ts';
import type { Store } from '../../model/store.ts';
import type { Mac } from '../../wire/mac.ts';

/** What the store has of rollouts, as it was last read or written. */
export type Kept = {
  rollouts(): readonly Rollout[];
  get(name: string): Rollout | undefined;
  phonesOf(name: string): readonly RolloutPhone[];
  /** The rollout that has the phone now, else the last one that had it. */
  memberOf(mac: Mac): RolloutPhone | undefined;
  put(rollout: Rollout | undefined, phones: readonly RolloutPhone[], anew?: boolean): void;
  forget(name: string): void;
};

export function createKept(): Kept {
  const rollouts = new Map<string, Rollout>();
  const members = new Map<string, Map<Mac, RolloutPhone>>();
  const phonesOf = (name: string) => [...(members.get(name)?.values() ?? [])];
  return {
    rollouts: () => [...rollouts.values()],
    get: (name) => rollouts.get(name),
    phonesOf,
    memberOf(mac) {
      const all = [...members.values()].flatMap((group) => group.get(mac) ?? []);
      return all.find(isOpen) ?? all.toSorted((a, b) => b.since - a.since)[0];
    },
    put(rollout, phones, anew = false) {
      if (rollout) rollouts.set(rollout.name, rollout);
      if (rollout && anew) members.delete(rollout.name);
      for (const phone of phones) {
        const group = members.get(phone.rollout) ?? new Map<Mac, RolloutPhone>();
        members.set(phone.rollout, group.set(phone.mac, phone));
      }
    },
    forget(name) {
      rollouts.delete(name);
      members.delete(name);
    },
  };
}

/** Reads what it does not know yet and is not over, and forgets what is gone. */
export async function readKept(
  kept: Kept,
  store: Pick<Store, 'rolloutList' | 'rolloutPhones'>,
): Promise<readonly Rollout[]> {
  const all = await store.rolloutList();
  const names = new Set(all.map(({ name }) => name));
  for (const { name } of kept.rollouts()) if (!names.has(name)) kept.forget(name);
  const added = all.filter(
    (rollout) => isReadAgain(rollout) && kept.get(rollout.name)?.createdAt !== rollout.createdAt,
  );
  for (const rollout of added) {
    kept.forget(rollout.name);
    kept.put(rollout, await store.rolloutPhones(rollout.name));
  }
  return added;
}

/** An aborted one may have phones under way. */
function isReadAgain(rollout: Rollout): boolean {
  return !isOver(rollout) || rollout.state === 'aborted';
}
