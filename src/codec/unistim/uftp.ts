import type { Reader } from '../../wire/reader.ts';
import { latin1 } from '../../wire/reader.ts';
import type { Writer } from '../../wire/writer.ts';

/**
 * A message of UFTP, which carries files over RUDP. Layouts: Wireshark's dissector of UNIStim, uftp.h.
 * Which side says which is inferred from bit 7, which the phone sets everywhere else.
 */
export type UftpMessage =
  /** The phone asks for a transfer. */
  | { readonly kind: 'connection-request'; readonly trailing?: Uint8Array }
  | { readonly kind: 'connection-granted'; readonly trailing?: Uint8Array }
  | { readonly kind: 'connection-denied'; readonly trailing?: Uint8Array }
  /** The phone says what it wants, and how. */
  | {
      readonly kind: 'connection-details';
      /** Bytes. */
      readonly blockSize: number;
      /** Blocks that may be sent before the server waits for `flow-control-off`. */
      readonly blockLimit: number;
      readonly path: string;
      /** The NUL behind the path is missing. */
      readonly unterminated?: true;
      /** What follows the path's NUL. */
      readonly trailing?: Uint8Array;
    }
  | { readonly kind: 'file-data'; readonly block: Uint8Array }
  /** The phone has room for more. */
  | { readonly kind: 'flow-control-off'; readonly trailing?: Uint8Array }
  | { readonly kind: 'unknown'; readonly command: number; readonly data: Uint8Array };

const numbers = {
  'connection-granted': 0x00,
  'connection-denied': 0x01,
  'file-data': 0x02,
  'connection-request': 0x80,
  'connection-details': 0x81,
  'flow-control-off': 0x82,
} as const;

export const uftpFileData = numbers['file-data'];

type NamedKind = keyof typeof numbers;
type BareKind = Exclude<NamedKind, 'file-data' | 'connection-details'>;

const kinds: ReadonlyMap<number, NamedKind> = new Map(
  Object.entries(numbers).map(([kind, number]) => [number, kind as NamedKind]),
);

/** To the end of the datagram. Blocks are views, not copies. Throws CodecError. */
export function readUftp(reader: Reader): UftpMessage {
  const command = reader.u8('UFTP command');
  const kind = kinds.get(command);
  switch (kind) {
    case undefined:
      return { kind: 'unknown', command, data: reader.rest() };
    case 'file-data':
      return { kind, block: reader.rest() };
    case 'connection-details':
      return readDetails(reader);
    case 'connection-request':
    case 'connection-granted':
    case 'connection-denied':
    case 'flow-control-off':
      return bare(kind, reader);
  }
}

/** Throws CodecError for values that do not fit. */
export function writeUftp(writer: Writer, message: UftpMessage): void {
  if (message.kind === 'unknown') {
    writer.u8(message.command, 'UFTP command').put(message.data);
    return;
  }
  writer.u8(numbers[message.kind], 'UFTP command');
  if (message.kind === 'file-data') {
    writer.put(message.block);
    return;
  }
  if (message.kind !== 'connection-details') {
    if (message.trailing) writer.put(message.trailing);
    return;
  }
  const { blockSize, blockLimit, path, unterminated, trailing } = message;
  writer.u16(blockSize, 'block size').u8(blockLimit, 'block limit');
  if (unterminated) writer.put(Buffer.from(path, 'latin1'));
  else writer.cstring(path, 'path').put(trailing ?? new Uint8Array());
}

function bare(kind: BareKind, reader: Reader): UftpMessage {
  return reader.remaining === 0 ? { kind } : { kind, trailing: reader.rest() };
}

/** A path without its NUL is taken as it is. */
function readDetails(reader: Reader): UftpMessage {
  const blockSize = reader.u16('block size');
  const blockLimit = reader.u8('block limit');
  const rest = reader.rest();
  const nul = rest.indexOf(0);
  const path = latin1(nul < 0 ? rest : rest.subarray(0, nul));
  const details = { kind: 'connection-details', blockSize, blockLimit, path } as const;
  if (nul < 0) return { ...details, unterminated: true };
  return nul + 1 === rest.length ? details : { ...details, trailing: rest.subarray(nul + 1) };
}
