import { parseCSeq } from '../../codec/sip/cseq.ts';
import { headerOf, headersOf } from '../../codec/sip/headers-of.ts';
import { parseNameAddr, tagOf } from '../../codec/sip/name-addr.ts';
import type { ServerTransaction } from '../../codec/sip/server-transactions.ts';
import type { Audio } from '../../codec/sip/sdp-audio.ts';
import type { SipRequest } from '../../codec/sip/sip-message.ts';
import { parseSipUri } from '../../codec/sip/sip-uri.ts';
import { secondsOf } from '../../codec/sip/typed-headers.ts';
import { ifReadable } from '../../wire/if-readable.ts';
import type { RtpStream } from './rtp-stream.ts';
import type { SipLine } from './sip-settings.ts';

/** A call that came in. */
export type Call = {
  readonly line: SipLine;
  readonly invite: ServerTransaction;
  /** URI in From. */
  readonly caller: string;
  readonly localTag: string;
  /** Undefined where the phone is to make the offer. */
  offer: Audio | undefined;
  state: 'ringing' | 'up' | 'over';
  rtp?: RtpStream;
  /** Of the caller's last request. */
  remoteSequence: number;
  /** Of ours. */
  localSequence: number;
  /** Of the session description. */
  version: number;
  readonly sessionId: number;
  /** What calls off its timers. */
  readonly timers: Set<() => void>;
};

/** Whether a request belongs to this call. RFC 3261 section 12.2.2. */
export function isOfCall(call: Call, request: SipRequest): boolean {
  const { request: invite } = call.invite;
  return (
    headerOf(request, 'call-id') === headerOf(invite, 'call-id') &&
    tagOf('from', headerOf(request, 'from') ?? '') ===
      tagOf('from', headerOf(invite, 'from') ?? '') &&
    tagOf('to', headerOf(request, 'to') ?? '') === call.localTag
  );
}

export function sequenceOf(request: SipRequest): number {
  return parseCSeq(headerOf(request, 'cseq') ?? '').number;
}

export function callerOf(request: SipRequest): string {
  return parseNameAddr('From', headerOf(request, 'from') ?? '').uri;
}

/** The one that is called; undefined where the phone has no such line. */
export function lineCalled(lines: readonly SipLine[], uri: string): SipLine | undefined {
  const user = userOf(uri);
  return lines.find(({ name, contact }) => user === contact || user === name);
}

export function userOf(uri: string): string | undefined {
  return ifReadable(() => parseSipUri(uri).user);
}

/** RFC 3323 section 4.1, RFC 3325 section 9.3; Remote-Party-ID as Cisco has it. */
export function isAnonymous(request: SipRequest): boolean {
  const from = headerOf(request, 'from') ?? '';
  const privacy = headersOf(request, 'privacy').flatMap((value) => value.split(/[;,]/));
  const party = headerOf(request, 'remote-party-id') ?? '';
  return (
    /^(anonymous|unknown|restricted)$/i.test(userOf(callerOf(request)) ?? '') ||
    /@anonymous\.invalid\b/i.test(from) ||
    privacy.some((each) => /^(id|user|header)$/i.test(each.trim())) ||
    /;\s*privacy=(full|name|uri)\b/i.test(party)
  );
}

/** Milliseconds that it may ring. */
export function ringingMs(request: SipRequest, usualSeconds: number): number {
  return 1000 * (secondsOf(headerOf(request, 'expires')) ?? usualSeconds);
}

export type ByeParts = {
  readonly via: string;
  readonly userAgent: string;
};

/** Ends the dialog that an INVITE began. RFC 3261 sections 12.2.1.1 and 15.1.1. */
export function byeRequest(call: Call, { via, userAgent }: ByeParts): SipRequest {
  const { request } = call.invite;
  const to = headerOf(request, 'to') ?? '';
  const route = headersOf(request, 'record-route');
  const [contact] = headersOf(request, 'contact');
  const uri = contact === undefined ? call.caller : parseNameAddr('Contact', contact).uri;
  return {
    ...{ kind: 'request', version: 'SIP/2.0', method: 'BYE', uri, body: new Uint8Array() },
    headers: [
      { name: 'Via', value: via },
      ...route.map((value) => ({ name: 'Route', value })),
      { name: 'From', value: `${to};tag=${call.localTag}` },
      { name: 'To', value: headerOf(request, 'from') ?? '' },
      { name: 'Call-ID', value: headerOf(request, 'call-id') ?? '' },
      { name: 'Max-Forwards', value: '70' },
      { name: 'CSeq', value: `${call.localSequence++} BYE` },
      { name: 'User-Agent', value: userAgent },
      { name: 'Content-Length', value: '0' },
    ],
  };
}
