// All pairs of images of the upgrade matrix planned, from a cold start and again.
import { availableParallelism, cpus } from 'node:os';
import { planSteps } from '../src/core/plan.ts';
import { cisco7900 } from '../src/families/cisco-7900/cisco-7900.ts';
import type { PlanMode } from '../src/model/plan.ts';
import { matrixImages } from '../test/upgrade-matrix-table.ts';

const rounds = 5;
const limitMs = 100;

function planAll(mode: PlanMode): { readonly pairs: number; readonly possible: number } {
  let [pairs, possible] = [0, 0];
  for (const from of matrixImages)
    for (const to of matrixImages) {
      pairs++;
      if (planSteps(cisco7900, from, to, { mode }).possible) possible++;
    }
  return { pairs, possible };
}

console.log(`${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores`);
let slow = false;
for (let round = 1; round <= rounds; round++)
  for (const mode of ['cautious', 'direct'] as const) {
    const start = performance.now();
    const { pairs, possible } = planAll(mode);
    const ms = performance.now() - start;
    slow ||= ms >= limitMs;
    const first = round === 1 ? '  first in this process' : '';
    console.log(
      `${mode.padEnd(8)} ${pairs} pairs, ${possible} with a way: ${ms.toFixed(1)} ms${first}`,
    );
  }
if (slow) {
  console.error(`slower than ${limitMs} ms`);
  process.exitCode = 1;
}
