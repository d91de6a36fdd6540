import type { BootRequest } from '../model/boot.ts';
import type { PhoneFamily, SeenAnswer, SeenRequest } from '../model/family.ts';
import type { Phone } from '../model/phone.ts';
import type { SettingLayer } from '../model/settings.ts';
import type { Store } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';
import type { Asking, Ended, ProvisionEvent } from './asking.ts';
import type { Clock } from './clock.ts';
import type { Follower } from './follower.ts';
import { createFollowers } from './followers.ts';
import type { Identifier } from './identify.ts';
import { createOpens, type Open } from './opens.ts';
import { createTimeline } from './timeline.ts';
import { createUntied } from './untied.ts';
import { look, ordersFor, renderPhone, type Found, type Trees } from './view.ts';

export type Provisioner = {
  /** `bytes` is undefined when the file is missing in the asker's view. */
  open(asking: Asking): Promise<{ readonly bytes?: Uint8Array; readonly ticket: string }>;
  /** Once for each open, when the transfer has ended. */
  closed(ended: Ended): void;
  /** Resolves when all that was seen so far is on disk. */
  flush(): Promise<void>;
};

export type ProvisionerOptions = {
  readonly store: Store;
  readonly families: readonly PhoneFamily[];
  readonly identifier: Identifier;
  readonly trees: Trees;
  readonly layersFor: (phone: Phone) => readonly SettingLayer[];
  readonly clock: Clock;
  readonly onEvent: (event: ProvisionEvent) => void;
};

/** Larger files are no configuration files. */
const textLimit = 100_000;
/**
 * A phone's next request may be read before the end of its last transfer, which came first on the
 * wire by another socket.
 */
const graceMs = 15;
const untiedLimits = { lasts: 120_000, each: 16, all: 4096 };
const timelineLimits = { everyMs: 200, most: 100_000 };

/** Ties who asks, what it proves by asking and what it may see to one another. */
export function createProvisioner(options: ProvisionerOptions): Provisioner {
  const { store, identifier, clock, onEvent } = options;
  const trees = firmwareOnly(options);
  const onProblem = (error: unknown) => onEvent({ kind: 'problem', error });
  const timeline = createTimeline(store, clock, timelineLimits, onProblem);
  const followers = createFollowers({ ...options, timeline, onProblem });
  const untied = createUntied(untiedLimits);
  const opens = createOpens(clock);

  async function openForPhone(asking: Asking, phone: Phone, follower: Follower, tie: string) {
    for (const request of untied.claim(asking.address, clock.now()))
      await catchUp(follower, phone, request, asking.address);
    const at = clock.now();
    await follower.asked(phone, { path: asking.path, at });
    return answer(
      { asking, at, tie, phone },
      await lookFor(options, trees, phone.mac, asking.path),
    );
  }

  async function openForAnyone(asking: Asking, tie: string) {
    return answer({ asking, at: clock.now(), tie }, await look(asking.path, trees, [], []));
  }

  function answer(open: Open, found: Found | undefined) {
    const ticket = opens.add(found ? { ...open, found } : open);
    return found ? { bytes: found.bytes, ticket } : { ticket };
  }

  return {
    async open(asking) {
      const { address, path } = asking;
      const now = clock.now();
      const { mac, reason, fresh } = identifier.identify(path, address, now);
      if (mac === undefined) {
        untied.remember(address, { path, at: now });
        return openForAnyone(asking, reason);
      }
      const phone = await store.phoneGet(mac);
      const family = followers.familyOf(phone);
      if (!phone || !family) return openForAnyone(asking, `${mac} is not a known phone: ${reason}`);
      if (fresh) await remember(options, mac, address, now);
      await opens.othersEnded(mac, graceMs);
      return followers.inTurn(mac, family, (follower) =>
        openForPhone(asking, phone, follower, reason),
      );
    },

    closed(ended) {
      const open = opens.take(ended.ticket);
      if (!open) return;
      const { phone } = open;
      const record = recordOf(open, ended);
      onEvent({ kind: 'request', mac: phone?.mac, request: record });
      const family = followers.familyOf(phone);
      if (!phone || !family) return;
      const seen = seenAnswer(open, record);
      followers
        .inTurn(phone.mac, family, (follower) => follower.answered(phone, seen, record))
        .catch(onProblem);
    },

    flush: () => timeline.flush(),
  };
}

/** A library may hold packages as they came; phones get the images of them and nothing else. */
function firmwareOnly({ families, trees }: ProvisionerOptions): Trees {
  const { handMade, library } = trees;
  const isFirmware = (path: string) => families.some((family) => family.isFirmware(path));
  const read = async (path: string) => (isFirmware(path) ? library.read(path) : undefined);
  return { handMade, library: { read } };
}

/** The phone's own view of a path, by the plan as it stands now. */
async function lookFor(options: ProvisionerOptions, trees: Trees, mac: Mac, path: string) {
  const { store, families, layersFor } = options;
  const phone = await store.phoneGet(mac);
  const family = families.find(({ id }) => id === phone?.family);
  if (!phone || !family) return look(path, trees, [], []);
  const { order, absent } = ordersFor(phone, family, await store.progressGet(mac));
  return look(path, trees, renderPhone(phone, family, layersFor(phone), order), absent);
}

async function remember(
  { identifier, store }: ProvisionerOptions,
  mac: Mac,
  address: string,
  now: number,
): Promise<void> {
  const tie = { address, mac, seenAt: now };
  identifier.tie(tie);
  await store.tiePut(tie);
}

/** A request that was answered before its phone was known. */
async function catchUp(
  follower: Follower,
  phone: Phone,
  request: SeenRequest,
  address: string,
): Promise<void> {
  const outcome = 'missing';
  const tie = 'asked by the same address just before';
  const unknown = { protocol: 'tftp', address, port: 0, outcome, bytes: 0, retries: 0 } as const;
  await follower.asked(phone, request);
  await follower.answered(phone, { ...request, outcome }, { ...request, ...unknown, tie });
}

function recordOf(open: Open, { outcome, bytes, retries }: Ended): BootRequest {
  const { at, tie, asking, found } = open;
  const { protocol, address, port, path } = asking;
  const record = { at, protocol, address, port, path, tie, outcome, bytes, retries };
  return found ? { ...record, source: found.source } : record;
}

function seenAnswer({ found }: Open, { path, at, outcome }: BootRequest): SeenAnswer {
  if (!found || found.bytes.length > textLimit) return { path, at, outcome };
  return { path, at, outcome, text: Buffer.from(found.bytes).toString('utf8') };
}
