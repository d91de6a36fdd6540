import type { ProvisionEvent } from '../../core/asking.ts';
import type { Clock } from '../../core/clock.ts';
import { families } from '../../families/index.ts';
import type { Restart } from '../../model/restart.ts';
import type { UnistimServer } from '../../servers/unistim/server.ts';
import { repeat } from '../repeat.ts';
import { restartWay } from '../sip/send-restart.ts';
import type { OpenWorkspace } from '../workspace.ts';

export type SessionRestartsParts = {
  readonly workspace: OpenWorkspace;
  readonly clock: Clock;
  readonly server: Pick<UnistimServer, 'reset'>;
  readonly onEvent: (event: ProvisionEvent) => void;
};

/** Milliseconds between two looks for what commands have left. */
const looks = 300;

/** Takes up the restarts of phones that keep a session with this server. Returns what ends it. */
export function takeUpSessionRestarts(parts: SessionRestartsParts): () => void {
  const { workspace, clock, onEvent } = parts;

  async function look(): Promise<void> {
    const asked = (await workspace.store.restartList()).filter(({ state }) => state === 'asked');
    for (const restart of asked) await carryOut(parts, restart);
  }

  return repeat(clock, looks, look, (error) => onEvent({ kind: 'problem', error }));
}

async function carryOut(
  { workspace, clock, server, onEvent }: SessionRestartsParts,
  restart: Restart,
): Promise<void> {
  const { store, layersFor } = workspace;
  const { mac, kind } = restart;
  const { way } = await restartWay({ store, families, layersFor, clock, mac, kind });
  if (way.kind !== 'session') return;
  await store.restartPut({ ...restart, state: 'sending' });
  const isSent = server.reset(mac, way.how);
  const text = isSent
    ? `${way.how} reset by UNIStim: ${way.does}`
    : 'it is in no session with this server now';
  await store.restartPut({ ...restart, state: isSent ? 'sent' : 'failed', text });
  onEvent({ kind: 'news', mac, at: clock.now(), text: `restart: ${text}` });
}
