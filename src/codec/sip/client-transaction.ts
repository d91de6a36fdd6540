import type { SipResponse } from './sip-message.ts';
import type {
  SipTimerName,
  Step,
  TransactionAction,
  TransactionEvent,
  TransactionOptions,
} from './transaction-machine.ts';

/** RFC 3261 sections 17.1.1.2 and 17.1.2.2; `accepted` is of RFC 6026 section 7.2. */
export type ClientState = {
  readonly phase: 'calling' | 'proceeding' | 'completed' | 'accepted' | 'ended';
  /** Times that the request was sent. */
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
      ...(isReliable ? [] : [start('A', timing.t1)]),
      start('B', 64 * timing.t1),
    ],
  }),
  step(state, event, options) {
    if (state.phase === 'ended') return { state, actions: [] };
    if (event.kind === 'response') return inviteResponse(state, event.response, options);
    if (event.kind === 'send-failed') return failed(state, 'transport');
    if (event.kind !== 'timer') return { state, actions: [] };
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
    if (sent >= (timing.mostInvites ?? Infinity)) return { state, actions: [] };
    const actions = [again, start('A', timing.t1 * 2 ** sent)];
    return { state: { phase, sent: sent + 1 }, actions };
  }
  if (name === 'B' && phase === 'calling') return failed(state, 'timeout');
  if (name === 'D' && phase === 'completed') return ended(state);
  if (name === 'M' && phase === 'accepted') return ended(state);
  return { state, actions: [] };
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
      ? { state: { ...state, phase: 'proceeding' }, actions: [stop('A'), stop('B'), pass] }
      : { state, actions: [] };
  if (response.status < 300) {
    if (phase === 'accepted') return { state, actions: [pass] };
    if (!isFirst) return { state, actions: [] };
    const actions = [stop('A'), stop('B'), pass, start('M', 64 * timing.t1)];
    return { state: { ...state, phase: 'accepted' }, actions };
  }
  const acknowledge: TransactionAction = { kind: 'send-ack', response };
  if (phase === 'completed') return { state, actions: [acknowledge] };
  if (!isFirst) return { state, actions: [] };
  const actions = [stop('A'), stop('B'), acknowledge, pass];
  if (isReliable) return ended(state, actions);
  // At least 32 s: RFC 3261 section 17.1.1.2.
  const waits = start('D', Math.max(32_000, 64 * timing.t1));
  return { state: { ...state, phase: 'completed' }, actions: [...actions, waits] };
}

/** All but INVITE and ACK. */
export const otherClient: ClientMachine = {
  start: ({ timing, isReliable }) => ({
    state: begun,
    actions: [
      { kind: 'send-request' },
      ...(isReliable ? [] : [start('E', timing.t1)]),
      start('F', 64 * timing.t1),
    ],
  }),
  step(state, event, options) {
    if (state.phase === 'ended') return { state, actions: [] };
    if (event.kind === 'response') return otherResponse(state, event.response, options);
    if (event.kind === 'send-failed') return failed(state, 'transport');
    if (event.kind !== 'timer') return { state, actions: [] };
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
    if (sent >= (timing.mostRequests ?? Infinity)) return { state, actions: [] };
    const doubled = Math.min(timing.t1 * 2 ** sent, timing.t2);
    const wait = phase === 'proceeding' ? timing.t2 : doubled;
    return { state: { phase, sent: sent + 1 }, actions: [again, start('E', wait)] };
  }
  if (name === 'F' && isWaiting) return failed(state, 'timeout');
  if (name === 'K' && phase === 'completed') return ended(state);
  return { state, actions: [] };
}

function otherResponse(
  state: ClientState,
  response: SipResponse,
  { timing, isReliable }: TransactionOptions,
): Step<ClientState> {
  const { phase } = state;
  if (phase !== 'calling' && phase !== 'proceeding') return { state, actions: [] };
  const pass: TransactionAction = { kind: 'pass-response', response };
  if (response.status < 200) return { state: { ...state, phase: 'proceeding' }, actions: [pass] };
  const actions = [stop('E'), stop('F'), pass];
  if (isReliable) return ended(state, actions);
  return { state: { ...state, phase: 'completed' }, actions: [...actions, start('K', timing.t4)] };
}

const again: TransactionAction = { kind: 'send-request' };

function start(name: SipTimerName, ms: number): TransactionAction {
  return { kind: 'start', name, ms };
}

function stop(name: SipTimerName): TransactionAction {
  return { kind: 'stop', name };
}

function ended(state: ClientState, actions: readonly TransactionAction[] = []): Step<ClientState> {
  return { state: { ...state, phase: 'ended' }, actions: [...actions, { kind: 'end' }] };
}

function failed(state: ClientState, because: 'timeout' | 'transport'): Step<ClientState> {
  return ended(state, [{ kind: 'fail', because }]);
}
