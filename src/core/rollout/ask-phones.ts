import type { RolloutPhone } from '../../model/rollout.ts';
import type { Mac } from '../../wire/mac.ts';
import { beforeOf, offer } from './offer.ts';
import type { AskAnswer, Sign } from './phone-events.ts';
import { afterSign, into } from './phone-step.ts';
import { pickPhones } from './pick.ts';
import { gone, keep, rulesFor, type Running } from './running.ts';

/** Called when it is known what became of the asking. */
export type Answered = (phone: RolloutPhone, answer: AskAnswer) => void;

/**
 * Asks whose turn it is. That is written first, for all of them; then each is offered its change and
 * asked. Returns when to look again.
 */
export async function askNext(running: Running, answered: Answered): Promise<number | undefined> {
  const { options, kept } = running;
  const { store, clock, facts } = options;
  const { phones, wakeAt } = pickPhones({
    ...{ now: clock.now(), rollouts: kept.rollouts(), phonesOf: kept.phonesOf },
    subnetOf: facts.subnetOf,
  });
  const decided: RolloutPhone[] = [];
  for (const phone of phones) decided.push(await decide(running, phone));
  if (decided.length === 0) return wakeAt;
  await keep(running, undefined, decided);
  const asked = decided.filter(({ state }) => state === 'asked');
  for (const phone of asked) {
    await offer(store, phone);
    void ask(running, phone.mac, phone.rollout).then((answer) => answered(phone, answer));
  }
  // Places of those that need not be asked are free again.
  return asked.length < decided.length ? clock.now() : wakeAt;
}

async function ask({ options }: Running, mac: Mac, rollout: string): Promise<AskAnswer> {
  try {
    return await options.ask(mac, `rollout ${rollout}`);
  } catch (error) {
    options.onProblem(error);
    return 'unreachable';
  }
}

async function decide(running: Running, phone: RolloutPhone): Promise<RolloutPhone> {
  const { options, models } = running;
  const { facts, store, clock } = options;
  const { mac, image } = phone;
  const known = await store.phoneGet(mac);
  if (known) models.set(mac, known);
  const rules = rulesFor(running, phone);
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

/** Phones of a rollout that may come before their turn, and those that nobody can ask. */
export async function offerAll(running: Running, name: string): Promise<void> {
  const { store } = running.options;
  for (const phone of running.kept.phonesOf(name)) {
    if (phone.state !== 'waiting' && phone.refusal !== 'no-notify') continue;
    const known = await store.phoneGet(phone.mac);
    if (!known) continue;
    const next = { ...phone, before: phone.before ?? beforeOf(phone, known) };
    if (!phone.before) await keep(running, undefined, [next]);
    await offer(store, next);
  }
}
