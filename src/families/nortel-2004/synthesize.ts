import { encodeNortelImage } from '../../codec/image/nortel-2004-image.ts';
import { nortelFileOf, parseNortelImageName } from '../../codec/text/nortel-image-name.ts';
import type { FirmwareFile } from '../../model/firmware.ts';
import { fillFor } from '../shared/synthetic-fill.ts';

/** Real ones have about a megabyte. */
const usualBytes = 256 * 1024;
/** The build of a SIP image that is made without saying which. */
const usualSuffix = 'c08';

/** An image as this program makes them: the layout of real ones is not public. */
export function synthesizeImage(image: string, size = usualBytes): readonly FirmwareFile[] {
  const name = parseNortelImageName(image);
  if (!name) return [];
  const isPlain = name.kind === 'sip' && name.suffix === '';
  const version = isPlain ? `${name.canonical}${usualSuffix}` : name.canonical;
  const bytes = encodeNortelImage({ version, size, fill: fillFor(version) });
  return [{ name: nortelFileOf(name), bytes }];
}
