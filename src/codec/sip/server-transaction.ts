import type { SipResponse } from './sip-message.ts';
import type {
  SipTimerName,
  Step,
  TransactionAction,
  TransactionEvent,
  TransactionOptions,
} from './transaction-machine.ts';

/** RFC 3261 sections 17.2.1 and 17.2.2; `accepted` is of RFC 6026 section 7.1. */
export type ServerState = {
  readonly phase: 'trying' | 'proceeding' | 'completed' | 'confirmed' | 'accepted' | 'ended';
  /** The last response, for a request that comes again. */
  readonly last?: SipResponse;
  /** Times that a final response to an INVITE was sent. */
  readonly sent: number;
};

export type ServerMachine = {
  readonly start: ServerState;
  step(state: ServerState, event: TransactionEvent, options: TransactionOptions): Step<ServerState>;
};

/** INVITE. */
export const inviteServer: ServerMachine = {
  start: { phase: 'proceeding', sent: 0 },
  step(state, event, options) {
    switch (event.kind) {
      case 'request':
        return inviteAgain(state, event, options);
      case 'answer':
        return inviteAnswer(state, event.response, options);
      case 'timer':
        return inviteTimer(state, event.name, options);
      case 'send-failed':
        return failed(state, 'transport');
      case 'response':
        return { state, actions: [] };
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
    return phase === 'proceeding' || phase === 'completed' ? repeat(state) : { state, actions: [] };
  if (phase === 'accepted') return { state, actions: [{ kind: 'pass-ack', request }] };
  if (phase !== 'completed') return { state, actions: [] };
  const actions = [stop('G'), stop('H')];
  if (isReliable) return ended(state, actions);
  const confirmed = { ...state, phase: 'confirmed' } as const;
  return { state: confirmed, actions: [...actions, start('I', timing.t4)] };
}

function inviteAnswer(
  state: ServerState,
  response: SipResponse,
  { timing, isReliable }: TransactionOptions,
): Step<ServerState> {
  const { phase } = state;
  const send: TransactionAction = { kind: 'send-response', response };
  const isSuccess = response.status >= 200 && response.status < 300;
  if (phase === 'accepted' && isSuccess) return { state, actions: [send] };
  if (phase !== 'proceeding') return { state, actions: [] };
  if (response.status < 200) return { state: { ...state, last: response }, actions: [send] };
  if (isSuccess)
    return {
      state: { phase: 'accepted', last: response, sent: 1 },
      actions: [send, start('L', 64 * timing.t1)],
    };
  const repeats = isReliable ? [] : [start('G', timing.t1)];
  return {
    state: { phase: 'completed', last: response, sent: 1 },
    actions: [send, ...repeats, start('H', 64 * timing.t1)],
  };
}

function inviteTimer(
  state: ServerState,
  name: SipTimerName,
  { timing }: TransactionOptions,
): Step<ServerState> {
  const { phase, last, sent } = state;
  if (name === 'G' && phase === 'completed' && last)
    return {
      state: { ...state, sent: sent + 1 },
      actions: [
        { kind: 'send-response', response: last },
        start('G', Math.min(timing.t1 * 2 ** sent, timing.t2)),
      ],
    };
  if (name === 'H' && phase === 'completed') return failed(state, 'timeout');
  if (name === 'I' && phase === 'confirmed') return ended(state);
  if (name === 'L' && phase === 'accepted') return ended(state);
  return { state, actions: [] };
}

/** All but INVITE and ACK. */
export const otherServer: ServerMachine = {
  start: { phase: 'trying', sent: 0 },
  step(state, event, { timing, isReliable }) {
    const { phase } = state;
    if (event.kind === 'send-failed') return failed(state, 'transport');
    if (event.kind === 'request')
      return phase === 'proceeding' || phase === 'completed'
        ? repeat(state)
        : { state, actions: [] };
    if (event.kind === 'timer')
      return event.name === 'J' && phase === 'completed' ? ended(state) : { state, actions: [] };
    if (event.kind !== 'answer' || (phase !== 'trying' && phase !== 'proceeding'))
      return { state, actions: [] };
    const { response } = event;
    const send: TransactionAction = { kind: 'send-response', response };
    if (response.status < 200)
      return { state: { ...state, phase: 'proceeding', last: response }, actions: [send] };
    const completed: ServerState = { phase: 'completed', last: response, sent: 1 };
    if (isReliable) return ended(completed, [send]);
    return { state: completed, actions: [send, start('J', 64 * timing.t1)] };
  },
};

function repeat(state: ServerState): Step<ServerState> {
  const { last } = state;
  return { state, actions: last ? [{ kind: 'send-response', response: last }] : [] };
}

function start(name: SipTimerName, ms: number): TransactionAction {
  return { kind: 'start', name, ms };
}

function stop(name: SipTimerName): TransactionAction {
  return { kind: 'stop', name };
}

function ended(state: ServerState, actions: readonly TransactionAction[] = []): Step<ServerState> {
  return { state: { ...state, phase: 'ended' }, actions: [...actions, { kind: 'end' }] };
}

function failed(state: ServerState, because: 'timeout' | 'transport'): Step<ServerState> {
  return ended(state, [{ kind: 'fail', because }]);
}
