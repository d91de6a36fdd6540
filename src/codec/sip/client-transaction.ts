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

/** RFC 3261 sections 17.1.1.2 and 17.1.2.2; `accepted` is of RFC 6026 section 7.2. */
export type ClientState = {
  readonly phase: 'calling' | 'proceeding' | 'completed' | 'accepted' | 'ended';
  /** Times that the request was sent, the first one too. */
  readonly sent: number;
};

export type ClientMachine = {
  start(options: TransactionOptions): Step<ClientState>;
  step(state: ClientState, event: TransactionEvent, options: TransactionOptions): Step<ClientState>;
};

const begun: ClientState = { phase: 'calling', sent: 1 };

/** INVITE. */
export const inviteClient: ClientMachine = {
  start: ({ timing, isReliable }) => ({
    state: begun,
    actions: [
      { kind: 'send-request' },
      ...(isReliable ? [] : [startTimer('A', timing.t1)]),
      startTimer('B', 64 * timing.t1),
    ],
  }),
  step(state, event, options) {
    if (state.phase === 'ended') return stay(state);
    if (event.kind === 'response') return inviteResponse(state, event.response, options);
    if (event.kind === 'send-failed') return lost(state);
    if (event.kind !== 'timer') return stay(state);
    return inviteTimer(state, event.name, options);
  },
};

function inviteTimer(
  state: ClientState,
  name: SipTimerName,
  { timing }: TransactionOptions,
): Step<ClientState> {
  const { phase, sent } = state;
  if (name === 'A' && phase === 'calling') {
    if (sent > (timing.inviteRetransmissions ?? Infinity)) return timedOut(state, 'B');
    const actions = [again, startTimer('A', timing.t1 * 2 ** sent)];
    return { state: { phase, sent: sent + 1 }, actions };
  }
  if (name === 'B' && phase === 'calling') return failed(state, 'timeout');
  if (name === 'D' && phase === 'completed') return ended(state);
  if (name === 'M' && phase === 'accepted') return ended(state);
  return stay(state);
}

function inviteResponse(
  state: ClientState,
  response: SipResponse,
  { timing, isReliable }: TransactionOptions,
): Step<ClientState> {
  const { phase } = state;
  const pass: TransactionAction = { kind: 'pass-response', response };
  const isFirst = phase === 'calling' || phase === 'proceeding';
  if (response.status < 200)
    return isFirst
      ? {
          state: { ...state, phase: 'proceeding' },
          actions: [stopTimer('A'), stopTimer('B'), pass],
        }
      : stay(state);
  if (response.status < 300) {
    if (phase === 'accepted') return { state, actions: [pass] };
    if (!isFirst) return stay(state);
    const actions = [stopTimer('A'), stopTimer('B'), pass, startTimer('M', 64 * timing.t1)];
    return { state: { ...state, phase: 'accepted' }, actions };
  }
  const acknowledge: TransactionAction = { kind: 'send-ack', response };
  if (phase === 'completed') return { state, actions: [acknowledge] };
  if (!isFirst) return stay(state);
  const actions = [stopTimer('A'), stopTimer('B'), acknowledge, pass];
  if (isReliable) return ended(state, actions);
  // At least 32 s: RFC 3261 section 17.1.1.2.
  const waits = startTimer('D', Math.max(32_000, 64 * timing.t1));
  return { state: { ...state, phase: 'completed' }, actions: [...actions, waits] };
}

/** All but INVITE and ACK. */
export const otherClient: ClientMachine = {
  start: ({ timing, isReliable }) => ({
    state: begun,
    actions: [
      { kind: 'send-request' },
      ...(isReliable ? [] : [startTimer('E', timing.t1)]),
      startTimer('F', 64 * timing.t1),
    ],
  }),
  step(state, event, options) {
    if (state.phase === 'ended') return stay(state);
    if (event.kind === 'response') return otherResponse(state, event.response, options);
    if (event.kind === 'send-failed') return lost(state);
    if (event.kind !== 'timer') return stay(state);
    return otherTimer(state, event.name, options);
  },
};

function otherTimer(
  state: ClientState,
  name: SipTimerName,
  { timing }: TransactionOptions,
): Step<ClientState> {
  const { phase, sent } = state;
  const isWaiting = phase === 'calling' || phase === 'proceeding';
  if (name === 'E' && isWaiting) {
    if (sent > (timing.requestRetransmissions ?? Infinity)) return timedOut(state, 'F');
    const doubled = Math.min(timing.t1 * 2 ** sent, timing.t2);
    const wait = phase === 'proceeding' ? timing.t2 : doubled;
    return { state: { phase, sent: sent + 1 }, actions: [again, startTimer('E', wait)] };
  }
  if (name === 'F' && isWaiting) return failed(state, 'timeout');
  if (name === 'K' && phase === 'completed') return ended(state);
  return stay(state);
}

function otherResponse(
  state: ClientState,
  response: SipResponse,
  { timing, isReliable }: TransactionOptions,
): Step<ClientState> {
  const { phase } = state;
  if (phase !== 'calling' && phase !== 'proceeding') return stay(state);
  const pass: TransactionAction = { kind: 'pass-response', response };
  if (response.status < 200) return { state: { ...state, phase: 'proceeding' }, actions: [pass] };
  const actions = [stopTimer('E'), stopTimer('F'), pass];
  if (isReliable) return ended(state, actions);
  return {
    state: { ...state, phase: 'completed' },
    actions: [...actions, startTimer('K', timing.t4)],
  };
}

const again: TransactionAction = { kind: 'send-request' };

/** The last sending had no answer in its time; the timer that would have said so later is stopped. */
function timedOut(state: ClientState, name: SipTimerName): Step<ClientState> {
  return ended(state, [stopTimer(name), { kind: 'fail', because: 'timeout' }]);
}

/** Once a final answer was there, nothing is lost any more: RFC 6026 section 7.2. */
function lost(state: ClientState): Step<ClientState> {
  const { phase } = state;
  return phase === 'calling' || phase === 'proceeding' ? failed(state, 'transport') : stay(state);
}
