import type { FileSource } from '../model/boot.ts';
import type { PhoneFamily } from '../model/family.ts';
import type { Model, Phone } from '../model/phone.ts';
import type { LoadOrder, TextFile } from '../model/plan.ts';
import type { Progress } from '../model/progress.ts';
import type { Revisions } from '../model/revision.ts';
import type { Rendered, RenderedFile } from '../model/render.ts';
import { effectiveSettings, type SettingLayer } from '../model/settings.ts';
import type { Mac } from '../wire/mac.ts';
import { refusalLimit, timesRefused } from './refusals.ts';
import { sameImage } from './same-image.ts';

/** What a phone is told to load now, and what is hidden from it meanwhile. */
export type Orders = {
  readonly order: LoadOrder | undefined;
  readonly absent: readonly string[];
  /** The image that this is about. */
  readonly image?: string | undefined;
};

/**
 * Under way: the present step's. Otherwise what the phone runs, so that it stays there; where only
 * the like of it is known, or nothing, what the family deems safe: its settings or nothing.
 */
export function ordersFor(phone: Phone, family: PhoneFamily, progress?: Progress): Orders {
  const step = progress?.state === 'under-way' ? progress.steps[progress.step] : undefined;
  if (step) {
    const absent = step.absent.map((path) => ofMac(path, phone.mac));
    return { order: step.order, absent, image: step.image };
  }
  const image =
    progress?.state === 'done' ? reached(phone, family, progress) : stays(phone, family, progress);
  if (image !== undefined) return { order: family.steadyOrder(image), absent: [], image };
  // Nothing is named, so that the phone starts what it has, and it keeps its settings.
  const rests = progress?.state === 'stopped' || progress?.state === 'waiting';
  const wanted = rests ? family.settingsOrder(progress.target) : undefined;
  const order = family.settingsOrder(progress?.from) ?? wanted;
  return { order, absent: [], image: phone.image };
}

/** What it last proved, unless that is what was taken away because it did not run it after all. */
function stays({ running }: Phone, family: PhoneFamily, progress?: Progress): string | undefined {
  // What its last step led to is not always proved, and what it ran before is behind it.
  const led = progress?.state === 'waiting' ? progress.steps[progress.step - 1]?.image : undefined;
  if (led !== undefined) return led;
  if (running === undefined || !progress) return running;
  return timesRefused(family, progress, running) < refusalLimit ? running : undefined;
}

/** As the phone spells what it runs: it asks for the files of that name at every boot. */
function reached({ running }: Phone, family: PhoneFamily, { target }: Progress): string {
  return running !== undefined && sameImage(family, running, target) ? running : target;
}

function ofMac(path: string, mac: Mac): string {
  return path.replace('<MAC>', mac);
}

/** What the phone is at, beside its settings and what it is to load. */
export type RenderExtras = {
  readonly restart: string | undefined;
  readonly revisions: Revisions | undefined;
};

/** The generated files of one phone. */
export function renderPhone(
  phone: Phone,
  family: PhoneFamily,
  layers: readonly SettingLayer[],
  order: LoadOrder | undefined,
  { restart, revisions }: Partial<RenderExtras> = {},
): Rendered {
  const model = modelOf(phone, family);
  const settings = effectiveSettings(layers);
  const ofRestart = restart === undefined ? {} : { restart };
  const ofFiles = revisions === undefined ? {} : { revisions };
  return family.render({ mac: phone.mac, model, settings, order, ...ofRestart, ...ofFiles });
}

/** A model that the family does not know has one line. */
export function modelOf(phone: Phone, family: PhoneFamily): Model {
  return (
    family.models.find((model) => model.name === phone.model) ?? { name: phone.model, lines: 1 }
  );
}

/** A tree of files that are read whole. */
export type Tree = {
  read(path: string): Promise<TreeFile | undefined>;
  /** All names that `read` takes, where the tree can tell. */
  list?(): Promise<readonly string[]>;
};

export type TreeFile = {
  readonly bytes: Uint8Array;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly modifiedAt?: number;
};

export type Trees = { readonly handMade: Tree; readonly library: Tree };

export type Found = Pick<TreeFile, 'bytes' | 'modifiedAt'> & {
  readonly source: FileSource;
  /** As it is called where it was found. */
  readonly name: string;
  /** Names of secrets that the renderer wrote into it. */
  readonly secrets?: readonly string[];
};

/**
 * One phone's view, or the common one without generated files: hand-made files first, then
 * generated ones, then the library. Hidden paths are missing unless a hand wrote them. In the
 * library the file may lie elsewhere.
 */
export async function look(
  path: string,
  trees: Trees,
  generated: readonly (TextFile & Partial<RenderedFile>)[],
  absent: readonly string[],
  libraryPath = path,
): Promise<Found | undefined> {
  const handMade = await trees.handMade.read(path);
  if (handMade) return foundIn(handMade, 'hand-made');
  const name = samePath(path);
  if (absent.some((hidden) => samePath(hidden) === name)) return undefined;
  const file = generated.find((candidate) => samePath(candidate.path) === name);
  if (file) return foundGenerated(file);
  const inLibrary = await trees.library.read(libraryPath);
  return inLibrary && foundIn(inLibrary, 'library');
}

function foundIn({ bytes, modifiedAt, name }: TreeFile, source: FileSource): Found {
  return { bytes, source, name, ...(modifiedAt !== undefined && { modifiedAt }) };
}

function foundGenerated({ path, content, values = [] }: TextFile & Partial<RenderedFile>): Found {
  const secrets = values
    .filter(({ secret, value }) => secret && value !== '')
    .map(({ key }) => key);
  return { bytes: Buffer.from(content), source: 'generated', name: path, secrets };
}

/** Phones write `./SIP….cnf` and `/SEP….cnf.xml`. */
export function plainPath(path: string): string {
  return path.replace(/^(\.?\/)+/, '');
}

/** Equal for paths that are one file to phones: letter case is forgiven. */
export function samePath(path: string): string {
  return plainPath(path).toLowerCase();
}
