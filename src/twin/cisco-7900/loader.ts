import { errorCodes } from '../../codec/tftp/packet.ts';
import { startApplication } from './application.ts';
import { readCnf, readXml, wishIn, type ImageWish } from './configuration.ts';
import { isUniversalLoader, phoneImage } from './image-name.ts';
import { installLoad } from './install-load.ts';
import type { BootEnd } from '../boots.ts';
import type { Phone, Stage } from './phone.ts';
import { durations, quickRetransmission, roundsForEver } from './timing.ts';

/**
 * `load`: a file names an image. `nothing`: the hunt is over and nothing is to be loaded.
 * `failed`: it was cut short. `silent`: nobody answered.
 */
type Found =
  | { readonly kind: 'load'; readonly image: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'failed'; readonly because: string }
  | { readonly kind: 'silent' };

type HuntFile = {
  readonly path: (mac: string) => string;
  readonly read: (bytes: Uint8Array, modelNumber: number) => ImageWish;
  /** The hunt ends with this file even if it names no image. */
  readonly last?: boolean;
};

const cnf = (bytes: Uint8Array) => wishIn(readCnf(bytes));
const xml = (bytes: Uint8Array, modelNumber: number) => readXml(bytes, modelNumber).wish;

/**
 * Cisco 7960/7940 firmware upgrade matrix, "Universal Application Loader". A trust list names no
 * image, whatever it holds. That a phone's SEP file ends the hunt: logs of 2020 and 2021.
 */
const huntFiles: readonly HuntFile[] = [
  { path: (mac) => `CTLSEP${mac}.tlv`, read: () => ({ kind: 'none' }) },
  { path: (mac) => `SEP${mac}.cnf.xml`, read: xml, last: true },
  { path: (mac) => `SIP${mac}.cnf`, read: cnf },
  { path: (mac) => `MGC${mac}.cnf`, read: cnf },
  { path: () => 'XMLDefault.cnf.xml', read: xml },
  { path: () => 'SIPDefault.cnf', read: cnf },
  { path: () => 'MGCDefault.cnf', read: cnf },
];

/** A phone with the universal loader, from its first request on. */
export async function runLoader(phone: Phone): Promise<BootEnd> {
  const stage = phone.enter('loader', quickRetransmission);
  for (let round = 1; ; round++) {
    const found = await hunt(phone, stage);
    const loaded = found.kind === 'load' ? await installLoad(phone, stage, found.image) : found;
    if (loaded.kind === 'reboot') return loaded;
    if (phone.flash().application !== undefined) {
      await phone.sleep(loaded.kind === 'installed' ? noPause : pauseBefore(phone));
      return startApplication(phone);
    }
    if (loaded.kind === 'nothing') return stuck('No Load Specified', 'no file names an image');
    if (loaded.kind === 'failed') return stuck(invalid, loaded.because);
    if (round === roundsForEver) return stuck(invalid, 'the TFTP server does not answer');
    phone.show(invalid);
    await phone.sleep(durations.loaderSilence);
    await phone.reconnect();
  }

  function stuck(display: string, because: string): BootEnd {
    phone.showFailure(display);
    return { kind: 'stuck', display, because };
  }
}

const invalid = 'Protocol Application Invalid';
const noPause = { ms: 0 };

/** Only "file not found" leads on to the next file: bug CSCee31047. */
async function hunt(phone: Phone, stage: Stage): Promise<Found> {
  for (const { path, read, last } of huntFiles) {
    const file = path(phone.mac);
    const result = await stage.read(file);
    if (result.kind === 'silent') return { kind: 'silent' };
    if (result.kind === 'error' && result.code === errorCodes.fileNotFound) continue;
    if (result.kind === 'error')
      return { kind: 'failed', because: `${file}: TFTP error ${result.code}` };
    const wish = read(result.bytes, phone.modelNumber);
    if (wish.kind === 'unreadable') return { kind: 'failed', because: `${file}: ${wish.because}` };
    // A loader's name in XMLDefault.cnf.xml is for phones without one: matrix, Procedure C.
    if (wish.kind === 'image' && !isUniversalLoader(wish.image))
      return { kind: 'load', image: wish.image };
    if (last === true) break;
  }
  return { kind: 'nothing' };
}

function pauseBefore(phone: Phone): { readonly ms: number } {
  const protocol = phoneImage(phone.flash().application?.name ?? '')?.protocol;
  if (protocol === 'SIP') return durations.loaderToSip;
  return protocol === 'MGCP' ? durations.loaderToMgcp : durations.loaderToSccp;
}
