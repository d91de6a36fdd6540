import type {
  AddressRange,
  DhcpNetwork,
  DhcpReservation,
  LeaseTimes,
} from '../../model/dhcp-settings.ts';
import { withoutRanges } from '../../model/address-ranges.ts';
import { formatIPv4, ipv4Number, isIPv4 } from '../../wire/ipv4.ts';
import {
  broadcastOf,
  formatIPv4Network,
  hasAddress,
  type IPv4Network,
} from '../../wire/ipv4-network.ts';
import { readAt, readGiven, readLeaseTimes, type Path, type Report } from './read-given.ts';
import type { NetworkText, ReservationText } from './shape.ts';
import { readAddress, readRange, readReservedFor } from './values.ts';

/** A network as it is written, with everything that does not fit it reported. */
export function readNetwork(
  report: Report,
  path: Path,
  subnet: IPv4Network,
  text: NetworkText,
  around: LeaseTimes,
): DhcpNetwork {
  const pools = readRanges(report, [...path, 'pools'], subnet, text.pools);
  overlaps(report, [...path, 'pools'], pools);
  const excluded = readRanges(report, [...path, 'exclude'], subnet, text.exclude);
  const routers = readRouters(report, [...path, 'routers'], subnet, text.routers);
  const reservations = readReservations(report, [...path, 'reservations'], subnet, text);
  const reserved = [...routers, ...reservations.map(({ address }) => address)];
  const apart = reserved.map((address) => ({ first: address, last: address }));
  const ranges = pools.map(({ range }) => range);
  const others = [...excluded.map(({ range }) => range), ...apart];
  const left = withoutRanges(ranges, others);
  if (left.length === 0 && ranges.length > 0)
    report([...path, 'pools'], 'nothing is left of the pools: all is excluded or reserved');
  if (ranges.length === 0 && reservations.length === 0 && text.pools === undefined)
    report(path, 'it has neither pools nor reservations');
  const { shared } = text;
  return {
    ...{ subnet, pools: left, reservations },
    leaseTimes: readLeaseTimes(report, path, text, around),
    given: readGiven(report, path, text),
    ...(shared !== undefined && { shared }),
  };
}

type ReadRange = { readonly range: AddressRange; readonly index: number };

function readRanges(
  report: Report,
  path: Path,
  subnet: IPv4Network,
  texts: readonly string[] = [],
): readonly ReadRange[] {
  return texts.flatMap((text, index) => {
    const range = readAt(report, [...path, index], text, readRange);
    const problem = range && rangeProblem(subnet, range);
    if (problem !== undefined) report([...path, index], problem);
    return range && problem === undefined ? [{ range, index }] : [];
  });
}

function rangeProblem(subnet: IPv4Network, { first, last }: AddressRange): string | undefined {
  const name = formatIPv4Network(subnet);
  const outside = [first, last].find((address) => !hasAddress(subnet, address));
  if (outside !== undefined) return `${formatIPv4(outside)} is not in ${name}`;
  if (first === subnet.address) return `${formatIPv4(first)} is the address of ${name} itself`;
  if (last === broadcastOf(subnet))
    return `${formatIPv4(last)} is the broadcast address of ${name}`;
  return undefined;
}

function overlaps(report: Report, path: Path, ranges: readonly ReadRange[]): void {
  const sorted = ranges.toSorted((a, b) => a.range.first - b.range.first);
  let before: ReadRange | undefined;
  for (const each of sorted) {
    if (before && each.range.first <= before.range.last) {
      const [earlier, later] = before.index < each.index ? [before, each] : [each, before];
      report([...path, later.index], `it overlaps with ${formatRange(earlier.range)}`);
    }
    if (!before || each.range.last > before.range.last) before = each;
  }
}

function formatRange({ first, last }: AddressRange): string {
  return `${formatIPv4(first)}-${formatIPv4(last)}`;
}

function readRouters(
  report: Report,
  path: Path,
  subnet: IPv4Network,
  texts: readonly string[] = [],
): readonly number[] {
  return texts.flatMap((text, index) => {
    // What is no address at all is told of where the option is made.
    if (!isIPv4(text)) return [];
    const router = ipv4Number(text);
    if (hasAddress(subnet, router)) return [router];
    report([...path, index], `router ${text} is not in ${formatIPv4Network(subnet)}`);
    return [];
  });
}

function readReservations(
  report: Report,
  path: Path,
  subnet: IPv4Network,
  { reservations }: NetworkText,
): readonly DhcpReservation[] {
  const byAddress = new Map<number, string>();
  const byClient = new Map<string, string>();
  return Object.entries(reservations).flatMap(([key, text]) => {
    const read = readReservation(report, [...path, key], subnet, key, text);
    if (!read) return [];
    const client = read.mac ?? read.clientId ?? '';
    const sameAddress = byAddress.get(read.address);
    const sameClient = byClient.get(client);
    if (sameAddress !== undefined)
      report([...path, key], `${formatIPv4(read.address)} is reserved for ${sameAddress} already`);
    if (sameClient !== undefined)
      report([...path, key], `it is the same client as ${sameClient}, which has a reservation`);
    byAddress.set(read.address, key);
    byClient.set(client, key);
    return [read];
  });
}

function readReservation(
  report: Report,
  path: Path,
  subnet: IPv4Network,
  key: string,
  text: ReservationText,
): DhcpReservation | undefined {
  const who = readAt(report, path, key, readReservedFor);
  const read = readAt(report, [...path, 'address'], text.address, readAddress);
  const given = readGiven(report, path, text);
  const { host_name: hostName } = text;
  if (hostName !== undefined && !/^[a-z0-9-]{1,63}$/i.test(hostName))
    report([...path, 'host_name'], `"${hostName}" is no host name`);
  if (!who || !read) return undefined;
  const { address } = read;
  const problem = rangeProblem(subnet, { first: address, last: address });
  if (problem !== undefined) {
    report([...path, 'address'], problem);
    return undefined;
  }
  return { address, ...who, given, ...(hostName !== undefined && { hostName }) };
}
