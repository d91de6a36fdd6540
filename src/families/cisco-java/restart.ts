import type { FamilyRestart } from '../../model/family-restart.ts';
import { notifyProblem } from '../cisco-shared/restart.ts';
import { parseImageName } from './image-name.ts';
import { limits } from './phone-findings.ts';
import { restartWay } from './sip/restart-way.ts';

export const restart: FamilyRestart = {
  problem: (image) => notifyProblem(image === undefined ? undefined : parseImageName(image)),
  way: restartWay,
  times: () => ({
    hear: { usualMs: 60_000, withinMs: 240_000 },
    start: { usualMs: 60_000, withinMs: 180_000 },
    // Five to seven components are fetched and written in one go.
    hop: { usualMs: limits.component.seenMs, withinMs: 2 * limits.component.withinMs },
    register: { usualMs: 20_000, withinMs: 180_000 },
    silentMs: limits.component.withinMs + 60_000,
    boots: 8,
  }),
};
