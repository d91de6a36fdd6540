import { Reader } from '../../wire/reader.ts';
import type { Mac } from '../../wire/mac.ts';

/** What a frame of a link carries. */
export type LinkFrame = {
  readonly source?: Mac;
  readonly destination?: Mac;
  /** Numbers of the VLANs, the outermost first. */
  readonly vlans: readonly number[];
  /** EtherType: 0x0800 is IPv4, 0x0806 ARP; undefined where the frame carries something else. */
  readonly type: number | undefined;
  readonly payload: Uint8Array;
};

export const etherTypes = { ipv4: 0x0800, arp: 0x0806, ipv6: 0x86dd } as const;

const vlanTypes: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100]);
const mostVlans = 4;
/** Lengths of IEEE 802.3 below, EtherTypes above. */
const smallestType = 0x0600;

/** LINKTYPE_ numbers of tcpdump.org, "Link-layer header types". */
const links: Readonly<Record<number, (bytes: Uint8Array) => LinkFrame>> = {
  0: loopback,
  1: ethernet,
  12: rawIp,
  14: rawIp,
  101: rawIp,
  108: loopback,
  113: cooked,
  228: rawIp,
  276: cookedV2,
};

/** Undefined for links that phones are not on. Throws CodecError for a frame cut short. */
export function readLink(linkType: number, bytes: Uint8Array): LinkFrame | undefined {
  return links[linkType]?.(bytes);
}

function ethernet(bytes: Uint8Array): LinkFrame {
  const reader = new Reader(bytes);
  const destination = macAt(reader, 'destination');
  const source = macAt(reader, 'source');
  return { source, destination, ...typed(reader) };
}

/** Type, tags of IEEE 802.1Q, and what follows. */
function typed(reader: Reader): Pick<LinkFrame, 'vlans' | 'type' | 'payload'> {
  const vlans: number[] = [];
  let type = reader.u16('EtherType');
  while (vlanTypes.has(type) && vlans.length < mostVlans) {
    vlans.push(reader.u16('VLAN tag') & 0xfff);
    type = reader.u16('EtherType');
  }
  if (type >= smallestType) return { vlans, type, payload: reader.rest() };
  const payload = reader.rest();
  return { vlans, ...snap(payload) };
}

/** IEEE 802.2 with SNAP has an EtherType too. */
function snap(payload: Uint8Array): Pick<LinkFrame, 'type' | 'payload'> {
  const isSnap = Buffer.from(payload.subarray(0, 6)).toString('hex') === 'aaaa03000000';
  if (!isSnap || payload.length < 8) return { type: undefined, payload };
  return { type: (payload[6] ?? 0) * 256 + (payload[7] ?? 0), payload: payload.subarray(8) };
}

/** Linux cooked capture: packet type, hardware, address of the sender, protocol. */
function cooked(bytes: Uint8Array): LinkFrame {
  const reader = new Reader(bytes);
  reader.u16('packet type');
  const hardware = reader.u16('hardware type');
  const length = reader.u16('address length');
  const address = reader.take(8, 'address');
  return { ...sender(hardware, length, address), ...typed(reader) };
}

function cookedV2(bytes: Uint8Array): LinkFrame {
  const reader = new Reader(bytes);
  const type = reader.u16('protocol');
  reader.take(6, 'interface');
  const hardware = reader.u16('hardware type');
  reader.u8('packet type');
  const length = reader.u8('address length');
  const address = reader.take(8, 'address');
  const from = sender(hardware, length, address);
  if (!vlanTypes.has(type)) return { ...from, vlans: [], type, payload: reader.rest() };
  const vlans = [reader.u16('VLAN tag') & 0xfff];
  const inner = typed(reader);
  return { ...from, ...inner, vlans: [...vlans, ...inner.vlans] };
}

function sender(hardware: number, length: number, address: Uint8Array): { readonly source?: Mac } {
  return hardware === 1 && length === 6 ? { source: macOf(address.subarray(0, 6)) } : {};
}

/** The family of the address in the byte order of the machine that captured. AF_INET is 2. */
function loopback(bytes: Uint8Array): LinkFrame {
  const reader = new Reader(bytes);
  const family = reader.u32('address family');
  const isIpv4 = family === 2 || family === 0x0200_0000;
  return { vlans: [], type: isIpv4 ? etherTypes.ipv4 : undefined, payload: reader.rest() };
}

function rawIp(bytes: Uint8Array): LinkFrame {
  const version = (bytes[0] ?? 0) >> 4;
  const type = version === 4 ? etherTypes.ipv4 : version === 6 ? etherTypes.ipv6 : undefined;
  return { vlans: [], type, payload: bytes };
}

function macAt(reader: Reader, field: string): Mac {
  return macOf(reader.take(6, field));
}

/** Six bytes as a MAC. */
export function macOf(bytes: Uint8Array): Mac {
  return Buffer.from(bytes).toString('hex').toUpperCase() as Mac;
}
