/**
 * One header field. Text is Latin-1, one character per byte, so that no byte is lost; `utf8Text`
 * turns it into what people read.
 */
export type SipHeader = {
  /** As it was written, short forms and letter case included. */
  readonly name: string;
  /** Folded lines joined by one blank, blanks at both ends gone. */
  readonly value: string;
};

type Common = {
  /** `SIP/2.0` */
  readonly version: string;
  /** In the order in which they came. */
  readonly headers: readonly SipHeader[];
  readonly body: Uint8Array;
};

/** RFC 3261 section 7.1. */
export type SipRequest = Common & {
  readonly kind: 'request';
  readonly method: string;
  /** As it was written; what cannot be read as a URI too. */
  readonly uri: string;
};

/** RFC 3261 section 7.2. */
export type SipResponse = Common & {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
};

export type SipMessage = SipRequest | SipResponse;
