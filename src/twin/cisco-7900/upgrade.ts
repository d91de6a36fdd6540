import { isUniversalLoader } from './image-name.ts';
import type { BootEnd } from '../boots.ts';
import type { Phone } from './phone.ts';

/**
 * Goes over to another image. Undefined when the phone stays on the one that it runs: the image is
 * the same, was refused before or cannot be had.
 */
export type Upgrade = (image: string) => Promise<BootEnd | undefined>;

/** Whether an image that a configuration file names is one to go over to. */
export function wants(phone: Phone, image: string): boolean {
  const { application, loader } = phone.flash();
  if (image === application?.name || phone.hasRefused(image)) return false;
  return loader === undefined || !isUniversalLoader(image);
}
