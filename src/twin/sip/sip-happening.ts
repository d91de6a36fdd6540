/** A SIP message that a phone sent or got, repeated ones too. */
export type SipHappening = {
  readonly kind: 'sip';
  readonly from: 'phone' | 'peer';
  /** `ADDRESS:PORT` of the other side. */
  readonly peer: string;
  /** Of the request, or of the one that a response answers. */
  readonly method: string;
  readonly status?: number;
  readonly reason?: string;
  readonly callId?: string;
  /** Of a NOTIFY. */
  readonly package?: string;
};

/** What became of a line's registration. */
export type RegistrationHappening = {
  readonly kind: 'registration';
  /** What the phone runs. */
  readonly image: string;
  readonly line: string;
  readonly state: 'registered' | 'refused' | 'silent' | 'unregistered';
  /** `ADDRESS:PORT` that answered, or did not. */
  readonly peer?: string;
  /** Seconds. */
  readonly expires?: number;
  readonly because?: string;
};

export type CallHappening = {
  readonly kind: 'call';
  readonly line: string;
  /** Who calls: the URI in From. */
  readonly caller: string;
  readonly state: 'ringing' | 'answered' | 'ended' | 'refused';
  readonly because?: string;
};

/** What a NOTIFY has come to. */
export type RestartHappening = {
  readonly kind: 'restart';
  readonly text: string;
};

export type SipHappenings = SipHappening | RegistrationHappening | CallHappening | RestartHappening;
