import type { Finding } from '../../../model/finding.ts';
import type { FamilyFirmware, FirmwareFacts } from '../../../model/firmware-file.ts';
import { contentOf, type Content } from '../../cisco-shared/firmware/content.ts';
import { factsOf } from '../../cisco-shared/firmware/facts.ts';
import { intendedImages } from '../../cisco-shared/firmware/intended.ts';
import { ownerOf, type Owner } from '../../cisco-shared/firmware/owner.ts';
import { imageName, parseImageName } from '../image-name.ts';
import { models } from '../models.ts';
import { imageFiles } from '../universal-loader.ts';

type FactsOf = (name: string) => FirmwareFacts | undefined;

/** Images of the 7940 and 7960, and signed files of phones that no family knows. */
export const firmware: FamilyFirmware = {
  identify(name, bytes) {
    const content = contentOf(name, bytes);
    const owner = ownerOf(name, content);
    if (owner !== '7900' && owner !== 'other') return undefined;
    return factsOf(name, checked(owner, content));
  },
  intended: (name, bytes) => intendedImages(models, name, bytes),
  imageOf(name) {
    const [, stem = '', extension] = /^(.*)\.(bin|sbn|sb2|loads)$/i.exec(name) ?? [];
    return extension === undefined ? undefined : parseImageName(stem)?.canonical;
  },
  bundle(image, of) {
    const parts = partsOf(image, of(`${image}.loads`));
    return { parts, findings: [...loaderMismatch(image, of), ...unlikeTwins(parts, of)] };
  },
};

/** A signed file that is called like an image and holds neither one nor a list of files. */
function checked(owner: Owner, content: Content): Content {
  const { image, loads, damage } = content;
  if (owner === 'other' || image || loads || damage !== undefined) return content;
  return { ...content, damage: 'there is no image behind its signed header' };
}

/** The package's files; the loader is what the list of files names, where it is there. */
function partsOf(image: string, list: FirmwareFacts | undefined): readonly string[] {
  const usual = imageFiles(imageName(image));
  const listed = list?.lists ?? [];
  const loader = listed.find((name) => /\.sbn$/i.test(name));
  if (loader === undefined) return usual;
  const own = usual.filter((name) => /\.(loads|sb2)$/.test(name));
  return withoutRepeats([...own, ...listed, loader.replace(/\.sbn$/i, '.bin')]);
}

function withoutRepeats(names: readonly string[]): readonly string[] {
  return [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
}

/** `LA_VERSION` decides whether the phone fetches the loader. */
function loaderMismatch(image: string, of: FactsOf): readonly Finding[] {
  const { lists = [], wantsLoader } = of(`${image}.loads`) ?? {};
  return lists.flatMap((name) => {
    const facts = of(name);
    const is = facts?.kind === 'loader' ? facts.internalVersion : undefined;
    if (wantsLoader === undefined || is === undefined || is === wantsLoader) return [];
    return [
      {
        code: 'loader-mismatch',
        severity: 'error',
        text: `${image}.loads wants loader ${wantsLoader}, ${name} is ${is}`,
        consequence:
          'The phone installs the loader, finds the wrong version and starts again for ever.',
        cure: 'Import both from one package.',
      },
    ];
  });
}

/** `.bin` is `.sbn` without its header, byte by byte. */
function unlikeTwins(parts: readonly string[], of: FactsOf): readonly Finding[] {
  return parts.flatMap((name) => {
    if (!/\.bin$/i.test(name)) return [];
    const signed = name.replace(/\.bin$/i, '.sbn');
    const [one, other] = [of(name)?.bodySha256, of(signed)?.bodySha256];
    if (one === undefined || other === undefined || one === other) return [];
    return [
      {
        code: 'image-twins-differ',
        severity: 'error',
        text: `${name} and ${signed} hold different images`,
        consequence: 'One of them is cut off or changed; a phone that takes it may not start.',
        cure: 'Import both from one package.',
      },
    ];
  });
}
