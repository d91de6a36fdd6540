import type { PhoneFamily } from '../model/family.ts';
import type { PhoneFinding } from '../model/finding.ts';
import type { Phone } from '../model/phone.ts';
import type { Progress } from '../model/progress.ts';
import { isComplete, type Library } from './firmware/library.ts';
import { refusalLimit, timesRefused } from './refusals.ts';
import { sameImage } from './same-image.ts';

/** What a phone that cannot start anything may be given in place of what it should run. */
export type RescueSituation = {
  readonly phone: Phone;
  readonly family: PhoneFamily;
  readonly progress: Progress | undefined;
  readonly findings: readonly PhoneFinding[];
  readonly library: Library | undefined;
};

/**
 * The image that gets the phone out soonest: the one that it should run, then the one that it ran,
 * then any that its family knows to start; whole in the library and not refused. Undefined for a
 * phone that is not stuck, or when there is none.
 */
export function rescueImage(situation: RescueSituation): string | undefined {
  const { phone, family, progress, findings, library } = situation;
  const { rescue } = family;
  if (!rescue || !findings.some(({ code }) => rescue.states.includes(code))) return undefined;
  const own = library?.images.filter((image) => image.family === family.id) ?? [];
  const had = own.filter(isComplete).map(({ image }) => image);
  const wished = [phone.image, phone.running].flatMap((image) => image ?? []);
  const candidates = [...wished, ...rescue.preferred(had, phone.image)];
  return candidates
    .filter((image) => rescue.starts(image))
    .filter((image) => had.includes(family.parseImage(image)?.canonical ?? image))
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
