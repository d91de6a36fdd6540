import type { Phase, Step } from '../../model/story.ts';

type Counted = { -readonly [Key in keyof Phase]: Phase[Key] };

/** Runs of steps with one phase. */
export function phasesOf(steps: readonly Step[]): readonly Phase[] {
  const phases: Counted[] = [];
  for (const step of steps) {
    const last = phases.at(-1);
    if (last?.phase === step.phase) count(last, step);
    else phases.push(begin(step, last));
  }
  return phases;
}

function begin(step: Step, before: Phase | undefined): Counted {
  const { at, phase } = step;
  const gap = before === undefined ? 0 : Math.max(0, at - before.lastAt);
  const begun: Counted = {
    ...{ phase, startedAt: at, lastAt: at, gap },
    ...{ files: 0, bytes: 0, repeats: 0 },
  };
  count(begun, step);
  return begun;
}

function count(phase: Counted, step: Step): void {
  phase.lastAt = Math.max(phase.lastAt, step.at);
  if (!('file' in step)) return;
  const { endedAt, bytes, repeats } = step.file;
  phase.lastAt = Math.max(phase.lastAt, endedAt ?? step.at);
  phase.files++;
  phase.bytes += bytes ?? 0;
  phase.repeats += repeats;
}
