import { isUnderWay, type Rollout, type RolloutPhone } from '../../model/rollout.ts';
import type { Mac } from '../../wire/mac.ts';
import { failureFinding, rolloutCodes } from './findings.ts';
import type { Kept } from './members-kept.ts';
import { withdraw } from './offer.ts';
import type { Sign } from './phone-events.ts';
import { afterSign, type Quiet, type StepRules } from './phone-step.ts';
import { signsInStore } from './reconcile.ts';
import type { RolloutRunnerOptions } from './runner-parts.ts';
import { dueAfter, timesOf } from './times.ts';

/** What one run of the runner knows. */
export type Running = {
  readonly options: RolloutRunnerOptions;
  readonly kept: Kept;
  /** Of phones in rollouts. */
  readonly models: Map<Mac, { readonly family: string; readonly model: string }>;
  /** When anything at all was heard of a phone last. */
  readonly heardAt: Map<Mac, number>;
  startedAt: number;
};

const usualBusyWaitMs = 60_000;

/** Undefined for a phone that is none of the workspace any more. */
export function rulesFor(running: Running, phone: RolloutPhone): StepRules | undefined {
  const { options, kept, models } = running;
  const rollout = kept.get(phone.rollout);
  const known = models.get(phone.mac);
  const family = options.families.find(({ id }) => id === known?.family);
  if (!rollout || !known || !family) return undefined;
  const { steadyMs, retries, retryWaitMs, state } = rollout;
  const mayRetry = state !== 'aborted' && state !== 'done';
  const { busyWaitMs = usualBusyWaitMs } = options;
  const waits = { steadyMs, retries, retryWaitMs, busyWaitMs };
  const now = options.clock.now();
  return { now, family, times: timesOf(family, known), ...waits, mayRetry };
}

export type More = { readonly intents?: readonly number[]; readonly anew?: boolean };

/** Each change is on disk, then known here, then told. */
export async function keep(
  { options, kept }: Running,
  rollout: Rollout | undefined,
  phones: readonly RolloutPhone[],
  more: More = {},
): Promise<void> {
  const { store, clock, onEvent } = options;
  await store.rolloutWrite({ ...(rollout && { rollout }), phones, ...more });
  const before = phones.map(({ mac }) => kept.memberOf(mac));
  const was = rollout && kept.get(rollout.name);
  kept.put(rollout, phones, more.anew);
  if (rollout && (was?.state !== rollout.state || was.group !== rollout.group)) {
    const { name, state, reason: text } = rollout;
    onEvent({ kind: 'rollout', rollout: name, at: clock.now(), state, text });
  }
  for (const [index, phone] of phones.entries()) {
    const { mac, state, reason: text } = phone;
    const last = before[index];
    if (last?.state === state && last.reason === text) continue;
    onEvent({ kind: 'rollout', rollout: phone.rollout, mac, at: clock.now(), state, text });
    await keepFinding(options, phone);
  }
}

/** A failed phone has a finding until it is what it should be. */
export async function keepFinding(
  { store }: Pick<RolloutRunnerOptions, 'store'>,
  phone: RolloutPhone,
): Promise<void> {
  const finding = phone.state === 'failed' ? failureFinding(phone) : undefined;
  if (finding) await store.findingPut(finding);
  if (phone.state !== 'done') return;
  for (const { code } of await store.findingList(phone.mac))
    if (rolloutCodes.includes(code)) await store.findingDelete(phone.mac, code);
}

export async function showed(running: Running, phone: RolloutPhone, sign: Sign): Promise<void> {
  const rules = rulesFor(running, phone);
  const next = rules && afterSign(phone, sign, rules);
  if (!next || next === phone) return;
  const { options, kept } = running;
  const isOffered = kept.get(phone.rollout)?.opportunistic === true;
  if (phone.before && !next.before && !isOffered)
    await withdraw(options.store, phone, phone.before);
  await keep(running, undefined, [next]);
}

/** What the store has of it first: an event may have been lost with the run before. */
export async function catchUp(running: Running, phone: RolloutPhone): Promise<RolloutPhone> {
  const { options, kept } = running;
  const registeredAt = options.facts.registeredAt(phone.mac);
  for (const sign of await signsInStore(options.store, phone, registeredAt)) {
    const now = kept.memberOf(phone.mac);
    if (now?.rollout === phone.rollout) await showed(running, now, sign);
  }
  const known = kept.memberOf(phone.mac);
  return known?.rollout === phone.rollout ? known : phone;
}

/** Since when nothing was heard of it; before this run began nobody listened. */
function quietSince({ heardAt, startedAt }: Running, { mac, since }: RolloutPhone): Quiet {
  const last = heardAt.get(mac);
  const isNew = last === undefined && since < startedAt;
  return { since: Math.max(last ?? 0, since, startedAt), isNew };
}

export async function quietOf(running: Running, phone: RolloutPhone): Promise<Quiet> {
  const { options, models } = running;
  const family = options.families.find(({ id }) => id === models.get(phone.mac)?.family);
  const { heldUpBy = [] } = family?.restart ?? {};
  const findings = await options.store.findingList(phone.mac);
  const heldUp = findings.find(({ code }) => heldUpBy.includes(code))?.text;
  return { ...quietSince(running, phone), heldUp };
}

/** With its time from the beginning of this run on: nobody listened before. */
function withTime(running: Running, phone: RolloutPhone): RolloutPhone {
  const rules = rulesFor(running, phone);
  const { dueAt: due } = phone;
  if (!rules || due === undefined) return phone;
  const fromStart = dueAfter(phone, rules.times, rules.steadyMs, running.startedAt) ?? due;
  return fromStart > due ? { ...phone, dueAt: fromStart } : phone;
}

/** When its time is up. */
export function dueAt(running: Running, phone: RolloutPhone): number {
  const { state, dueAt: due = Infinity } = withTime(running, phone);
  if (state !== 'restarting' && state !== 'upgrading') return due;
  const rules = rulesFor(running, phone);
  return rules ? Math.min(due, quietSince(running, phone).since + rules.times.silentMs) : due;
}

export function allUnderWay({ kept }: Running): readonly RolloutPhone[] {
  return kept.rollouts().flatMap(({ name }) => kept.phonesOf(name).filter(isUnderWay));
}

/** Phones that come into the view of the runner. */
export async function know(
  { options, models }: Running,
  phones: readonly RolloutPhone[],
): Promise<void> {
  if (phones.length === 0) return;
  for (const phone of await options.store.phoneList()) models.set(phone.mac, phone);
}

export function gone(phone: RolloutPhone, now: number): RolloutPhone {
  const { dueAt: _, ...rest } = phone;
  const reason = 'it is no phone of the workspace any more';
  return { ...rest, state: 'skipped', since: now, reason };
}
