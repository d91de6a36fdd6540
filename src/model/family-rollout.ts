import type { Model } from './phone.ts';
import type { Refusal } from './plan.ts';

/** How long a phone takes: what was seen, and what it may take before it counts as lost. Milliseconds. */
export type Lasting = { readonly usualMs: number; readonly withinMs: number };

export type RestartTimes = {
  /** From the asking to the first request of the new start, its wait for silence on the line in it. */
  readonly hear: Lasting;
  /** From there until its application runs and it asks for nothing more. */
  readonly start: Lasting;
  /** One hop: everything from one proved image to the next. */
  readonly hop: Lasting;
  /** From there until it has registered. */
  readonly register: Lasting;
  /** Silence, while it is on its way, after which it counts as lost. */
  readonly silentMs: number;
  /** Starts without a hop proved that are still in order. */
  readonly boots: number;
};

/** How phones of a family are restarted from afar, and what they take for it. */
export type FamilyRollout = {
  /** Why a phone that runs this image cannot be asked to restart; undefined where it can. */
  problem(image: string | undefined, model: Model): Refusal | undefined;
  times(model: Model): RestartTimes;
};
