import type { PhoneFamily } from '../../model/family.ts';
import type { Observation } from '../../model/observation.ts';
import type { Mac } from '../../wire/mac.ts';

/** What one client did: named by its MAC, or by its address where no MAC is known. */
export type Client = {
  readonly mac?: Mac;
  readonly address?: string;
  readonly observations: readonly Observation[];
};

export type Grouped = {
  /** In the order in which they were first seen. */
  readonly clients: readonly Client[];
  /** About no one of them. */
  readonly others: readonly Observation[];
};

type Tie = { readonly at: number; lastAt: number; readonly mac: Mac };

/** A proof that comes so soon after counts more than one that is as old. */
const soonMs = 30_000;

/** Puts observations together by phone: MAC, or the address that proved to be of a MAC then. */
export function groupPhones(
  observations: readonly Observation[],
  families: readonly PhoneFamily[],
): Grouped {
  const inTime = observations.toSorted((a, b) => a.at - b.at);
  const named = inTime.map((each) => withMac(each, families));
  const ties = tiesOf(named);
  const groups = new Map<string, Observation[]>();
  const others: Observation[] = [];
  for (const each of named) {
    const mac = each.mac ?? macAt(ties.get(each.address ?? ''), each.at);
    const key = mac ?? each.address;
    const known = mac === undefined || each.mac !== undefined ? each : { ...each, mac };
    if (key === undefined) others.push(each);
    else addTo(groups, key, known);
  }
  return { clients: [...groups.values()].map(clientOf), others };
}

function addTo(groups: Map<string, Observation[]>, key: string, each: Observation): void {
  const group = groups.get(key);
  if (group) group.push(each);
  else groups.set(key, [each]);
}

function withMac(observation: Observation, families: readonly PhoneFamily[]): Observation {
  const mac = observation.mac ?? macInPath(observation, families);
  return mac === undefined ? observation : { ...observation, mac };
}

function macInPath({ happening }: Observation, families: readonly PhoneFamily[]): Mac | undefined {
  if (happening.kind !== 'file-asked' && happening.kind !== 'file-ended') return undefined;
  const { path } = happening;
  if (path === undefined) return undefined;
  for (const family of families) {
    const mac = family.macOf(path);
    if (mac !== undefined) return mac;
  }
  return undefined;
}

function tiesOf(observations: readonly Observation[]): ReadonlyMap<string, readonly Tie[]> {
  const ties = new Map<string, Tie[]>();
  for (const { at, address, mac, happening } of observations) {
    if (address === undefined || mac === undefined || !isProof(happening)) continue;
    const known = ties.get(address) ?? [];
    const last = known.at(-1);
    if (last?.mac === mac) last.lastAt = at;
    else known.push({ at, lastAt: at, mac });
    ties.set(address, known);
  }
  return ties;
}

/** An address that was only offered or asked for is nobody's yet. */
function isProof(happening: Observation['happening']): boolean {
  return happening.kind !== 'dhcp' || happening.dhcp.message === 'ack';
}

function macAt(ties: readonly Tie[] | undefined, at: number): Mac | undefined {
  if (!ties) return undefined;
  const before = ties.findLast((tie) => tie.at <= at);
  const after = ties.find((tie) => tie.at > at);
  if (!before) return after?.mac;
  const isSoon = after !== undefined && after.at - at <= soonMs && at - before.lastAt > soonMs;
  return isSoon ? after.mac : before.mac;
}

function clientOf(observations: readonly Observation[]): Client {
  const mac = observations.find((each) => each.mac !== undefined)?.mac;
  const address = observations.findLast((each) => hasAddress(each))?.address;
  return {
    observations,
    ...(mac === undefined ? {} : { mac }),
    ...(address === undefined ? {} : { address }),
  };
}

function hasAddress({ address }: Observation): boolean {
  return address !== undefined && address !== '0.0.0.0';
}
