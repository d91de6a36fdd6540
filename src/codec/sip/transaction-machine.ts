import type { SipRequest, SipResponse } from './sip-message.ts';

/**
 * RFC 3261 section 17 and table 4; RFC 6026 adds L and M. `trying` is the wait before a server says
 * 100 by itself (section 17.2.1).
 */
export type SipTimerName =
  'A' | 'B' | 'D' | 'E' | 'F' | 'G' | 'H' | 'I' | 'J' | 'K' | 'L' | 'M' | 'trying';

/** Times in milliseconds. */
export type SipTiming = {
  readonly t1: number;
  readonly t2: number;
  readonly t4: number;
  /**
   * Times that an INVITE is sent again, as phones can be told (`sip_invite_retx`); it has failed when
   * the last one has had no answer in its time. What 64*T1 allows when left out, which is 6.
   */
  readonly inviteRetransmissions?: number;
  /** The same for other requests (`sip_retx`); 10 when left out. */
  readonly requestRetransmissions?: number;
};

/** RFC 3261 table 4. */
export const usualTiming: SipTiming = { t1: 500, t2: 4000, t4: 5000 };

export type TransactionOptions = {
  readonly timing: SipTiming;
  /** TCP: nothing is sent again, and nothing waits for what may still come. */
  readonly isReliable: boolean;
};

export type TransactionEvent =
  | { readonly kind: 'timer'; readonly name: SipTimerName }
  /** Of the other side. */
  | { readonly kind: 'request'; readonly request: SipRequest }
  | { readonly kind: 'response'; readonly response: SipResponse }
  /** Of the transaction's user, on the server's side. */
  | { readonly kind: 'answer'; readonly response: SipResponse }
  | { readonly kind: 'send-failed' };

export type TransactionAction =
  | { readonly kind: 'send-request' }
  /** For a final answer that is not 2xx, within the transaction. RFC 3261 section 17.1.1.3. */
  | { readonly kind: 'send-ack'; readonly response: SipResponse }
  | { readonly kind: 'send-response'; readonly response: SipResponse }
  /** The 100 that nobody else has sent. */
  | { readonly kind: 'send-trying' }
  | { readonly kind: 'start'; readonly name: SipTimerName; readonly ms: number }
  | { readonly kind: 'stop'; readonly name: SipTimerName }
  /** To the user: a response, or an ACK that came. */
  | { readonly kind: 'pass-response'; readonly response: SipResponse }
  | { readonly kind: 'pass-ack'; readonly request: SipRequest }
  /** To the user: nobody answered, or nothing could be sent. */
  | { readonly kind: 'fail'; readonly because: 'timeout' | 'transport' }
  | { readonly kind: 'end' };

export type Step<State> = {
  readonly state: State;
  readonly actions: readonly TransactionAction[];
};

export function startTimer(name: SipTimerName, ms: number): TransactionAction {
  return { kind: 'start', name, ms };
}

export function stopTimer(name: SipTimerName): TransactionAction {
  return { kind: 'stop', name };
}

/** The step that leaves all as it is. */
export function stay<State>(state: State): Step<State> {
  return { state, actions: [] };
}

export function ended<State extends { readonly phase: string }>(
  state: State,
  actions: readonly TransactionAction[] = [],
): Step<Omit<State, 'phase'> & { readonly phase: 'ended' }> {
  return { state: { ...state, phase: 'ended' }, actions: [...actions, { kind: 'end' }] };
}

export function failed<State extends { readonly phase: string }>(
  state: State,
  because: 'timeout' | 'transport',
): Step<Omit<State, 'phase'> & { readonly phase: 'ended' }> {
  return ended(state, [{ kind: 'fail', because }]);
}
