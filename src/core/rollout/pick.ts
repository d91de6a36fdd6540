import { isUnderWay, type Rollout, type RolloutPhone } from '../../model/rollout.ts';
import type { Mac } from '../../wire/mac.ts';
import { closesAt, isInWindow, opensAt } from './window.ts';

export type PickInput = {
  readonly now: number;
  readonly rollouts: readonly Rollout[];
  readonly phonesOf: (rollout: string) => readonly RolloutPhone[];
  /** Network of the phone's address; undefined where that is not known. */
  readonly subnetOf: (mac: Mac) => string | undefined;
};

export type Picked = {
  /** In the order in which they are asked. */
  readonly phones: readonly RolloutPhone[];
  /** When to look again, if nothing else happens before; undefined where that would change nothing. */
  readonly wakeAt: number | undefined;
};

type Queue = {
  readonly rollout: Rollout;
  readonly left: RolloutPhone[];
  underWay: number;
};

/**
 * Whose turn it is. No rollout has more phones under way than it allows, in all or in one subnet,
 * and all together have no more than the largest of these. Free places go to the rollout that has
 * the fewest for its weight.
 */
export function pickPhones(input: PickInput): Picked {
  const { now, rollouts, phonesOf, subnetOf } = input;
  const running = rollouts.filter(({ state }) => state === 'running');
  const places = takenPlaces(input);
  const wakes: number[] = [];
  const zones = zoneGate(now, wakes);
  const queues = running.map((rollout): Queue => {
    const phones = phonesOf(rollout.name);
    const left = phones.filter((phone) => mayBeAsked(input, rollout, phone, zones, wakes));
    return { rollout, left, underWay: phones.filter(isUnderWay).length };
  });
  const most = Math.max(0, ...running.map(({ atOnce }) => atOnce));
  const mostInSubnet = Math.max(0, ...running.map(({ perSubnet = Infinity }) => perSubnet));
  const picked: RolloutPhone[] = [];
  while (places.all < most) {
    const next = queues
      .filter(({ rollout, underWay, left }) => left.length > 0 && underWay < rollout.atOnce)
      .sort((a, b) => share(a) - share(b))[0];
    if (!next) break;
    const phone = next.left.shift();
    if (!phone) break;
    const subnet = subnetOf(phone.mac) ?? '';
    const inAll = places.subnets.get(subnet) ?? 0;
    const own = places.own.get(`${next.rollout.name} ${subnet}`) ?? 0;
    const isFull = own >= (next.rollout.perSubnet ?? Infinity) || inAll >= mostInSubnet;
    if (subnet !== '' && isFull) continue;
    picked.push(phone);
    next.underWay++;
    take(places, next.rollout.name, subnet);
  }
  return { phones: picked, wakeAt: wakes.length === 0 ? undefined : Math.min(...wakes) };
}

function share({ rollout, underWay }: Queue): number {
  return underWay / rollout.weight;
}

type Places = {
  all: number;
  readonly subnets: Map<string, number>;
  /** By rollout and subnet. */
  readonly own: Map<string, number>;
};

function takenPlaces({ rollouts, phonesOf }: PickInput): Places {
  const places: Places = { all: 0, subnets: new Map(), own: new Map() };
  for (const { name } of rollouts)
    for (const phone of phonesOf(name))
      if (isUnderWay(phone)) take(places, name, phone.subnet ?? '');
  return places;
}

function take(places: Places, rollout: string, subnet: string): void {
  places.all++;
  places.subnets.set(subnet, (places.subnets.get(subnet) ?? 0) + 1);
  const key = `${rollout} ${subnet}`;
  places.own.set(key, (places.own.get(key) ?? 0) + 1);
}

type ZoneGate = (rollout: Rollout, phone: RolloutPhone) => boolean;

/** Asks the time zone database once for each zone and window. */
function zoneGate(now: number, wakes: number[]): ZoneGate {
  const known = new Map<string, number>();
  return ({ window }, { zone, lastsMs, hop, hops }) => {
    if (!window) return true;
    const key = `${zone} ${window.from} ${window.to}`;
    let until = known.get(key);
    if (until === undefined) {
      const isOpen = isInWindow(window, zone, now);
      until = isOpen ? (closesAt(window, zone, now) ?? Infinity) : -Infinity;
      known.set(key, until);
      const opens = isOpen ? until : opensAt(window, zone, now);
      if (opens !== undefined && Number.isFinite(opens)) wakes.push(opens);
    }
    // All restarts on its way must be inside, however long each takes.
    const lasts = hops === 0 ? lastsMs : (lastsMs * (hops - hop)) / hops;
    return now + lasts <= until;
  };
}

function mayBeAsked(
  { now }: PickInput,
  rollout: Rollout,
  phone: RolloutPhone,
  isTime: ZoneGate,
  wakes: number[],
): boolean {
  const { state, group, notBefore = 0 } = phone;
  if (state !== 'waiting' || group > rollout.group) return false;
  if (!isTime(rollout, phone)) return false;
  if (notBefore > now) wakes.push(notBefore);
  return notBefore <= now;
}
