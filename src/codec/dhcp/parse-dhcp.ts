import { CodecError } from '../../wire/codec-error.ts';
import { latin1 } from '../../wire/reader.ts';
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

/**
 * Reads one datagram. The octets of options that came in one piece, and `chaddr`, are views into it.
 *
 * Lenient where the RFCs are: a missing end option, padding anywhere, options in `file` and `sname`
 * (RFC 2132 section 9.3) and options in several pieces (RFC 3396 section 7) are read. Throws
 * CodecError, for BOOTP without the magic cookie too.
 */
export function parseDhcp(bytes: Uint8Array): DhcpMessage {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  checkFrame(bytes, view);
  const found = new OptionsFound(bytes);
  found.read(layout.options, bytes.length, 'options');
  const overload = found.overload;
  const inBootFile = (overload & overloads.bootFile) !== 0;
  const inServerName = (overload & overloads.serverName) !== 0;
  if (inBootFile) found.read(layout.bootFile, layout.cookie, 'file');
  if (inServerName) found.read(layout.serverName, layout.bootFile, 'sname');
  return {
    op: bytes[layout.op] === 1 ? 'request' : 'reply',
    hardwareType: view.getUint8(layout.hardwareType),
    hardwareLength: view.getUint8(layout.hardwareLength),
    hops: view.getUint8(layout.hops),
    transactionId: view.getUint32(layout.transactionId),
    seconds: view.getUint16(layout.seconds),
    flags: view.getUint16(layout.flags),
    ciaddr: view.getUint32(layout.ciaddr),
    yiaddr: view.getUint32(layout.yiaddr),
    siaddr: view.getUint32(layout.siaddr),
    giaddr: view.getUint32(layout.giaddr),
    chaddr: part(bytes, layout.chaddr, layout.chaddr + chaddrLength),
    serverName: inServerName ? '' : textOf(bytes, layout.serverName, layout.bootFile),
    bootFile: inBootFile ? '' : textOf(bytes, layout.bootFile, layout.cookie),
    options: found.joined(),
  };
}

function checkFrame(bytes: Uint8Array, view: DataView): void {
  if (bytes.length < layout.cookie)
    fail('message', bytes.length, `at least ${layout.options} octets`, `${bytes.length}`);
  const op = view.getUint8(layout.op);
  if (op !== 1 && op !== 2) fail('op', layout.op, '1 (request) or 2 (reply)', `${op}`);
  const length = view.getUint8(layout.hardwareLength);
  if (length > chaddrLength)
    fail('hlen', layout.hardwareLength, `at most ${chaddrLength}`, `${length}`);
  if (bytes.length < layout.options)
    fail('magic cookie', layout.cookie, '4 octets', `${bytes.length - layout.cookie}`);
  const cookie = view.getUint32(layout.cookie);
  if (cookie === magicCookie) return;
  const actual = `0x${cookie.toString(16).padStart(8, '0')}: BOOTP without DHCP options`;
  fail('magic cookie', layout.cookie, '0x63825363', actual);
}

/** Options by code, in the order in which the first piece of each came. */
class OptionsFound {
  readonly #bytes: Uint8Array;
  readonly #options: DhcpOption[] = [];
  /** For each code whether it is in `#options`. */
  readonly #seen = new Uint8Array(256);
  #further: Map<number, Uint8Array[]> | undefined;
  overload = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  read(start: number, end: number, area: string): void {
    const bytes = this.#bytes;
    let at = start;
    while (at < end) {
      const code = bytes[at] ?? padCode;
      if (code === endCode) return;
      if (code === padCode) {
        at += 1;
        continue;
      }
      if (at + 1 >= end) fail(`length of option ${code} in ${area}`, at + 1, '1 octet', 'none');
      const after = at + 2 + (bytes[at + 1] ?? 0);
      if (after > end)
        fail(`option ${code} in ${area}`, at + 2, `${bytes[at + 1]} octets`, `${end - at - 2}`);
      if (code !== overloadCode) this.#add(code, part(bytes, at + 2, after));
      else if (area === 'options') this.overload = overloadOf(bytes.subarray(at + 2, after), at);
      at = after;
    }
  }

  joined(): readonly DhcpOption[] {
    if (this.#further === undefined) return this.#options;
    return this.#options.map(({ code, bytes }) => {
      const pieces = this.#further?.get(code);
      return { code, bytes: pieces ? joinedPieces([bytes, ...pieces]) : bytes };
    });
  }

  #add(code: number, piece: Uint8Array): void {
    if (this.#seen[code] === 0) {
      this.#seen[code] = 1;
      this.#options.push({ code, bytes: piece });
      return;
    }
    this.#further ??= new Map();
    const pieces = this.#further.get(code);
    if (pieces) pieces.push(piece);
    else this.#further.set(code, [piece]);
  }
}

/** `at` is where the option begins. */
function overloadOf(value: Uint8Array, at: number): number {
  const [fields = 0] = value;
  if (value.length !== 1) fail('length of option 52', at + 1, '1', `${value.length}`);
  if (fields < 1 || fields > 3) fail('option 52', at + 2, '1, 2 or 3', `${fields}`);
  return fields;
}

function joinedPieces(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function part(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset + start, end - start);
}

/** Latin-1 up to the first NUL: one character per octet. */
function textOf(bytes: Uint8Array, start: number, end: number): string {
  let stop = start;
  while (stop < end && bytes[stop] !== 0) stop += 1;
  return stop === start ? '' : latin1(part(bytes, start, stop));
}

function fail(field: string, offset: number, claimed: string, actual: string): never {
  throw new CodecError({ field, offset, claimed, actual });
}
