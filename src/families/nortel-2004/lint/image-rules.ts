import { decodeNortelImage, isNortelImage } from '../../../codec/image/nortel-2004-image.ts';
import type { Rule } from '../../shared/lint/rule.ts';
import { CodecError } from '../../../wire/codec-error.ts';

/** A firmware file, of which only synthetic ones can be looked into. */
export type ImageFile = { readonly bytes: Uint8Array; readonly fault: string | undefined };

export function imageFile(bytes: Uint8Array): ImageFile {
  return { bytes, fault: faultOf(bytes) };
}

function faultOf(bytes: Uint8Array): string | undefined {
  if (bytes.length === 0) return 'the file is empty';
  if (!isNortelImage(bytes)) return undefined;
  try {
    decodeNortelImage(bytes);
    return undefined;
  } catch (error) {
    if (error instanceof CodecError) return error.message;
    throw error;
  }
}

export const imageRules: readonly Rule<ImageFile>[] = [
  {
    code: 'image-damaged',
    severity: 'error',
    title: 'Firmware file that is cut off or no firmware',
    consequence: 'The phone does not take it, or does not start with it.',
    cure: 'Take the file from its package again.',
    check({ fault }, report) {
      if (fault !== undefined) report({ text: fault });
    },
  },
  {
    code: 'image-synthetic',
    severity: 'note',
    title: 'Synthetic firmware',
    consequence: 'Virtual phones take it, real ones do not.',
    cure: 'Put the firmware of the vendor in its place before real phones come.',
    check({ bytes, fault }, report) {
      if (fault === undefined && isNortelImage(bytes))
        report({ text: 'made by hookflash, for virtual phones' });
    },
  },
];
