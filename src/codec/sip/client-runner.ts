import { inviteClient, otherClient } from './client-transaction.ts';
import { headerName } from './header-names.ts';
import { headerOf, headersOf } from './headers-of.ts';
import { parseCSeq } from './cseq.ts';
import { createTimers, type RunnerParts, type Running } from './runner.ts';
import type { SipRequest, SipResponse } from './sip-message.ts';
import type { TransactionAction } from './transaction-machine.ts';

/** How a request that was sent ended: with a final answer, or with none. */
export type ClientHandler = {
  provisional?(response: SipResponse): void;
  final(response: SipResponse): void;
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

/** RFC 3261 section 17.1.1.3. */
function acknowledgement(invite: SipRequest, response: SipResponse): SipRequest {
  const [via = ''] = headersOf(invite, 'via');
  const { number } = parseCSeq(headerOf(invite, 'cseq') ?? '');
  const same = (name: string) =>
    invite.headers.filter((header) => headerName(header.name) === name);
  const headers = [
    { name: 'Via', value: via },
    ...same('route'),
    ...same('max-forwards'),
    ...same('from'),
    { name: 'To', value: headerOf(response, 'to') ?? '' },
    ...same('call-id'),
    { name: 'CSeq', value: `${number} ACK` },
  ];
  return { ...invite, method: 'ACK', headers, body: new Uint8Array() };
}
