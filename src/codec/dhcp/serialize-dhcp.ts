import { CodecError } from '../../wire/codec-error.ts';
import {
  chaddrLength,
  endCode,
  layout,
  magicCookie,
  overloadCode,
  overloads,
  padCode,
} from './dhcp-layout.ts';
import type { DhcpMessage, DhcpOption } from './dhcp-message.ts';

export type DhcpLimits = {
  /**
   * The largest IP datagram that the receiver takes, in octets: option 57 of the client, or 576
   * (RFC 2132 section 9.10). The message is 28 octets less, for the IP and UDP headers.
   */
  readonly maximumSize?: number;
  /** Octets that the message has at least: 300 when left out. */
  readonly minimumLength?: number;
};

/** RFC 1542 section 2.1: what is shorter, some relay agents and clients drop. */
const leastLength = 300;
const headers = 28;
const leastMaximum = 576;
const longestPiece = 255;
/** It has to be last, where relay agents look for it. RFC 3046 section 2.1. */
const relayAgentInformation = 82;

/**
 * Writes a message. Options keep their order, but for option 82, which comes last. Where they do
 * not fit, `file` and `sname` take the rest if they are empty (RFC 2131 section 4.1), and then
 * options are cut in pieces (RFC 3396). Throws CodecError for values that do not fit their fields
 * and for options that do not fit at all.
 */
export function serializeDhcp(message: DhcpMessage, limits?: DhcpLimits): Uint8Array {
  const largest = Math.max(limits?.maximumSize ?? leastMaximum, leastMaximum) - headers;
  const needed = layout.options + lengthOfAll(message.options) + 1;
  if (needed > largest) return overloaded(message, largest);
  const shortest = Math.max(limits?.minimumLength ?? 0, leastLength);
  const datagram = zeroed(Math.max(needed, shortest));
  putHeader(datagram, message);
  putTexts(datagram, message);
  let at = putOptions(datagram, layout.options, message.options, false);
  at = putOptions(datagram, at, message.options, true);
  datagram[at] = endCode;
  return datagram;
}

/** From Node's pool, which is much faster than memory of its own; it has to be zeroed. */
function zeroed(length: number): Uint8Array {
  const pooled = Buffer.allocUnsafe(length);
  return new Uint8Array(pooled.buffer, pooled.byteOffset, length).fill(0);
}

function putHeader(datagram: Uint8Array, message: DhcpMessage): void {
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.length);
  datagram[layout.op] = message.op === 'request' ? 1 : 2;
  datagram[layout.hardwareType] = fitting('htype', layout.hardwareType, message.hardwareType, 0xff);
  datagram[layout.hardwareLength] = fitting(
    'hlen',
    layout.hardwareLength,
    message.hardwareLength,
    chaddrLength,
  );
  datagram[layout.hops] = fitting('hops', layout.hops, message.hops, 0xff);
  putU32(view, 'xid', layout.transactionId, message.transactionId);
  view.setUint16(layout.seconds, fitting('secs', layout.seconds, message.seconds, 0xffff));
  view.setUint16(layout.flags, fitting('flags', layout.flags, message.flags, 0xffff));
  putU32(view, 'ciaddr', layout.ciaddr, message.ciaddr);
  putU32(view, 'yiaddr', layout.yiaddr, message.yiaddr);
  putU32(view, 'siaddr', layout.siaddr, message.siaddr);
  putU32(view, 'giaddr', layout.giaddr, message.giaddr);
  if (message.chaddr.length > chaddrLength)
    fail('chaddr', layout.chaddr, `${chaddrLength} octets`, `${message.chaddr.length}`);
  datagram.set(message.chaddr, layout.chaddr);
  view.setUint32(layout.cookie, magicCookie);
}

function putU32(view: DataView, field: string, at: number, value: number): void {
  view.setUint32(at, fitting(field, at, value, 0xffffffff));
}

function fitting(field: string, at: number, value: number, most: number): number {
  if (value >= 0 && value <= most && Number.isInteger(value)) return value;
  return fail(field, at, `a whole number from 0 to ${most}`, `${value}`);
}

function putTexts(datagram: Uint8Array, message: DhcpMessage): void {
  putText(datagram, 'sname', layout.serverName, layout.bootFile, message.serverName);
  putText(datagram, 'file', layout.bootFile, layout.cookie, message.bootFile);
}

/** The last octet stays NUL: some clients read on until they find one. */
function putText(
  datagram: Uint8Array,
  field: string,
  start: number,
  end: number,
  text: string,
): void {
  if (text === '') return;
  if (text.length >= end - start)
    fail(field, start, `at most ${end - start - 1} characters`, `${text.length}`);
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charCodeAt(index);
    if (character === 0 || character > 0xff)
      fail(field, start + index, 'Latin-1 text without NUL', JSON.stringify(text));
    datagram[start + index] = character;
  }
}

/** What an option of so many octets takes in a field that has room for all of it. */
function lengthOf(octets: number): number {
  return octets <= longestPiece ? octets + 2 : octets + 2 * Math.ceil(octets / longestPiece);
}

function lengthOfAll(options: readonly DhcpOption[]): number {
  let sum = 0;
  for (const { bytes } of options) sum += lengthOf(bytes.length);
  return sum;
}

function putOptions(
  datagram: Uint8Array,
  start: number,
  options: readonly DhcpOption[],
  last: boolean,
): number {
  let at = start;
  for (const { code, bytes } of options)
    if ((code === relayAgentInformation) === last) at = putOption(datagram, at, code, bytes);
  return at;
}

function putOption(datagram: Uint8Array, start: number, code: number, bytes: Uint8Array): number {
  checkCode(code, start);
  let at = start;
  let from = 0;
  do {
    const length = Math.min(bytes.length - from, longestPiece);
    datagram[at] = code;
    datagram[at + 1] = length;
    const whole = length === bytes.length;
    datagram.set(whole ? bytes : bytes.subarray(from, from + length), at + 2);
    at += 2 + length;
    from += length;
  } while (from < bytes.length);
  return at;
}

function checkCode(code: number, at: number): void {
  if (Number.isInteger(code) && code > padCode && code < endCode && code !== overloadCode) return;
  fail('option code', at, 'a number from 1 to 254 other than 52', `${code}`);
}

/** A field that carries options: from `at` on free up to `end`. */
type Area = { at: number; readonly end: number; readonly bit: number };

function overloaded(message: DhcpMessage, largest: number): Uint8Array {
  const relayed = message.options.filter(({ code }) => code === relayAgentInformation);
  const others = message.options.filter(({ code }) => code !== relayAgentInformation);
  for (const { code } of others) checkCode(code, layout.options);
  for (const mayCut of [false, true]) {
    const datagram = zeroed(largest);
    const areas = areasOf(message, largest, lengthOfAll(relayed));
    if (!placeAll(datagram, areas, others, mayCut)) continue;
    putHeader(datagram, message);
    putTexts(datagram, message);
    return finished(datagram, areas, relayed);
  }
  const room = areasOf(message, largest, 0).reduce((sum, area) => sum + area.end - area.at, 0);
  const needed = lengthOfAll(message.options);
  return fail('options', layout.options, `at most ${room} octets for the receiver`, `${needed}`);
}

/** Of each field the last octet is left for its end option; option 52 takes three. */
function areasOf(message: DhcpMessage, largest: number, reserved: number): readonly Area[] {
  const areas: Area[] = [{ at: layout.options + 3, end: largest - 1 - reserved, bit: 0 }];
  if (message.bootFile === '')
    areas.push({ at: layout.bootFile, end: layout.cookie - 1, bit: overloads.bootFile });
  if (message.serverName === '')
    areas.push({ at: layout.serverName, end: layout.bootFile - 1, bit: overloads.serverName });
  return areas;
}

/** Fills one field after the other. Returns whether there was room for all options. */
function placeAll(
  datagram: Uint8Array,
  areas: readonly Area[],
  options: readonly DhcpOption[],
  mayCut: boolean,
): boolean {
  const open = [...areas];
  for (const { code, bytes } of options) {
    let rest: Uint8Array | undefined = bytes;
    while (rest !== undefined) {
      const [area] = open;
      if (area === undefined) return false;
      const length = pieceLength(area.end - area.at, rest.length, mayCut);
      if (length === undefined) {
        open.shift();
        continue;
      }
      area.at = putOption(datagram, area.at, code, rest.subarray(0, length));
      rest = length < rest.length ? rest.subarray(length) : undefined;
    }
  }
  return true;
}

/** How much of the rest of an option goes into a field; undefined for nothing. */
function pieceLength(room: number, rest: number, mayCut: boolean): number | undefined {
  if (lengthOf(rest) <= room) return rest;
  if (!mayCut || room < 3) return undefined;
  return Math.min(room - 2, longestPiece);
}

function finished(
  datagram: Uint8Array,
  areas: readonly Area[],
  relayed: readonly DhcpOption[],
): Uint8Array {
  const [main, ...further] = areas as [Area, ...Area[]];
  let used = 0;
  for (const area of further) {
    if (area.at === layout.bootFile || area.at === layout.serverName) continue;
    datagram[area.at] = endCode;
    used |= area.bit;
  }
  datagram.set([overloadCode, 1, used], layout.options);
  for (const { code, bytes } of relayed) main.at = putOption(datagram, main.at, code, bytes);
  datagram[main.at] = endCode;
  return datagram.subarray(0, Math.max(main.at + 1, leastLength));
}

function fail(field: string, offset: number, claimed: string, actual: string): never {
  throw new CodecError({ field, offset, claimed, actual });
}
