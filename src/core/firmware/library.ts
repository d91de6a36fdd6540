import type { PhoneFamily } from '../../model/family.ts';
import type { Finding } from '../../model/finding.ts';
import type { FirmwareFacts } from '../../model/firmware-file.ts';
import { fileFindings, imageFindings } from './findings.ts';
import { sameImage } from '../same-image.ts';
import { baseName, isCopy, isUsable, type LibraryFile } from './library-file.ts';

/** An image of the library: the files that it consists of and what is wanting. */
export type LibraryImage = {
  readonly family: string;
  readonly image: string;
  /** Equal for the spellings of one release. */
  readonly key: string;
  /** Those that are there, good or bad. */
  readonly files: readonly LibraryFile[];
  /** Names of those that are not. */
  readonly lacks: readonly string[];
  /** Names of those that phones reject. */
  readonly unusable: readonly string[];
  /** Bytes. */
  readonly size: number;
  readonly findings: readonly Finding[];
};

export type Library = {
  /** By family, then by name. */
  readonly images: readonly LibraryImage[];
  /** All files, by path. */
  readonly files: readonly LibraryFile[];
  /** Those that no image counts as its own. */
  readonly loose: readonly LibraryFile[];
  /** Of files and images. */
  readonly findings: readonly Finding[];
  /** A file at the root in any letter case: where phones ask for it. */
  file(name: string): LibraryFile | undefined;
  /** All files of a name that belong to different images, in any letter case. */
  copies(name: string): readonly LibraryFile[];
};

export function firmwareLibrary(
  families: readonly PhoneFamily[],
  all: readonly LibraryFile[],
): Library {
  const files = all.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const file = finder(files);
  const copies = files.filter(
    (each) => isCopy(each) || (isRoot(each) && each.firmware?.facts.variant !== undefined),
  );
  const images = families.flatMap((family) => imagesOf(family, files, file, copies));
  const owned = new Set(images.flatMap((image) => image.files));
  const findings = [
    ...files.flatMap((each) => fileFindings(each)),
    ...images.flatMap((image) => image.findings),
  ];
  return {
    ...{ images, files, findings, file },
    loose: files.filter((each) => !owned.has(each)),
    copies: (name) => copies.filter(({ path }) => isSameName(baseName(path), name)),
  };
}

function isRoot({ path }: LibraryFile): boolean {
  return !path.includes('/');
}

function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The file of this name that belongs to the image, where there are several. */
export function copyFor(
  library: Library,
  family: Pick<PhoneFamily, 'id' | 'parseImage'>,
  image: string,
  name: string,
): LibraryFile | undefined {
  const copies = library.copies(name);
  const owners = library.images.filter(
    (each) => each.family === family.id && sameImage(family, each.image, image),
  );
  return copies.find((copy) => owners.some(({ files }) => files.includes(copy)));
}

/** The exact name before those that differ in letter case. */
function finder(files: readonly LibraryFile[]): Library['file'] {
  const exact = new Map(files.map((file) => [file.path, file]));
  const folded = new Map(files.toReversed().map((file) => [file.path.toLowerCase(), file]));
  return (name) => exact.get(name) ?? folded.get(name.toLowerCase());
}

function imagesOf(
  family: PhoneFamily,
  files: readonly LibraryFile[],
  find: Library['file'],
  copies: readonly LibraryFile[],
): readonly LibraryImage[] {
  const names = new Set(
    files.flatMap((file) =>
      isRoot(file) && file.firmware ? (family.firmware.imageOf(file.path) ?? []) : [],
    ),
  );
  const images = [...names].sort().map((name) => imageOf(family, name, find, copies));
  return images.filter((image) => !isPartOfAnother(family, image, images));
}

/** A loader that comes with an application. */
function isPartOfAnother(
  family: PhoneFamily,
  { image, files }: LibraryImage,
  images: readonly LibraryImage[],
): boolean {
  if (family.parseImage(image)?.kind !== 'loader') return false;
  return images.some(
    (other) => other.image !== image && files.every((file) => other.files.includes(file)),
  );
}

function imageOf(
  family: PhoneFamily,
  image: string,
  find: Library['file'],
  copies: readonly LibraryFile[],
): LibraryImage {
  const facts = (name: string): FirmwareFacts | undefined => find(name)?.firmware?.facts;
  const { parts, findings } = family.firmware.bundle(image, facts);
  const own = parts.flatMap((name) => find(name) ?? []);
  const files = [...own, ...copies.filter((copy) => !own.includes(copy) && names(copy, parts))];
  const lacks = parts.filter((name) => !find(name));
  const unusable = parts.filter((name) => {
    const file = find(name);
    return file !== undefined && !isUsable(file);
  });
  return {
    ...{ family: family.id, image, files, lacks, unusable },
    key: family.parseImage(image)?.key ?? image,
    size: files.reduce((sum, file) => sum + file.size, 0),
    findings: [...imageFindings({ image, parts, lacks, files }), ...findings],
  };
}

/** Whether all that a list names is part of the image. */
function names({ firmware }: LibraryFile, parts: readonly string[]): boolean {
  const lists = firmware?.facts.lists ?? [];
  return lists.length > 0 && lists.every((name) => parts.some((part) => isSameName(part, name)));
}

/** All files are there and good, and fit together. */
export function isComplete({ lacks, unusable, findings }: LibraryImage): boolean {
  return (
    lacks.length + unusable.length === 0 && findings.every((each) => each.severity !== 'error')
  );
}

/** Names of the files that phones find and can take. */
export function usableNames({ files }: Library): readonly string[] {
  return files.filter((file) => !file.path.includes('/') && isUsable(file)).map(({ path }) => path);
}
