import { CodecError } from '../../wire/codec-error.ts';
import type { Memory } from '../memory.ts';
import { isUniversalLoader, needsLoader, phoneImage, type PhoneImage } from './image-name.ts';

export { memoryWith } from '../memory.ts';

export type FlashLoader = {
  readonly name: string;
  /** Eight characters, as `LA_VERSION` has them; unknown until the phone has read a loads file. */
  readonly internalVersion?: string;
};
export type FlashApplication = { readonly name: string; readonly internalVersion?: string };

/** What a 7940/7960 keeps without power. Without a loader it is of the original kind. */
export type Flash = {
  readonly loader?: FlashLoader;
  readonly application?: FlashApplication;
  /** The image of the original kind that the loader took the place of; until it has an application. */
  readonly replaced?: string;
  /** From configuration files, by name. */
  readonly settings: Readonly<Record<string, string>>;
  /** Set at the phone itself. */
  readonly network: { readonly tftp?: string };
};

export type FlashMemory = Memory<Flash>;

/** Loaders that come with an image, as far as their version is known. */
const knownLoaders: Readonly<Record<string, string>> = {
  'P0S3-8-12-00': 'PAS30830',
  'P0S3-07-5-00': 'PAS3X060',
  P0030801SR02: 'PAS30831',
};

/**
 * A phone that runs this image, as if just unpacked: no settings. A universal loader's name makes a
 * phone without application. Throws a CodecError for a name that no 7940/7960 image has.
 */
export function flashWith(imageName: string): Flash {
  const image = phoneImage(imageName);
  if (image === undefined) {
    const claimed = 'the name of an image for the 7940/7960';
    throw new CodecError({ field: 'image name', offset: 0, claimed, actual: imageName });
  }
  const loader = loaderOf(image);
  const application = isUniversalLoader(imageName) ? undefined : { name: imageName };
  return {
    ...(loader && { loader }),
    ...(application && { application }),
    settings: {},
    network: {},
  };
}

/** SCCP packages name the loader like the application, the others `P003-…`. */
function loaderOf(image: PhoneImage): FlashLoader | undefined {
  if (!needsLoader(image)) return undefined;
  const name = image.name.replace(/^P0[SM]3/, 'P003');
  const internalVersion = knownLoaders[image.name];
  return internalVersion === undefined ? { name } : { name, internalVersion };
}
