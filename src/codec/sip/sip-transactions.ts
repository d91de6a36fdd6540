import { runClient, type ClientHandler } from './client-runner.ts';
import { respond, type ResponseParts } from './respond.ts';
import { withReceived } from './response-route.ts';
import type { RunnerParts, Running, SipPath } from './runner.ts';
import { runServer } from './server-runner.ts';
import type { SipMessage, SipRequest, SipResponse } from './sip-message.ts';
import { clientKey, serverKey } from './transaction-key.ts';
import type { SipTiming } from './transaction-machine.ts';

export type ServerTransaction = {
  readonly request: SipRequest;
  readonly from: SipPath;
  /** Provisional ones as often as wanted, a final one once. */
  answer(parts: ResponseParts): void;
};

export type SipTransactionsOptions = {
  readonly timing: SipTiming;
  send(message: SipMessage, path: SipPath): void;
  /** Runs a task after milliseconds; returns what cancels it. */
  after(ms: number, run: () => void): () => void;
  /** A new request; not for an ACK to a final answer that is not 2xx, nor for what comes again. */
  onRequest(transaction: ServerTransaction): void;
  /** ACK to a 2xx. */
  onAck?(request: SipRequest, from: SipPath): void;
  /** A response that belongs to no request: a 2xx that comes again, or what came too late. */
  onStrayResponse?(response: SipResponse, from: SipPath): void;
};

export type SipTransactions = {
  /** Sends a request whose top Via has a branch of its own. */
  request(request: SipRequest, path: SipPath, handler: ClientHandler): void;
  /** A message that came in, checked before. Throws CodecError where its key cannot be read. */
  receive(message: SipMessage, from: SipPath): void;
  /** The connection is gone, or an error came back. */
  sendFailed(path: SipPath): void;
  readonly size: number;
  /** Ends all without a word. */
  close(): void;
};

/** Joins the machines of RFC 3261 section 17 with a transport. Owns their timers. */
export function createSipTransactions(options: SipTransactionsOptions): SipTransactions {
  const clients = new Map<string, Running>();
  const servers = new Map<string, Running>();

  function partsFor(path: SipPath, onEnd: () => void): RunnerParts {
    const { timing, after, send } = options;
    return { timing, after, path, onEnd, send: (message) => send(message, path) };
  }

  function serve(message: SipRequest, path: SipPath): void {
    const key = serverKey(message);
    const running = runServer(message, {
      ...partsFor(path, () => servers.delete(key)),
      onAck: (ack) => options.onAck?.(ack, path),
    });
    servers.set(key, running);
    options.onRequest({
      request: message,
      from: path,
      answer: (parts) => running.step({ kind: 'answer', response: respond(message, parts) }),
    });
  }

  return {
    request(message, path, handler) {
      const key = clientKey(message);
      const parts = partsFor(path, () => clients.delete(key));
      const running = runClient(message, handler, parts);
      clients.set(key, running);
      running.begin();
    },
    receive(message, from) {
      if (message.kind === 'response') {
        const running = clients.get(clientKey(message));
        if (running) running.step({ kind: 'response', response: message });
        else options.onStrayResponse?.(message, from);
        return;
      }
      const running = servers.get(serverKey(message));
      if (running) running.step({ kind: 'request', request: message });
      else if (message.method === 'ACK') options.onAck?.(message, from);
      else serve(withReceived(message, from), from);
    },
    sendFailed({ address, port, transport }) {
      for (const running of [...clients.values(), ...servers.values()]) {
        const { path } = running;
        if (path.address === address && path.port === port && path.transport === transport)
          running.step({ kind: 'send-failed' });
      }
    },
    get size() {
      return clients.size + servers.size;
    },
    close() {
      for (const running of [...clients.values(), ...servers.values()]) running.close();
      clients.clear();
      servers.clear();
    },
  };
}
