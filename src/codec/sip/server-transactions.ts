import { headerOf } from './headers-of.ts';
import { tagOf } from './name-addr.ts';
import { respond, type ResponseParts } from './respond.ts';
import { responseAddress, withReceived } from './response-route.ts';
import type { RunnerParts, Running, SipPath } from './runner.ts';
import { runServer, type RunningServer } from './server-runner.ts';
import type { SipMessage, SipRequest } from './sip-message.ts';
import { callKey, cancelledKey, serverKey } from './transaction-key.ts';

export type ServerTransaction = {
  /** With `received` and `rport` in its top Via. */
  readonly request: SipRequest;
  readonly from: SipPath;
  /** The INVITE that this CANCEL is for; it has no final answer yet. */
  readonly cancels?: ServerTransaction;
  /**
   * Provisional ones as often as wanted, a final one once; later ones are not sent. A To without tag
   * gets the transaction's own.
   */
  answer(parts: ResponseParts): void;
};

/** What becomes of requests that come in. */
export type ServerOptions = {
  send(message: SipMessage, path: SipPath): void;
  /** A token that no other has: for the tags of answers. RFC 3261 section 19.3. */
  newTag(): string;
  /** A new request; not an ACK, nor what comes again. */
  onRequest(transaction: ServerTransaction): void;
  /** ACK to a 2xx, once. */
  onAck?(request: SipRequest, from: SipPath): void;
  /** No ACK came for an answer to an INVITE, or an answer could not be sent. */
  onAnswerLost?(request: SipRequest, because: 'timeout' | 'transport'): void;
  /** Requests that are served at once, 10,000 when left out; more are answered with 503. */
  readonly mostServed?: number;
};

type Served = { readonly running: RunningServer; readonly transaction: ServerTransaction };

/** The server transactions under way. */
export type ServerTransactions = {
  receive(request: SipRequest, from: SipPath): void;
  all(): readonly Running[];
  clear(): void;
};

export function createServerTransactions(
  options: ServerOptions,
  partsFor: (path: SipPath, onEnd: () => void) => RunnerParts,
): ServerTransactions {
  const servers = new Map<string, Served>();
  /** By what copies of a request that came on different ways have in common. */
  const calls = new Map<string, Served>();

  function serve(request: SipRequest, from: SipPath): void {
    const seen = withReceived(request, from);
    const running = begin(request, seen, from);
    const transaction: ServerTransaction = {
      ...{ request: seen, from, answer: running.answer },
      ...cancelled(request),
    };
    const served = { running, transaction };
    const original = calls.get(callKey(request));
    servers.set(serverKey(request), served);
    if (original && isMerged(request, original))
      return running.answer({ status: 482, reason: 'Loop Detected' });
    calls.set(callKey(request), served);
    return options.onRequest(transaction);
  }

  function begin(request: SipRequest, seen: SipRequest, from: SipPath): RunningServer {
    const key = serverKey(request);
    const call = callKey(request);
    const end = () => {
      if (calls.get(call) === servers.get(key)) calls.delete(call);
      servers.delete(key);
    };
    return runServer(seen, {
      ...partsFor(answerPath(seen, from), end),
      tag: options.newTag(),
      onAck: (ack) => options.onAck?.(ack, from),
      onFailed: (because) => options.onAnswerLost?.(seen, because),
    });
  }

  /** The INVITE that a CANCEL is for, as long as it has no final answer. RFC 3261 section 9.2. */
  function cancelled(request: SipRequest): { readonly cancels?: ServerTransaction } {
    const found = request.method === 'CANCEL' ? servers.get(cancelledKey(request)) : undefined;
    return found && (found.running.status ?? 100) < 200 ? { cancels: found.transaction } : {};
  }

  /** The ACK to a 2xx has a branch of its own. */
  const acknowledge = (request: SipRequest, from: SipPath) => {
    const call = calls.get(callKey(request));
    if (call) call.running.step({ kind: 'request', request });
    else options.onAck?.(request, from);
  };

  return {
    receive(request, from) {
      const known = servers.get(serverKey(request));
      if (known) known.running.step({ kind: 'request', request });
      else if (request.method === 'ACK') acknowledge(request, from);
      else if (servers.size < (options.mostServed ?? 10_000)) serve(request, from);
      else refuse(options, request, from);
    },
    all: () => [...servers.values()].map(({ running }) => running),
    clear() {
      servers.clear();
      calls.clear();
    },
  };
}

/** Without keeping anything. */
function refuse({ newTag, send }: ServerOptions, request: SipRequest, from: SipPath): void {
  const seen = withReceived(request, from);
  const response = respond(seen, { status: 503, reason: 'Service Unavailable', tag: newTag() });
  send(response, answerPath(seen, from));
}

/** Over TCP the connection that the request came by; else what its Via says. */
function answerPath(seen: SipRequest, from: SipPath): SipPath {
  if (from.transport === 'TCP') return from;
  const address = responseAddress(respond(seen, { status: 100, reason: 'Trying' }));
  return address ? { ...address, transport: 'UDP' } : from;
}

/**
 * The same request by another way. One that was asked for credentials may come again without a new
 * number in CSeq, as some phones send it. RFC 3261 section 8.2.2.2.
 */
function isMerged(request: SipRequest, { running: { status } }: Served): boolean {
  if (request.method === 'CANCEL' || status === 401 || status === 407) return false;
  return tagOf('to', headerOf(request, 'to') ?? '') === undefined;
}
