import type { Boot, BootRequest } from '../model/boot.ts';
import type { Phone } from '../model/phone.ts';
import type { Progress } from '../model/progress.ts';
import type { AddressTie, Store } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';
import type { StoreVerbs } from './closable.ts';
import { closable } from './closable.ts';
import { StoreError } from './store-error.ts';

type KeptBoot = {
  readonly id: number;
  readonly mac: Mac;
  readonly startedAt: number;
  readonly requests: BootRequest[];
};

type Kept = {
  readonly phones: Map<Mac, Phone>;
  readonly progress: Map<Mac, Progress>;
  readonly ties: Map<string, AddressTie>;
  readonly boots: Map<number, KeptBoot>;
  lastBootId: number;
};

/** Keeps nothing past its end: for tests and the lab. Behaves as the databases do. */
export function memoryStore(): Store {
  const kept: Kept = {
    phones: new Map(),
    progress: new Map(),
    ties: new Map(),
    boots: new Map(),
    lastBootId: 0,
  };
  return closable({ ...phones(kept), ...progress(kept), ...ties(kept), ...boots(kept) }, () =>
    Promise.resolve(),
  );
}

function phones(
  kept: Kept,
): Pick<StoreVerbs, 'phonePut' | 'phoneGet' | 'phoneList' | 'phoneDelete' | 'runningPut'> {
  return {
    phonePut(phone) {
      kept.phones.set(phone.mac, copy(phone));
    },
    phoneGet(mac) {
      return copy(kept.phones.get(mac));
    },
    phoneList() {
      return copy(inKeyOrder(kept.phones));
    },
    phoneDelete(mac) {
      kept.progress.delete(mac);
      for (const tie of kept.ties.values()) if (tie.mac === mac) kept.ties.delete(tie.address);
      for (const boot of kept.boots.values()) if (boot.mac === mac) kept.boots.delete(boot.id);
      return kept.phones.delete(mac);
    },
    runningPut(mac, image) {
      const phone = kept.phones.get(mac);
      if (phone) kept.phones.set(mac, { ...phone, running: image });
    },
  };
}

function progress(kept: Kept): Pick<StoreVerbs, 'progressPut' | 'progressGet' | 'progressList'> {
  return {
    progressPut(value) {
      kept.progress.set(value.mac, copy(value));
    },
    progressGet(mac) {
      return copy(kept.progress.get(mac));
    },
    progressList() {
      return copy(inKeyOrder(kept.progress));
    },
  };
}

function ties(kept: Kept): Pick<StoreVerbs, 'tiePut' | 'tieList'> {
  return {
    tiePut(tie) {
      kept.ties.set(tie.address, copy(tie));
    },
    tieList() {
      return copy(inKeyOrder(kept.ties));
    },
  };
}

function boots(
  kept: Kept,
): Pick<StoreVerbs, 'bootStart' | 'requestsAppend' | 'bootList' | 'requestList'> {
  return {
    bootStart(mac, at) {
      const id = ++kept.lastBootId;
      kept.boots.set(id, { id, mac, startedAt: at, requests: [] });
      return id;
    },
    requestsAppend(rows) {
      const targets = rows.map(({ bootId }) => kept.boots.get(bootId) ?? noBoot(bootId));
      for (const [index, { request }] of rows.entries())
        targets[index]?.requests.push(copy(request));
    },
    bootList(mac, limit) {
      const ofPhone = [...kept.boots.values()].filter((boot) => boot.mac === mac);
      return ofPhone.reverse().slice(0, limit).map(summary);
    },
    requestList(bootId) {
      return copy(kept.boots.get(bootId)?.requests ?? []);
    },
  };
}

function summary({ id, mac, startedAt, requests }: KeptBoot): Boot {
  const lastAt = requests.reduce<number | undefined>(
    (latest, { at }) => (latest === undefined ? at : Math.max(latest, at)),
    undefined,
  );
  return { id, mac, startedAt, lastAt: lastAt ?? startedAt, requests: requests.length };
}

function noBoot(bootId: number): never {
  throw new StoreError('unknown-boot', `boot ${bootId} is not in the store`);
}

function inKeyOrder<V>(map: ReadonlyMap<string, V>): readonly V[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}

/** What a database would give back: the data alone, without fields that are undefined. */
function copy<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}
