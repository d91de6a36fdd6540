import { encodeLoads } from '../../codec/config/loads.ts';
import { encodeOs79xx } from '../../codec/config/os79xx.ts';
import { encodeImageBody, type ImageKind } from '../../codec/image/cisco-7900-image.ts';
import { signLab } from '../../codec/image/lab-key.ts';
import { encodeSignedFile } from '../../codec/image/signed-header.ts';
import type { FirmwareFile, ImageName } from '../../model/firmware.ts';
import { loaderOf } from './universal-loader.ts';

/** Bytes of real images: a loader of 8.12 has 130,552, its application 756,524. */
const sizes: Record<ImageKind, number> = { loader: 130_148, application: 756_120 };

/** The files of an image's package, with true names and layout and nothing that runs. */
export function synthesizeImage(image: ImageName): readonly FirmwareFile[] {
  const loader = loaderOf(image);
  if (loader === undefined) return wholeImage(image);
  const { canonical } = image;
  const laVersion = loaderVersion(image);
  const loaderBody = body(loader, 'loader', laVersion);
  const loaderFiles: FirmwareFile[] = [
    { name: `${loader}.bin`, bytes: loaderBody },
    signed(`${loader}.sbn`, loaderBody),
  ];
  if (image.kind === 'loader') return loaderFiles;
  const files = { loader, application: canonical, laVersion };
  return [
    ...loaderFiles,
    signed(`${canonical}.loads`, ascii(encodeLoads(files))),
    signed(`${canonical}.sb2`, body(canonical, 'application', applicationVersion(image))),
    { name: 'OS79XX.TXT', bytes: ascii(encodeOs79xx(loader)) },
  ];
}

/** From before the loader: one image, signed too from 5.0 on. */
function wholeImage(image: ImageName): readonly FirmwareFile[] {
  const { canonical } = image;
  const bytes = body(canonical, 'application', applicationVersion(image));
  const plain = { name: `${canonical}.bin`, bytes };
  return image.signed ? [plain, signed(`${canonical}.sbn`, bytes)] : [plain];
}

function signed(name: string, content: Uint8Array): FirmwareFile {
  const bytes = encodeSignedFile({
    fileName: name,
    body: content,
    signerName: 'CN=HookflashLab;OU=Synthetic;O=Hookflash',
    signerSerial: Uint8Array.of(0x12, 0x34, 0x56, 0x78, 0x90, 0xab, 0xcd, 0xef),
    issuer: 'CN=HookflashLab;OU=Synthetic;O=Hookflash',
    hash: 'sha1',
    sign: signLab,
    signatureLength: 256,
  });
  return { name, bytes };
}

function body(name: string, kind: ImageKind, internalVersion: string): Uint8Array {
  const fill = (bytes: Uint8Array) => {
    // Incompressible and the same every time: a 32-bit xorshift seeded by the name's length.
    let word = 0x9e3779b9 ^ name.length;
    for (let at = 0; at < bytes.length; at++) {
      word ^= word << 13;
      word ^= word >>> 17;
      word ^= word << 5;
      bytes[at] = word & 0xff;
    }
  };
  return encodeImageBody({ name, kind, internalVersion, size: sizes[kind], fill });
}

/** Eight characters like PAS30830: the loads file's LA_VERSION, which tells loaders apart. */
function loaderVersion({ major, minor, maintenance, protocol }: ImageName): string {
  const letter = protocol === 'SCCP' ? 'C' : '3';
  const release = `${major % 10}${String(minor).padStart(2, '0')}${maintenance % 10}`;
  return `PAS${letter}${release}`;
}

/** Like PAS3ARM1 and PA03Z031. */
function applicationVersion({ protocol, major, minor }: ImageName): string {
  const letter = { SCCP: '0', SIP: 'S', MGCP: 'M', UNIStim: 'U', none: 'L' }[protocol];
  return `PA${letter}3${String(major).padStart(2, '0')}${String(minor).padStart(2, '0')}`;
}

function ascii(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}
