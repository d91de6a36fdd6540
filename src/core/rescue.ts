import type { PhoneFamily } from '../model/family.ts';
import type { PhoneFinding } from '../model/finding.ts';
import type { Phone } from '../model/phone.ts';
import type { Progress } from '../model/progress.ts';
import { refusalLimit, timesRefused } from './refusals.ts';
import { sameImage } from './same-image.ts';

/** What a phone that cannot start anything may be given in place of what it should run. */
export type RescueSituation = {
  readonly phone: Phone;
  readonly family: PhoneFamily;
  readonly progress: Progress | undefined;
  readonly findings: readonly PhoneFinding[];
  /** Names of the library's files. */
  readonly files: readonly string[];
};

/**
 * The image that gets the phone out soonest: the one that it should run, then the one that it ran,
 * then any that its family knows to start; whole in the library and not refused. Undefined for a
 * phone that is not stuck, or when there is none.
 */
export function rescueImage(situation: RescueSituation): string | undefined {
  const { phone, family, progress, findings, files } = situation;
  const { rescue } = family;
  if (!rescue || !findings.some(({ code }) => rescue.states.includes(code))) return undefined;
  const names = new Set(files.map((name) => name.toLowerCase()));
  const had = [...new Set(files.flatMap((name) => family.firmware.imageOf(name) ?? []))].sort();
  const wished = [phone.image, phone.running].flatMap((image) => image ?? []);
  const candidates = [...wished, ...rescue.preferred(had, phone.image)];
  return candidates
    .filter((image) => rescue.starts(image))
    .filter((image) => family.imageFiles(image).every((name) => names.has(name.toLowerCase())))
    .find((image) => !isRefused(family, progress, image));
}

function isRefused(family: PhoneFamily, progress: Progress | undefined, image: string): boolean {
  return progress !== undefined && timesRefused(family, progress, image) >= refusalLimit;
}

/** Whether the present step leads out by itself. */
export function isOnItsWay(
  family: PhoneFamily,
  progress: Progress | undefined,
  image: string,
): boolean {
  const step = progress?.state === 'under-way' ? progress.steps[progress.step] : undefined;
  return step !== undefined && sameImage(family, step.image, image);
}
