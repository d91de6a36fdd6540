import { ifReadable } from '../../wire/if-readable.ts';
import { parseCSeq } from './cseq.ts';
import { headerOf } from './headers-of.ts';
import { parseNameAddr } from './name-addr.ts';
import { parseSipHead } from './parse-sip.ts';
import type { SipMessage } from './sip-message.ts';
import { parseSipUri } from './sip-uri.ts';

/** The few things of a SIP message that tell what a phone is doing. RFC 3261 sections 7 and 20. */
export type SipSummary = {
  /** Of the request, or of the one that a response answers (CSeq). */
  readonly method: string;
  readonly status?: number;
  readonly reason?: string;
  /** User part of the address of record: of `To` in a REGISTER, else of `From`. */
  readonly user?: string;
  readonly userAgent?: string;
  readonly callId?: string;
  /** `Reason` of a REGISTER that takes back a registration, and what phones add to it. */
  readonly expires?: number;
};

/** Whether bytes begin like a message; for streams, where a message begins somewhere. */
export function isSip(bytes: Uint8Array): boolean {
  const end = bytes.indexOf(lineFeed);
  return readHead(ended(end < 0 ? bytes : bytes.subarray(0, end + 1))) !== undefined;
}

/** The head, as far as a capture that was cut short has it; undefined for what is no SIP. */
export function capturedSip(bytes: Uint8Array): SipMessage | undefined {
  return readHead(bytes) ?? readHead(ended(bytes.subarray(0, bytes.lastIndexOf(lineFeed) + 1)));
}

const lineFeed = 0x0a;

/** With an empty line, as if there were no more headers. */
function ended(lines: Uint8Array): Uint8Array {
  return Buffer.concat([lines, Buffer.from('\r\n\r\n')]);
}

function readHead(bytes: Uint8Array): SipMessage | undefined {
  return ifReadable(() => parseSipHead(bytes).message);
}

/** Undefined for a response that names no method. */
export function summarizeSip(message: SipMessage): SipSummary | undefined {
  const method = message.kind === 'request' ? message.method : methodOf(message);
  if (method === undefined) return undefined;
  const user = userOf(message, method === 'REGISTER' ? 'to' : 'from');
  const userAgent = headerOf(message, 'user-agent') ?? headerOf(message, 'server');
  const callId = headerOf(message, 'call-id');
  const expires = Number(headerOf(message, 'expires') ?? NaN);
  return {
    method,
    ...(message.kind === 'response' && { status: message.status, reason: message.reason }),
    ...(user === undefined ? {} : { user }),
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(callId === undefined ? {} : { callId }),
    ...(Number.isInteger(expires) ? { expires } : {}),
  };
}

function methodOf(message: SipMessage): string | undefined {
  return ifReadable(() => parseCSeq(headerOf(message, 'cseq') ?? '').method);
}

function userOf(message: SipMessage, name: 'to' | 'from'): string | undefined {
  return ifReadable(() => parseSipUri(parseNameAddr(name, headerOf(message, name) ?? '').uri).user);
}
