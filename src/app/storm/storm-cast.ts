import { formatIPv4, ipv4Number } from '../../wire/ipv4.ts';
import type { Mac } from '../../wire/mac.ts';

/** A virtual phone of a storm. */
export type StormPhone = {
  readonly mac: Mac;
  readonly address: string;
  /** What is wrong with it. */
  readonly fault?: string;
};

export type StormCastOptions = {
  readonly phones: number;
  /** Of the first one; the others follow. */
  readonly mac: Mac;
  readonly address: string;
  /** Of these every faulty phone has one, in turn. */
  readonly faults: readonly string[];
  /** How many of the phones are faulty: a share of them, or so many. */
  readonly faulty: { readonly share: number } | { readonly count: number };
  /** From 0 up to 1, as Math.random: the same numbers, the same faulty phones. */
  readonly random: () => number;
};

/** In each network of 256 addresses the first and the last are nobody's. */
const usable = 254;

export function stormCast(options: StormCastOptions): readonly StormPhone[] {
  const { phones, mac, address, faults } = options;
  const faultOf = faultyOnes(options);
  const firstMac = Number.parseInt(mac, 16);
  const first = ipv4Number(address);
  const base = first - (first % 256);
  const offset = Math.min(Math.max((first % 256) - 1, 0), usable - 1);
  return Array.from({ length: phones }, (_, at): StormPhone => {
    const place = offset + at;
    const host = base + Math.floor(place / usable) * 256 + (place % usable) + 1;
    const turn = faultOf.get(at);
    const fault = turn === undefined ? undefined : faults[turn % faults.length];
    return {
      mac: (firstMac + at).toString(16).padStart(12, '0').toUpperCase() as Mac,
      address: formatIPv4(host),
      ...(fault !== undefined && { fault }),
    };
  });
}

/** Whose turn it is, by the phone's place. */
function faultyOnes({ phones, faults, faulty, random }: StormCastOptions) {
  if (faults.length === 0) return new Map<number, number>();
  const count = 'share' in faulty ? Math.round(phones * faulty.share) : faulty.count;
  const places = Array.from({ length: phones }, (_, at) => ({ at, by: random() }));
  const chosen = places.toSorted((a, b) => a.by - b.by).slice(0, count);
  return new Map(chosen.map(({ at }, turn) => [at, turn]));
}
