import type { Binding } from '../model/binding.ts';
import type { Boot, BootEvent, BootRequest } from '../model/boot.ts';
import type { PhoneFinding } from '../model/finding.ts';
import type { Lease } from '../model/lease.ts';
import type { Phone } from '../model/phone.ts';
import type { Progress, ProgressChange } from '../model/progress.ts';
import type { Restart } from '../model/restart.ts';
import type { ServedFile } from '../model/served.ts';
import type { AddressTie, Store } from '../model/store.ts';
import type { Watched } from '../model/watched.ts';
import { ipv4Number } from '../wire/ipv4.ts';
import type { Mac } from '../wire/mac.ts';
import type { StoreVerbs } from './closable.ts';
import { closable } from './closable.ts';
import { memoryRollouts, noRollouts } from './memory-rollouts.ts';
import { memoryServices, type KeptServices } from './memory-services.ts';
import { memoryBindings, memoryRestarts } from './memory-sip.ts';
import { changeOf } from './rows.ts';
import { withWanted } from './wanted.ts';
import { StoreError } from './store-error.ts';

/** With the number that the database would give it. */
type Numbered<T> = { readonly id: number; readonly value: T };

type KeptBoot = {
  readonly id: number;
  readonly mac: Mac;
  readonly startedAt: number;
  readonly requests: Numbered<BootRequest>[];
  readonly events: Numbered<BootEvent>[];
};

type Kept = KeptServices & {
  readonly phones: Map<Mac, Phone>;
  readonly progress: Map<Mac, Progress>;
  readonly history: Map<Mac, ProgressChange[]>;
  /** By phone and code. */
  readonly findings: Map<string, PhoneFinding>;
  readonly ties: Map<string, AddressTie>;
  readonly boots: Map<number, KeptBoot>;
  /** By phone and path. */
  readonly served: Map<Mac, Map<string, ServedFile>>;
  readonly watched: Map<Mac, Watched>;
  readonly leases: Map<string, Lease>;
  /** By user and contact. */
  readonly bindings: Map<string, Binding>;
  readonly restarts: Map<Mac, Restart>;
  lastBootId: number;
  lastRequestId: number;
  lastEventId: number;
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
    watched: new Map(),
    leases: new Map(),
    bindings: new Map(),
    restarts: new Map(),
    ...{ revisions: new Map(), services: [] },
    ...{ lastBootId: 0, lastRequestId: 0, lastEventId: 0 },
  };
  const verbs = {
    ...{ ...phones(kept), ...progress(kept), ...ties(kept) },
    ...{ ...boots(kept), ...news(kept), ...served(kept) },
    ...{ ...findings(kept), ...watched(kept), ...leases(kept) },
    ...memoryRollouts(noRollouts(), copy),
    ...{ ...memoryBindings(kept.bindings), ...memoryRestarts(kept.restarts) },
    ...memoryServices(kept),
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
      kept.watched.delete(mac);
      kept.revisions.delete(mac);
      kept.restarts.delete(mac);
      for (const [key, binding] of kept.bindings)
        if (binding.mac === mac) kept.bindings.delete(key);
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
): Pick<
  StoreVerbs,
  | (
      | 'bootStart'
      | 'bootsStart'
      | 'requestsAppend'
      | 'bootList'
      | 'requestList'
      | 'eventsAppend'
      | 'eventList'
    )
  | 'bootsPrune'
> {
  return {
    bootStart: (mac, at) => startBoot(kept, mac, at),
    bootsStart: (boots) => boots.map(({ mac, at }) => startBoot(kept, mac, at)),
    requestsAppend(rows) {
      const targets = rows.map(({ bootId }) => kept.boots.get(bootId) ?? noBoot(bootId));
      for (const [index, { request }] of rows.entries())
        targets[index]?.requests.push({ id: ++kept.lastRequestId, value: copy(request) });
    },
    eventsAppend(rows) {
      const targets = rows.map(({ bootId }) => kept.boots.get(bootId) ?? noBoot(bootId));
      for (const [index, { event }] of rows.entries())
        targets[index]?.events.push({ id: ++kept.lastEventId, value: copy(event) });
    },
    bootList(mac, limit) {
      const ofPhone = [...kept.boots.values()].filter((boot) => boot.mac === mac);
      return ofPhone.reverse().slice(0, limit).map(summary);
    },
    requestList(bootId) {
      return copy(kept.boots.get(bootId)?.requests.map(({ value }) => value) ?? []);
    },
    eventList(bootId) {
      return copy(kept.boots.get(bootId)?.events.map(({ value }) => value) ?? []);
    },
    bootsPrune(before, most) {
      const newest = new Map([...kept.boots.values()].map(({ mac, id }) => [mac, id]));
      const stays = ({ id, mac }: KeptBoot) => newest.get(mac) === id && kept.phones.has(mac);
      const old = [...kept.boots.values()]
        .filter((boot) => boot.startedAt < before && !stays(boot))
        .toSorted((a, b) => a.startedAt - b.startedAt)
        .slice(0, most);
      for (const { id } of old) kept.boots.delete(id);
      return old.length;
    },
  };
}

function news(kept: Kept): Pick<StoreVerbs, 'bootNews' | 'newsMark'> {
  return {
    bootNews(after, limit) {
      const all = [...kept.boots.values()];
      const requests = all.flatMap(({ id: bootId, mac, requests: rows }) =>
        rows.map(({ id, value: request }) => ({ id, bootId, mac, request })),
      );
      const events = all.flatMap(({ id: bootId, mac, events: rows }) =>
        rows.map(({ id, value: event }) => ({ id, bootId, mac, event })),
      );
      return copy({
        requests: newer(requests, after.request, limit),
        events: newer(events, after.event, limit),
      });
    },
    newsMark: () => ({ request: kept.lastRequestId, event: kept.lastEventId }),
  };
}

function newer<T extends { readonly id: number }>(
  rows: readonly T[],
  after: number,
  limit: number,
): readonly T[] {
  return rows
    .filter(({ id }) => id > after)
    .toSorted((a, b) => a.id - b.id)
    .slice(0, limit);
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

function watched(kept: Kept): Pick<StoreVerbs, 'watchedPut' | 'watchedGet'> {
  return {
    watchedPut(all) {
      for (const each of all) kept.watched.set(each.mac, copy(each));
    },
    watchedGet(mac) {
      return copy(kept.watched.get(mac));
    },
  };
}

function leases(kept: Kept): Pick<StoreVerbs, 'leasesPut' | 'leaseList' | 'leasesDelete'> {
  // Not by JSON, which has no Infinity.
  const copied = (lease: Lease): Lease => ({ ...lease });
  return {
    leasesPut(list) {
      for (const lease of list) kept.leases.set(lease.address, copied(lease));
    },
    leaseList() {
      const all = [...kept.leases.values()].map(copied);
      return all.sort((a, b) => ipv4Number(a.address) - ipv4Number(b.address));
    },
    leasesDelete(addresses) {
      for (const address of addresses) kept.leases.delete(address);
    },
  };
}

function summary({ id, mac, startedAt, requests, events }: KeptBoot): Boot {
  const lastAt = [...requests, ...events].reduce<number | undefined>(
    (latest, { value: { at } }) => (latest === undefined ? at : Math.max(latest, at)),
    undefined,
  );
  const counts = { requests: requests.length, events: events.length };
  return { id, mac, startedAt, lastAt: lastAt ?? startedAt, ...counts };
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

function startBoot(kept: Kept, mac: Mac, at: number): number {
  const id = ++kept.lastBootId;
  kept.boots.set(id, { id, mac, startedAt: at, requests: [], events: [] });
  return id;
}
