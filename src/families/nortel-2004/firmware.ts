import {
  decodeNortelImage,
  isNortelImage,
  versionIdIn,
} from '../../codec/image/nortel-2004-image.ts';
import {
  nortelFileOf,
  nortelImageOfFile,
  type NortelImageName,
} from '../../codec/text/nortel-image-name.ts';
import type { Finding } from '../../model/finding.ts';
import type { FamilyFirmware, FirmwareFacts } from '../../model/firmware-file.ts';
import { CodecError } from '../../wire/codec-error.ts';
import { fileName } from './paths.ts';
import { imageFiles } from './upgrade-step.ts';

/**
 * Images of the IP Phone 2004. What is inside real ones is not public: one is known by its name, a
 * SIP image by the version id that stands in it as text, too, so that `2004SIP.img` is known.
 */
export const firmware: FamilyFirmware = {
  identify(name, bytes) {
    if (isNortelImage(bytes)) return synthetic(name, bytes);
    const inside = versionIdIn(bytes);
    const named = nortelImageOfFile(name);
    const image = inside ?? (fileName(name).kind === 'firmware' ? named : undefined);
    if (!image || isOther(bytes)) return undefined;
    return facts(image, named && inside ? disagreement(named, inside) : []);
  },
  intended: () => [],
  imageOf: (name) => nortelImageOfFile(name)?.canonical,
  bundle: (image) => ({ parts: imageFiles(image), findings: [] }),
};

/** Text, or nothing: a page that somebody saved under the name of an image. */
function isOther(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  return bytes.length === 0 || /^\s*(?:<|\[|#)/.test(head);
}

function facts(image: NortelImageName, findings: readonly Finding[]): FirmwareFacts {
  return {
    kind: 'application',
    ownName: nortelFileOf(image),
    internalVersion: image.canonical,
    findings,
  };
}

function disagreement(named: NortelImageName, inside: NortelImageName): readonly Finding[] {
  if (named.load === inside.load && named.release === inside.release) return [];
  return [
    {
      code: 'image-renamed',
      severity: 'warning',
      text: `it is called ${named.canonical} and says inside that it is ${inside.canonical}`,
      consequence: 'The phone runs what is inside, whatever the name says.',
      cure: `rename it to ${nortelFileOf(inside)}`,
    },
  ];
}

function synthetic(name: string, bytes: Uint8Array): FirmwareFacts {
  const named = nortelImageOfFile(name);
  try {
    const { name: inside } = decodeNortelImage(bytes);
    const findings = named ? disagreement(named, inside) : [];
    return { ...facts(inside, findings), synthetic: true };
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    const finding: Finding = {
      code: 'image-damaged',
      severity: 'error',
      text: error.message,
      consequence: 'The phone rejects it, or hangs.',
      cure: 'hookflash firmware import --replace a whole file',
    };
    const about = named ? { ownName: nortelFileOf(named), internalVersion: named.canonical } : {};
    return { kind: 'application', synthetic: true, ...about, findings: [finding] };
  }
}
