import { headersOf, headerOf } from '../../codec/sip/headers-of.ts';
import { receiveSip } from '../../codec/sip/receive-sip.ts';
import { respond } from '../../codec/sip/respond.ts';
import { responseAddress, withReceived } from '../../codec/sip/response-route.ts';
import type { SipPath } from '../../codec/sip/runner.ts';
import { serializeSip } from '../../codec/sip/serialize-sip.ts';
import type { ClientHandler } from '../../codec/sip/client-runner.ts';
import type { ServerOptions } from '../../codec/sip/server-transactions.ts';
import type { SipMessage, SipRequest } from '../../codec/sip/sip-message.ts';
import type { SipAbilities, SipProblem } from '../../codec/sip/sip-problem.ts';
import { createSipTransactions } from '../../codec/sip/sip-transactions.ts';
import type { SipTiming } from '../../codec/sip/transaction-machine.ts';
import { CodecError } from '../../wire/codec-error.ts';
import type { Clock } from '../clock.ts';
import type { Datagram, Endpoint, Network } from '../network.ts';
import type { Server } from '../tftp-client.ts';
import type { SipHappening } from './sip-happening.ts';

export type SipPortOptions = Pick<ServerOptions, 'onRequest' | 'onAck' | 'onAnswerLost'> & {
  readonly network: Network;
  readonly clock: Clock;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly timing: SipTiming;
  readonly controlPort: number;
  /** Sends requests from the control port, as behind NAT; else from another one. */
  readonly isSymmetric: boolean;
  readonly abilities: SipAbilities;
  /** User-Agent of answers that need no thinking. */
  readonly userAgent: string;
  newTag(): string;
  tell(happening: SipHappening): void;
};

/** A phone's SIP ports and the transactions over them. */
export type SipPort = {
  request(request: SipRequest, to: Server, handler: ClientHandler): void;
  /** An ACK to a 2xx, which is no transaction. */
  send(message: SipMessage, to: Server): void;
  close(): void;
};

/** Log of a 7960 with 8.12, Linux kernel list, 2020-12-24: requests come from port 51098. */
const sourcePorts = { first: 49_152, count: 4_096 } as const;
const sourceTries = 16;

/** Rejects when the control port is taken. */
export async function openSipPort(options: SipPortOptions): Promise<SipPort> {
  const { network, clock, timing, tell, newTag, onRequest, onAck, onAnswerLost } = options;
  const listening = await network.bind(options.controlPort);
  const source = options.isSymmetric ? listening : await sourcePort(options, listening);

  function send(message: SipMessage, { address, port }: Server): void {
    tell(happeningOf(message, 'phone', { address, port }));
    const endpoint = message.kind === 'request' ? source : listening;
    endpoint.send(serializeSip(message), address, port);
  }

  const transactions = createSipTransactions({
    ...{ timing, newTag, onRequest, send },
    ...(onAck && { onAck }),
    ...(onAnswerLost && { onAnswerLost }),
    after: (ms, run) => clock.after(ms, run, 'answer'),
  });

  function take({ bytes, address, port }: Datagram): void {
    const from: SipPath = { address, port, transport: 'UDP' };
    const received = receiveSip(bytes, options.abilities);
    if (received.kind === 'unreadable') return;
    const { message } = received;
    tell(happeningOf(message, 'peer', from));
    if (received.kind === 'good') transactions.receive(message, from);
    else if (message.kind === 'request') refuse(message, received.problem, from);
  }

  function refuse(request: SipRequest, problem: SipProblem, from: SipPath): void {
    if (request.method === 'ACK') return;
    const { status, reason, headers = [] } = problem;
    const server = { name: 'Server', value: options.userAgent };
    const parts = { status, reason, tag: newTag(), headers: [server, ...headers] };
    const response = respond(withReceived(request, from), parts);
    const to = responseAddress(response);
    if (to) send(response, to);
  }

  const endpoints = new Set([listening, source]);
  for (const endpoint of endpoints) endpoint.each((datagram) => ignoringFaults(take, datagram));
  return {
    request: (request, to, handler) =>
      transactions.request(request, { ...to, transport: 'UDP' }, handler),
    send,
    close() {
      transactions.close();
      for (const endpoint of endpoints) endpoint.close();
    },
  };
}

/** What has no readable Via or key gets no answer: nobody knows where to. */
function ignoringFaults(take: (datagram: Datagram) => void, datagram: Datagram): void {
  try {
    take(datagram);
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
  }
}

async function sourcePort(
  { network, random, controlPort }: SipPortOptions,
  listening: Endpoint,
): Promise<Endpoint> {
  for (let tried = 0; tried < sourceTries; tried++) {
    const port = sourcePorts.first + Math.floor(random() * sourcePorts.count);
    if (port === controlPort) continue;
    const endpoint = await network.bind(port).catch(() => undefined);
    if (endpoint) return endpoint;
  }
  return listening;
}

function happeningOf(
  message: SipMessage,
  from: SipHappening['from'],
  { address, port }: Server,
): SipHappening {
  const [, answered = ''] = /(\S+)$/.exec(headerOf(message, 'cseq') ?? '') ?? [];
  const method = message.kind === 'request' ? message.method : answered;
  const callId = headerOf(message, 'call-id');
  const [event] = method === 'NOTIFY' ? headersOf(message, 'event') : [];
  return {
    ...{ kind: 'sip', from, peer: `${address}:${port}`, method },
    ...(message.kind === 'response' && { status: message.status, reason: message.reason }),
    ...(callId !== undefined && { callId }),
    ...(event !== undefined && message.kind === 'request' && { package: event }),
  };
}
