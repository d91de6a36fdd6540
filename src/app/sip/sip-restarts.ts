import type { ProvisionEvent } from '../../core/asking.ts';
import type { Clock } from '../../core/clock.ts';
import type { Restart } from '../../model/restart.ts';
import type { Store } from '../../model/store.ts';
import { repeat } from '../repeat.ts';
import { carryOutRestart } from './carry-out-restart.ts';
import { restartWay, type SendRestartParts } from './send-restart.ts';

export type SipRestartsParts = Omit<SendRestartParts, 'mac' | 'kind' | 'via'> & {
  readonly store: Store;
  readonly clock: Clock;
  readonly onEvent: (event: ProvisionEvent) => void;
};

/** Milliseconds between two looks for what commands have left. */
const looks = 500;

/**
 * Takes up the restarts that commands ask for: phones that listen to their registrar alone get them
 * from its own address and port. Returns what ends it.
 */
export function takeUpRestarts(parts: SipRestartsParts): () => void {
  const { store, clock, onEvent } = parts;
  const onProblem = (error: unknown) => onEvent({ kind: 'problem', error });

  async function take(restart: Restart): Promise<void> {
    const { way } = await restartWay({ ...parts, mac: restart.mac, kind: restart.kind });
    // The server that has its session takes it up.
    if (way.kind === 'session') return;
    const { text } = await carryOutRestart(parts, restart);
    onEvent({ kind: 'news', mac: restart.mac, at: clock.now(), text: `restart: ${text}` });
  }

  async function look(): Promise<void> {
    const asked = (await store.restartList()).filter(({ state }) => state === 'asked');
    // What waits for an answer of a phone ends with the server's sockets.
    for (const restart of asked) take(restart).catch(onProblem);
  }

  return repeat(clock, looks, look, onProblem);
}
