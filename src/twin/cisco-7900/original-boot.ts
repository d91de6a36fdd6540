import { errorCodes } from '../../codec/tftp/packet.ts';
import { runProtocol } from './application.ts';
import { readOs79xx } from './configuration.ts';
import { takesLoader } from './documented-limits.ts';
import type { Flash } from './flash.ts';
import { checkImage, checkPlainFile, checkSignedFile } from './image-check.ts';
import {
  canAskFor,
  firstFour,
  needsLoader,
  phoneImage,
  type PhoneImage,
  takesSignedOnly,
} from './image-name.ts';
import type { BootEnd } from '../boots.ts';
import type { Phone, Stage } from './phone.ts';
import { durations, slowRetransmission } from './timing.ts';
import { wants } from './upgrade.ts';

/**
 * A phone without loader: SCCP up to 5.x, SIP and MGCP up to 6.x. Cisco 7960/7940 firmware upgrade
 * matrix, "Original Boot Mechanism for Firmware Image Selection".
 */
export async function bootOriginal(phone: Phone): Promise<BootEnd> {
  const running = phoneImage(phone.flash().application?.name ?? '');
  if (running === undefined) {
    const display = 'No Load Specified';
    return { kind: 'stuck', display, because: 'there is neither loader nor application' };
  }
  const stage = phone.enter('original', slowRetransmission);
  phone.show('Requesting Configuration');
  const first = await stage.read('OS79XX.TXT');
  const image = first.kind === 'file' ? readOs79xx(first.bytes) : '';
  const isOther = image !== '' && firstFour(image) !== firstFour(running.name);
  const end = isOther ? await install(phone, stage, running, image) : undefined;
  return (
    end ??
    runProtocol(phone, stage, async (wanted) =>
      wants(phone, wanted) ? install(phone, stage, running, wanted) : undefined,
    )
  );
}

/** Undefined when the phone stays on the image that it runs. */
async function install(
  phone: Phone,
  stage: Stage,
  running: PhoneImage,
  image: string,
): Promise<BootEnd | undefined> {
  function refuse(because: string): undefined {
    phone.refuse(image, because);
  }
  if (!canAskFor(running, image)) return refuse('its name is longer than 8 characters');
  const bytes = await fetchImage(phone, stage, running, image);
  if (bytes === undefined) return undefined;
  phone.show('Upgrading Software');
  const checked = checkFile(phone, running, image, bytes);
  if (!checked.ok) {
    if (checked.authentication) phone.showFailure('Image Authentication Failed');
    return refuse(checked.because);
  }
  const { name, internalVersion, kind } = checked.value;
  const next = phoneImage(name);
  if (kind === 'loader' && !takesLoader(running)) return refuse('release 6.3 must come first');
  if (kind === 'application' && next !== undefined && needsLoader(next))
    return refuse('it does not run without a loader');
  const objection = phone.objection(name);
  if (objection !== undefined) return refuse(objection);
  const flash = withImage(phone.flash(), kind, { name, internalVersion });
  phone.keep(flash, { part: kind, image: name, size: bytes.length });
  phone.tell({ kind: 'flash', part: kind, image: name, internalVersion });
  const isLoader = kind === 'loader';
  if (isLoader) phone.disconnect();
  const wait = isLoader ? durations.loaderToItsFirstRequest : durations.originalToItsFirstRequest;
  return { kind: 'reboot', because: `${name} was stored`, waitMs: wait.ms };
}

/**
 * A loader takes the place of the application, and what was set at the phone is lost: its address
 * too.
 */
function withImage(
  flash: Flash,
  kind: 'loader' | 'application',
  image: { readonly name: string; readonly internalVersion: string },
): Flash {
  if (kind === 'application') return { ...flash, application: image };
  return { loader: image, replaced: flash.application?.name, settings: {}, network: {} };
}

/**
 * `.sbn` from 5.0 on. That the phone then asks for `.bin` is our assumption: it explains why such
 * phones are known to show "Image Authentication Failed" for images before 5.0.
 */
async function fetchImage(
  phone: Phone,
  stage: Stage,
  running: PhoneImage,
  image: string,
): Promise<Uint8Array | undefined> {
  const extensions = takesSignedOnly(running) ? ['sbn', 'bin'] : ['bin'];
  for (const extension of extensions) {
    const result = await stage.read(`${image}.${extension}`);
    if (result.kind === 'file') return result.bytes;
    if (result.kind === 'error' && result.code === errorCodes.fileNotFound) continue;
    const because = result.kind === 'error' ? `TFTP error ${result.code}` : 'no answer';
    phone.refuse(image, because);
    return undefined;
  }
  phone.refuse(image, 'the file is missing');
  return undefined;
}

function checkFile(phone: Phone, running: PhoneImage, image: string, bytes: Uint8Array) {
  const content = takesSignedOnly(running)
    ? checkSignedFile(bytes, `${image}.sbn`, phone.verify)
    : checkPlainFile(bytes, `${image}.bin`);
  return content.ok ? checkImage(content.value, image) : content;
}
