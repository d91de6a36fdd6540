import { inviteServer, otherServer } from './server-transaction.ts';
import { createTimers, type RunnerParts, type Running } from './runner.ts';
import type { SipRequest } from './sip-message.ts';
import type { TransactionAction } from './transaction-machine.ts';

export function runServer(
  request: SipRequest,
  parts: RunnerParts & { onAck(ack: SipRequest): void },
): Running {
  const { path, timing, send } = parts;
  const machine = request.method === 'INVITE' ? inviteServer : otherServer;
  const settings = { timing, isReliable: path.transport === 'TCP' };
  let state = machine.start;
  const timers = createTimers(parts.after, (name) => step({ kind: 'timer', name }));

  function act(action: TransactionAction): void {
    timers.act(action);
    if (action.kind === 'send-response') send(action.response);
    if (action.kind === 'pass-ack') parts.onAck(action.request);
    if (action.kind !== 'end') return;
    timers.close();
    parts.onEnd();
  }

  function step(event: Parameters<Running['step']>[0]): void {
    const next = machine.step(state, event, settings);
    state = next.state;
    next.actions.forEach(act);
  }

  return { path, step, close: timers.close };
}
