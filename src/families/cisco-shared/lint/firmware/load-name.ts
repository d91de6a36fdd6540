import type { ImageName } from '../../../../model/firmware.ts';
import { parseImageName as parse7900 } from '../../../cisco-7900/image-name.ts';
import { imageFiles as files7900 } from '../../../cisco-7900/universal-loader.ts';
import { parseImageName as parseJava } from '../../../cisco-java/image-name.ts';

/** What an image's name says to the phones of both families. */
export type LoadName = {
  readonly image: ImageName;
  /** `7940/7960`, or the digits of `SIP41`; undefined in a name that says nothing of it. */
  readonly hardware: string | undefined;
  /** Files of which one must be there; phones ask for them one after the other, or for one. */
  readonly files: readonly string[];
};

/** The hardware of the 7940 and 7960. */
export const hardware7900 = '7940/7960';

/** Undefined for images of other models. */
export function readLoadName(text: string): LoadName | undefined {
  const java = parseJava(text);
  if (java) return { image: java, hardware: java.hardware, files: [`${java.canonical}.loads`] };
  const image = parse7900(text);
  if (!image) return undefined;
  const [first = ''] = files7900(image);
  const { canonical, kind } = image;
  const files = first.endsWith('.loads') ? [first] : [`${canonical}.bin`, `${canonical}.sbn`];
  const alone = kind === 'loader' ? [...files, `${canonical}.sb2`] : files;
  return { image, hardware: hardware7900, files: alone };
}
