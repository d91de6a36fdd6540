import { acknowledgement } from './client-requests.ts';
import { inviteClient, otherClient } from './client-transaction.ts';
import { createTimers, type RunnerParts, type Running } from './runner.ts';
import type { SipRequest, SipResponse } from './sip-message.ts';
import type { TransactionAction } from './transaction-machine.ts';

/** What comes of a request that was sent. */
export type ClientHandler = {
  provisional?(response: SipResponse): void;
  /** Once; only an INVITE that several phones took, or whose ACK was lost, has more than one 2xx. */
  final(response: SipResponse): void;
  /** No final answer came. */
  failed(because: 'timeout' | 'transport'): void;
};

export function runClient(
  request: SipRequest,
  handler: ClientHandler,
  parts: RunnerParts,
): Running & { begin(): void } {
  const { path, timing, send } = parts;
  const machine = request.method === 'INVITE' ? inviteClient : otherClient;
  const settings = { timing, isReliable: path.transport === 'TCP' };
  const first = machine.start(settings);
  let { state } = first;
  const timers = createTimers(parts.after, (name) => step({ kind: 'timer', name }));

  function act(action: TransactionAction): void {
    timers.act(action);
    if (action.kind === 'send-request') send(request);
    if (action.kind === 'send-ack') send(acknowledgement(request, action.response));
    if (action.kind === 'pass-response') pass(handler, action.response);
    if (action.kind === 'fail') handler.failed(action.because);
    if (action.kind !== 'end') return;
    timers.close();
    parts.onEnd();
  }

  function step(event: Parameters<Running['step']>[0]): void {
    const next = machine.step(state, event, settings);
    state = next.state;
    next.actions.forEach(act);
  }

  return { path, step, close: timers.close, begin: () => first.actions.forEach(act) };
}

function pass(handler: ClientHandler, response: SipResponse): void {
  if (response.status < 200) handler.provisional?.(response);
  else handler.final(response);
}
