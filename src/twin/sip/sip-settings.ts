import type { SipTiming } from '../../codec/sip/transaction-machine.ts';

/** A server as settings write it: an address or a name. */
export type SipHost = { readonly host: string; readonly port: number };

/** RFC 3261 section 19.1.2. */
export const usualSipPort = 5060;

export type SipLine = {
  /** From 1; the key beside the display. */
  readonly number: number;
  /** What the line registers as. */
  readonly name: string;
  /** User part of its Contact. */
  readonly contact: string;
  readonly displayName: string;
  readonly authName: string;
  readonly password: string;
  readonly proxy: SipHost;
  /** What it registers at, where that is not the proxy's own address. */
  readonly domain?: string;
  readonly takesSecondCall: boolean;
  /** Milliseconds after which it takes a call by itself. */
  readonly autoAnswerMs?: number;
};

export type AudioCodec = 'PCMU' | 'PCMA' | 'G729';

/** What a phone's settings say of SIP. */
export type SipSettings = {
  readonly lines: readonly SipLine[];
  readonly registers: boolean;
  /** Takes over when a line's proxy is silent. */
  readonly backup?: SipHost;
  /** Takes emergency calls, no registrations. */
  readonly emergency?: SipHost;
  /** Takes all requests in place of the proxies. */
  readonly outbound?: SipHost;
  readonly registerSeconds: number;
  /** Seconds before its end that a registration is renewed. */
  readonly registerDelta: number;
  /** Seconds that a call rings at most. */
  readonly inviteSeconds: number;
  readonly timing: SipTiming;
  readonly userInfo?: 'phone' | 'ip';
  readonly controlPort: number;
  readonly nat: {
    readonly isEnabled: boolean;
    /** Empty where there is none. */
    readonly address: string;
    /** Takes the address that the registrar saw. */
    readonly usesReceived: boolean;
  };
  readonly mediaPorts: { readonly first: number; readonly last: number };
  /** The one that it prefers, none for its own order. */
  readonly codec?: AudioCodec;
  /** Payload type of digits in RTP; none where they are not sent so. */
  readonly digits?: number;
  readonly isDisturbed: boolean;
  readonly takesAnonymous: boolean;
};

/** 0 and 2 are off, 1 and 3 on: Cisco SIP IP Phone Administrator Guide 4.4, Table 3-3. */
export function switchedOn(text: string | undefined, usual: boolean): boolean {
  const value = (text ?? '').trim();
  if (/^[0-3]$/.test(value)) return value === '1' || value === '3';
  if (/^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  return usual;
}

/** A whole number within these bounds, else the usual one. */
export function numberIn(
  text: string | undefined,
  usual: number,
  {
    least = 1,
    most = Number.MAX_SAFE_INTEGER,
  }: { readonly least?: number; readonly most?: number } = {},
): number {
  const value = Number((text ?? '').trim() || NaN);
  return Number.isInteger(value) && value >= least && value <= most ? value : usual;
}

/** `none` and words that nobody knows leave the phone's own order. */
export function codecNamed(text: string | undefined, usual: AudioCodec | undefined) {
  switch ((text ?? '').trim().toLowerCase()) {
    case '':
      return usual;
    case 'g711ulaw':
      return 'PCMU';
    case 'g711alaw':
      return 'PCMA';
    case 'g729':
    case 'g729a':
      return 'G729';
    default:
      return undefined;
  }
}

export function userInfoNamed(text: string | undefined): SipSettings['userInfo'] {
  const word = (text ?? '').trim().toLowerCase();
  return word === 'phone' || word === 'ip' ? word : undefined;
}

/** Ports of RTP, which are even. Both ends of the range are from 16384 to 32766. */
export function mediaPortsFrom(start: string | undefined, end: string | undefined) {
  const bounds = { least: 16_384, most: 32_766 };
  const first = numberIn(start, 16_384, bounds);
  const last = numberIn(end, 32_766, bounds);
  return first <= last ? { first, last } : { first: 16_384, last: 32_766 };
}
