import type { PhoneFamily } from '../../model/family.ts';
import type { Progress } from '../../model/progress.ts';
import type { RestartTimes } from '../../model/family-restart.ts';
import {
  isUnderWay,
  type FailureCause,
  type RolloutPhone,
  type RolloutPhoneState,
} from '../../model/rollout.ts';
import { sameImage } from '../same-image.ts';
import type { AskAnswer, Sign } from './phone-events.ts';
import { dueAfter } from './times.ts';

/** What decides about one phone beside what it shows. */
export type StepRules = {
  readonly now: number;
  readonly family: Pick<PhoneFamily, 'parseImage'>;
  readonly times: RestartTimes;
  readonly steadyMs: number;
  readonly retries: number;
  readonly retryWaitMs: number;
  /** Until a phone with a call up is asked again. */
  readonly busyWaitMs: number;
  /** False where nobody is asked any more. */
  readonly mayRetry: boolean;
};

/** Starts of a phone that has its image, after which it counts as one that does not stay up. */
const startsAllowed = 3;

/** The phone after it showed something; itself where that changes nothing. */
export function afterSign(before: RolloutPhone, sign: Sign, rules: StepRules): RolloutPhone {
  const isHeard = sign.kind !== 'answer' && sign.kind !== 'silent';
  const phone = isHeard ? without(before, 'isLost') : before;
  if (provesWanted(phone, sign, rules)) return arrived(phone, rules);
  if (phone.state === 'waiting') return leftAlone(phone, sign, rules);
  if (!isUnderWay(phone)) return phone;
  switch (sign.kind) {
    case 'booted':
      return booted(phone, rules);
    case 'progress':
      return progressed(phone, sign.progress, rules);
    case 'shows': {
      const shown = { kind: sign.shown, image: sign.image };
      const isSame = phone.shown?.kind === shown.kind && phone.shown.image === shown.image;
      return isSame ? phone : { ...heard(phone, rules), shown };
    }
    case 'up':
      return heard(phone, rules);
    case 'registered':
      return registered(phone, rules);
    case 'looping':
      return failed(phone, 'flaps', 'it starts again and again', rules);
    case 'silent':
      return without(phone, 'shown');
    case 'answer':
      return answered(phone, sign.answer, rules);
  }
}

/** Whether it shows that it is what it should be. */
function provesWanted(
  { state, cause, image, mac, registeredAt, bootedAt, before }: RolloutPhone,
  sign: Sign,
  { family }: StepRules,
): boolean {
  if (state === 'done' || state === 'skipped') return false;
  // Those have their image: it is not what they lack.
  if (cause === 'flaps') return false;
  if (cause === 'registers-no-more') return sign.kind === 'registered';
  const isUp =
    sign.kind === 'up' ||
    (sign.kind === 'shows' && sign.shown === 'runs') ||
    (sign.kind === 'registered' && bootedAt !== undefined && registeredAt === undefined);
  // Late, after it counted as one that did not hear.
  if (state === 'waiting' && image === undefined)
    return sign.kind === 'booted' && before !== undefined;
  if (image === undefined) return state === 'restarting' && isUp;
  if (state === 'back') return false;
  if (sign.kind === 'shows') return sign.shown === 'runs' && sameImage(family, sign.image, image);
  if (sign.kind !== 'progress' || sign.progress.mac !== mac) return false;
  const { progress } = sign;
  return progress.state === 'done' && sameImage(family, progress.target, image);
}

/** It runs what it should. One that was asked has to stay up, and to register where it did. */
function arrived(phone: RolloutPhone, rules: StepRules): RolloutPhone {
  const { hops, state, registered: mustRegister } = phone;
  const there = { ...phone, hop: hops, boots: hops > phone.hop ? 0 : phone.boots };
  if (!isUnderWay(phone)) {
    const how = state === 'failed' ? 'came after its time was up' : 'came by itself';
    return into(without(without(there, 'cause'), 'refusal'), 'done', how, rules);
  }
  const why = mustRegister ? 'runs what it should; must register again' : 'runs what it should';
  return into(there, 'back', why, rules);
}

/** Under way before its turn: it is not disturbed. */
function leftAlone(
  phone: RolloutPhone,
  sign: Sign,
  { now, times, family }: StepRules,
): RolloutPhone {
  if (sign.kind !== 'progress' || phone.image === undefined) return phone;
  const { state, target } = sign.progress;
  if (state !== 'under-way' || !sameImage(family, target, phone.image)) return phone;
  return { ...phone, notBefore: now + times.hop.withinMs, reason: 'comes by itself' };
}

function booted(phone: RolloutPhone, rules: StepRules): RolloutPhone {
  const boots = phone.boots + 1;
  const isThere = phone.hop >= phone.hops;
  const fresh = without(without(phone, 'registeredAt'), 'shown');
  const next = { ...fresh, boots, bootedAt: rules.now };
  if (boots > (isThere ? startsAllowed : rules.times.boots))
    return failed(next, 'flaps', `it started ${boots} times and does not stay up`, rules);
  if (phone.state === 'upgrading' || phone.state === 'restarting') return next;
  const why = phone.state === 'back' ? 'it started again' : 'it starts';
  return into(next, 'restarting', why, rules);
}

type Optional =
  'cause' | 'refusal' | 'before' | 'shown' | 'isLost' | 'dueAt' | 'notBefore' | SeenAt;
type SeenAt = 'registeredAt' | 'bootedAt';

/** Any sign of a phone that was asked says that it heard. */
function heard(phone: RolloutPhone, rules: StepRules): RolloutPhone {
  if (phone.state !== 'asked') return phone;
  const known = { ...phone, bootedAt: phone.bootedAt ?? rules.now };
  return into(known, 'restarting', 'it reads its files', rules);
}

function progressed(phone: RolloutPhone, progress: Progress, rules: StepRules): RolloutPhone {
  const { image, hop, hops } = phone;
  if (image === undefined || !sameImage(rules.family, progress.target, image)) return phone;
  const { state, steps, step, reason, refused = [] } = progress;
  if (state === 'stopped') {
    const isBack = phone.shown?.kind === 'came-back' || refused.length === 0;
    const cause = steps.length === 0 ? 'no-way' : isBack ? 'came-back-on-old' : 'refused-image';
    return failed(phone, cause, reason, rules);
  }
  // The library lost files that it had when the rollout was made.
  if (state === 'waiting') return failed(phone, 'no-way', reason, rules);
  if (state === 'done') return phone;
  const left = steps.length - step;
  const all = Math.max(hops, hop + left);
  const isProof = all - left > hop;
  if (hops > 0 && hop >= hops && left > 0) return unproved(phone, left, reason, rules);
  const next = { ...phone, hops: all, hop: all - left };
  const why = `hop ${all - left + 1} of ${all}: ${steps[step]?.image ?? image}`;
  if (isProof) return into({ ...next, boots: 0, attempts: 0 }, 'upgrading', why, rules);
  if (phone.state === 'upgrading') return hops === all ? phone : next;
  return into({ ...next, bootedAt: phone.bootedAt ?? rules.now }, 'upgrading', why, rules);
}

/** What it did next shows that it does not run what it seemed to. */
function unproved(
  phone: RolloutPhone,
  left: number,
  reason: string,
  rules: StepRules,
): RolloutPhone {
  const hops = Math.max(phone.hops, left);
  const hop = hops - left;
  return into({ ...phone, hop, hops }, 'upgrading', `hop ${hop + 1} again: ${reason}`, rules);
}

function registered(phone: RolloutPhone, rules: StepRules): RolloutPhone {
  if (phone.registeredAt !== undefined) return phone;
  const next = { ...phone, registeredAt: rules.now };
  return phone.state === 'back' ? into(next, 'back', 'registered again', rules) : next;
}

function answered(phone: RolloutPhone, answer: AskAnswer, rules: StepRules): RolloutPhone {
  if (phone.state !== 'asked') return phone;
  if (answer === 'unreachable' && phone.isLost) {
    const reason = 'it took what it was asked and was not heard of since';
    return again(phone, 'never-came-back', reason, rules);
  }
  if (answer === 'sent') return { ...phone, sent: true };
  const unasked = { ...without(phone, 'before'), attempts: phone.attempts - 1 };
  if (answer === 'busy') return later(unasked, 'a call is up', rules.busyWaitMs, rules);
  return again(without(phone, 'before'), 'unreachable', 'it could not be reached', rules);
}

/** What is known of when a phone was heard of. */
export type Quiet = {
  /** When anything at all was heard of it last; else since when somebody listens. */
  readonly since: number;
  /** Nothing was heard of it since this run of the program began. */
  readonly isNew: boolean;
  /** What it waits for a person for, in words. */
  readonly heldUp?: string | undefined;
};

/** When the phone's time is up, or nothing was heard of it for too long. */
export function afterTime(phone: RolloutPhone, quiet: Quiet, rules: StepRules): RolloutPhone {
  const { state, dueAt = Infinity } = phone;
  const isDue = rules.now >= dueAt;
  if (state === 'back') return isDue ? settled(phone, rules) : phone;
  if (state === 'asked') return isDue ? unheard(phone, rules) : phone;
  if (state !== 'restarting' && state !== 'upgrading') return phone;
  const isSilent = rules.now - quiet.since >= rules.times.silentMs;
  if (!isDue && !isSilent) return phone;
  const { shown } = phone;
  if (shown?.kind === 'refused')
    return failed(phone, 'refused-image', `it did not take ${shown.image}`, rules);
  if (quiet.heldUp !== undefined) return failed(phone, 'held-up', quiet.heldUp, rules);
  if (shown?.kind === 'came-back')
    return again(phone, 'came-back-on-old', `it came back without ${shown.image}`, rules);
  if (shown) return again(phone, 'came-back-on-old', `it came back with ${shown.image}`, rules);
  if (phone.registeredAt !== undefined) {
    const reason = 'it is back, registered again and did not show what it should run';
    return again(phone, 'came-back-on-old', reason, rules);
  }
  if (isSilent || quiet.isNew)
    return failed(phone, 'never-came-back', 'nothing more was heard of it', rules);
  return failed(phone, 'late', `it is not there after ${lasting(rules.now - phone.since)}`, rules);
}

function settled(phone: RolloutPhone, rules: StepRules): RolloutPhone {
  if (phone.registered && phone.registeredAt === undefined)
    return failed(phone, 'registers-no-more', 'it is back and does not register', rules);
  return into(phone, 'done', phone.reason, rules);
}

function unheard(phone: RolloutPhone, rules: StepRules): RolloutPhone {
  // Whether the asking left before this program ended is not known: it does not count.
  const counted = phone.sent ? phone : { ...phone, attempts: phone.attempts - 1 };
  const gone: RolloutPhone = phone.sent ? { ...counted, isLost: true } : counted;
  return phone.registeredAt === undefined
    ? again(gone, 'never-came-back', 'it was asked and nothing was heard of it', rules)
    : again(counted, 'did-not-restart', 'it was asked, is up and did not restart', rules);
}

function again(
  phone: RolloutPhone,
  cause: FailureCause,
  reason: string,
  rules: StepRules,
): RolloutPhone {
  if (phone.attempts > rules.retries || !rules.mayRetry) return failed(phone, cause, reason, rules);
  return later(phone, reason, rules.retryWaitMs, rules);
}

function later(
  phone: RolloutPhone,
  reason: string,
  waitMs: number,
  rules: StepRules,
): RolloutPhone {
  if (!rules.mayRetry) return into(phone, 'skipped', reason, rules);
  const next = { ...phone, notBefore: rules.now + waitMs };
  return into(next, 'waiting', `${reason}; it is asked again`, rules);
}

function failed(
  phone: RolloutPhone,
  cause: FailureCause,
  reason: string,
  rules: StepRules,
): RolloutPhone {
  return into({ ...phone, cause }, 'failed', reason, rules);
}

export function into(
  phone: RolloutPhone,
  state: RolloutPhoneState,
  reason: string,
  { now, times, steadyMs }: Pick<StepRules, 'now' | 'times' | 'steadyMs'>,
): RolloutPhone {
  const next: RolloutPhone = { ...without(phone, 'dueAt'), state, reason, since: now };
  const dueAt = dueAfter(next, times, steadyMs, now);
  return dueAt === undefined ? next : { ...next, dueAt };
}

function without(phone: RolloutPhone, key: Optional): RolloutPhone {
  if (phone[key] === undefined) return phone;
  const { [key]: _, ...rest } = phone;
  return rest;
}

function lasting(ms: number): string {
  return ms < 120_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} minutes`;
}
