import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabEvent, LabOptions, LabRun, Operations, TwinEnd } from '../cli/operations.ts';
import { AppError } from '../errors.ts';
import { phoneFrom } from '../core/inventory.ts';
import { planSteps } from '../core/plan.ts';
import { families } from '../families/index.ts';
import { familyOf, labCast, type LabPhone } from './lab-cast.ts';
import type { OpenWorkspace } from './workspace.ts';

/** A phone that does not come to its image is switched off and on this often. */
const mostPowerCycles = 6;
/** Real milliseconds for which it stays off. */
const offMs = 1500;

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
  const [host = '', port = ''] = (serving.listen.tftp ?? '').split(/[: ]/);
  const tftp = { address: host, port: Number(port) };
  await mkdir(join(workspace.dir, 'twins'), { recursive: true });
  const ends = cast.map((phone) => live(workspace, ops, phone, { ...options, tftp }, onEvent));
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
    const files = family.synthesize(image).filter(({ name }) => /^P0/.test(name));
    await ops.writeFiles(join(workspace.dir, 'firmware'), files);
  }
}

async function enlist({ store }: OpenWorkspace, cast: readonly LabPhone[]): Promise<void> {
  for (const { mac, model, wanted } of cast) {
    if (await store.phoneGet(mac)) continue;
    const number = String(1000 + Number.parseInt(mac.slice(-2), 16));
    const settings = { proxy1_address: '127.0.0.1', line1_name: number, phone_label: 'Lab' };
    const draft = { mac, model, image: wanted, labels: { site: 'lab' }, settings };
    await store.phonePut(phoneFrom(families, draft).phone);
  }
}

/** The usual port of the lab, or a free one when another program has it. */
async function serveSomewhere(
  workspace: OpenWorkspace,
  ops: Ops,
  { tftp }: LabOptions,
  onEvent: (event: LabEvent) => void,
) {
  try {
    return await ops.serve(workspace, { tftp }, onEvent);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'port-in-use') throw error;
    onEvent({ kind: 'note', text: `${error.message}; the lab takes a free port` });
    return ops.serve(workspace, { tftp: '127.0.0.1:0' }, onEvent);
  }
}

type Surroundings = Pick<LabOptions, 'timeScale' | 'signal'> & {
  readonly tftp: { readonly address: string; readonly port: number };
};

/** Boots, and if it is idle on another image is switched off and on, as a person would do. */
async function live(
  workspace: OpenWorkspace,
  ops: Ops,
  phone: LabPhone,
  { tftp, timeScale, signal }: Surroundings,
  onEvent: (event: LabEvent) => void,
): Promise<TwinEnd> {
  const { mac, model, address, starts, wanted } = phone;
  const flash = join(workspace.dir, 'twins', `${mac}.json`);
  const image = existsSync(flash) ? {} : { image: starts };
  const seed = Number.parseInt(mac.slice(-4), 16);
  const onLine = (line: LabEvent & { kind: 'twin' }) => onEvent(line);
  for (let cycle = 0; ; cycle++) {
    const end = await ops.bootTwin({
      ...{ model, mac, address, flash, tftp, timeScale, seed: seed + cycle, signal },
      ...(cycle === 0 ? image : {}),
      onLine: (line) => onLine({ kind: 'twin', mac, line }),
    });
    if ((end.state === 'idle' && end.image === wanted) || cycle === mostPowerCycles) return end;
    onEvent({ kind: 'note', mac, text: 'switched off and on again' });
    await ops.pause(offMs, signal);
  }
}
