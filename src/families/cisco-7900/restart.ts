import type { FamilyRestart } from '../../model/family-restart.ts';
import { notifyProblem } from '../cisco-shared/restart.ts';
import { parseImageName } from './image-name.ts';
import { limits } from './lateness.ts';
import { restartWay } from './sip/restart-way.ts';

/** `check-sync`; it waits until its line was idle for 20 s, then starts in 24 to 53 s. */
const idleMs = 20_000;

export const restart: FamilyRestart = {
  problem: (image) => notifyProblem(image === undefined ? undefined : parseImageName(image)),
  way: restartWay,
  times: () => ({
    hear: { usualMs: idleMs + 30_000, withinMs: idleMs + limits.image.withinMs },
    start: { usualMs: limits.load.seenMs, withinMs: limits.load.withinMs },
    // The loader's hunt, two transfers and two starts; a hunt that breaks off comes again.
    hop: {
      usualMs: limits.image.seenMs + limits.application.seenMs + limits.hunt.seenMs,
      withinMs: limits.image.withinMs + limits.application.withinMs + limits.again.withinMs,
    },
    register: { usualMs: 10_000, withinMs: 120_000 },
    // Longer than its own watch waits, which then says what it is late with.
    silentMs: limits.again.withinMs + 60_000,
    boots: 8,
  }),
};
