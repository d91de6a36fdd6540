import type { Binding, BindingKey } from '../../model/binding.ts';
import type { Mac } from '../../wire/mac.ts';

/** All registrations, as this moment has them. Times are milliseconds since the epoch. */
export type BindingTable = {
  /** Of a line, those that have not run out; the last registered first. */
  of(user: string, now: number): readonly Binding[];
  /** The same of all lines of a phone. */
  ofPhone(mac: Mac, now: number): readonly Binding[];
  /** The phone that is registered from an address; undefined where several are. */
  registered(address: string, now: number): Mac | undefined;
  change(put: readonly Binding[], gone: readonly BindingKey[]): void;
  /** As it was put, run out or not. */
  get(key: BindingKey): Binding | undefined;
  runOut(now: number): readonly Binding[];
  readonly size: number;
};

/** `proves`: whether a binding tells which phone has its address; all do where it is left out. */
export function createBindingTable(
  kept: readonly Binding[],
  proves: (binding: Binding) => boolean = () => true,
): BindingTable {
  const all = new Map<string, Binding>();
  const byUser = index(({ user }) => user);
  const byPhone = index(({ mac }) => mac);
  const byAddress = index(({ received }) => received.address);
  const indexes = [byUser, byPhone, byAddress];

  function remove(key: BindingKey): void {
    const known = all.get(keyOf(key));
    if (!known) return;
    all.delete(keyOf(key));
    for (const each of indexes) each.remove(known);
  }

  function put(binding: Binding): void {
    remove(binding);
    all.set(keyOf(binding), binding);
    for (const each of indexes) each.add(binding);
  }

  for (const binding of kept) put(binding);
  return {
    of: (user, now) => live(byUser.get(user), now),
    ofPhone: (mac, now) => live(byPhone.get(mac), now),
    registered(address, now) {
      const macs = new Set(
        live(byAddress.get(address), now)
          .filter(proves)
          .map(({ mac }) => mac),
      );
      return macs.size === 1 ? [...macs][0] : undefined;
    },
    change(added, gone) {
      for (const key of gone) remove(key);
      for (const binding of added) put(binding);
    },
    get: (key) => all.get(keyOf(key)),
    runOut: (now) => [...all.values()].filter(({ expiresAt }) => expiresAt <= now),
    get size() {
      return all.size;
    },
  };
}

function live(bindings: Iterable<Binding>, now: number): readonly Binding[] {
  return [...bindings]
    .filter(({ expiresAt }) => expiresAt > now)
    .sort((a, b) => b.registeredAt - a.registeredAt || (a.contact < b.contact ? -1 : 1));
}

export function keyOf({ user, contact }: BindingKey): string {
  return `${user} ${contact}`;
}

function index(wordOf: (binding: Binding) => string) {
  const sets = new Map<string, Set<Binding>>();
  return {
    get: (word: string): Iterable<Binding> => sets.get(word) ?? [],
    add(binding: Binding): void {
      const word = wordOf(binding);
      const set = sets.get(word) ?? new Set();
      sets.set(word, set.add(binding));
    },
    remove(binding: Binding): void {
      const set = sets.get(wordOf(binding));
      set?.delete(binding);
      if (set?.size === 0) sets.delete(wordOf(binding));
    },
  };
}
