import { decodePacket, errorCodes, opcodes } from '../../codec/tftp/packet.ts';
import type { ErrorPacket, RequestPacket, TftpOption } from '../../codec/tftp/packet.ts';
import { CodecError } from '../../wire/codec-error.ts';
import { hexOf } from '../evidence.ts';

/** A file that a client wants to read. */
export type ReadRequest = {
  readonly path: string;
  readonly mode: 'octet' | 'netascii';
  readonly options: readonly TftpOption[];
};

/** What a datagram to the server's port is. */
export type Received =
  | { readonly kind: 'request'; readonly request: ReadRequest }
  | { readonly kind: 'refused'; readonly error: ErrorPacket }
  /** `error` is the answer, where one is due. */
  | { readonly kind: 'malformed'; readonly reason: string; readonly error?: ErrorPacket }
  /** It belongs to a transfer, of which the server's port has none. */
  | { readonly kind: 'ignored' };

/**
 * No answer is much longer than what it answers, lest somebody have long ones sent to others: of a
 * message as much as the datagram had bytes, but for a few words.
 */
const fewWords = 28;
const maxMessage = 120;

export function readDatagram(datagram: Uint8Array): Received {
  try {
    const packet = decodePacket(datagram);
    const isRequest = packet.kind === 'rrq' || packet.kind === 'wrq';
    return isRequest ? shortened(judge(packet), datagram.length) : { kind: 'ignored' };
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    return shortened(malformed(datagram, error.message), datagram.length);
  }
}

/** In a line for people: the file that is asked for, or the bytes. */
export function evidenceOf(datagram: Uint8Array): string {
  const received = readDatagram(datagram);
  return received.kind === 'request'
    ? JSON.stringify(received.request.path.slice(0, maxMessage))
    : hexOf(datagram);
}

/** Same file in the same way: a second copy of a request, not another one. */
export function isSameRequest(one: ReadRequest, other: ReadRequest): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function judge({ kind, path, mode, options }: RequestPacket): Received {
  if (kind === 'wrq')
    return { kind: 'refused', error: refusal('accessViolation', 'This server takes no files') };
  const known = mode.toLowerCase();
  if (known === 'octet' || known === 'netascii')
    return { kind: 'request', request: { path: pathText(path), mode: known, options } };
  const error = refusal('illegalOperation', 'Mode not octet or netascii');
  return { kind: 'refused', error };
}

function malformed(datagram: Uint8Array, reason: string): Received {
  const isRequest =
    datagram[0] === 0 && (datagram[1] === opcodes.rrq || datagram[1] === opcodes.wrq);
  if (!isRequest) return { kind: 'malformed', reason };
  const error = refusal('illegalOperation', `Malformed request: ${reason}`);
  return { kind: 'malformed', reason, error };
}

function refusal(code: keyof typeof errorCodes, message: string): ErrorPacket {
  return { kind: 'error', code: errorCodes[code], message };
}

function shortened(received: Received, asked: number): Received {
  if (!('error' in received) || !received.error) return received;
  const { message } = received.error;
  const most = Math.min(Math.max(asked, fewWords), maxMessage);
  const short = message.length > most ? `${message.slice(0, most - 1)}~` : message;
  return { ...received, error: { ...received.error, message: short } };
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The path's bytes as UTF-8 where they are that, else one character per byte. */
function pathText(latin1: string): string {
  try {
    return strictUtf8.decode(Buffer.from(latin1, 'latin1'));
  } catch {
    return latin1;
  }
}
