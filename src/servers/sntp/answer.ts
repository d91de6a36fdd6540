import { ntpTimestampOf, unknownTimestamp } from '../../codec/sntp/ntp-timestamp.ts';
import { referenceIdOf, type ReferenceName } from '../../codec/sntp/reference-id.ts';
import { decodeSntp, type NtpMode, type SntpPacket } from '../../codec/sntp/sntp-packet.ts';
import { CodecError } from '../../wire/codec-error.ts';
import type { ClockFields } from './host-clock.ts';

/** What a datagram to the server's port is. */
export type Received =
  | { readonly kind: 'request'; readonly request: SntpPacket; readonly replyMode: NtpMode }
  | { readonly kind: 'malformed'; readonly reason: string }
  /** Answers, broadcasts of others, control messages, versions that are not ours. */
  | { readonly kind: 'ignored' };

/** Of a reading of the system's clock, log2 of seconds: a microsecond. */
const precision = -20;
const newestVersion = 4;
/** log2 of seconds: the least that a client is asked to wait that asks too often. */
const kissPoll = 6;
const nothing = new Uint8Array();

export function readRequest(datagram: Uint8Array): Received {
  try {
    const request = decodeSntp(datagram);
    const replyMode = replyModeFor(request);
    return replyMode ? { kind: 'request', request, replyMode } : { kind: 'ignored' };
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    return { kind: 'malformed', reason: error.message };
  }
}

/** RFC 4330 section 6. Version 1 has no modes: RFC 1059 appendix B. */
function replyModeFor({ mode, version }: SntpPacket): NtpMode | undefined {
  if (version < 1 || version > newestVersion) return undefined;
  if (mode === 'client' || (mode === 'reserved' && version === 1)) return 'server';
  return mode === 'symmetric active' ? 'symmetric passive' : undefined;
}

export type Reply = {
  readonly request: SntpPacket;
  readonly replyMode: NtpMode;
  readonly fields: ClockFields;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
};

/** The answer as it leaves at `sentAt`, milliseconds since the epoch. RFC 4330 section 6. */
export function replyPacket(
  { request, replyMode, fields, receivedAt }: Reply,
  sentAt: number,
): SntpPacket {
  return {
    ...fields,
    version: request.version,
    mode: replyMode,
    poll: request.poll,
    precision,
    originate: request.transmit,
    receive: ntpTimestampOf(receivedAt),
    transmit: ntpTimestampOf(sentAt),
    rest: nothing,
  };
}

/** A kiss-o'-death: why there is no time. RFC 4330 section 8, RFC 5905 section 7.4. */
export function kissPacket(reply: Reply, kiss: ReferenceName, sentAt: number): SntpPacket {
  return {
    ...replyPacket(reply, sentAt),
    leap: 3,
    stratum: 0,
    poll: Math.max(reply.request.poll, kissPoll),
    referenceId: referenceIdOf(kiss),
  };
}

/** Sent without being asked for. RFC 4330 section 6; `everyMs` is the time between two of them. */
export function broadcastPacket(fields: ClockFields, everyMs: number, sentAt: number): SntpPacket {
  return {
    ...fields,
    version: newestVersion,
    mode: 'broadcast',
    poll: Math.round(Math.log2(everyMs / 1000)),
    precision,
    originate: unknownTimestamp,
    receive: unknownTimestamp,
    transmit: ntpTimestampOf(sentAt),
    rest: nothing,
  };
}
