import type { Phone } from '../model/phone.ts';
import type { Progress, ProgressState } from '../model/progress.ts';

/** How far a phone is on the way to the image that it should run. */
export const standings = ['none', 'under-way', 'waiting', 'done', 'stopped'] as const;
export type Standing = 'none' | ProgressState;

/** `none` where it has no image to go to, or was not seen since it has. */
export function standingOf(phone: Phone, progress: Progress | undefined): Standing {
  return progress && progress.target === phone.image ? progress.state : 'none';
}

/** What the operator said of a phone, whether it was so before or not. */
export type Said = { readonly image: boolean; readonly running: boolean };

/**
 * Whether a plan no longer holds after the operator spoke: the model is another one, it runs
 * something else than was believed, or an image is asked for again whose plan has stopped.
 */
export function startsAnew(
  before: Phone,
  after: Phone,
  said: Said,
  progress: Progress | undefined,
): boolean {
  if (!progress) return false;
  if (before.model !== after.model) return true;
  if (said.running && after.running !== before.running) return true;
  return progress.state === 'stopped' && (said.image || said.running);
}
