import { CodecError } from './codec-error.ts';
import { formatIPv4, ipv4Number, isIPv4 } from './ipv4.ts';

/** A block of addresses. RFC 4632 section 3.1. */
export type IPv4Network = {
  /** Unsigned 32-bit number; the bits behind the prefix are zero. */
  readonly address: number;
  /** Bits that all its addresses have in common, 0 to 32. */
  readonly prefix: number;
};

/** `0xFFFFFF00` for 24. */
export function maskOf(prefix: number): number {
  return prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0;
}

/** The network of that size that an address, an unsigned 32-bit number, is in. */
export function networkAround(address: number, prefix: number): IPv4Network {
  return { address: (address & maskOf(prefix)) >>> 0, prefix };
}

/** Its last address. */
export function broadcastOf({ address, prefix }: IPv4Network): number {
  return (address | ~maskOf(prefix)) >>> 0;
}

/** `192.0.2.0/24` */
export function formatIPv4Network({ address, prefix }: IPv4Network): string {
  return `${formatIPv4(address)}/${prefix}`;
}

/** Whether an address, an unsigned 32-bit number, is in the network. */
export function hasAddress({ address, prefix }: IPv4Network, candidate: number): boolean {
  return (candidate & maskOf(prefix)) >>> 0 === address;
}

/** Reads `192.0.2.0/24`; an address alone is a network of one. Throws a CodecError. */
export function parseIPv4Network(text: string): IPv4Network {
  const [, dotted = '', bits = '32'] = /^([\d.]+)(?:\/(\d{1,2}))?$/.exec(text) ?? [];
  const prefix = Number(bits);
  if (!isIPv4(dotted) || prefix > 32) throw noNetwork(text, 'a network such as 192.0.2.0/24');
  const address = ipv4Number(dotted);
  const network = networkAround(address, prefix);
  if (network.address === address) return network;
  throw noNetwork(text, `the first address of it, ${formatIPv4Network(network)}`);
}

/** Whether an address in dotted form is in the network; false for what is no IPv4 address. */
export function isInNetwork(network: IPv4Network, dotted: string): boolean {
  const plain = dotted.replace(/^::ffff:/i, '');
  return isIPv4(plain) && hasAddress(network, ipv4Number(plain));
}

function noNetwork(text: string, claimed: string): CodecError {
  return new CodecError({ field: 'network', offset: 0, claimed, actual: `"${text}"` });
}
