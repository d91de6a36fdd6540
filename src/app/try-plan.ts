import type { PlanTrial } from '../cli/operations.ts';
import type { TwinEnd } from '../cli/twin-events.ts';
import type { TwinOptions } from '../cli/twin-options.ts';
import type { Clock } from '../core/clock.ts';
import type { PlanMode } from '../model/plan.ts';
import { memoryStore } from '../store/memory.ts';
import { parseIPv4Network } from '../wire/ipv4-network.ts';
import { serveWorkspace } from './serve.ts';
import type { OpenWorkspace } from './workspace.ts';

/** Switched off and on so often, as a person would do with a phone that does nothing. */
const mostPowerCycles = 4;
/** The server waits this much shorter than with real phones. */
const hurry = 10;
/** Milliseconds after the phone has come to rest, for what its silence proves. */
const restMs = 8000 / hurry;
const address = '127.0.0.77';

type Parts = {
  readonly workspace: OpenWorkspace;
  readonly clock: Clock;
  bootTwin(options: TwinOptions): Promise<TwinEnd>;
  pause(ms: number): Promise<void>;
};

/**
 * Carries a virtual phone through the plan on a server of its own, with the workspace's files,
 * firmware and settings. Nothing of it is kept. Signatures of vendors' firmware count as good.
 */
export async function tryPlan(parts: Parts, trial: PlanTrial): Promise<TwinEnd> {
  const { workspace, bootTwin, pause } = parts;
  const { phone, from, to } = trial;
  const store = memoryStore();
  await store.phonePut({ ...phone, image: to, running: from });
  const planning = (mode?: PlanMode) => workspace.planning(mode ?? trial.mode);
  const apart: OpenWorkspace = { ...workspace, config: onlyTftp(workspace), store, planning };
  const server = await serveWorkspace(
    apart,
    { tftp: '127.0.0.1:0', workers: 1 },
    hurried(parts.clock),
    () => undefined,
  );
  const { mac, model } = phone;
  const [host = '', port = ''] = (server.listen['tftp'] ?? '').split(':');
  const tftp = { address: host, port: Number(port) };
  const common = {
    mac,
    model,
    address,
    tftp,
    timeScale: 0,
    http: 'never',
    trusting: true,
  } as const;
  let image: string = from;
  try {
    for (let cycle = 0; ; cycle++) {
      const onLine = () => undefined;
      const end = await bootTwin({ ...common, image, seed: cycle, onLine });
      await pause(restMs);
      const state = (await store.progressGet(mac))?.state;
      const isOver =
        state === 'stopped' || state === 'waiting' || (state === 'done' && end.image === to);
      if (isOver || end.image === '' || cycle === mostPowerCycles) return end;
      image = end.image;
    }
  } finally {
    await server.stop();
  }
}

/** For its own virtual phone alone, which is believed who it is. */
function onlyTftp({ config }: OpenWorkspace): OpenWorkspace['config'] {
  return { ...config, servers: {}, trust: { networks: [parseIPv4Network(address)] } };
}

function hurried(clock: Clock): Clock {
  return {
    now: () => clock.now(),
    after: (ms, run) => clock.after(ms >= 1000 ? ms / hurry : ms, run),
  };
}
