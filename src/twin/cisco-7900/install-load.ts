import { decodeLoads, type Loads } from '../../codec/config/loads.ts';
import { errorCodes } from '../../codec/tftp/packet.ts';
import { latin1 } from '../../wire/reader.ts';
import { takesApplication } from './documented-limits.ts';
import { checkImage, checkSignedFile, type CheckFailure } from './image-check.ts';
import { needsLoader, phoneImage } from './image-name.ts';
import type { BootEnd } from '../boots.ts';
import type { Phone, Stage } from './phone.ts';
import { durations } from './timing.ts';

/**
 * `installed`: the application was just stored. `ready`: nothing was to be done. `failed`: the
 * image cannot be had. `silent`: nobody answered.
 */
export type LoadResult =
  | Extract<BootEnd, { kind: 'reboot' }>
  | { readonly kind: 'installed' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'failed'; readonly because: string };

type Fetched =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'missing' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'failed'; readonly because: string };

/** Brings loader and application to what the image's loads file says. */
export async function installLoad(phone: Phone, stage: Stage, image: string): Promise<LoadResult> {
  const loads = await fetchLoads(phone, stage, image);
  if (loads.kind === 'missing') return installWhole(phone, stage, image);
  if (loads.kind !== 'loads') return loads;
  const { files } = loads.value;
  const loader = files.find((file) => file.endsWith('.sbn'));
  if (loader !== undefined && wantsLoader(phone, image, loads.value)) {
    await phone.sleep(durations.loadsToLoader);
    return installLoader(phone, stage, image, loader);
  }
  const application = files.find((file) => file.endsWith('.sb2'));
  if (application === undefined) return refused(phone, image, 'the loads file names none');
  if (phone.flash().application?.name === withoutExtension(application)) return { kind: 'ready' };
  await phone.sleep(durations.loadsToApplication);
  return installApplication(phone, stage, image, application);
}

type FetchedLoads = Exclude<Fetched, { kind: 'file' }> | { kind: 'loads'; value: Loads };

/** The loads file is signed like what it names. */
export async function fetchLoads(phone: Phone, stage: Stage, image: string): Promise<FetchedLoads> {
  const file = `${image}.loads`;
  const fetched = await fetchFile(phone, stage, image, file);
  if (fetched.kind !== 'file') return fetched;
  const checked = checkSignedFile(fetched.bytes, file, phone.verify);
  if (!checked.ok) return failedCheck(phone, image, checked);
  return { kind: 'loads', value: decodeLoads(latin1(checked.value)) };
}

/**
 * Whether the phone's loader is another than the loads file's. What came from the factory with the
 * image that runs is the one that this image's loads file names.
 */
export function wantsLoader(phone: Phone, image: string, { laVersion }: Loads): boolean {
  const { loader, application } = phone.flash();
  if (loader === undefined || laVersion === undefined) return false;
  if (loader.internalVersion !== undefined) return loader.internalVersion !== laVersion;
  if (application?.name !== image) return true;
  phone.keep({ ...phone.flash(), loader: { ...loader, internalVersion: laVersion } });
  return false;
}

export async function installLoader(
  phone: Phone,
  stage: Stage,
  image: string,
  file: string,
): Promise<LoadResult> {
  const fetched = await fetchFile(phone, stage, image, file);
  if (fetched.kind === 'missing') return refused(phone, image, `${file} is missing`);
  if (fetched.kind !== 'file') return fetched;
  const checked = checkSigned(phone, fetched.bytes, file);
  if (!checked.ok) return failedCheck(phone, image, checked);
  const { name, internalVersion, kind } = checked.value;
  if (kind !== 'loader') return refused(phone, image, `${file} holds no loader`);
  const objection = phone.objection(name);
  if (objection !== undefined) return refused(phone, image, objection);
  const { length: size } = fetched.bytes;
  const loader = { name, internalVersion };
  phone.keep({ ...phone.flash(), loader }, { part: 'loader', image: name, size });
  phone.tell({ kind: 'flash', part: 'loader', image: name, internalVersion });
  const { ms: waitMs } = durations.loaderToItsFirstRequest;
  return { kind: 'reboot', because: 'another loader was stored', waitMs };
}

/** Fetched a second time before the phone gives up on its signature. */
async function installApplication(
  phone: Phone,
  stage: Stage,
  image: string,
  file: string,
): Promise<LoadResult> {
  const wanted = phoneImage(withoutExtension(file));
  const replaced = phoneImage(phone.flash().replaced ?? '');
  if (wanted !== undefined && !takesApplication(replaced, wanted))
    return refused(phone, image, `${replaced?.name ?? ''} must go to release 6.3 first`);
  for (let last = false; ; last = true) {
    const fetched = await fetchFile(phone, stage, image, file);
    if (fetched.kind === 'missing') return refused(phone, image, `${file} is missing`);
    if (fetched.kind !== 'file') return fetched;
    const checked = checkSigned(phone, fetched.bytes, file);
    if (checked.ok && checked.value.kind === 'loader')
      return refused(phone, image, `${file} holds a loader`);
    const objection = checked.ok ? phone.objection(checked.value.name) : undefined;
    if (objection !== undefined) return refused(phone, image, objection);
    if (checked.ok) {
      await storeApplication(phone, checked.value, fetched.bytes.length);
      return { kind: 'installed' };
    }
    if (last) return failedCheck(phone, image, checked);
    await phone.sleep(durations.secondFetch);
  }
}

async function storeApplication(
  phone: Phone,
  { name, internalVersion }: { readonly name: string; readonly internalVersion: string },
  size: number,
): Promise<void> {
  const application = { name, internalVersion };
  const next = { ...phone.flash(), replaced: undefined, application };
  phone.keep(next, { part: 'application', image: name, size });
  phone.tell({ kind: 'flash', part: 'application', image: name, internalVersion });
  await phone.sleep(durations.applicationToItsFirstRequest);
}

/**
 * An image from before the loader, without loads file: the loader fetches it as a whole and is
 * itself replaced. Matrix, Table 3, allows the step; the way is our assumption.
 */
async function installWhole(phone: Phone, stage: Stage, image: string): Promise<LoadResult> {
  const file = `${image}.sbn`;
  const fetched = await fetchFile(phone, stage, image, file);
  if (fetched.kind === 'missing') return refused(phone, image, `${image}.loads is missing`);
  if (fetched.kind !== 'file') return fetched;
  const checked = checkSigned(phone, fetched.bytes, file);
  if (!checked.ok) return failedCheck(phone, image, checked);
  const known = phoneImage(image);
  if (checked.value.kind === 'loader' || known === undefined || needsLoader(known))
    return refused(phone, image, `${file} does not run without its other files`);
  const { name, internalVersion } = checked.value;
  const objection = phone.objection(name);
  if (objection !== undefined) return refused(phone, image, objection);
  const application = { name, internalVersion };
  const next = { ...phone.flash(), loader: undefined, replaced: undefined, application };
  phone.keep(next, { part: 'application', image: name, size: fetched.bytes.length });
  phone.tell({ kind: 'flash', part: 'application', image: name, internalVersion });
  const { ms: waitMs } = durations.originalToItsFirstRequest;
  return { kind: 'reboot', because: 'an image without loader was stored', waitMs };
}

async function fetchFile(
  phone: Phone,
  stage: Stage,
  image: string,
  file: string,
): Promise<Fetched> {
  const result = await stage.read(file);
  if (result.kind !== 'error') return result;
  if (result.code === errorCodes.fileNotFound) return { kind: 'missing' };
  return refused(phone, image, `${file}: TFTP error ${result.code}`);
}

function checkSigned(phone: Phone, bytes: Uint8Array, file: string) {
  const checked = checkSignedFile(bytes, file, phone.verify);
  return checked.ok ? checkImage(checked.value, withoutExtension(file)) : checked;
}

type Failed = Extract<LoadResult, { kind: 'failed' }>;

function failedCheck(phone: Phone, image: string, failure: CheckFailure): Failed {
  if (failure.authentication) phone.showFailure('Image Authentication Failed');
  return refused(phone, image, failure.because);
}

function refused(phone: Phone, image: string, because: string): Failed {
  phone.refuse(image, because);
  return { kind: 'failed', because };
}

function withoutExtension(file: string): string {
  return file.replace(/\.[^.]*$/, '');
}
