import type { Protocol, RequestOutcome } from '../../model/boot.ts';
import type { PhoneFamily } from '../../model/family.ts';
import type { Phone } from '../../model/phone.ts';
import type { SettingLayer } from '../../model/settings.ts';
import type { Store } from '../../model/store.ts';
import { memoryStore } from '../../store/memory.ts';
import type { Mac } from '../../wire/mac.ts';
import type { ProvisionEvent } from '../asking.ts';
import { createIdentifier } from '../identify.ts';
import { createProvisioner } from '../provision.ts';
import type { Tree } from '../view.ts';
import { fakeClock, type FakeClock } from './fake-clock.ts';
import { fakeFamily } from './fake-family.ts';
import { watchedStore, type WatchedStore } from './watched-store.ts';

export type FakeSite = {
  readonly clock: FakeClock;
  readonly events: readonly ProvisionEvent[];
  /** The answer's text; undefined for a missing file. The transfer is still under way. */
  open(path: string, address?: string): Promise<Opened>;
  /** Opens and ends the transfer, and lets all that follows run on. */
  ask(path: string, address?: string, protocol?: Protocol): Promise<string | undefined>;
  closed(ticket: string, outcome?: RequestOutcome): void;
  flush(): Promise<void>;
  resume(): Promise<void>;
};

export type Opened = { readonly text: string | undefined; readonly ticket: string };

export type FakeSiteParts = {
  readonly store: Store;
  readonly clock?: FakeClock;
  readonly families?: readonly PhoneFamily[];
  readonly handMade?: Readonly<Record<string, string>>;
  readonly library?: Readonly<Record<string, string>>;
  /** By address; read anew for every request. */
  readonly neighbours?: Readonly<Record<string, Mac>>;
  readonly leases?: Readonly<Record<string, Mac>>;
  /** Addresses where a name is enough. */
  readonly trusted?: readonly string[];
};

export const addressAtFirst = '192.0.2.7';
export const mac = '020000000001' as Mac;

/** It should run image 3. */
export function fakePhone(more: Partial<Phone> = {}): Phone {
  const settings = { name: 'one' };
  return { mac, family: 'fake', model: 'T', image: '3', labels: {}, settings, ...more };
}

/** A site with these phones, before anything was asked. */
export async function siteWith(
  parts: Partial<FakeSiteParts> = {},
  phones: readonly Phone[] = [fakePhone()],
): Promise<FakeSite & WatchedStore> {
  const watched = watchedStore(parts.store ?? memoryStore());
  for (const each of phones) await watched.store.phonePut(each);
  watched.written.length = 0;
  const site = await fakeSite({ ...parts, store: watched.store });
  return { ...site, ...watched };
}

/** What was told, without times and phases. */
export function told(events: readonly ProvisionEvent[]): readonly string[] {
  return events.flatMap((event) => {
    if (event.kind === 'fact' && event.fact.kind === 'phase') return [];
    if (event.kind === 'fact') return [`fact ${event.fact.because}`];
    if (event.kind === 'news') return [`news ${event.text}`];
    if (event.kind === 'request') return [`${event.request.outcome} ${event.request.path}`];
    return event.kind === 'problem' ? [`problem ${String(event.error)}`] : [];
  });
}

/** Core with phones of the fake family, up to the answers that a server would send. */
export async function fakeSite(parts: FakeSiteParts): Promise<FakeSite> {
  const { store, clock = fakeClock(), families = [fakeFamily], neighbours = {} } = parts;
  const { leases = {}, trusted = [] } = parts;
  const events: ProvisionEvent[] = [];
  const identifier = createIdentifier({
    families,
    neighbour: (address) => neighbours[address],
    leaseHolder: (address) => leases[address],
    trusts: (address) => trusted.includes(address),
    ties: await store.tieList(),
    tieLasts: 60_000,
  });
  const provisioner = createProvisioner({
    ...{ store, families, identifier, clock },
    trees: { handMade: treeOf(parts.handMade), library: treeOf(parts.library) },
    layersFor: ownSettings,
    onEvent: (event) => events.push(event),
  });

  async function open(
    path: string,
    address = addressAtFirst,
    protocol: Protocol = 'tftp',
  ): Promise<Opened> {
    const asking = { protocol, address, port: 1000, path };
    const { bytes, ticket } = await provisioner.open(asking);
    return { text: bytes && Buffer.from(bytes).toString(), ticket };
  }

  function closed(ticket: string, outcome: RequestOutcome = 'sent'): void {
    provisioner.closed({ ticket, outcome, bytes: 7, retries: 0, endedAt: clock.now() });
  }

  return {
    ...{ clock, events, open, closed },
    async ask(path, address, protocol) {
      const { text, ticket } = await open(path, address, protocol);
      closed(ticket, text === undefined ? 'missing' : 'sent');
      await clock.pass(0);
      return text;
    },
    flush: () => provisioner.flush(),
    resume: () => provisioner.resume(),
  };
}

function treeOf(files: Readonly<Record<string, string>> = {}): Tree {
  return {
    list: () => Promise.resolve(Object.keys(files)),
    read(name) {
      const text = Object.hasOwn(files, name) ? files[name] : undefined;
      return Promise.resolve(text === undefined ? undefined : { name, bytes: Buffer.from(text) });
    },
  };
}

function ownSettings({ mac, settings }: Phone): readonly SettingLayer[] {
  return [{ scope: 'phone', name: mac, values: settings }];
}
