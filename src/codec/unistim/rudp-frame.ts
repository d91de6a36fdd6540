import { CodecError } from '../../wire/codec-error.ts';
import { Reader } from '../../wire/reader.ts';
import { Writer } from '../../wire/writer.ts';
import { readUftp, uftpFileData, type UftpMessage, writeUftp } from './uftp.ts';
import { readCommands, type UnistimCommand, writeCommands } from './unistim-command.ts';

/** What a payload packet of RUDP carries. */
export type RudpPayload =
  /** Commands of the server. */
  | { readonly kind: 'server'; readonly commands: readonly UnistimCommand[] }
  /** Commands of a phone, and the id that the server gave it: all ones before. */
  | {
      readonly kind: 'phone';
      readonly terminalId: number;
      readonly commands: readonly UnistimCommand[];
    }
  | { readonly kind: 'uftp'; readonly message: UftpMessage }
  | { readonly kind: 'null'; readonly data: Uint8Array }
  | { readonly kind: 'free'; readonly data: Uint8Array };

/** `ack`: has all up to this sequence. `nak`: send again from this sequence. */
export type RudpControl = {
  readonly type: 'ack' | 'nak';
  readonly sequence: number;
  /** 1 from the server, 2 from a phone. */
  readonly payloadType: number;
  /** What phones send behind it: the terminal id. */
  readonly terminalId?: number;
  readonly trailing?: Uint8Array;
};

/** A datagram of UNIStim's Reliable UDP. Numbers are big-endian. Wireshark's wiki page UNISTIM. */
export type RudpFrame =
  | RudpControl
  | {
      readonly type: 'payload';
      /** Counted by each side for itself; `resetSequence` begins anew. */
      readonly sequence: number;
      readonly payload: RudpPayload;
    };

export const resetSequence = 0xffffffff;
/** Of a phone that the server has not given one yet. */
export const noTerminalId = 0xffffffff;

export const packetTypes = { nak: 0, ack: 1, payload: 2 } as const;
export const payloadTypes = { null: 0, server: 1, phone: 2, uftp: 3, free: 0xff } as const;

const shortest = 6;
const idBytes = 4;
/** Of a block of a file: sequence, types and UFTP's command. */
const blockHeaderBytes = 7;

/** Whether the first bytes can be RUDP at all. */
export function looksLikeRudp(bytes: Uint8Array): boolean {
  return bytes.length >= shortest && (bytes[4] ?? 0xff) <= packetTypes.payload;
}

/** Payloads are views, not copies. Throws CodecError and nothing else. */
export function parseRudp(bytes: Uint8Array): RudpFrame {
  const reader = new Reader(bytes);
  const sequence = reader.u32('sequence');
  const type = reader.u8('packet type');
  const payloadType = reader.u8('payload type');
  switch (type) {
    case packetTypes.nak:
      return { type: 'nak', sequence, payloadType, ...behind(reader, payloadType) };
    case packetTypes.ack:
      return { type: 'ack', sequence, payloadType, ...behind(reader, payloadType) };
    case packetTypes.payload:
      return { type: 'payload', sequence, payload: readPayload(reader, payloadType) };
    default:
      return reader.fail('packet type', '0, 1 or 2', `${type}`, 4);
  }
}

/** Throws CodecError and nothing else. */
export function serializeRudp(frame: RudpFrame): Uint8Array {
  if (isFileData(frame)) return serializeBlock(frame.sequence, frame.payload.message.block);
  const writer = new Writer();
  writer.u32(frame.sequence, 'sequence');
  writer.u8(packetTypes[frame.type], 'packet type');
  if (frame.type === 'payload') {
    writer.u8(payloadTypes[frame.payload.kind], 'payload type');
    writePayload(writer, frame.payload);
    return writer.bytes();
  }
  const { payloadType, terminalId, trailing } = frame;
  writer.u8(payloadType, 'payload type');
  if (terminalId !== undefined) writer.u32(terminalId, 'terminal id');
  if (trailing) writer.put(trailing);
  return writer.bytes();
}

type FileDataFrame = {
  readonly sequence: number;
  readonly payload: { readonly message: { readonly block: Uint8Array } };
};

function isFileData(frame: RudpFrame): frame is RudpFrame & FileDataFrame {
  if (frame.type !== 'payload' || frame.payload.kind !== 'uftp') return false;
  return frame.payload.message.kind === 'file-data';
}

/** The bytes of a block are copied once: thousands of phones' blocks pass here each second. */
function serializeBlock(sequence: number, block: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(blockHeaderBytes + block.length);
  if (!Number.isInteger(sequence) || sequence < 0 || sequence > resetSequence)
    new Writer().u32(sequence, 'sequence');
  bytes[0] = sequence >>> 24;
  bytes[1] = sequence >>> 16;
  bytes[2] = sequence >>> 8;
  bytes[3] = sequence;
  bytes[4] = packetTypes.payload;
  bytes[5] = payloadTypes.uftp;
  bytes[6] = uftpFileData;
  bytes.set(block, blockHeaderBytes);
  return bytes;
}

type Behind = Pick<RudpControl, 'terminalId' | 'trailing'>;

function behind(reader: Reader, payloadType: number): Behind {
  const hasId = payloadType === payloadTypes.phone && reader.remaining >= idBytes;
  const id = hasId ? { terminalId: reader.u32('terminal id') } : {};
  return reader.remaining === 0 ? id : { ...id, trailing: reader.rest() };
}

function readPayload(reader: Reader, payloadType: number): RudpPayload {
  switch (payloadType) {
    case payloadTypes.server:
      return { kind: 'server', commands: readCommands(reader) };
    case payloadTypes.phone: {
      const terminalId = reader.u32('terminal id');
      return { kind: 'phone', terminalId, commands: readCommands(reader) };
    }
    case payloadTypes.uftp:
      return { kind: 'uftp', message: readUftp(reader) };
    case payloadTypes.null:
      return { kind: 'null', data: reader.rest() };
    case payloadTypes.free:
      return { kind: 'free', data: reader.rest() };
    default:
      return reader.fail('payload type', '0 to 3 or 255', `${payloadType}`, 5);
  }
}

function writePayload(writer: Writer, payload: RudpPayload): void {
  switch (payload.kind) {
    case 'server':
      return writeCommands(writer, payload.commands);
    case 'phone':
      writer.u32(payload.terminalId, 'terminal id');
      return writeCommands(writer, payload.commands);
    case 'uftp':
      return writeUftp(writer, payload.message);
    case 'null':
    case 'free':
      writer.put(payload.data);
      return;
    default:
      throw noSuchPayload(payload);
  }
}

function noSuchPayload(payload: never): CodecError {
  const actual = JSON.stringify(payload);
  return new CodecError({ field: 'payload', offset: 0, claimed: 'a known kind', actual });
}
