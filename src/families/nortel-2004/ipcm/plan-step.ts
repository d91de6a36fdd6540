import type { Phone } from '../../../model/phone.ts';
import type { Progress } from '../../../model/progress.ts';
import { loadOf } from '../load-order.ts';

/** The image that the plan's present step has the phone fetch by UFTP; undefined where it is none. */
export function stepByUftp(
  { image }: Pick<Phone, 'image'>,
  progress: Progress | undefined,
): string | undefined {
  if (progress?.state !== 'under-way' || image === undefined) return undefined;
  const step = progress.steps[progress.step];
  return step && loadOf(step.order).via === 'uftp' ? step.image : undefined;
}
