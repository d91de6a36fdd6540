import { decodeNortelImage, versionIdIn } from '../../codec/image/nortel-2004-image.ts';
import {
  nortelImageOfFile,
  type NortelImageKind,
  type NortelImageName,
} from '../../codec/text/nortel-image-name.ts';
import { CodecError } from '../../wire/codec-error.ts';

/** Whether what has come can be flashed. */
export type CheckedImage =
  | { readonly ok: true; readonly name: NortelImageName }
  | { readonly ok: false; readonly because: string };

/**
 * By what runs on the phone. The transitional firmware comes between UNIStim and SIP, and TFTP leads
 * back to UNIStim: NN42020-202, sections 5 and 6. That what is not named there is refused is assumed.
 */
const takenBy: Readonly<Record<NortelImageKind, readonly NortelImageKind[]>> = {
  unistim: ['unistim', 'transitional'],
  transitional: ['transitional', 'unistim', 'sip'],
  sip: ['sip', 'unistim'],
};

/**
 * Kind, version id, length and checksum of an image. `trusting` takes files of unknown layout by their
 * name, or by the version id that stands in them.
 */
export function checkImage(
  bytes: Uint8Array,
  path: string,
  running: NortelImageKind,
  trusting: boolean,
): CheckedImage {
  const found = nameIn(bytes, path, trusting);
  if (typeof found === 'string') return { ok: false, because: found };
  if (!found.phones.includes('2004'))
    return { ok: false, because: `${path} is for the ${found.phones.join(', ')}` };
  if (takenBy[running].includes(found.kind)) return { ok: true, name: found };
  const first = found.kind === 'sip' ? ': the transitional firmware has to come before it' : '';
  return { ok: false, because: `${running} firmware takes no ${found.kind} image${first}` };
}

function nameIn(bytes: Uint8Array, path: string, trusting: boolean): NortelImageName | string {
  try {
    return decodeNortelImage(bytes).name;
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    const byName = trusting ? (versionIdIn(bytes) ?? nortelImageOfFile(path)) : undefined;
    return byName ?? `${path}: ${error.message}`;
  }
}
