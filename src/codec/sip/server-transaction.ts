import type { SipResponse } from './sip-message.ts';
import {
  ended,
  failed,
  startTimer,
  stay,
  stopTimer,
  type SipTimerName,
  type Step,
  type TransactionAction,
  type TransactionEvent,
  type TransactionOptions,
} from './transaction-machine.ts';

/** RFC 3261 sections 17.2.1 and 17.2.2; `accepted` is of RFC 6026 section 7.1. */
export type ServerState = {
  readonly phase: 'trying' | 'proceeding' | 'completed' | 'confirmed' | 'accepted' | 'ended';
  /** The last response, for a request that comes again. */
  readonly last?: SipResponse;
  /** Times that a final response to an INVITE was sent. */
  readonly sent: number;
  /** A 2xx whose ACK came. */
  readonly isAcknowledged?: boolean;
};

export type ServerMachine = {
  start(options: TransactionOptions): Step<ServerState>;
  step(state: ServerState, event: TransactionEvent, options: TransactionOptions): Step<ServerState>;
};

/** Milliseconds in which an INVITE has to have an answer of some kind. RFC 3261 section 17.2.1. */
const tryingWait = 200;

/**
 * INVITE. A 2xx is sent again until its ACK comes, also over TCP: what RFC 3261 section 13.3.1.4 leaves
 * to the user of the transaction is done here, so that no user forgets it.
 */
export const inviteServer: ServerMachine = {
  start: () => ({
    state: { phase: 'proceeding', sent: 0 },
    actions: [startTimer('trying', tryingWait)],
  }),
  step(state, event, options) {
    if (state.phase === 'ended') return stay(state);
    switch (event.kind) {
      case 'request':
        return inviteAgain(state, event, options);
      case 'answer':
        return inviteAnswer(state, event.response, options);
      case 'timer':
        return inviteTimer(state, event.name, options);
      case 'send-failed':
        return state.phase === 'confirmed' ? stay(state) : failed(state, 'transport');
      case 'response':
        return stay(state);
    }
  },
};

function inviteAgain(
  state: ServerState,
  { request }: TransactionEvent & { kind: 'request' },
  { timing, isReliable }: TransactionOptions,
): Step<ServerState> {
  const { phase } = state;
  if (request.method !== 'ACK')
    return phase === 'proceeding' || phase === 'completed' ? repeat(state) : stay(state);
  if (phase === 'accepted') return acknowledged(state, { kind: 'pass-ack', request });
  if (phase !== 'completed') return stay(state);
  const actions = [stopTimer('G'), stopTimer('H')];
  if (isReliable) return ended(state, actions);
  const confirmed = { ...state, phase: 'confirmed' } as const;
  return { state: confirmed, actions: [...actions, startTimer('I', timing.t4)] };
}

/** Each ACK is told once; those that come again are not. */
function acknowledged(state: ServerState, pass: TransactionAction): Step<ServerState> {
  if (state.isAcknowledged) return stay(state);
  return { state: { ...state, isAcknowledged: true }, actions: [stopTimer('G'), pass] };
}

function inviteAnswer(
  state: ServerState,
  response: SipResponse,
  { timing, isReliable }: TransactionOptions,
): Step<ServerState> {
  if (state.phase !== 'proceeding') return stay(state);
  const send = [stopTimer('trying'), { kind: 'send-response', response } as const];
  if (response.status < 200) return { state: { ...state, last: response }, actions: send };
  const again = startTimer('G', timing.t1);
  const answered = { last: response, sent: 1 };
  if (response.status < 300)
    return {
      state: { ...answered, phase: 'accepted' },
      actions: [...send, again, startTimer('L', 64 * timing.t1)],
    };
  return {
    state: { ...answered, phase: 'completed' },
    actions: [...send, ...(isReliable ? [] : [again]), startTimer('H', 64 * timing.t1)],
  };
}

function inviteTimer(
  state: ServerState,
  name: SipTimerName,
  { timing }: TransactionOptions,
): Step<ServerState> {
  const { phase, last, sent } = state;
  if (name === 'trying' && phase === 'proceeding' && !last)
    return { state, actions: [{ kind: 'send-trying' }] };
  if (name === 'G' && (phase === 'completed' || phase === 'accepted') && last)
    return {
      state: { ...state, sent: sent + 1 },
      actions: [
        { kind: 'send-response', response: last },
        startTimer('G', Math.min(timing.t1 * 2 ** sent, timing.t2)),
      ],
    };
  if (name === 'H' && phase === 'completed') return failed(state, 'timeout');
  if (name === 'I' && phase === 'confirmed') return ended(state);
  if (name === 'L' && phase === 'accepted')
    return state.isAcknowledged ? ended(state) : failed(state, 'timeout');
  return stay(state);
}

/** All but INVITE and ACK. */
export const otherServer: ServerMachine = {
  start: () => ({ state: { phase: 'trying', sent: 0 }, actions: [] }),
  step(state, event, options) {
    const { phase } = state;
    const isOpen = phase === 'trying' || phase === 'proceeding';
    switch (event.kind) {
      case 'request':
        return phase === 'proceeding' || phase === 'completed' ? repeat(state) : stay(state);
      case 'timer':
        return event.name === 'J' && phase === 'completed' ? ended(state) : stay(state);
      case 'send-failed':
        return phase === 'ended' ? stay(state) : failed(state, 'transport');
      case 'answer':
        return isOpen ? otherAnswer(state, event.response, options) : stay(state);
      case 'response':
        return stay(state);
    }
  },
};

function otherAnswer(
  state: ServerState,
  response: SipResponse,
  { timing, isReliable }: TransactionOptions,
): Step<ServerState> {
  const send: TransactionAction = { kind: 'send-response', response };
  if (response.status < 200)
    return { state: { ...state, phase: 'proceeding', last: response }, actions: [send] };
  const completed: ServerState = { phase: 'completed', last: response, sent: 1 };
  if (isReliable) return ended(completed, [send]);
  return { state: completed, actions: [send, startTimer('J', 64 * timing.t1)] };
}

function repeat(state: ServerState): Step<ServerState> {
  const { last } = state;
  return { state, actions: last ? [{ kind: 'send-response', response: last }] : [] };
}
