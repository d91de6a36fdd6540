import type { PhoneFamily } from '../../model/family.ts';
import type { Finding } from '../../model/finding.ts';
import type { UpgradeStep } from '../../model/plan.ts';
import { imageKey } from '../same-image.ts';
import type { Library } from './library.ts';
import { isGrave, isUsable } from './library-file.ts';

/** A step of a plan that the library cannot serve. */
export type LackingStep = {
  /** Index of the step. */
  readonly step: number;
  readonly image: string;
  /** Names of files that are not there. */
  readonly files: readonly string[];
  /** Names of files that are there and that phones reject. */
  readonly unusable: readonly string[];
  /** Where files of the image contradict each other. */
  readonly faults: readonly Finding[];
  /** The library's spelling of the same release, where it has one. */
  readonly spelling?: string;
};

/** The steps for which files are wanting, those included that a list in the library names. */
export function lackingFirmware(
  family: Pick<PhoneFamily, 'id' | 'parseImage' | 'imageFiles'>,
  steps: readonly Pick<UpgradeStep, 'image' | 'firmware'>[],
  library: Library,
): readonly LackingStep[] {
  return steps.flatMap(({ image, firmware }, step) => {
    const names = withListed(firmware, library);
    const files = names.filter((name) => !library.file(name));
    const unusable = names.filter((name) => {
      const file = library.file(name);
      return file !== undefined && !isUsable(file);
    });
    const faults = faultsOf(family, image, library);
    if (files.length + unusable.length + faults.length === 0) return [];
    const spelling = otherSpelling(family, image, library);
    return [{ step, image, files, unusable, faults, ...(spelling !== undefined && { spelling }) }];
  });
}

/** What is wrong with its files together, beside that some are not there. */
function faultsOf(
  { id }: Pick<PhoneFamily, 'id'>,
  image: string,
  { images }: Library,
): readonly Finding[] {
  const found = images.find((each) => each.family === id && each.image === image);
  return (found?.findings ?? []).filter(
    (finding) => isGrave(finding) && finding.code !== 'image-incomplete',
  );
}

function withListed(names: readonly string[], library: Library): readonly string[] {
  const listed = names.flatMap((name) => library.file(name)?.firmware?.facts.lists ?? []);
  const all = [...names, ...listed];
  return all.filter((name, at) => all.findIndex((each) => isSameName(each, name)) === at);
}

function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** How the library spells an image that it does not have under this name. */
export function otherSpelling(
  family: Pick<PhoneFamily, 'id' | 'parseImage' | 'imageFiles'>,
  image: string,
  library: Library,
): string | undefined {
  const key = imageKey(family, image);
  const canonical = family.parseImage(image)?.canonical ?? image;
  const same = library.images.filter((each) => each.family === family.id && each.key === key);
  if (same.some((each) => each.image === canonical || hasSameFiles(family, each.image, canonical)))
    return undefined;
  return same[0]?.image;
}

/** Names that are more or less exact for one image of one set of files. */
export function hasSameFiles(
  family: Pick<PhoneFamily, 'imageFiles'>,
  one: string,
  other: string,
): boolean {
  return family.imageFiles(one).join() === family.imageFiles(other).join();
}

/** How far a plan leads with the library as it is, and what the next import changes. */
export type Reach = {
  /** Steps that can be served, from the first. */
  readonly steps: number;
  /** The step that can be served once its image is imported, and how many can be then. */
  readonly next?: { readonly image: string; readonly steps: number };
};

export function reachOf(count: number, lacking: readonly LackingStep[]): Reach {
  const [first, second] = lacking;
  if (!first) return { steps: count };
  return { steps: first.step, next: { image: first.image, steps: second?.step ?? count } };
}
