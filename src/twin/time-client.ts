import {
  isSameTimestamp,
  isUnknown,
  ntpTimestampOf,
  unixMsOf,
  unknownTimestamp,
} from '../codec/sntp/ntp-timestamp.ts';
import { referenceText } from '../codec/sntp/reference-id.ts';
import { decodeSntp, encodeSntp, type SntpPacket } from '../codec/sntp/sntp-packet.ts';
import { isIPv4 } from '../wire/ipv4.ts';
import { ifReadable } from '../wire/if-readable.ts';
import type { Clock } from './clock.ts';
import type { Endpoint, Network } from './network.ts';
import type { Server } from './tftp-client.ts';

/** How a phone's files say that it gets the time, as written there. */
export type TimeSettings = { readonly mode: string; readonly server: string };

/** Whom a phone asks: the server of its settings, another one in its place, or nobody. */
export type TimeServer = Server | 'settings' | 'never';

/** What became of asking for the time. */
export type TimeAnswer = {
  readonly server: string;
  /** `refused`: the server has no time to give. */
  readonly outcome: 'set' | 'refused' | 'silent';
  /** Why it was refused, or was not asked. */
  readonly because?: string;
  /** Milliseconds by which the phone's clock was behind. */
  readonly behindMs?: number;
  readonly stratum?: number;
};

export type TimeClientParts = {
  readonly network: Network;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
};

/** RFC 4330 section 4. */
export const sntpPort = 123;

/** Milliseconds to wait after each time of asking: our assumption, as no document and no log says. */
const waits = [4000, 4000, 4000];

/**
 * The server that is asked at its address when the phone starts; undefined where the phone only
 * listens, or asks all. Cisco SIP IP Phone Administrator Guide 4.4, tables 3-7 and 3-8. What a phone
 * without sntp_mode does is our assumption.
 */
export function serverAsked({ mode, server }: TimeSettings, listening: readonly string[]) {
  const named = server.trim();
  const isNamed = !['', '0.0.0.0', 'UNPROVISIONED'].includes(named);
  return isNamed && !listening.includes(mode.trim().toLowerCase()) ? named : undefined;
}

/** Asks until an answer comes, or gives up. Rejects only with the reason of the signal. */
export async function askTime(parts: TimeClientParts, server: Server): Promise<TimeAnswer> {
  parts.signal?.throwIfAborted();
  const endpoint = await parts.network.bind(0);
  const close = () => endpoint.close();
  parts.signal?.addEventListener('abort', close);
  try {
    for (const waitMs of waits) {
      const answer = await askOnce(parts.clock, endpoint, server, waitMs);
      parts.signal?.throwIfAborted();
      if (answer) return { server: server.address, ...answer };
    }
    return { server: server.address, outcome: 'silent' };
  } finally {
    parts.signal?.removeEventListener('abort', close);
    close();
  }
}

type Answer = Omit<TimeAnswer, 'server'>;

async function askOnce(
  clock: Clock,
  endpoint: Endpoint,
  server: Server,
  waitMs: number,
): Promise<Answer | undefined> {
  const sentAt = clock.now();
  const request = requestAt(sentAt);
  endpoint.send(encodeSntp(request), server.address, server.port);
  for (;;) {
    const leftMs = sentAt + waitMs - clock.now();
    const datagram = leftMs > 0 ? await endpoint.receive(leftMs) : undefined;
    if (datagram === undefined) return undefined;
    const packet = datagram.address === server.address ? decoded(datagram.bytes) : undefined;
    if (packet?.mode !== 'server') continue;
    // Not an answer to this request: RFC 4330 section 5.
    if (!isSameTimestamp(packet.originate, request.transmit)) continue;
    return judge(packet, sentAt, clock.now());
  }
}

function requestAt(now: number): SntpPacket {
  return {
    ...{ leap: 0, version: 3, mode: 'client', stratum: 0, poll: 0, precision: 0 },
    ...{ rootDelay: 0, rootDispersion: 0, referenceId: 0 },
    ...{ reference: unknownTimestamp, originate: unknownTimestamp, receive: unknownTimestamp },
    ...{ transmit: ntpTimestampOf(now), rest: new Uint8Array() },
  };
}

/** RFC 4330 sections 5 and 8. */
function judge(packet: SntpPacket, sentAt: number, cameAt: number): Answer {
  const { stratum, leap, referenceId, receive, transmit } = packet;
  const kiss = referenceText(referenceId, stratum);
  if (leap === 3) return { outcome: 'refused', because: `its clock is not synchronised (${kiss})` };
  if (stratum === 0) return { outcome: 'refused', because: `kiss-o'-death ${kiss}` };
  if (stratum > 15 || isUnknown(transmit))
    return { outcome: 'refused', because: 'its answer has no time' };
  const ahead = unixMsOf(receive, cameAt) - sentAt;
  const back = unixMsOf(transmit, cameAt) - cameAt;
  return { outcome: 'set', behindMs: Math.round((ahead + back) / 2), stratum };
}

function decoded(bytes: Uint8Array): SntpPacket | undefined {
  return ifReadable(() => decodeSntp(bytes));
}

/** A phone that sets its clock, or goes on without. `listening`: modes in which it does not ask. */
export async function setClock(
  parts: TimeClientParts & {
    readonly time: TimeServer;
    readonly tell: (happening: { readonly kind: 'time' } & TimeAnswer) => void;
  },
  settings: TimeSettings,
  listening: readonly string[],
): Promise<void> {
  const { time, tell } = parts;
  const named = time === 'never' ? undefined : serverAsked(settings, listening);
  if (named === undefined) return;
  const server = typeof time === 'object' ? time : { address: named, port: sntpPort };
  if (!isIPv4(server.address)) {
    const because = 'a virtual phone has no DNS to ask for a name';
    tell({ kind: 'time', server: named, outcome: 'silent', because });
    return;
  }
  tell({ kind: 'time', ...(await askTime(parts, server)) });
}
