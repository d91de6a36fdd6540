import type { PhoneFamily } from '../model/family.ts';
import type { Progress } from '../model/progress.ts';
import { sameImage } from './same-image.ts';

/** Times that a phone may come back without an image before it is taken away. */
export const refusalLimit = 2;

/** What was refused longer ago counts no more. */
const forgetAfterMs = 24 * 60 * 60 * 1000;

type Kept = Pick<Progress, 'refused' | 'updatedAt'>;

export function isRecent(progress: Kept | undefined, now: number): boolean {
  return progress !== undefined && now - progress.updatedAt < forgetAfterMs;
}

export function withRefusal(progress: Progress, image: string, now: number): Progress {
  const before = isRecent(progress, now) ? (progress.refused ?? []) : [];
  return { ...progress, refused: [...before, image] };
}

export function timesRefused(
  family: Pick<PhoneFamily, 'parseImage'>,
  { refused = [] }: Pick<Progress, 'refused'>,
  image: string,
): number {
  return refused.filter((each) => sameImage(family, each, image)).length;
}
