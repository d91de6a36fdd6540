import { admit, type Holder } from '../src/core/firmware/admission.ts';
import { libraryFile } from '../src/core/firmware/library-file.ts';
import { families } from '../src/families/index.ts';
import { firmwareOf, javaFirmwareOf, type Files } from './virtual-site.ts';

/** Packages as vendors have them, and an import into a library of a site in memory. */

export function packageOf(image: string): Files {
  return /^(SIP|SCCP)\d\d\./.test(image) ? javaFirmwareOf([image]) : firmwareOf([image]);
}

/** As `firmware import`; false where nothing changed. */
export function importPackage(
  library: Map<string, Uint8Array>,
  files: Files,
  replace = false,
): boolean {
  let changed = false;
  for (const [path, bytes] of files) {
    const admission = admit(libraryFile(families, path, bytes), holderIn(library), replace);
    if (admission.kind !== 'store') continue;
    if (admission.replaces !== undefined) library.delete(admission.replaces);
    library.set(admission.name, bytes);
    changed = true;
  }
  return changed;
}

function holderIn(library: ReadonlyMap<string, Uint8Array>) {
  return (name: string): Holder | undefined => {
    const path = [...library.keys()].find((each) => each.toLowerCase() === name.toLowerCase());
    return path === undefined ? undefined : libraryFile(families, path, library.get(path)!);
  };
}
