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
