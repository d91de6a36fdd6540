import { CodecError } from './codec-error.ts';
import { formatIPv4, ipv4Number, isIPv4 } from './ipv4.ts';

/** A block of addresses. RFC 4632 section 3.1. */
export type IPv4Network = {
  /** Unsigned 32-bit number; the bits behind the prefix are zero. */
  readonly address: number;
  /** Bits that all its addresses have in common, 0 to 32. */
  readonly prefix: number;
};

/** Reads `192.0.2.0/24`; an address alone is a network of one. Throws a CodecError. */
export function parseIPv4Network(text: string): IPv4Network {
  const [, dotted = '', bits = '32'] = /^([\d.]+)(?:\/(\d{1,2}))?$/.exec(text) ?? [];
  const prefix = Number(bits);
  if (!isIPv4(dotted) || prefix > 32) throw noNetwork(text, 'a network such as 192.0.2.0/24');
  const address = ipv4Number(dotted);
  if (address % 2 ** (32 - prefix) === 0) return { address, prefix };
  const start = address - (address % 2 ** (32 - prefix));
  throw noNetwork(text, `the first address of it, ${formatIPv4(start)}/${prefix}`);
}

/** Whether an address in dotted form is in the network; false for what is no IPv4 address. */
export function isInNetwork({ address, prefix }: IPv4Network, dotted: string): boolean {
  const plain = dotted.replace(/^::ffff:/i, '');
  if (!isIPv4(plain)) return false;
  const size = 2 ** (32 - prefix);
  const number = ipv4Number(plain);
  return number >= address && number < address + size;
}

function noNetwork(text: string, claimed: string): CodecError {
  return new CodecError({ field: 'network', offset: 0, claimed, actual: `"${text}"` });
}
