import type { Binding, BindingKey } from '../model/binding.ts';
import type { Restart } from '../model/restart.ts';
import type { Mac } from '../wire/mac.ts';
import type { StoreVerbs } from './closable.ts';

export function memoryBindings(
  kept: Map<string, Binding>,
): Pick<StoreVerbs, 'bindingsChange' | 'bindingList'> {
  const keyOf = ({ user, contact }: BindingKey) => JSON.stringify([user, contact]);
  return {
    bindingsChange(put, gone) {
      for (const binding of put) kept.set(keyOf(binding), structuredClone(binding));
      for (const key of gone) kept.delete(keyOf(key));
    },
    bindingList() {
      const all = structuredClone([...kept.values()]);
      return all.sort((a, b) => order(a.user, b.user) || order(a.contact, b.contact));
    },
  };
}

type RestartVerbs = 'restartPut' | 'restartGet' | 'restartList' | 'restartDelete';

export function memoryRestarts(kept: Map<Mac, Restart>): Pick<StoreVerbs, RestartVerbs> {
  return {
    restartPut(restart) {
      kept.set(restart.mac, structuredClone(restart));
    },
    restartGet(mac) {
      return structuredClone(kept.get(mac));
    },
    restartList() {
      const all = structuredClone([...kept.values()]);
      return all.sort((a, b) => a.askedAt - b.askedAt || order(a.mac, b.mac));
    },
    restartDelete(mac) {
      kept.delete(mac);
    },
  };
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
