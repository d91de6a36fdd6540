import type { PlanTrial } from '../cli/operations.ts';
import type { TwinEnd } from '../cli/twin-events.ts';
import type { TwinOptions } from '../cli/twin-options.ts';
import type { Clock } from '../core/clock.ts';
import { sameImage } from '../core/same-image.ts';
import { families } from '../families/index.ts';
import { ipcmService } from '../families/nortel-2004/ipcm/provisioning.ts';
import { sortOfImage } from '../families/nortel-2004/image-name.ts';
import { nortel2004 } from '../families/nortel-2004/nortel-2004.ts';
import type { PhoneFamily } from '../model/family.ts';
import type { Phone } from '../model/phone.ts';
import type { PlanMode } from '../model/plan.ts';
import type { Store } from '../model/store.ts';
import { AppError } from '../errors.ts';
import { memoryStore } from '../store/memory.ts';
import type { Mac } from '../wire/mac.ts';
import { parseIPv4Network } from '../wire/ipv4-network.ts';
import { serveWorkspace } from './serve.ts';
import { provisioningNow } from './unistim/provisioning-now.ts';
import type { OpenWorkspace } from './workspace.ts';

/** Switched off and on so often, as a person would do with a phone that does nothing. */
const mostPowerCycles = 4;
/** The server waits this much shorter than with real phones. */
const hurry = 10;
/** Milliseconds after the phone has come to rest, for what its silence proves. */
const restMs = 8000 / hurry;
const address = '127.0.0.77';
const free = '127.0.0.1:0';
const severities = ['error', 'warning', 'note'];

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
  await store.tiePut({ address, mac: phone.mac, seenAt: parts.clock.now() });
  const service = await workspace.store.serviceGet(ipcmService);
  if (service) await store.servicePut(service);
  await checkUnlocked(store, phone, [from, to]);
  const planning = (mode?: PlanMode) => workspace.planning(mode ?? trial.mode);
  const apart: OpenWorkspace = { ...workspace, config: onlyTftp(workspace), store, planning };
  const server = await serveWorkspace(
    apart,
    { tftp: free, workers: 1, ...(phone.family === nortel2004.id && { unistim: free }) },
    hurried(parts.clock),
    () => undefined,
  );
  const { mac, model } = phone;
  const tftp = hostPort(server.listen['tftp']);
  const unistim = server.listen['unistim'];
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
      const atIpcm = unistim !== undefined && sortOfImage(image) !== 'sip';
      const user = atIpcm && ({ unistim: hostPort(unistim), press: 'FirmW' } as const);
      const end = await bootTwin({ ...common, ...user, image, seed: cycle, onLine });
      await pause(restMs);
      const state = (await store.progressGet(mac))?.state;
      const isThere = sameImage(familyOf(phone), end.image, to);
      // Who presses FirmW in vain gets the same answer the next time.
      const isInVain = atIpcm && end.image === image;
      const isStopped = state === 'stopped' || state === 'waiting' || isInVain;
      const isOver = isStopped || (state === 'done' && isThere);
      if (end.image === '' || (isOver && isThere)) return end;
      if (isOver || cycle === mostPowerCycles) return { ...end, ...(await whyNot(store, mac)) };
      image = end.image;
    }
  } finally {
    await server.stop();
  }
}

/** For its own virtual phone alone, which is believed who it is and knows its TFTP server. */
function onlyTftp({ config }: OpenWorkspace): OpenWorkspace['config'] {
  const unistim = { ...config.unistim, tftp_pointer: 'none' } as const;
  return { ...config, servers: {}, unistim, trust: { networks: [parseIPv4Network(address)] } };
}

/** A phone that is refused asks again and again, and nothing is learnt of it. */
async function checkUnlocked(store: Store, { family }: Phone, images: readonly string[]) {
  const needsIpcm = images.some((image) => sortOfImage(image) !== 'sip');
  if (family !== nortel2004.id || !needsIpcm || !(await provisioningNow(store)).locked) return;
  const text = 'the IPCM service is locked, and lets no phone in: hookflash ipcm unlock';
  throw new AppError('not-possible', text);
}

/** The gravest of what was found about it. */
async function whyNot(store: Store, mac: Mac): Promise<{ readonly because?: string }> {
  const found = (await store.findingList(mac)).toSorted(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity),
  );
  return found[0] ? { because: found[0].text } : {};
}

function familyOf({ family }: Phone): PhoneFamily {
  const found = families.find(({ id }) => id === family);
  if (!found) throw new TypeError(`no family ${family}`);
  return found;
}

function hostPort(where = '') {
  const [address = '', port = ''] = where.split(':');
  return { address, port: Number(port) };
}

function hurried(clock: Clock): Clock {
  return {
    now: () => clock.now(),
    after: (ms, run) => clock.after(ms >= 1000 ? ms / hurry : ms, run),
  };
}
