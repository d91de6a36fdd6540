import type { GroupRule } from '../../model/rollout.ts';
import type { Phone } from '../../model/phone.ts';
import { hasLabel } from '../phone-filter.ts';

export type Grouped = {
  readonly names: readonly string[];
  /** Index of its group, by MAC. */
  readonly groupOf: ReadonlyMap<string, number>;
};

type Group = { readonly name: string; readonly macs: readonly string[] };

/**
 * Each phone's group. Which phones are in a share of all is always the same for the same phones, and
 * each kind, the same model with the same image, is in the first of them as soon as there is room.
 */
export function groupPhones(rules: readonly GroupRule[], phones: readonly Phone[]): Grouped {
  const left = mixed(phones);
  const total = left.length;
  const groups: Group[] = [];
  const take = (name: string, isMeant: (phone: Phone, index: number) => boolean) => {
    const macs = left.filter(isMeant).map(({ mac }) => mac);
    if (macs.length === 0) return;
    const taken = new Set<string>(macs);
    left.splice(0, left.length, ...left.filter(({ mac }) => !taken.has(mac)));
    groups.push({ name, macs });
  };
  for (const rule of rules)
    switch (rule.kind) {
      case 'count':
        take(`${rule.count} of ${total}`, (_, index) => index < rule.count);
        break;
      case 'percent': {
        const most = Math.ceil((total * rule.percent) / 100) - (total - left.length);
        take(`up to ${rule.percent} %`, (_, index) => index < most);
        break;
      }
      case 'label':
        take(`${rule.label}=${rule.value}`, (phone) => hasLabel(phone, rule.label, rule.value));
        break;
      case 'each':
        for (const value of valuesOf(left, rule.label))
          take(`${rule.label}=${value}`, (phone) => phone.labels[rule.label] === value);
    }
  take(groups.length === 0 ? 'all' : 'the rest', () => true);
  const places = groups.flatMap(({ macs }, index) => macs.map((mac) => [mac, index] as const));
  return { names: groups.map(({ name }) => name), groupOf: new Map(places) };
}

function valuesOf(phones: readonly Phone[], label: string): readonly string[] {
  const values = phones.flatMap(({ labels }) =>
    Object.hasOwn(labels, label) ? [labels[label] ?? ''] : [],
  );
  return [...new Set(values)].sort();
}

/** One of each kind in turn; within a kind in an order that has nothing to do with where they stand. */
function mixed(phones: readonly Phone[]): Phone[] {
  const kinds = Map.groupBy(phones, ({ model, running = '' }) => `${model} ${running}`);
  const lists = [...kinds]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, list]) =>
      list.toSorted((a, b) => spread(a.mac) - spread(b.mac) || (a.mac < b.mac ? -1 : 1)),
    );
  const rounds = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: rounds }, (_, round) => round).flatMap((round) =>
    lists.flatMap((list) => list[round] ?? []),
  );
}

/** FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
function spread(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++)
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return hash;
}
