import type { Phone } from '../../../model/phone.ts';
import type { Rollout, RolloutPhone, RolloutSpec } from '../../../model/rollout.ts';
import { parseMac, type Mac } from '../../../wire/mac.ts';

export const macOf = (number: number): Mac => parseMac(number.toString(16).padStart(12, '0'));

/** Runs image 1. */
export function phone(number: number, more: Partial<Phone> = {}): Phone {
  const rest = { family: 'fake', model: 'T', labels: {}, settings: {} };
  return { mac: macOf(number), ...rest, running: '1', ...more };
}

export function spec(more: Partial<RolloutSpec> = {}): RolloutSpec {
  return {
    ...{ name: 'r', target: {}, change: { image: '3' }, groups: [], atOnce: 10, zone: 'UTC' },
    ...{ approve: false, success: 95, errors: 5, retries: 1, retryWaitMs: 60_000, weight: 1 },
    ...{ steadyMs: 30_000, opportunistic: false },
    ...more,
  };
}

export function rollout(more: Partial<Rollout> = {}): Rollout {
  return {
    ...spec(),
    ...{ createdAt: 0, updatedAt: 0, state: 'running', reason: '', group: 0, forgiven: 0, run: 1 },
    groupNames: ['all'],
    ...more,
  };
}

export function member(number: number, more: Partial<RolloutPhone> = {}): RolloutPhone {
  return {
    ...{ rollout: 'r', mac: macOf(number), group: 0, state: 'waiting', since: 0, reason: '' },
    ...{ image: '3', from: '1', zone: 'UTC', lastsMs: 0, hop: 0, hops: 2, attempts: 0, asked: 0 },
    ...{ sent: false, registered: false, boots: 0 },
    ...more,
  };
}
