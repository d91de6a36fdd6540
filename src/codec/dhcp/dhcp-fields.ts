import { isMac } from '../../wire/mac.ts';
import type { Mac } from '../../wire/mac.ts';
import { latin1 } from '../../wire/reader.ts';
import { dhcpOption } from './dhcp-message.ts';
import type { DhcpMessage, DhcpMessageType } from './dhcp-message.ts';
import { messageTypes } from './nested-kinds.ts';
import { hexOf, u32At } from './scalar-kinds.ts';

/** Hardware type of Ethernet. RFC 1700, `ARP parameters`. */
export const ethernet = 1;

/** Undefined for BOOTP and for types of later RFCs. */
export function messageTypeOf(message: DhcpMessage): DhcpMessageType | undefined {
  const bytes = dhcpOption(message, 53);
  return bytes?.length === 1 ? messageTypes[(bytes[0] ?? 0) - 1] : undefined;
}

/** The number for option 53. */
export function messageTypeNumber(type: DhcpMessageType): number {
  return messageTypes.indexOf(type) + 1;
}

/** The address in an option of four octets. */
export function addressOption(message: DhcpMessage, code: number): number | undefined {
  const bytes = dhcpOption(message, code);
  return bytes?.length === 4 ? u32At(bytes, 0) : undefined;
}

export function addressesOption(message: DhcpMessage, code: number): readonly number[] {
  const bytes = dhcpOption(message, code);
  if (bytes === undefined || bytes.length % 4 !== 0) return [];
  return Array.from({ length: bytes.length / 4 }, (_, index) => u32At(bytes, 4 * index));
}

/** Seconds, or another number of four octets. */
export const numberOption = addressOption;

/** Latin-1, without NULs at the end: clients differ in whether they send one. */
export function textOption(message: DhcpMessage, code: number): string | undefined {
  const bytes = dhcpOption(message, code);
  if (bytes === undefined) return undefined;
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return latin1(bytes.subarray(0, end));
}

/** Option 60 without its trailing NUL. */
export function vendorClassOf(message: DhcpMessage): string | undefined {
  return textOption(message, 60);
}

export function hostNameOf(message: DhcpMessage): string | undefined {
  return textOption(message, 12);
}

/** Option 55: codes, the most wanted first. */
export function parameterListOf(message: DhcpMessage): Uint8Array | undefined {
  return dhcpOption(message, 55);
}

/** Option 57 as octets of the IP datagram; what is less than 576 is not allowed and counts as that. */
export function maximumSizeOf(message: DhcpMessage): number | undefined {
  const bytes = dhcpOption(message, 57);
  const size = bytes?.length === 2 ? (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0) : undefined;
  return size && Math.max(576, size);
}

/** Undefined where the hardware address is not Ethernet's. */
export function macOf(message: DhcpMessage): Mac | undefined {
  if (message.hardwareType !== ethernet || message.hardwareLength !== 6) return undefined;
  const mac = hexOf(message.chaddr.subarray(0, 6)).toUpperCase();
  return isMac(mac) ? mac : undefined;
}

/**
 * Names the client: option 61 in hex, or hardware type and address where it sent none (RFC 2131
 * section 4.2).
 */
export function clientIdOf(message: DhcpMessage): string {
  const bytes = dhcpOption(message, 61);
  if (bytes && bytes.length > 0) return hexOf(bytes);
  const type = hexOf(Uint8Array.of(message.hardwareType));
  return type + hexOf(message.chaddr.subarray(0, message.hardwareLength));
}

/** The 16 octets of `chaddr` for a MAC. */
export function chaddrOf(mac: Mac): Uint8Array {
  const bytes = new Uint8Array(16);
  bytes.set(Buffer.from(mac, 'hex'));
  return bytes;
}
