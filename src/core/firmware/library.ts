import type { PhoneFamily } from '../../model/family.ts';
import type { Finding } from '../../model/finding.ts';
import type { FirmwareFacts } from '../../model/firmware-file.ts';
import { fileFindings, imageFindings } from './findings.ts';
import { isUsable, type LibraryFile } from './library-file.ts';

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
};

export function firmwareLibrary(
  families: readonly PhoneFamily[],
  all: readonly LibraryFile[],
): Library {
  const files = all.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const file = finder(files);
  const images = families.flatMap((family) => imagesOf(family, files, file));
  const owned = new Set(images.flatMap((image) => image.files));
  const findings = [
    ...files.flatMap((each) => fileFindings(each)),
    ...images.flatMap((image) => image.findings),
  ];
  return { images, files, loose: files.filter((each) => !owned.has(each)), findings, file };
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
): readonly LibraryImage[] {
  const names = new Set(
    files.flatMap(({ path, firmware }) => {
      const isRoot = !path.includes('/');
      return isRoot && firmware ? (family.firmware.imageOf(path) ?? []) : [];
    }),
  );
  const images = [...names].sort().map((name) => imageOf(family, name, find));
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

function imageOf(family: PhoneFamily, image: string, find: Library['file']): LibraryImage {
  const facts = (name: string): FirmwareFacts | undefined => find(name)?.firmware?.facts;
  const { parts, findings } = family.firmware.bundle(image, facts);
  const files = parts.flatMap((name) => find(name) ?? []);
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
