import { encodeLoads } from '../../codec/config/loads.ts';
import { encodeOs79xx } from '../../codec/config/os79xx.ts';
import { encodeImageBody, type ImageKind } from '../../codec/image/cisco-7900-image.ts';
import type { FirmwareFile, ImageName } from '../../model/firmware.ts';
import { releaseOf } from './image-name.ts';
import { signedByLab } from '../cisco-shared/synthetic.ts';
import { fillFor } from '../shared/synthetic-fill.ts';
import { loaderOf } from './universal-loader.ts';

type Sizes = Readonly<Record<ImageKind, number>>;

/** Bytes of real images: a loader of 8.12 has 130,552, its application 756,524. */
const realSizes: Sizes = { loader: 130_148, application: 756_120 };

/** The files of an image's package, with true names and layout and nothing that runs. */
export function synthesizeImage(
  image: ImageName,
  sizes: Sizes = realSizes,
): readonly FirmwareFile[] {
  const body = bodyOf(sizes);
  const loader = loaderOf(image);
  if (loader === undefined) return wholeImage(image, body);
  const { canonical } = image;
  const laVersion = loaderVersion(image);
  const loaderBody = body(loader, 'loader', laVersion);
  const loaderFiles: FirmwareFile[] = [
    { name: `${loader}.bin`, bytes: loaderBody },
    signedByLab(`${loader}.sbn`, loaderBody),
  ];
  if (image.kind === 'loader') return loaderFiles;
  const files = { loader, application: canonical, laVersion };
  return [
    ...loaderFiles,
    signedByLab(`${canonical}.loads`, ascii(encodeLoads(files))),
    signedByLab(`${canonical}.sb2`, body(canonical, 'application', applicationVersion(image))),
    { name: 'OS79XX.TXT', bytes: ascii(encodeOs79xx(loader)) },
  ];
}

/** From before the loader: one image, signed too from 5.0 on. */
function wholeImage(image: ImageName, body: Body): readonly FirmwareFile[] {
  const { canonical } = image;
  const bytes = body(canonical, 'application', applicationVersion(image));
  const plain = { name: `${canonical}.bin`, bytes };
  return image.signed ? [plain, signedByLab(`${canonical}.sbn`, bytes)] : [plain];
}

type Body = (name: string, kind: ImageKind, internalVersion: string) => Uint8Array;

function bodyOf(sizes: Sizes): Body {
  return (name, kind, internalVersion) =>
    encodeImageBody({ name, kind, internalVersion, size: sizes[kind], fill: fillFor(name) });
}

/** Measured on the real loaders of SIP 8.12, SIP 7.5 and SCCP 8.1(2)SR2. */
const knownLoaderVersions: ReadonlyMap<string, string> = new Map([
  ['8.12', 'PAS30830'],
  ['7.5', 'PAS3X060'],
  ['8.1(2)', 'PAS30831'],
]);

/** Eight characters like PAS30830: the loads file's LA_VERSION, which tells loaders apart. */
function loaderVersion(image: ImageName): string {
  const known = knownLoaderVersions.get(releaseOf(image));
  if (known !== undefined) return known;
  const { major, minor, maintenance, protocol } = image;
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
