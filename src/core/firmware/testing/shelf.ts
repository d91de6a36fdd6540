import type { PhoneFamily } from '../../../model/family.ts';
import type { FirmwareFacts } from '../../../model/firmware-file.ts';
import { fakeFamily } from '../../testing/fake-family.ts';
import { firmwareLibrary, type Library } from '../library.ts';
import type { LibraryFile } from '../library-file.ts';

/**
 * Images are numbers, `7` and `07` one release; an image is `N.list`, `N.app` and what its list
 * names. `boot-N` is the loader of an image N, alone in `boot-N.app`.
 */
export const shelfFamily: PhoneFamily = {
  ...fakeFamily,
  parseImage(text) {
    const image = fakeFamily.parseImage('1');
    const digits = /^(boot-)?(\d+)$/.exec(text);
    if (!image || !digits) return undefined;
    const kind = digits[1] === undefined ? 'application' : 'loader';
    return { ...image, text, canonical: text, kind, key: text.replace(/^(boot-)?0+/, '$1') };
  },
  isFirmware: (path) => /\.(list|app)$/.test(path),
  firmware: {
    identify: () => undefined,
    intended: () => [],
    imageOf: (name) => /^((?:boot-)?\d+)\.(?:list|app)$/.exec(name.toLowerCase())?.[1],
    bundle(image, of) {
      if (image.startsWith('boot-')) return { parts: [`${image}.app`], findings: [] };
      const listed = of(`${image}.list`)?.lists ?? [];
      return { parts: [`${image}.list`, `${image}.app`, ...listed], findings: [] };
    },
  },
};

export function shelfFile(path: string, more: Partial<FirmwareFacts> = {}): LibraryFile {
  const facts: FirmwareFacts = { kind: 'application', findings: [], ...more };
  return { path, size: 10, sha256: `of ${path}`, firmware: { family: 'fake', facts } };
}

export function shelfList(path: string, ...lists: readonly string[]): LibraryFile {
  return shelfFile(path, { kind: 'list', lists });
}

export function damaged(path: string): LibraryFile {
  const finding = { code: 'image-damaged', severity: 'error', text: 'cut off' } as const;
  return shelfFile(path, { findings: [finding] });
}

export function shelf(...files: readonly LibraryFile[]): Library {
  return firmwareLibrary([shelfFamily], files);
}
