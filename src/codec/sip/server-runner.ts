import { respond, type ResponseParts } from './respond.ts';
import { createTimers, type RunnerParts, type Running } from './runner.ts';
import { inviteServer, otherServer } from './server-transaction.ts';
import type { SipRequest } from './sip-message.ts';
import type { Step, TransactionAction, TransactionEvent } from './transaction-machine.ts';

export type ServerParts = RunnerParts & {
  /** For a To without one; the same in all answers to one request. */
  readonly tag: string;
  onAck(ack: SipRequest): void;
  onFailed(because: 'timeout' | 'transport'): void;
};

export type RunningServer = Running & {
  answer(parts: ResponseParts): void;
  /** Status of the last answer; undefined before the first. */
  readonly status: number | undefined;
};

export function runServer(request: SipRequest, parts: ServerParts): RunningServer {
  const { path, timing, send, tag } = parts;
  const machine = request.method === 'INVITE' ? inviteServer : otherServer;
  const settings = { timing, isReliable: path.transport === 'TCP' };
  const first = machine.start(settings);
  let { state } = first;
  const timers = createTimers(parts.after, (name) => step({ kind: 'timer', name }));
  first.actions.forEach(act);

  function act(action: TransactionAction): void {
    timers.act(action);
    if (action.kind === 'send-response') send(action.response);
    if (action.kind === 'send-trying') answer({ status: 100, reason: 'Trying' });
    if (action.kind === 'pass-ack') parts.onAck(action.request);
    if (action.kind === 'fail') parts.onFailed(action.because);
    if (action.kind !== 'end') return;
    timers.close();
    parts.onEnd();
  }

  function step(event: TransactionEvent): void {
    const next: Step<typeof state> = machine.step(state, event, settings);
    state = next.state;
    next.actions.forEach(act);
  }

  function answer(answered: ResponseParts): void {
    step({ kind: 'answer', response: respond(request, { tag, ...answered }) });
  }

  return {
    path,
    step,
    answer,
    close: timers.close,
    get status() {
      return state.last?.status;
    },
  };
}
