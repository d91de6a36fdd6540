import { isUnderWay, type Rollout, type RolloutPhone } from '../../model/rollout.ts';
import type { Mac } from '../../wire/mac.ts';
import type { PhoneEvent } from '../follower.ts';
import { createSerial } from '../serial.ts';
import { beforeOf, offer, withdraw } from './offer.ts';
import { failureFinding, rolloutCodes } from './findings.ts';
import { afterPhones } from './gate.ts';
import { createKept, readKept } from './members-kept.ts';
import { afterOrder } from './orders.ts';
import { signOf, type RegistrationEvent, type Sign } from './phone-events.ts';
import { afterSign, afterTime, into, type StepRules } from './phone-step.ts';
import { pickPhones } from './pick.ts';
import { signsInStore } from './reconcile.ts';
import { beginRun, nextBegin } from './run.ts';
import type { RolloutRunnerOptions } from './runner-parts.ts';
import { timesOf } from './times.ts';

export type RolloutRunner = {
  /** Goes on where the last one ended. */
  start(): Promise<void>;
  heard(event: PhoneEvent | RegistrationEvent): void;
  /** Looks now for what people want; else it does so by itself. */
  look(): Promise<void>;
  /** Resolves when all that was heard is worked on. */
  idle(): Promise<void>;
  stop(): Promise<void>;
};

const longestSleepMs = 3_600_000;
const usualBusyWaitMs = 60_000;

/**
 * Carries rollouts out. Whatever it does is on disk before: the decision to ask a phone before it is
 * asked. One thing is done after the other, but phones are asked beside it.
 */
export function createRolloutRunner(options: RolloutRunnerOptions): RolloutRunner {
  const { store, clock, families, facts, onEvent, onProblem, pollMs } = options;
  const { busyWaitMs = usualBusyWaitMs } = options;
  const serial = createSerial();
  const kept = createKept();
  const heardAt = new Map<Mac, number>();
  const models = new Map<Mac, { readonly family: string; readonly model: string }>();
  let startedAt = 0;
  let cancelTimer: (() => void) | undefined;
  let cancelPoll: (() => void) | undefined;
  let isStopped = false;

  const inTurn = (task: () => Promise<void>): Promise<void> =>
    serial.run('rollouts', async () => {
      if (!isStopped) await task().catch(onProblem);
    });

  function rulesFor(phone: RolloutPhone): StepRules | undefined {
    const rollout = kept.get(phone.rollout);
    const known = models.get(phone.mac);
    const family = families.find(({ id }) => id === known?.family);
    if (!rollout || !known || !family) return undefined;
    const { steadyMs, retries, retryWaitMs, state } = rollout;
    const mayRetry = state !== 'aborted' && state !== 'done';
    const times = timesOf(family, known);
    const waits = { steadyMs, retries, retryWaitMs, busyWaitMs };
    return { now: clock.now(), family, times, ...waits, mayRetry };
  }

  /** Each is on disk, then known here, then told. */
  async function keep(rollout: Rollout | undefined, phones: readonly RolloutPhone[], more = {}) {
    const intents = more as { readonly intents?: readonly number[]; readonly anew?: boolean };
    await store.rolloutWrite({ ...(rollout && { rollout }), phones, ...intents });
    const before = phones.map(({ mac }) => kept.memberOf(mac));
    const was = rollout && kept.get(rollout.name);
    kept.put(rollout, phones, intents.anew);
    if (rollout && (was?.state !== rollout.state || was.group !== rollout.group))
      onEvent(newsOf(rollout, clock.now()));
    for (const [index, phone] of phones.entries()) await told(phone, before[index]);
  }

  async function told(phone: RolloutPhone, before: RolloutPhone | undefined): Promise<void> {
    const { rollout, mac, state, reason: text } = phone;
    if (before?.state === state && before.reason === text) return;
    onEvent({ kind: 'rollout', rollout, mac, at: clock.now(), state, text });
    await keepFinding(phone);
  }

  async function keepFinding(phone: RolloutPhone): Promise<void> {
    const finding = phone.state === 'failed' ? failureFinding(phone) : undefined;
    if (finding) await store.findingPut(finding);
    if (phone.state !== 'done') return;
    for (const { code } of await store.findingList(phone.mac))
      if (rolloutCodes.includes(code)) await store.findingDelete(phone.mac, code);
  }

  async function showed(phone: RolloutPhone, sign: Sign): Promise<void> {
    const rules = rulesFor(phone);
    const next = rules && afterSign(phone, sign, rules);
    if (!next || next === phone) return;
    const isTakenBack = phone.before && !next.before && !kept.get(phone.rollout)?.opportunistic;
    if (phone.before && isTakenBack) await withdraw(store, phone, phone.before);
    await keep(undefined, [next]);
  }

  /** What the store has of it first: an event may have been lost with the run before. */
  async function catchUp(phone: RolloutPhone): Promise<RolloutPhone> {
    const signs = await signsInStore(store, phone, facts.registeredAt(phone.mac));
    for (const sign of signs) {
      const now = kept.memberOf(phone.mac);
      if (now?.rollout === phone.rollout) await showed(now, sign);
    }
    const known = kept.memberOf(phone.mac);
    return known?.rollout === phone.rollout ? known : phone;
  }

  function quietSince({ mac, since }: RolloutPhone): number {
    return Math.max(heardAt.get(mac) ?? 0, since, startedAt);
  }

  function dueAt(phone: RolloutPhone): number {
    const { state, dueAt: due = Infinity } = phone;
    const rules = state === 'restarting' || state === 'upgrading' ? rulesFor(phone) : undefined;
    return rules ? Math.min(due, quietSince(phone) + rules.times.silentMs) : due;
  }

  const underWay = () =>
    kept.rollouts().flatMap(({ name }) => kept.phonesOf(name).filter(isUnderWay));

  async function giveUp(): Promise<void> {
    for (const phone of underWay()) {
      if (dueAt(phone) > clock.now()) continue;
      const known = await catchUp(phone);
      const rules = rulesFor(known);
      if (!rules) {
        await keep(undefined, [gone(known, clock.now())]);
        continue;
      }
      const next = afterTime(known, quietSince(known), rules);
      if (next !== known) await keep(undefined, [next]);
    }
  }

  async function openGates(): Promise<void> {
    for (const rollout of kept.rollouts()) {
      const now = clock.now();
      const next = afterPhones(rollout, kept.phonesOf(rollout.name), now);
      const due = nextBegin(next, options.nextRun, now);
      if (due !== rollout) await keep(due, []);
      if (due.state !== 'scheduled' || (due.beginsAt ?? Infinity) > now) continue;
      await begin(due, []);
    }
  }

  async function begin(rollout: Rollout, intents: readonly number[]): Promise<void> {
    const { rollout: begun, phones, anew } = await beginRun(rollout, kept, options);
    await keep(begun, phones, { intents, anew });
    await know(phones);
    if (begun.opportunistic) await offerAll(begun.name);
  }

  async function offerAll(name: string): Promise<void> {
    for (const phone of kept.phonesOf(name)) {
      if (phone.state !== 'waiting' && phone.refusal !== 'no-notify') continue;
      const known = await store.phoneGet(phone.mac);
      if (!known) continue;
      const next = { ...phone, before: phone.before ?? beforeOf(phone, known) };
      if (!phone.before) await keep(undefined, [next]);
      await offer(store, next);
    }
  }

  /** Written first, for all of them; then each is offered its change and asked. */
  async function askNext(): Promise<number | undefined> {
    const running = kept.rollouts();
    const { phones, wakeAt } = pickPhones({
      ...{ now: clock.now(), rollouts: running, phonesOf: kept.phonesOf },
      ...{ subnetOf: facts.subnetOf, isBusy: facts.isBusy, busyWaitMs },
    });
    const decided: RolloutPhone[] = [];
    for (const phone of phones) decided.push(await decide(phone));
    if (decided.length === 0) return wakeAt;
    await keep(undefined, decided);
    for (const phone of decided) {
      if (phone.state !== 'asked') continue;
      await offer(store, phone);
      ask(phone);
    }
    return decided.some(({ state }) => state !== 'asked') ? clock.now() : wakeAt;
  }

  async function decide(phone: RolloutPhone): Promise<RolloutPhone> {
    const { mac, image } = phone;
    const known = await store.phoneGet(mac);
    if (known) models.set(mac, known);
    const rules = rulesFor(phone);
    if (!known || !rules) return gone(phone, clock.now());
    if (known.running !== undefined && image !== undefined) {
      const shown: Sign = { kind: 'shows', shown: 'runs', image: known.running };
      const there = afterSign(phone, shown, rules);
      if (there.state === 'done') return there;
    }
    const { bootedAt: _, registeredAt: __, shown: ___, notBefore: ____, ...rest } = phone;
    const subnet = facts.subnetOf(mac);
    const asked: RolloutPhone = {
      ...rest,
      ...{ attempts: phone.attempts + 1, asked: phone.asked + 1, askedAt: rules.now },
      ...{ sent: false, boots: 0, registered: facts.registeredAt(mac) !== undefined },
      before: phone.before ?? beforeOf(phone, known),
      ...(subnet !== undefined && { subnet }),
    };
    return into(asked, 'asked', 'asked to restart', rules);
  }

  function ask({ mac, rollout, asked }: RolloutPhone): void {
    options
      .ask(mac, `rollout ${rollout}`)
      .catch((error: unknown) => {
        onProblem(error);
        return 'unreachable' as const;
      })
      .then((answer) =>
        inTurn(async () => {
          const phone = kept.memberOf(mac);
          if (phone?.rollout !== rollout || phone.asked !== asked) return;
          await showed(phone, { kind: 'answer', answer });
          await advance();
        }),
      )
      .catch(onProblem);
  }

  /** All that follows from how things are, until nothing more does. */
  async function advance(): Promise<void> {
    await giveUp();
    await openGates();
    const wakeAt = await askNext();
    const begins = kept.rollouts().map(({ beginsAt = Infinity }) => beginsAt);
    const next = Math.min(wakeAt ?? Infinity, ...begins, ...underWay().map(dueAt));
    cancelTimer?.();
    cancelTimer = undefined;
    if (!Number.isFinite(next)) return;
    const sleep = Math.min(longestSleepMs, Math.max(0, next - clock.now()));
    cancelTimer = clock.after(sleep, () => void inTurn(advance).catch(onProblem));
  }

  async function look(): Promise<void> {
    const added = await readKept(kept, store);
    for (const { name } of added) await know(kept.phonesOf(name));
    const intents = await store.intentList();
    for (const { id, rollout: name, order } of intents) {
      const rollout = kept.get(name);
      if (rollout && order === 'start' && /^(created|scheduled)$/.test(rollout.state)) {
        await begin(rollout, [id]);
        continue;
      }
      const phones = rollout ? kept.phonesOf(name) : [];
      const next = rollout && afterOrder(rollout, phones, order, clock.now());
      await keep(next?.rollout, next?.phones ?? [], { intents: [id] });
    }
    if (intents.length > 0 || added.length > 0) await advance();
  }

  async function know(phones: readonly RolloutPhone[]): Promise<void> {
    if (phones.length === 0) return;
    for (const phone of await store.phoneList()) models.set(phone.mac, phone);
  }

  function poll(): void {
    if (pollMs === undefined || isStopped) return;
    cancelPoll = clock.after(pollMs, () => void inTurn(look).then(poll).catch(onProblem));
  }

  /** What was decided and may not have been done, is; but no phone is asked for it. */
  async function resume(): Promise<void> {
    for (const { name, opportunistic, state } of kept.rollouts()) {
      for (const phone of kept.phonesOf(name)) {
        if (isUnderWay(phone)) await offer(store, phone);
        if (isUnderWay(phone)) await catchUp(phone);
        else if (phone.state === 'failed') await keepFinding(phone);
      }
      if (opportunistic && state === 'running') await offerAll(name);
    }
  }

  return {
    async start() {
      startedAt = clock.now();
      await inTurn(async () => {
        for (const { name } of await readKept(kept, store)) await know(kept.phonesOf(name));
        await resume();
        await look();
        await advance();
      });
      poll();
    },
    heard(event) {
      const said = signOf(event);
      if (!said) return;
      heardAt.set(said.mac, clock.now());
      const { mac, sign } = said;
      if (!sign) return;
      void inTurn(async () => {
        const phone = kept.memberOf(mac);
        if (!phone) return;
        await showed(phone, sign);
        await advance();
      });
    },
    look: () => inTurn(look),
    idle: () => serial.run('rollouts', () => Promise.resolve()),
    async stop() {
      cancelPoll?.();
      cancelTimer?.();
      await serial.run('rollouts', () => {
        isStopped = true;
        return Promise.resolve();
      });
      cancelPoll?.();
      cancelTimer?.();
    },
  };
}

function gone(phone: RolloutPhone, now: number): RolloutPhone {
  const { dueAt: _, ...rest } = phone;
  return {
    ...rest,
    state: 'skipped',
    since: now,
    reason: 'it is no phone of the workspace any more',
  };
}

function newsOf({ name, state, reason }: Rollout, at: number) {
  return { kind: 'rollout', rollout: name, at, state, text: reason } as const;
}
