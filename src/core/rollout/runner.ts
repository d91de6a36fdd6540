import { isUnderWay, type Rollout } from '../../model/rollout.ts';
import type { PhoneEvent } from '../follower.ts';
import { createSerial } from '../serial.ts';
import { createAlarm } from './alarm.ts';
import { askNext, offerAll, type Answered } from './ask-phones.ts';
import { afterPhones } from './gate.ts';
import { createKept, readKept } from './members-kept.ts';
import { offer } from './offer.ts';
import { afterOrder } from './orders.ts';
import { signOf, type RegistrationEvent } from './phone-events.ts';
import { afterTime } from './phone-step.ts';
import { beginRun, nextBegin } from './run.ts';
import type { RolloutRunnerOptions } from './runner-parts.ts';
import {
  allUnderWay,
  catchUp,
  dueAt,
  gone,
  keep,
  keepFinding,
  know,
  quietOf,
  rulesFor,
  showed,
  type Running,
} from './running.ts';

export type RolloutRunner = {
  /** Goes on where the last one ended. */
  start(): Promise<void>;
  heard(event: PhoneEvent | RegistrationEvent): void;
  /** Resolves when all that was heard is worked on. */
  idle(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Carries rollouts out. Whatever it does is on disk before: the decision to ask a phone before it is
 * asked. One thing is done after the other, but phones are asked beside it.
 */
export function createRolloutRunner(options: RolloutRunnerOptions): RolloutRunner {
  const { clock, onProblem, pollMs } = options;
  const running: Running = {
    ...{ options, kept: createKept(), models: new Map(), heardAt: new Map(), startedAt: 0 },
  };
  const serial = createSerial();
  let isStopped = false;

  const inTurn = (task: () => Promise<void>): Promise<void> =>
    serial.run('rollouts', async () => {
      if (!isStopped) await task().catch(onProblem);
    });

  const answered: Answered = ({ mac, rollout, asked }, answer) =>
    void inTurn(async () => {
      const phone = running.kept.memberOf(mac);
      if (phone?.rollout !== rollout || phone.asked !== asked) return;
      await showed(running, phone, { kind: 'answer', answer });
      await goOn();
    });

  const wake = createAlarm(clock, () => void inTurn(goOn));
  const goOn = async () => wake.set(await advance(running, answered));
  const look = async () => {
    if (await takeOrders(running)) await goOn();
  };
  const poll = createAlarm(clock, () => void inTurn(look).then(pollAgain));
  const pollAgain = () => {
    if (!isStopped && pollMs !== undefined) poll.set(clock.now() + pollMs);
  };

  return {
    async start() {
      running.startedAt = clock.now();
      await inTurn(async () => {
        await resume(running);
        await takeOrders(running);
        await goOn();
      });
      pollAgain();
    },
    heard(event) {
      const said = signOf(event);
      if (!said) return;
      const { mac, sign } = said;
      running.heardAt.set(mac, clock.now());
      if (!sign) return;
      void inTurn(async () => {
        const phone = running.kept.memberOf(mac);
        if (!phone) return;
        await showed(running, phone, sign);
        await goOn();
      });
    },
    idle: () => serial.run('rollouts', () => Promise.resolve()),
    async stop() {
      await serial.run('rollouts', () => {
        isStopped = true;
        return Promise.resolve();
      });
      for (const alarm of [wake, poll]) alarm.set(Infinity);
    },
  };
}

/** All that follows from how things are now. Returns when to look again; Infinity for never. */
async function advance(running: Running, answered: Answered): Promise<number> {
  await giveUp(running);
  await openGates(running);
  const wakeAt = (await askNext(running, answered)) ?? Infinity;
  const begins = running.kept.rollouts().map(({ beginsAt = Infinity }) => beginsAt);
  const due = allUnderWay(running).map((phone) => dueAt(running, phone));
  return Math.min(wakeAt, ...begins, ...due);
}

async function giveUp(running: Running): Promise<void> {
  const { clock } = running.options;
  for (const phone of allUnderWay(running)) {
    if (dueAt(running, phone) > clock.now()) continue;
    const known = await catchUp(running, phone);
    const rules = rulesFor(running, known);
    const next = rules
      ? afterTime(known, await quietOf(running, known), rules)
      : gone(known, clock.now());
    if (next !== known) await keep(running, undefined, [next]);
  }
}

async function openGates(running: Running): Promise<void> {
  const { kept, options } = running;
  for (const rollout of kept.rollouts()) {
    const now = options.clock.now();
    const passed = afterPhones(rollout, kept.phonesOf(rollout.name), now);
    const next = nextBegin(passed, options.nextRun, now);
    if (next !== rollout) await keep(running, next, []);
    if (next.state === 'scheduled' && (next.beginsAt ?? Infinity) <= now)
      await begin(running, next, []);
  }
}

async function begin(
  running: Running,
  rollout: Rollout,
  intents: readonly number[],
): Promise<void> {
  const { rollout: begun, phones, anew } = await beginRun(rollout, running.kept, running.options);
  await keep(running, begun, phones, { intents, anew });
  await know(running, phones);
  if (begun.opportunistic) await offerAll(running, begun.name);
}

/** Reads what people want. True where anything changed. */
async function takeOrders(running: Running): Promise<boolean> {
  const { kept, options } = running;
  const added = await readKept(kept, options.store);
  for (const { name } of added) await know(running, kept.phonesOf(name));
  const intents = await options.store.intentList();
  for (const { id, rollout: name, order } of intents) {
    const rollout = kept.get(name);
    if (order === 'start' && (rollout?.state === 'created' || rollout?.state === 'scheduled')) {
      await begin(running, rollout, [id]);
      continue;
    }
    const now = options.clock.now();
    const next = rollout && afterOrder(rollout, kept.phonesOf(name), order, now);
    await keep(running, next?.rollout, next?.phones ?? [], { intents: [id] });
  }
  return intents.length > 0 || added.length > 0;
}

/** What was decided and may not have been done, is; but no phone is asked for it. */
async function resume(running: Running): Promise<void> {
  const { kept, options } = running;
  for (const { name } of await readKept(kept, options.store))
    await know(running, kept.phonesOf(name));
  for (const { name, opportunistic, state } of kept.rollouts()) {
    for (const phone of kept.phonesOf(name)) {
      if (phone.state === 'failed') await keepFinding(options, phone);
      if (!isUnderWay(phone)) continue;
      await offer(options.store, phone);
      await catchUp(running, phone);
    }
    if (opportunistic && state === 'running') await offerAll(running, name);
  }
}
