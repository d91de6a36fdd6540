import {
  type NortelImageKind,
  type NortelImageName,
  parseNortelImageName,
} from '../../codec/text/nortel-image-name.ts';
import type { Finding } from '../../model/finding.ts';
import type { ImageName } from '../../model/firmware.ts';
import type { Model } from '../../model/phone.ts';
import { sipModel } from './models.ts';

/** An image of these phones; the canonical name is the version id as far as it is known. */
export type NortelImage = ImageName &
  Pick<NortelImageName, 'load' | 'release' | 'suffix' | 'phones'> & {
    readonly software: NortelImageKind;
    /** A plan passes through it and does not end there. */
    readonly between?: true;
  };

/**
 * Images that no phone is ever told of: each stands for one of its kind until the phone has proved
 * which it is. They are lower than any release.
 */
export const standIns = { unistim: '0604A00', sip: '0692A00' } as const;

/**
 * Reads `0604D98`, `CT12D97`, `0692D93c08` in any letter case. The suffix of a SIP load is not in the
 * name of its file: with it and without it is the same release.
 */
export function parseImageName(text: string): NortelImage | undefined {
  const name = parseNortelImageName(text);
  if (!name) return undefined;
  const { canonical, load, release, suffix, kind, phones } = name;
  return {
    ...{ text, canonical, load, release, suffix, phones, software: kind },
    key: `${load}${release}`,
    protocol: kind === 'sip' ? 'SIP' : 'UNIStim',
    kind: 'application',
    ...{ major: 0, minor: 0, maintenance: 0, sub: 0, signed: false },
    findings: text === canonical ? [] : [otherLetters(text, canonical)],
  };
}

/** As `parseImageName`, for names that are known to be right. */
export function imageName(text: string): NortelImage {
  const name = parseImageName(text);
  if (!name) throw new RangeError(`"${text}" is no image of the IP Phone 2004`);
  return name;
}

/** An image name that this family has read before. */
export function nortelImage(name: ImageName): NortelImage {
  return 'software' in name ? (name as NortelImage) : imageName(name.text);
}

function otherLetters(text: string, canonical: string): Finding {
  return {
    code: 'image-name-case',
    severity: 'warning',
    text: `"${text}" is ${canonical} in other letters or with blanks`,
  };
}

/** Why a model cannot run an image. */
export function hardwareProblem(image: NortelImage, { name }: Model): Finding | undefined {
  if (image.phones.includes(name)) return undefined;
  if (image.software === 'unistim')
    return {
      code: 'image-of-other-hardware',
      severity: 'error',
      text: `${image.canonical} is for the IP Phone ${image.phones.join(', ')}, not for the ${name}`,
      consequence: 'The phone is left on what it runs.',
    };
  return {
    code: 'no-sip-load',
    severity: 'error',
    text: `${image.canonical}: the IP Phone ${name} speaks UNIStim only, there is SIP software for the ${sipModel} alone`,
    consequence: 'The phone is left on what it runs.',
    cure: 'name a UNIStim image: hookflash phone set <MAC> --image 0604D98',
  };
}

/** Sorts: what a phone with such software shows by itself. */
export type Sort = NortelImageKind;

export function sortOfImage(image: string): Sort {
  return parseImageName(image)?.software ?? 'unistim';
}
