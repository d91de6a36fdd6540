import type { FamilyFirmware, FirmwareFacts } from '../../../model/firmware-file.ts';
import { contentOf } from '../../cisco-shared/firmware/content.ts';
import { factsOf } from '../../cisco-shared/firmware/facts.ts';
import { intendedImages } from '../../cisco-shared/firmware/intended.ts';
import { ownerOf } from '../../cisco-shared/firmware/owner.ts';
import { parseImageName } from '../image-name.ts';
import { models } from '../models.ts';
import { fileName } from '../paths.ts';

/** Every package brings its own `term41.default.loads`: they differ in the files that they name. */
function withVariant(facts: FirmwareFacts, name: string): FirmwareFacts {
  const [first] = facts.lists ?? [];
  const isDefault = fileName(facts.ownName ?? name).kind === 'default-loads';
  return isDefault && first !== undefined
    ? { ...facts, variant: first.replace(/\.[^.]*$/, '') }
    : facts;
}

/** Loads of the Java phones: a list of files and the components that it names. */
export const firmware: FamilyFirmware = {
  identify(name, bytes) {
    const content = contentOf(name, bytes);
    return ownerOf(name, content) === 'java'
      ? withVariant(factsOf(name, content), name)
      : undefined;
  },
  // Which load a component belongs to only the lists say.
  intended: (name, bytes) => intendedImages(models, name, bytes),
  imageOf: (name) => (/\.loads$/i.test(name) ? parseImageName(name)?.canonical : undefined),
  hasCopies: (name) => fileName(name).kind === 'default-loads',
  bundle(image, of) {
    const list = `${image}.loads`;
    return { parts: [list, ...(of(list)?.lists ?? [])], findings: [] };
  },
};
