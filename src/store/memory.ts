import type { Boot, BootRequest } from '../model/boot.ts';
import type { PhoneFinding } from '../model/finding.ts';
import type { Phone } from '../model/phone.ts';
import type { Progress, ProgressChange } from '../model/progress.ts';
import type { ServedFile } from '../model/served.ts';
import type { AddressTie, Store } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';
import type { StoreVerbs } from './closable.ts';
import { closable } from './closable.ts';
import { memoryRollouts, noRollouts } from './memory-rollouts.ts';
import { changeOf } from './rows.ts';
import { withWanted } from './wanted.ts';
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
  readonly history: Map<Mac, ProgressChange[]>;
  /** By phone and code. */
  readonly findings: Map<string, PhoneFinding>;
  readonly ties: Map<string, AddressTie>;
  readonly boots: Map<number, KeptBoot>;
  /** By phone and path. */
  readonly served: Map<Mac, Map<string, ServedFile>>;
  lastBootId: number;
};

/** Keeps nothing past its end: for tests and the lab. Behaves as the databases do. */
export function memoryStore(): Store {
  const kept: Kept = {
    phones: new Map(),
    progress: new Map(),
    history: new Map(),
    findings: new Map(),
    ties: new Map(),
    boots: new Map(),
    served: new Map(),
    lastBootId: 0,
  };
  const verbs = {
    ...{ ...phones(kept), ...progress(kept), ...ties(kept) },
    ...{ ...boots(kept), ...served(kept), ...findings(kept) },
    ...memoryRollouts(noRollouts(), copy),
  };
  return closable(verbs, () => Promise.resolve());
}

function phones(
  kept: Kept,
): Pick<
  StoreVerbs,
  'phonePut' | 'phonesPut' | 'phoneGet' | 'phoneList' | 'phoneDelete' | 'runningPut' | 'wantedPut'
> {
  return {
    phonePut(phone) {
      kept.phones.set(phone.mac, copy(phone));
    },
    phonesPut(list) {
      for (const phone of copy(list)) kept.phones.set(phone.mac, phone);
    },
    phoneGet(mac) {
      return copy(kept.phones.get(mac));
    },
    phoneList() {
      return copy(inKeyOrder(kept.phones));
    },
    phoneDelete(mac) {
      kept.progress.delete(mac);
      kept.history.delete(mac);
      for (const [key, finding] of kept.findings)
        if (finding.mac === mac) kept.findings.delete(key);
      for (const tie of kept.ties.values()) if (tie.mac === mac) kept.ties.delete(tie.address);
      for (const boot of kept.boots.values()) if (boot.mac === mac) kept.boots.delete(boot.id);
      kept.served.delete(mac);
      return kept.phones.delete(mac);
    },
    runningPut(mac, image) {
      const phone = kept.phones.get(mac);
      if (phone) kept.phones.set(mac, { ...phone, running: image });
    },
    wantedPut(mac, change) {
      const phone = kept.phones.get(mac);
      if (phone) kept.phones.set(mac, copy(withWanted(phone, change)));
    },
  };
}

function progress(
  kept: Kept,
): Pick<
  StoreVerbs,
  'progressPut' | 'progressGet' | 'progressList' | 'progressDelete' | 'progressHistory'
> {
  return {
    progressPut(value) {
      kept.progress.set(value.mac, copy(value));
      const history = kept.history.get(value.mac) ?? [];
      kept.history.set(value.mac, [...history, copy(changeOf(value))]);
    },
    progressGet(mac) {
      return copy(kept.progress.get(mac));
    },
    progressList() {
      return copy(inKeyOrder(kept.progress));
    },
    progressDelete(mac) {
      kept.progress.delete(mac);
    },
    progressHistory(mac) {
      return copy(kept.history.get(mac) ?? []);
    },
  };
}

function findings(kept: Kept): Pick<StoreVerbs, 'findingPut' | 'findingList' | 'findingDelete'> {
  const keyOf = ({ mac, code }: Pick<PhoneFinding, 'mac' | 'code'>) => `${mac} ${code}`;
  return {
    findingPut(finding) {
      kept.findings.set(keyOf(finding), copy(finding));
    },
    findingList(mac) {
      const all = inKeyOrder(kept.findings).filter((each) => mac === undefined || each.mac === mac);
      return copy(all.toSorted((a, b) => a.at - b.at));
    },
    findingDelete(mac, code) {
      kept.findings.delete(keyOf({ mac, code }));
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

function served(kept: Kept): Pick<StoreVerbs, 'servedPut' | 'servedList'> {
  return {
    servedPut(files) {
      for (const file of files) {
        const ofPhone = kept.served.get(file.mac) ?? new Map<string, ServedFile>();
        kept.served.set(file.mac, ofPhone.set(file.path, copy(file)));
      }
    },
    servedList(mac) {
      return copy(inKeyOrder(kept.served.get(mac) ?? new Map<string, ServedFile>()));
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
