import {
  isOpen,
  type Rollout,
  type RolloutIntent,
  type RolloutPhone,
  type RolloutPhoneChange,
} from '../model/rollout.ts';
import type { Mac } from '../wire/mac.ts';
import type { StoreVerbs } from './closable.ts';
import { rolloutChangeOf } from './rollout-rows.ts';
import type { RolloutVerb } from './rollout-verb.ts';
import { phoneTaken } from './store-error.ts';

export type KeptRollouts = {
  readonly rollouts: Map<string, Rollout>;
  /** By rollout and MAC. */
  readonly phones: Map<string, Map<Mac, RolloutPhone>>;
  readonly history: RolloutPhoneChange[];
  readonly intents: Map<number, RolloutIntent>;
  lastIntentId: number;
};

export function noRollouts(): KeptRollouts {
  return {
    rollouts: new Map(),
    phones: new Map(),
    history: [],
    intents: new Map(),
    lastIntentId: 0,
  };
}

export function memoryRollouts(
  kept: KeptRollouts,
  copy: <T>(value: T) => T,
): Pick<StoreVerbs, RolloutVerb> {
  const ofRollout = (name: string) => [...(kept.phones.get(name)?.values() ?? [])];
  const all = () => [...kept.phones.keys()].flatMap(ofRollout);
  return {
    rolloutList: () => copy([...kept.rollouts.values()].sort((a, b) => order(a.name, b.name))),
    rolloutGet: (name) => copy(kept.rollouts.get(name)),
    rolloutWrite({ rollout, phones = [], anew, intents = [] }) {
      for (const phone of phones) needFree(kept, phone);
      if (rollout) kept.rollouts.set(rollout.name, copy(rollout));
      if (rollout && anew) kept.phones.delete(rollout.name);
      for (const phone of copy(phones)) {
        const group = kept.phones.get(phone.rollout) ?? new Map<Mac, RolloutPhone>();
        kept.phones.set(phone.rollout, group.set(phone.mac, phone));
        kept.history.push(rolloutChangeOf(phone));
      }
      for (const id of intents) kept.intents.delete(id);
    },
    rolloutPhones(name) {
      const some = name === undefined ? all() : ofRollout(name);
      return copy(some.sort((a, b) => order(a.mac, b.mac) || order(a.rollout, b.rollout)));
    },
    rolloutHistory: (name, mac) =>
      copy(
        kept.history.filter(
          (change) => change.rollout === name && (mac === undefined || change.mac === mac),
        ),
      ),
    rolloutDelete(name) {
      kept.phones.delete(name);
      const others = kept.history.filter(({ rollout }) => rollout !== name);
      kept.history.splice(0, kept.history.length, ...others);
      for (const { id, rollout } of kept.intents.values())
        if (rollout === name) kept.intents.delete(id);
      return kept.rollouts.delete(name);
    },
    intentAdd(rollout, order, at) {
      const id = ++kept.lastIntentId;
      kept.intents.set(id, { id, rollout, order, at });
      return id;
    },
    intentList: () => copy([...kept.intents.values()]),
  };
}

function needFree({ phones }: KeptRollouts, phone: RolloutPhone): void {
  if (!isOpen(phone)) return;
  for (const [name, ofRollout] of phones) {
    const other = name === phone.rollout ? undefined : ofRollout.get(phone.mac);
    if (other && isOpen(other)) throw phoneTaken(phone.mac, name);
  }
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
