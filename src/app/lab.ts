import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabEnd, LabEvent, LabOptions, LabRun } from '../cli/lab-run.ts';
import type { Operations } from '../cli/operations.ts';
import type { TwinEnd, TwinLine } from '../cli/twin-events.ts';
import { AppError } from '../errors.ts';
import { phoneFrom } from '../core/inventory.ts';
import { planSteps } from '../core/plan.ts';
import { families } from '../families/index.ts';
import { familyOf, labCast, type LabPhone } from './lab-cast.ts';
import { givesRouter, labSipServers, provisionLab } from './lab-ipcm.ts';
import type { OpenWorkspace } from './workspace.ts';

/** A phone that does not come to its image is switched off and on this often. */
const mostPowerCycles = 6;
/** Real milliseconds for which it stays off. */
const offMs = 1500;
const seeds = 2 ** 31;

type Ops = Pick<Operations, 'serve' | 'bootTwin' | 'writeFiles' | 'pause'>;

/** Serves a workspace of virtual phones and lets them boot until all run what they should. */
export async function runLab(
  workspace: OpenWorkspace,
  ops: Ops,
  options: LabOptions,
  onEvent: (event: LabEvent) => void,
): Promise<LabRun> {
  const cast = labCast(options.phones);
  await stockLibrary(workspace, ops, cast);
  await enlist(workspace, cast);
  const serving = await serveSomewhere(workspace, ops, options, onEvent);
  const servers = { ...serversOf(serving.listen), hasRouter: givesRouter(workspace.config) };
  await mkdir(join(workspace.dir, 'twins'), { recursive: true });
  const around = { ...options, servers, firstSeed: randomInt(seeds) };
  const ends = cast.map((phone) => live(workspace, ops, phone, around, onEvent));
  return { phones: cast, listen: serving.listen, settled: Promise.all(ends), stop: serving.stop };
}

/** Synthetic images of every hop that the cast will make. */
async function stockLibrary(
  workspace: OpenWorkspace,
  ops: Ops,
  cast: readonly LabPhone[],
): Promise<void> {
  const have = new Set(await workspace.library.list());
  const wanted = new Map(
    cast.flatMap((phone) => {
      const family = familyOf(families, phone);
      const plan = planSteps(family, phone.starts, phone.wanted);
      const steps = plan.possible ? plan.steps : [];
      return steps.map((step) => [step.image, family] as const);
    }),
  );
  for (const [image, family] of wanted) {
    if (family.imageFiles(image).every((name) => have.has(name))) continue;
    // OS79XX.TXT of a package would be one for all phones; each is given its own.
    const files = family.synthesize(image).filter(({ name }) => name !== 'OS79XX.TXT');
    await ops.writeFiles(join(workspace.dir, 'firmware'), files);
  }
}

async function enlist({ store }: OpenWorkspace, cast: readonly LabPhone[]): Promise<void> {
  await provisionLab(store);
  for (const phone of cast) {
    const { mac, model, wanted } = phone;
    const settings = phone.unistim ? loginSettings(phone) : lineSettings(phone);
    const known = await store.phoneGet(mac);
    // A lab of an earlier release may lack some of them.
    if (known) await store.phonePut({ ...known, settings: { ...settings, ...known.settings } });
    if (known) continue;
    const draft = { mac, model, image: wanted, labels: { site: 'lab' }, settings };
    await store.phonePut(phoneFrom(families, draft).phone);
  }
}

function labLogin({ mac }: LabPhone) {
  const user = String(1000 + Number.parseInt(mac.slice(-2), 16));
  return { user, password: `lab-${user}` };
}

/** Who logs in at the phone: its files do not say it. */
function loginSettings(phone: LabPhone) {
  const { user, password } = labLogin(phone);
  return { ...labSipServers, LOGIN_USER: user, LOGIN_PASSWORD: password };
}

function lineSettings(phone: LabPhone) {
  const { user, password } = labLogin(phone);
  const line = { line1_name: user, line1_authname: user, line1_password: password };
  const proxy = { proxy1_address: '127.0.0.1', proxy_register: '1' };
  const time = { sntp_server: '127.0.0.1', sntp_mode: 'unicast' };
  return { ...proxy, ...line, phone_label: 'Lab', ...time };
}

/** The usual port of the lab, or a free one when another program has it. */
async function serveSomewhere(
  workspace: OpenWorkspace,
  ops: Ops,
  { tftp }: LabOptions,
  onEvent: (event: LabEvent) => void,
) {
  const free = '127.0.0.1:0';
  const hasAddresses = workspace.config.dhcp !== undefined;
  if (!hasAddresses)
    onEvent({ kind: 'note', text: 'hookflash.yaml has no dhcp: the phones have fixed addresses' });
  const others = { files: free, sntp: free, sip: free, unistim: free };
  const more = { ...others, ...(hasAddresses && { dhcp: free }) };
  try {
    return await ops.serve(workspace, { ...more, tftp }, onEvent);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'port-in-use') throw error;
    onEvent({ kind: 'note', text: `${error.message}; the lab takes a free port` });
    return ops.serve(workspace, { ...more, tftp: free }, onEvent);
  }
}

type HostPort = { readonly address: string; readonly port: number };

type Servers = {
  readonly tftp: HostPort;
  readonly dhcp?: HostPort;
  readonly sntp: HostPort;
  readonly sip: HostPort;
  readonly unistim: HostPort;
  /** UNIStim software takes no address without one. */
  readonly hasRouter: boolean;
};

type Listening = Readonly<Record<string, string>>;

function serversOf({ tftp, dhcp, sntp, sip, unistim }: Listening): Omit<Servers, 'hasRouter'> {
  return {
    ...{ tftp: hostPort(tftp), sntp: hostPort(sntp), sip: hostPort(sip) },
    unistim: hostPort(unistim),
    ...(dhcp !== undefined && { dhcp: hostPort(dhcp) }),
  };
}

/** The first of several. */
function hostPort(where = ''): HostPort {
  const [address = '', port = ''] = where.split(/[: ]/);
  return { address, port: Number(port) };
}

/** By DHCP, or fixed. */
function addressing({ address, relay, unistim }: LabPhone, { tftp, dhcp, hasRouter }: Servers) {
  return dhcp && (hasRouter || !unistim)
    ? { address: relay, dhcp, tftpPort: tftp.port }
    : { address, tftp };
}

type Surroundings = Pick<LabOptions, 'timeScale' | 'signal'> & {
  readonly servers: Servers;
  /** The registrar knows Call-IDs of the last lab: each start has its own. */
  readonly firstSeed: number;
};

/** Boots, and if it comes to rest on another image is switched off and on, as a person would do. */
async function live(
  workspace: OpenWorkspace,
  ops: Ops,
  phone: LabPhone,
  surroundings: Surroundings,
  onEvent: (event: LabEvent) => void,
): Promise<LabEnd> {
  const { mac, starts, wanted } = phone;
  const { signal } = surroundings;
  const flash = join(workspace.dir, 'twins', `${mac}.json`);
  const image = existsSync(flash) ? {} : { image: starts };
  for (let count = 0; ; count++) {
    const cycle = { ...surroundings, flash, count, ...(count === 0 ? image : {}) };
    const end = await untilAtRest(ops, phone, cycle, onEvent);
    if ((end.state === 'idle' && end.image === wanted) || count === mostPowerCycles) return end;
    onEvent({ kind: 'note', mac, text: 'switched off and on again' });
    await ops.pause(offMs, signal);
  }
}

type Cycle = Surroundings & {
  readonly flash: string;
  readonly image?: string;
  /** From 0. */
  readonly count: number;
};

/**
 * A phone that is registered on its image stays; any other is switched off when it is at rest. With
 * UNIStim at first it is switched on once more when it has its image, and then somebody logs in.
 */
async function untilAtRest(
  ops: Ops,
  phone: LabPhone,
  cycle: Cycle,
  onEvent: (event: LabEvent) => void,
): Promise<LabEnd> {
  const { mac, wanted } = phone;
  const off = new AbortController();
  const stays = Promise.withResolvers<LabEnd>();
  const tell = (line: TwinLine) => onEvent({ kind: 'twin', mac, line });
  const onLine = (line: TwinLine) => {
    tell(line);
    if (line.event !== 'registration') return;
    if (line.state === 'registered' && line.image === wanted)
      stays.resolve({ state: 'idle', image: line.image, registered: true });
    else off.abort();
  };
  if (phone.unistim) {
    const booting = { ...twinOptions(phone, cycle), ...labUser(cycle), onLine: tell };
    const end = await ended(ops.bootTwin(booting));
    if (end.state !== 'idle' || end.image !== wanted) return end;
  }
  const { image: _, ...later } = cycle;
  const options = phone.unistim
    ? { ...twinOptions(phone, later), login: labLogin(phone) }
    : twinOptions(phone, cycle);
  const sip = { until: 'stay', proxy: cycle.servers.sip, stopped: off.signal } as const;
  try {
    return await Promise.race([stays.promise, ended(ops.bootTwin({ ...options, sip, onLine }))]);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'port-in-use') throw error;
    const text = 'another program, maybe another lab, has its SIP port: it does without SIP';
    onEvent({ kind: 'note', mac, text });
    return ended(ops.bootTwin({ ...options, onLine: tell }));
  }
}

function twinOptions(phone: LabPhone, cycle: Cycle) {
  const { servers, timeScale, signal, flash, image, count, firstSeed } = cycle;
  const { mac, model } = phone;
  return {
    ...{ model, mac, flash, timeScale, signal, sntp: servers.sntp },
    ...addressing(phone, servers),
    ...(image !== undefined && { image }),
    seed: firstSeed + Number.parseInt(mac.slice(-4), 16) + count,
  };
}

/** Somebody who has entered S1 and presses the keys. */
function labUser({ servers: { unistim } }: Cycle) {
  return { unistim, press: 'FirmW' } as const;
}

async function ended(booting: Promise<TwinEnd>): Promise<LabEnd> {
  const { state, image } = await booting;
  return { state, image, registered: false };
}
