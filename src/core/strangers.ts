import type { PhoneFamily } from '../model/family.ts';
import type { StrangerEvent } from './asking.ts';
import { formatMac } from '../wire/mac.ts';
import type { Identifier } from './identify.ts';
import { filledIn } from './phone-findings.ts';
import type { Open } from './opens.ts';

export type StrangersParts = {
  readonly families: readonly PhoneFamily[];
  readonly identifier: Identifier;
  readonly onEvent: (event: StrangerEvent) => void;
};

/** Addresses that are remembered, the oldest is forgotten. */
const most = 1024;

type Stranger = { readonly states: Map<PhoneFamily, unknown>; readonly told: Set<string> };

/** Watches requests that belong to no known phone for those of phones that cannot help themselves. */
export function createStrangers(parts: StrangersParts): (open: Open) => void {
  const { families, identifier, onEvent } = parts;
  const strangers = new Map<string, Stranger>();

  function strangerAt(address: string): Stranger {
    const known = strangers.get(address) ?? { states: new Map(), told: new Set() };
    strangers.delete(address);
    strangers.set(address, known);
    const [oldest] = strangers.keys();
    if (strangers.size > most && oldest !== undefined) strangers.delete(oldest);
    return known;
  }

  return ({ asking: { path, address }, at, found, phone }) => {
    if (phone) return void strangers.delete(address);
    const { states, told } = strangerAt(address);
    const outcome = found ? ('sent' as const) : ('missing' as const);
    for (const family of families) {
      const { watch, rescue } = family;
      const asked = watch.asked(states.get(family) ?? watch.start, { path, at });
      states.set(family, watch.answered(asked.state, { path, at, outcome }).state);
      for (const fact of asked.facts) {
        if (fact.kind !== 'finding' || !rescue?.tells.includes(fact.finding.code)) continue;
        const { finding: plain } = fact;
        if (told.has(plain.code)) continue;
        told.add(plain.code);
        const { named, mac } = identifier.identify(path, address, at);
        const { cure = '' } = plain;
        const finding = { ...plain, cure: filledIn(cure, named ?? mac) };
        const models = family.models.map(({ name }) => name).join('|');
        const asker = named ?? mac;
        const who = asker === undefined ? 'MAC' : formatMac(asker);
        const command = `hookflash phone add ${who} --model ${models} --image IMAGE`;
        onEvent({ kind: 'stranger', address, finding, command });
      }
    }
  };
}
