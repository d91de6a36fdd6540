import type { Diagnosis } from '../../../model/diagnosis.ts';
import { matchOf, times } from '../../../model/story-questions.ts';
import type { StoryBoot } from '../../../model/story.ts';

/** An upgrade takes two or three, and a person may pull the plug. */
const fewest = 5;
/** A phone that ran longer than this was idle. */
const shortMs = 5 * 60_000;

/** Whatever it is that lets it start again: its family may know more. */
export const bootLoop: Diagnosis = {
  code: 'boot-loop',
  severity: 'error',
  title: 'Phone that starts again for ever',
  consequence: 'it never comes to rest',
  cure: 'look at the other diagnoses first; with none: another power supply or port of the switch (a phone that draws too much is cut off), another cable, then the factory reset',
  matches({ boots, site }) {
    const recent = boots.slice(-fewest);
    const [first] = recent;
    const isLoop =
      recent.length === fewest &&
      recent.every((boot, at) => isShort(boot, recent[at + 1], site.endedAt));
    if (!first || !isLoop) return undefined;
    const minutes = Math.max(1, Math.round((site.endedAt - first.startedAt) / 60_000));
    const text = `it started ${times(boots.length)}, the last ${fewest} in ${minutes} min`;
    return matchOf(recent.map(startOf), text, 0.3);
  },
};

function isShort(boot: StoryBoot, next: StoryBoot | undefined, endedAt: number): boolean {
  return (next?.startedAt ?? endedAt) - boot.startedAt <= shortMs;
}

function startOf({ startedAt, steps }: StoryBoot) {
  const [first] = steps;
  if (first === undefined) return { at: startedAt, evidence: [] };
  const evidence = 'file' in first ? first.file.evidence.slice(0, 1) : [first.seen.evidence];
  return { at: startedAt, evidence };
}
