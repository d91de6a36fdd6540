import type { BootEvent } from '../model/boot.ts';
import type { BootFact, SeenReport } from '../model/family.ts';
import type { Progress } from '../model/progress.ts';
import type { Store } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';
import { createAnswerer, type AnswererParts } from './answerer.ts';
import type { Asking, Ended, ProvisionEvent } from './asking.ts';
import { createFollowers, type Followers } from './followers.ts';
import { createMissed } from './firmware/missed.ts';
import { createOpens } from './opens.ts';
import { createServedRecord } from './served.ts';
import { createStrangers } from './strangers.ts';
import { createTimeline } from './timeline.ts';
import { createWithheld } from './trust/withheld.ts';
import { recordOf, seenAnswer, textLimit } from './transfer-record.ts';
import { createWatchRecord } from './watch-record.ts';
import type { Found, Trees } from './view.ts';

export type Opened = Partial<Pick<Found, 'bytes' | 'modifiedAt'>> & { readonly ticket: string };

export type Provisioner = {
  /** `bytes` is undefined when the file is missing in the asker's view. */
  open(asking: Asking): Promise<Opened>;
  /** Once for each open, when the transfer has ended. */
  closed(ended: Ended): void;
  /** What a server of another protocol saw of a phone, or told it: for its timeline. */
  event(mac: Mac, event: BootEvent): void;
  /** What a phone proved by another protocol than that of its files. */
  told(mac: Mac, facts: readonly BootFact[]): Promise<void>;
  /**
   * What a phone said of itself to a server that keeps a session with it. From then on `address` is
   * the phone's, where one is given: undefined for one that several share.
   */
  reported(mac: Mac, report: SeenReport, address: string | undefined): Promise<void>;
  /** After a start: phones that were on their way when the last run ended may be late. */
  resume(): Promise<void>;
  /** Resolves when all that was seen so far is on disk. */
  flush(): Promise<void>;
};

export type ProvisionerOptions = Omit<AnswererParts, 'followers' | 'opens'> & {
  readonly onEvent: (event: ProvisionEvent) => void;
};

const servedLimits = { everyMs: 200, textBytes: textLimit };
const watchEveryMs = 20;
const timelineLimits = { everyMs: 200, retryMs: 5000, most: 100_000 };

/** Ties who asks, what it proves by asking and what it may see to one another. */
export function createProvisioner(options: ProvisionerOptions): Provisioner {
  const { store, clock, onEvent } = options;
  const onProblem = (error: unknown) => onEvent({ kind: 'problem', error });
  const timeline = createTimeline(store, clock, timelineLimits, onProblem);
  const served = createServedRecord(store, clock, servedLimits, onProblem);
  const watchRecord = createWatchRecord(store, clock, watchEveryMs, onProblem);
  const followers = createFollowers({ ...options, timeline, watchRecord, onProblem });
  const opens = createOpens(clock);
  const answer = createAnswerer({ ...options, trees: firmwareOnly(options), followers, opens });
  const stranger = createStrangers({ ...options, onEvent });
  const withheld = createWithheld(onEvent);
  const missed = createMissed({ ...options, library: options.trees.library });

  return {
    async open(asking) {
      const open = await answer(asking);
      await missed(open).catch(onProblem);
      stranger(open);
      withheld(open);
      const { bytes, modifiedAt } = open.found ?? {};
      const ticket = opens.add(open);
      return { ticket, ...(bytes && { bytes }), ...(modifiedAt !== undefined && { modifiedAt }) };
    },

    closed(ended) {
      const open = opens.take(ended.ticket);
      if (!open) return;
      const { phone } = open;
      const record = recordOf(open, ended);
      onEvent({ kind: 'request', mac: phone?.mac, request: record });
      const family = followers.familyOf(phone);
      if (!phone || !family) return;
      if (open.found && ended.outcome === 'sent') served.took(phone.mac, record.path, open.found);
      const seen = seenAnswer(open, record);
      followers
        .inTurn(phone.mac, family, (follower) => follower.answered(phone, seen, record))
        .catch(onProblem);
    },

    event: (mac, event) => timeline.event(mac, event),

    async told(mac, facts) {
      const phone = await store.phoneGet(mac);
      const family = followers.familyOf(phone);
      if (phone && family)
        await followers.inTurn(mac, family, (follower) => follower.told(phone, facts));
    },

    reported: (mac, report, address) => reported({ ...options, followers }, mac, report, address),

    async resume() {
      for (const { mac } of await underWay(store)) {
        const phone = await store.phoneGet(mac);
        const family = followers.familyOf(phone);
        if (phone && family) await followers.inTurn(mac, family, (follower) => follower.resume());
      }
    },

    async flush() {
      await timeline.flush();
      await watchRecord.flush();
      await served.flush();
    },
  };
}

async function reported(
  { store, clock, identifier, followers }: ProvisionerOptions & { readonly followers: Followers },
  mac: Mac,
  report: SeenReport,
  address: string | undefined,
): Promise<void> {
  const family = followers.familyOf(await store.phoneGet(mac));
  if (!family) return;
  if (address !== undefined) {
    const tie = { address, mac, seenAt: clock.now() };
    identifier.tie(tie);
    await store.tiePut(tie);
  }
  await followers.inTurn(mac, family, async (follower) => {
    const phone = await store.phoneGet(mac);
    if (phone) await follower.reported(phone, report);
  });
}

async function underWay(store: Store): Promise<readonly Progress[]> {
  return (await store.progressList()).filter(({ state }) => state === 'under-way');
}

/** A library may hold packages as they came; phones get the images of them and nothing else. */
function firmwareOnly({ families, trees }: ProvisionerOptions): Trees {
  const { handMade, library } = trees;
  const isFirmware = (path: string) => families.some((family) => family.isFirmware(path));
  const read = async (path: string) => (isFirmware(path) ? library.read(path) : undefined);
  return { handMade, library: { read } };
}
