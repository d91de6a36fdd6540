import type { SipAddress } from './response-route.ts';
import type { SipMessage } from './sip-message.ts';
import type {
  SipTimerName,
  SipTiming,
  TransactionAction,
  TransactionEvent,
} from './transaction-machine.ts';

/** A way to a peer: an address by UDP, or a connection. */
export type SipPath = SipAddress & { readonly transport: 'UDP' | 'TCP' };

/** A transaction under way. */
export type Running = {
  readonly path: SipPath;
  step(event: TransactionEvent): void;
  /** Stops its timers. */
  close(): void;
};

export type RunnerParts = {
  readonly timing: SipTiming;
  readonly path: SipPath;
  send(message: SipMessage): void;
  after(ms: number, run: () => void): () => void;
  onEnd(): void;
};

/** The timers of one transaction. */
export type Timers = {
  act(action: TransactionAction): void;
  close(): void;
};

export function createTimers(
  after: RunnerParts['after'],
  expired: (name: SipTimerName) => void,
): Timers {
  const running = new Map<SipTimerName, () => void>();
  let isClosed = false;
  return {
    act(action) {
      if (action.kind !== 'start' && action.kind !== 'stop') return;
      const { name } = action;
      running.get(name)?.();
      running.delete(name);
      // A handler that was told of an answer may have ended everything.
      if (action.kind === 'start' && !isClosed)
        running.set(
          name,
          after(action.ms, () => expired(name)),
        );
    },
    close() {
      isClosed = true;
      for (const cancel of running.values()) cancel();
      running.clear();
    },
  };
}
