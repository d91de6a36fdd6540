import { decodePacket, errorCodes, opcodes } from '../../codec/tftp/packet.ts';
import type { ErrorPacket, RequestPacket, TftpOption } from '../../codec/tftp/packet.ts';
import { CodecError } from '../../wire/codec-error.ts';

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

/** Lest the sender of a large datagram have a large answer sent to somebody else. */
const maxMessage = 120;

export function readDatagram(datagram: Uint8Array): Received {
  try {
    const packet = decodePacket(datagram);
    return packet.kind === 'rrq' || packet.kind === 'wrq' ? judge(packet) : { kind: 'ignored' };
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    return malformed(datagram, error.message);
  }
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
  const message = `Unknown mode ${JSON.stringify(mode)}; this server knows octet and netascii`;
  return { kind: 'refused', error: refusal('illegalOperation', message) };
}

function malformed(datagram: Uint8Array, reason: string): Received {
  const isRequest =
    datagram[0] === 0 && (datagram[1] === opcodes.rrq || datagram[1] === opcodes.wrq);
  if (!isRequest) return { kind: 'malformed', reason };
  const error = refusal('illegalOperation', `Malformed request: ${reason}`);
  return { kind: 'malformed', reason, error };
}

function refusal(code: keyof typeof errorCodes, message: string): ErrorPacket {
  const short = message.length > maxMessage ? `${message.slice(0, maxMessage - 1)}~` : message;
  return { kind: 'error', code: errorCodes[code], message: short };
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
