import { runClient, type ClientHandler } from './client-runner.ts';
import type { RunnerParts, Running, SipPath } from './runner.ts';
import { createServerTransactions, type ServerOptions } from './server-transactions.ts';
import type { SipMessage, SipRequest, SipResponse } from './sip-message.ts';
import { clientKey } from './transaction-key.ts';
import type { SipTiming } from './transaction-machine.ts';

export type SipTransactionsOptions = ServerOptions & {
  readonly timing: SipTiming;
  /** Runs a task after milliseconds; returns what cancels it. */
  after(ms: number, run: () => void): () => void;
  /** A response that belongs to no request: what came too late. */
  onStrayResponse?(response: SipResponse, from: SipPath): void;
};

export type SipTransactions = {
  /** Sends a request whose top Via has a branch of its own. Throws Error where it is in use. */
  request(request: SipRequest, path: SipPath, handler: ClientHandler): void;
  /** An ACK to a 2xx, which no transaction sends again: send it for each 2xx that comes. */
  sendAlone(ack: SipRequest, path: SipPath): void;
  /** A message that came in, checked before. Throws CodecError where its key cannot be read. */
  receive(message: SipMessage, from: SipPath): void;
  /** The connection is gone, or an error came back. */
  sendFailed(path: SipPath): void;
  /** Transactions under way. */
  readonly size: number;
  /** Ends all without a word. */
  close(): void;
};

/** Joins the machines of RFC 3261 section 17 with a transport. Owns their timers. */
export function createSipTransactions(options: SipTransactionsOptions): SipTransactions {
  const clients = new Map<string, Running>();
  const servers = createServerTransactions(options, partsFor);

  function partsFor(path: SipPath, onEnd: () => void): RunnerParts {
    const { timing, after, send } = options;
    return { timing, after, path, onEnd, send: (message) => send(message, path) };
  }

  const all = () => [...clients.values(), ...servers.all()];

  return {
    request(request, path, handler) {
      const key = clientKey(request);
      if (clients.has(key)) throw new Error(`the branch of ${request.method} is in use`);
      const parts = partsFor(path, () => clients.delete(key));
      const running = runClient(request, handler, parts);
      clients.set(key, running);
      running.begin();
    },
    sendAlone: (ack, path) => options.send(ack, path),
    receive(message, from) {
      if (message.kind === 'request') {
        servers.receive(message, from);
        return;
      }
      const running = clients.get(clientKey(message));
      if (running) running.step({ kind: 'response', response: message });
      else options.onStrayResponse?.(message, from);
    },
    sendFailed({ address, port, transport }) {
      for (const { path, step } of all())
        if (path.address === address && path.port === port && path.transport === transport)
          step({ kind: 'send-failed' });
    },
    get size() {
      return all().length;
    },
    close() {
      for (const { close } of all()) close();
      clients.clear();
      servers.clear();
    },
  };
}
