import type { FileSource } from '../model/boot.ts';
import type { PhoneFamily } from '../model/family.ts';
import type { Model, Phone } from '../model/phone.ts';
import type { LoadOrder, TextFile } from '../model/plan.ts';
import type { Progress } from '../model/progress.ts';
import { effectiveSettings, type SettingLayer } from '../model/settings.ts';
import type { Mac } from '../wire/mac.ts';

/** What a phone is told to load now, and what is hidden from it meanwhile. */
export type Orders = {
  readonly order: LoadOrder | undefined;
  readonly absent: readonly string[];
};

/**
 * Under way: the present step's. Otherwise what the phone runs, so that it stays there; where only
 * the like of it is known, its settings. A phone of which nothing is known is told nothing.
 */
export function ordersFor(phone: Phone, family: PhoneFamily, progress?: Progress): Orders {
  const step = progress?.state === 'under-way' ? progress.steps[progress.step] : undefined;
  if (step) return { order: step.order, absent: step.absent.map((path) => ofMac(path, phone.mac)) };
  const image = progress?.state === 'done' ? progress.target : phone.running;
  if (image !== undefined) return { order: family.steadyOrder(image), absent: [] };
  return { order: progress && family.settingsOrder(progress.from), absent: [] };
}

function ofMac(path: string, mac: Mac): string {
  return path.replace('<MAC>', mac);
}

/** The generated files of one phone. */
export function renderPhone(
  phone: Phone,
  family: PhoneFamily,
  layers: readonly SettingLayer[],
  order: LoadOrder | undefined,
): readonly TextFile[] {
  const model = modelOf(phone, family);
  return family.render({ mac: phone.mac, model, settings: effectiveSettings(layers), order });
}

function modelOf(phone: Phone, family: PhoneFamily): Model {
  return (
    family.models.find((model) => model.name === phone.model) ?? { name: phone.model, lines: 1 }
  );
}

/** A tree of files that are read whole. */
export type Tree = {
  read(path: string): Promise<{ readonly bytes: Uint8Array; readonly name: string } | undefined>;
};

export type Trees = { readonly handMade: Tree; readonly library: Tree };

export type Found = { readonly bytes: Uint8Array; readonly source: FileSource };

/**
 * One phone's view, or the common one without generated files: hand-made files first, then
 * generated ones, then the library. Hidden paths are missing unless a hand wrote them.
 */
export async function look(
  path: string,
  trees: Trees,
  generated: readonly TextFile[],
  absent: readonly string[],
): Promise<Found | undefined> {
  const handMade = await trees.handMade.read(path);
  if (handMade) return { bytes: handMade.bytes, source: 'hand-made' };
  const name = plain(path);
  if (absent.some((hidden) => plain(hidden) === name)) return undefined;
  const file = generated.find((candidate) => plain(candidate.path) === name);
  if (file) return { bytes: Buffer.from(file.content), source: 'generated' };
  const inLibrary = await trees.library.read(path);
  return inLibrary && { bytes: inLibrary.bytes, source: 'library' };
}

/** Phones write `./SIP….cnf` and `/SEP….cnf.xml`; letter case is forgiven. */
function plain(path: string): string {
  return path.replace(/^(\.?\/)+/, '').toLowerCase();
}
