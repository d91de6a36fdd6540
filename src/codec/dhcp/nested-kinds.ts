import { Reader } from '../../wire/reader.ts';
import type { DhcpMessageType, DhcpOption } from './dhcp-message.ts';
import type { DhcpSuboption, DhcpVendorData } from './dhcp-value.ts';
import { CodecError } from '../../wire/codec-error.ts';
import { concat, encodeHex, encodeNumber, hexOf, ip, u8, wordsOf, wrong } from './scalar-kinds.ts';
import type { OptionKind } from './scalar-kinds.ts';
import { parseSuboptions, serializeSuboptions } from './suboptions.ts';

/** RFC 2132 section 9.6, from 1 on. */
export const messageTypes: readonly DhcpMessageType[] = [
  'discover',
  'offer',
  'request',
  'decline',
  'ack',
  'nak',
  'release',
  'inform',
];

export const messageType: OptionKind<string> = {
  decode(bytes, field) {
    const number = u8.decode(bytes, field);
    return messageTypes[number - 1] ?? wrong(field, 0, 'a number from 1 to 8', `${number}`);
  },
  encode(text, field) {
    const at = messageTypes.findIndex((each) => each === text.trim().toLowerCase());
    if (at < 0) wrong(field, 0, messageTypes.join(', '), JSON.stringify(text));
    return Uint8Array.of(at + 1);
  },
  format: (value) => value,
};

/** Enterprise number, length, octets. RFC 3925. Written as `9:0a0b, 3561:0c`. */
export const vendorData: OptionKind<readonly DhcpVendorData[]> = {
  decode(bytes, field) {
    const reader = new Reader(bytes);
    const all: DhcpVendorData[] = [];
    while (reader.remaining > 0) {
      const enterprise = reader.u32(field);
      all.push({ enterprise, data: hexOf(reader.take(reader.u8(field), field)) });
    }
    return all;
  },
  encode: (text, field) => concat(wordsOf(text).map((word) => encodeVendor(word, field))),
  format: (value) => value.map(({ enterprise, data }) => `${enterprise}:${data}`).join(', '),
};

function encodeVendor(word: string, field: string): Uint8Array {
  const [, digits = '', data = ''] = /^(\d{1,10}):(.*)$/.exec(word) ?? [];
  const enterprise = digits === '' ? NaN : Number(digits);
  if (!(enterprise <= 0xffffffff))
    wrong(field, 0, 'an enterprise number and octets such as 9:0a0b', JSON.stringify(word));
  const octets = encodeHex(data, field);
  if (octets.length > 255) wrong(field, 0, 'at most 255 octets', `${octets.length}`);
  return concat([encodeNumber(enterprise, 4), Uint8Array.of(octets.length), octets]);
}

const relayNames: Readonly<Record<number, string>> = {
  1: 'circuit-id',
  2: 'remote-id',
  5: 'link-selection',
  6: 'subscriber-id',
  9: 'vendor-specific',
  10: 'relay-agent-flags',
  11: 'server-identifier-override',
  12: 'relay-agent-identifier',
  19: 'relay-source-port',
  150: 'link-selection',
  151: 'virtual-subnet',
  152: 'server-identifier-override',
};
const addressSuboptions: readonly number[] = [5, 11, 150, 152];

/** RFC 3046, RFC 3527, RFC 5107, RFC 8357. Written as `1:0004, 2:"switch 1"`. */
export const relayAgent: OptionKind<readonly DhcpSuboption[]> = {
  decode: (bytes, field) =>
    parseSuboptions(bytes, field, false).map(({ code, bytes: octets }) => {
      const isAddress = addressSuboptions.includes(code) && octets.length === 4;
      const value = isAddress ? ip.decode(octets, field) : hexOf(octets);
      const name = relayNames[code];
      return name === undefined ? { code, value } : { code, name, value };
    }),
  encode: (text, field) => encodeSuboptionText(text, field, false),
  format: formatSuboptions,
};

/** RFC 2132 section 8.4. Octets that are no suboptions are hex. Written as option 82, or in hex. */
export const vendorOptions: OptionKind<readonly DhcpSuboption[] | string> = {
  decode(bytes, field) {
    try {
      const suboptions = parseSuboptions(bytes, field, true);
      const same = hexOf(serializeSuboptions(suboptions, field, true)) === hexOf(bytes);
      if (suboptions.length === 0 || !same) return hexOf(bytes);
      return suboptions.map(({ code, bytes: octets }) => ({ code, value: hexOf(octets) }));
    } catch (error) {
      if (error instanceof CodecError) return hexOf(bytes);
      throw error;
    }
  },
  encode: (text, field) =>
    /^\s*\d+:(?!\s*$)/.test(text) && !/^\s*(?:[\da-f]{2}:)+[\da-f]{2}\s*$/i.test(text)
      ? encodeSuboptionText(text, field, true)
      : encodeHex(text, field),
  format: (value) => (typeof value === 'string' ? `0x${value}` : formatSuboptions(value)),
};

function formatSuboptions(suboptions: readonly DhcpSuboption[]): string {
  return suboptions
    .map(({ code, value }) => `${code}:${value.includes('.') ? value : `0x${value}`}`)
    .join(', ');
}

const suboption = /\s*(\d+):("[^"]*"|[^,"]*?)\s*(?:,|$)/y;

function encodeSuboptionText(text: string, field: string, padded: boolean): Uint8Array {
  const suboptions: DhcpOption[] = [];
  const pattern = new RegExp(suboption);
  while (pattern.lastIndex < text.length) {
    const start = pattern.lastIndex;
    const [, code, value = ''] = pattern.exec(text) ?? [];
    if (code === undefined)
      return wrong(field, start, 'suboptions such as 1:0x0004, 2:"switch"', JSON.stringify(text));
    suboptions.push({ code: Number(code), bytes: suboptionOctets(value, field) });
  }
  return serializeSuboptions(suboptions, field, padded);
}

function suboptionOctets(value: string, field: string): Uint8Array {
  return value.includes('.') && !value.startsWith('"')
    ? ip.encode(value, field)
    : encodeHex(value, field);
}
