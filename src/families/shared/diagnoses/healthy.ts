import type { Diagnosis } from '../../../model/diagnosis.ts';
import { isSent, matchOf } from '../../../model/story-questions.ts';
import type { PhoneStory, Shown, StoryBoot } from '../../../model/story.ts';

/** Said of a phone of which nothing worse than notes is known. */
export const healthy: Diagnosis = {
  code: 'healthy',
  severity: 'note',
  title: 'Phone with which nothing is wrong',
  consequence: 'none',
  cure: 'nothing to do',
  matches(story) {
    return matchOf(lastShown(story.last), words(story), 0.9);
  },
};

function words(story: PhoneStory): string {
  const { last } = story;
  const image = last.runs ?? taken(story);
  const on = image === undefined ? '' : ` on ${image}`;
  if (last.phases.some(({ phase }) => phase === 'registered'))
    return `nothing wrong: registered${on}`;
  if (last.started && last.files.some(isSent)) return `nothing wrong: idle${on}`;
  if (last.files.length > 0) return 'nothing wrong as far as this shows: it is still on its way';
  return 'nothing wrong as far as this shows: it asked for no file in it';
}

/** The load whose list of files it took last. */
function taken({ files }: PhoneStory): string | undefined {
  const list = files.findLast((file) => /\.loads$/i.test(file.name) && isSent(file));
  return list?.name.replace(/\.loads$/i, '');
}

function lastShown({ steps }: StoryBoot): readonly Shown[] {
  const step = steps.at(-1);
  if (step === undefined) return [];
  return ['file' in step ? step.file : { at: step.at, evidence: [step.seen.evidence] }];
}
