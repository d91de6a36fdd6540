import type { PhoneFamily } from '../model/family.ts';
import type { Phone } from '../model/phone.ts';
import type { Progress } from '../model/progress.ts';
import type { SettingLayer } from '../model/settings.ts';
import type { Store } from '../model/store.ts';
import { formatMac, type Mac } from '../wire/mac.ts';
import type { Asking } from './asking.ts';
import { handMadeInTheWay } from './hand-made.ts';
import { isOnItsWay, rescueImage } from './rescue.ts';
import type { Planning } from './plan.ts';
import type { Clock } from './clock.ts';
import type { Follower } from './follower.ts';
import type { Followers } from './followers.ts';
import type { Identifier, Identity } from './identify.ts';
import type { Open, Opens } from './opens.ts';
import { isSecondAsking } from './second-asking.ts';
import { recordOf, seenAnswer } from './transfer-record.ts';
import { renderRevised } from './revisions.ts';
import { createAskerLookup, type Asker } from './trust/asker.ts';
import { createGuard, type Guard } from './trust/guard.ts';
import { createUntied } from './untied.ts';
import { copyFor } from './firmware/library.ts';
import { look, ordersFor, plainPath, renderPhone, type Orders, type Trees } from './view.ts';

/** Finds what a request is answered with, after all that it proves is on disk. */
export type Answerer = (asking: Asking) => Promise<Open>;

export type AnswererParts = {
  readonly store: Store;
  readonly families: readonly PhoneFamily[];
  readonly identifier: Identifier;
  readonly trees: Trees;
  readonly layersFor: (phone: Phone) => readonly SettingLayer[];
  readonly clock: Clock;
  readonly followers: Followers;
  readonly opens: Opens;
  /** What plans are made by now; cautiously and as if the library had everything when left out. */
  readonly planning?: () => Promise<Planning>;
};

/**
 * A phone's next request may be read before the end of its last transfer, which came first on the
 * wire by another socket.
 */
const graceMs = 15;
/** A phone that is busy all that time must be asked again. */
const restartLasts = 60 * 60 * 1000;
const untiedLimits = { lasts: 120_000, each: 16, all: 4096 };

export function createAnswerer(parts: AnswererParts): Answerer {
  const { store, identifier, trees, clock, followers, opens } = parts;
  const untied = createUntied<Open>(untiedLimits);
  const guard = createGuard(parts);
  const askerOf = createAskerLookup({ ...parts, familyOf: followers.familyOf });
  const missedByHttp = new Map<Mac, Parameters<typeof isSecondAsking>[1]>();

  async function forPhone(asking: Asking, who: Identity, phone: Phone, follower: Follower) {
    for (const open of untied.claim(asking.address, clock.now()))
      await catchUp(follower, phone, open);
    const at = clock.now();
    const { protocol, path } = asking;
    const isSecond = isSecondAsking(missedByHttp.get(phone.mac), { protocol, path, at });
    missedByHttp.delete(phone.mac);
    if (!isSecond) await follower.asked(phone, { path, at, protocol });
    const inView = await lookFor(parts, phone.mac, path, follower);
    const guarded = await guard({ asking, who, found: inView, madeFor: phone.mac });
    await follower.guarded({ ...guarded, path });
    const { found } = guarded;
    if (!found && protocol === 'http') missedByHttp.set(phone.mac, { protocol, path, at });
    return { asking, at, tie: who.reason, phone, ...(found && { found }) };
  }

  async function forAnyone(asking: Asking, who: Identity, tie: string): Promise<Open> {
    const at = clock.now();
    const inView = await look(asking.path, trees, [], []);
    const { found, withheld } = await guard({ asking, who, found: inView });
    return { asking, at, tie, ...(found && { found }), ...(withheld && { withheld }) };
  }

  return async (asking) => {
    const { address, path } = asking;
    const { who, holder } =
      asking.mac === undefined ? await askerOf(path, address) : introduced(asking.mac);
    const { named, reason } = who;
    if (holder !== undefined && named !== undefined) {
      const tie = `${formatMac(named)} is not who asks: ${reason}`;
      const open = await forOther({ ...parts, guard }, asking, { who, holder, named });
      return open ? { ...open, tie } : forAnyone(asking, who, tie);
    }
    // A MAC that no phone of ours has, as that of a computer with virtual phones, is no other phone.
    const mac = named ?? who.mac;
    if (mac === undefined) {
      const open = await forAnyone(asking, who, reason);
      untied.remember(address, open);
      return open;
    }
    const phone = await store.phoneGet(mac);
    const family = followers.familyOf(phone);
    if (!phone || !family) {
      if (who.fresh) identifier.forget(address);
      return forAnyone(asking, who, `${formatMac(mac)} is not a known phone: ${reason}`);
    }
    if (who.fresh) await remember(parts, mac, address, clock.now());
    await opens.othersEnded(mac, graceMs);
    return followers.inTurn(mac, family, (follower) => forPhone(asking, who, phone, follower));
  };
}

/** By the server that was asked, which offered the phone the file. */
function introduced(mac: Mac): Asker {
  const reason = 'its own session with a server of ours';
  return { who: { mac, reason, fresh: false, verified: false, score: 60 } };
}

type OtherAsker = { readonly who: Identity; readonly holder: Mac; readonly named: Mac };

/**
 * One phone asks for the file of another one that is known: neither is any further for it. Undefined
 * where the other one is not known.
 */
async function forOther(
  parts: AnswererParts & { readonly guard: Guard },
  asking: Asking,
  { who, holder, named }: OtherAsker,
): Promise<Omit<Open, 'tie'> | undefined> {
  const { store, followers, clock, guard } = parts;
  const { path, address } = asking;
  const owner = await store.phoneGet(named);
  const family = followers.familyOf(owner);
  if (!owner || !family) return undefined;
  const at = clock.now();
  const inView = await lookFor(parts, named, path);
  const guarded = await guard({ asking, who, found: inView, madeFor: named });
  await followers.inTurn(named, family, async (follower) => {
    await follower.askedByOther({ path, address, holder });
    if (guarded.withheld) await follower.guarded({ ...guarded, path });
  });
  return { asking, at, ...(guarded.found && { found: guarded.found }) };
}

/** The phone's own view of a path, by the plan as it stands now. */
async function lookFor(parts: AnswererParts, mac: Mac, path: string, follower?: Follower) {
  const { store, families, trees, layersFor, clock } = parts;
  const phone = await store.phoneGet(mac);
  const family = families.find(({ id }) => id === phone?.family);
  if (!phone || !family) return look(path, trees, [], []);
  const progress = await store.progressGet(mac);
  const { order, absent, image } = await ordersNow(parts, phone, family, progress);
  const restart = family.restart?.tells?.(path) ? await restartWord(parts, mac) : undefined;
  const { files } = await renderRevised({ store, clock }, phone, family, (revisions) =>
    renderPhone(phone, family, layersFor(phone), order, { restart, revisions }),
  );
  const own = image === undefined ? path : await copyPath(parts, family, image, path);
  const found = await look(path, trees, files, absent, own);
  if (progress?.state === 'under-way')
    await follower?.looked(path, handMadeInTheWay(family, path, found, { files, absent }));
  const { running } = phone;
  if (found?.source === 'hand-made' && running !== undefined) {
    const facts = family.notTaken?.(path, Buffer.from(found.bytes).toString('latin1'), running);
    if (facts) await follower?.told(phone, facts);
  }
  return found;
}

/** The word of a request to restart that the phone has not followed yet. */
async function restartWord({ store, clock }: AnswererParts, mac: Mac): Promise<string | undefined> {
  const restart = await store.restartGet(mac);
  if (!restart || restart.state === 'failed') return undefined;
  return clock.now() - restart.askedAt < restartLasts ? restart.token : undefined;
}

/** Where the library has several files of a name, the one that belongs to the image. */
async function copyPath(
  { planning }: AnswererParts,
  family: PhoneFamily,
  image: string,
  path: string,
): Promise<string> {
  if (!family.isFirmware(path) || family.firmware.hasCopies?.(plainPath(path)) !== true)
    return path;
  const { library } = (await planning?.()) ?? {};
  return (library && copyFor(library, family, image, plainPath(path))?.path) ?? path;
}

/** Its plan's, unless it starts nothing and its plan cannot bring it back. */
async function ordersNow(
  { store, planning }: AnswererParts,
  phone: Phone,
  family: PhoneFamily,
  progress: Progress | undefined,
): Promise<Orders> {
  const orders = ordersFor(phone, family, progress);
  const findings = family.rescue ? await store.findingList(phone.mac) : [];
  if (findings.length === 0) return orders;
  const { library } = (await planning?.()) ?? {};
  const image = rescueImage({ phone, family, progress, findings, library });
  if (image === undefined || isOnItsWay(family, progress, image)) return orders;
  return { order: family.steadyOrder(image), absent: [], image };
}

async function remember(
  { identifier, store }: AnswererParts,
  mac: Mac,
  address: string,
  now: number,
): Promise<void> {
  const tie = { address, mac, seenAt: now };
  identifier.tie(tie);
  await store.tiePut(tie);
}

/** A request that was answered before its phone was known. */
async function catchUp(follower: Follower, phone: Phone, open: Open): Promise<void> {
  const { at, asking, found } = open;
  const tied = { ...open, tie: 'asked by the same address just before' };
  const outcome = found ? 'sent' : 'missing';
  const record = recordOf(tied, { outcome, bytes: found?.bytes.length ?? 0, retries: 0 });
  await follower.asked(phone, { path: asking.path, at, protocol: asking.protocol });
  await follower.answered(phone, seenAnswer(open, record), record);
}
