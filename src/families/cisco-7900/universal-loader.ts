import type { ImageName } from '../../model/firmware.ts';

/** First major release with a universal application loader, by protocol. Upgrade matrix, table 2. */
const firstWithLoader = { SCCP: 6, SIP: 7, MGCP: 7 } as const;

/** Whether the phone that runs this image boots through the universal application loader. */
export function hasLoader(image: ImageName): boolean {
  if (image.kind === 'loader') return true;
  if (image.protocol === 'UNIStim' || image.protocol === 'none') return false;
  return image.major >= firstWithLoader[image.protocol];
}

/**
 * The loader delivered with an image: of the same release, in SCCP naming. SCCP loads and their
 * loader share one name and differ in the extension. Upgrade matrix, Universal Application Loader.
 */
export function loaderOf(image: ImageName): string | undefined {
  if (!hasLoader(image)) return undefined;
  return image.canonical.replace(/^P0[SM]3/, 'P003');
}

/**
 * The files of an image as its package delivers them. Before the loader: the image, signed too from
 * 5.0 on. With it: the loads file, the application, the loader signed and unsigned.
 */
export function imageFiles(image: ImageName): readonly string[] {
  const { canonical } = image;
  if (image.kind === 'loader') return [`${canonical}.bin`, `${canonical}.sbn`];
  const loader = loaderOf(image);
  if (loader) return [`${canonical}.loads`, `${canonical}.sb2`, `${loader}.sbn`, `${loader}.bin`];
  return image.signed ? [`${canonical}.bin`, `${canonical}.sbn`] : [`${canonical}.bin`];
}
