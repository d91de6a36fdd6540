import type { LibraryFile } from './library-file.ts';
import type { Library, LibraryImage } from './library.ts';

/** What goes with an image, and what stays because another image has it too. */
export type Removal = {
  readonly files: readonly LibraryFile[];
  readonly shared: readonly { readonly file: LibraryFile; readonly images: readonly string[] }[];
};

export function removalOf({ images }: Library, image: LibraryImage): Removal {
  const others = images.filter((other) => other !== image);
  const sharing = image.files.map((file) => ({
    file,
    images: others.filter(({ files }) => files.includes(file)).map((other) => other.image),
  }));
  return {
    files: sharing.filter((each) => each.images.length === 0).map(({ file }) => file),
    shared: sharing.filter((each) => each.images.length > 0),
  };
}
