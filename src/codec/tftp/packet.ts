import { CodecError } from '../../wire/codec-error.ts';
import { Reader, latin1 } from '../../wire/reader.ts';
import { Writer } from '../../wire/writer.ts';

/** Name and value as written: case and unknown names are kept. RFC 2347. */
export type TftpOption = { readonly name: string; readonly value: string };

export type RequestPacket = {
  readonly kind: 'rrq' | 'wrq';
  readonly path: string;
  /** `octet`, `netascii` or what else was written there, in any case. */
  readonly mode: string;
  readonly options: readonly TftpOption[];
};
export type DataPacket = {
  readonly kind: 'data';
  /** 0 to 65535; in long transfers 0 follows 65535. */
  readonly block: number;
  readonly data: Uint8Array;
};
export type AckPacket = { readonly kind: 'ack'; readonly block: number };
export type ErrorPacket = {
  readonly kind: 'error';
  readonly code: number;
  readonly message: string;
};
export type OptionAckPacket = { readonly kind: 'oack'; readonly options: readonly TftpOption[] };

/** Text is Latin-1: one character per byte, so that every path survives. */
export type TftpPacket = RequestPacket | DataPacket | AckPacket | ErrorPacket | OptionAckPacket;

/** RFC 1350 section 5, RFC 2347. */
export const opcodes = { rrq: 1, wrq: 2, data: 3, ack: 4, error: 5, oack: 6 } as const;

/** RFC 1350 appendix, RFC 2347. */
export const errorCodes = {
  notDefined: 0,
  fileNotFound: 1,
  accessViolation: 2,
  diskFull: 3,
  illegalOperation: 4,
  unknownTransferId: 5,
  fileExists: 6,
  noSuchUser: 7,
  optionRefused: 8,
} as const;

const dataHeaderLength = 4;

/** Reads one datagram. `data` is a view into it. Throws CodecError. */
export function decodePacket(datagram: Uint8Array): TftpPacket {
  const reader = new Reader(datagram);
  const opcode = reader.u16('opcode');
  switch (opcode) {
    case opcodes.rrq:
      return readRequest(reader, 'rrq');
    case opcodes.wrq:
      return readRequest(reader, 'wrq');
    case opcodes.data:
      return { kind: 'data', block: reader.u16('block number'), data: reader.rest() };
    case opcodes.ack:
      return { kind: 'ack', block: reader.u16('block number') };
    case opcodes.error:
      return { kind: 'error', code: reader.u16('error code'), message: readMessage(reader) };
    case opcodes.oack:
      return { kind: 'oack', options: readOptionList(reader) };
    default:
      return reader.fail('opcode', 'a number from 1 to 6', `${opcode}`, 0);
  }
}

/** Throws CodecError for what does not fit: numbers, NUL in text, characters beyond Latin-1. */
export function encodePacket(packet: TftpPacket): Uint8Array {
  if (packet.kind === 'data') return encodeData(packet);
  const writer = new Writer().u16(opcodes[packet.kind], 'opcode');
  switch (packet.kind) {
    case 'rrq':
    case 'wrq':
      putText(writer, packet.path, 'path');
      putText(writer, packet.mode, 'mode');
      putOptionList(writer, packet.options);
      break;
    case 'ack':
      writer.u16(packet.block, 'block number');
      break;
    case 'error':
      writer.u16(packet.code, 'error code');
      putText(writer, packet.message, 'error message');
      break;
    case 'oack':
      putOptionList(writer, packet.options);
      break;
  }
  return writer.bytes();
}

/** The only packet that is sent by the million: made in one piece. */
function encodeData({ block, data }: DataPacket): Uint8Array {
  if (!Number.isInteger(block) || block < 0 || block > 0xffff)
    fail(2, 'block number', 'a whole number from 0 to 65535', `${block}`);
  // From Node's pool, which is much faster than memory of its own. It is not zeroed.
  const pooled = Buffer.allocUnsafe(dataHeaderLength + data.length);
  const datagram = new Uint8Array(pooled.buffer, pooled.byteOffset, pooled.length);
  datagram[0] = 0;
  datagram[1] = opcodes.data;
  datagram[2] = block >>> 8;
  datagram[3] = block & 0xff;
  datagram.set(data, dataHeaderLength);
  return datagram;
}

function readRequest(reader: Reader, kind: 'rrq' | 'wrq'): RequestPacket {
  const path = reader.cstring('path');
  const mode = reader.cstring('mode');
  return { kind, path, mode, options: readOptionList(reader) };
}

/** Zeros in place of an option's name are padding: boot ROMs send requests of a fixed length. */
function readOptionList(reader: Reader): TftpOption[] {
  const options: TftpOption[] = [];
  while (reader.remaining > 0) {
    const start = reader.offset;
    const name = reader.cstring('option name');
    if (name === '') {
      if (reader.rest().every((byte) => byte === 0)) break;
      reader.fail('option name', 'at least one character', 'none', start);
    }
    options.push({ name, value: reader.cstring(`value of option "${name}"`) });
  }
  return options;
}

function putOptionList(writer: Writer, options: readonly TftpOption[]): void {
  for (const { name, value } of options) {
    if (name === '') fail(writer.length, 'option name', 'at least one character', 'none');
    putText(writer, name, 'option name');
    putText(writer, value, `value of option "${name}"`);
  }
}

/** Some senders leave out the NUL that ends an error message. */
function readMessage(reader: Reader): string {
  const text = reader.rest();
  const end = text.indexOf(0);
  return latin1(end < 0 ? text : text.subarray(0, end));
}

function putText(writer: Writer, text: string, field: string): void {
  if (/[^\x01-\xff]/.test(text))
    fail(writer.length, field, 'Latin-1 text without NUL', JSON.stringify(text));
  writer.cstring(text, field);
}

function fail(offset: number, field: string, claimed: string, actual: string): never {
  throw new CodecError({ field, offset, claimed, actual });
}
