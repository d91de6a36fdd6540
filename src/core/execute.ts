import type { BootFact, PhoneFamily } from '../model/family.ts';
import type { Phone } from '../model/phone.ts';
import type { Progress } from '../model/progress.ts';
import { planSteps } from './plan.ts';

/** What a fact changes: nothing, the progress, the image that the phone is known to run. */
export type Outcome = {
  readonly progress?: Progress;
  readonly running?: string;
  /** In words, for people who watch. */
  readonly news: readonly string[];
};

export type Situation = {
  readonly phone: Phone;
  readonly family: PhoneFamily;
  readonly progress: Progress | undefined;
  readonly now: number;
};

/** Times that a phone may take an image and not run it before the image is no longer offered. */
export const attemptLimit = 3;

const nothing: Outcome = { news: [] };

type FactOf<Kind extends BootFact['kind']> = Extract<BootFact, { kind: Kind }>;

/**
 * One fact about a phone moves its plan, or starts one. Pure: the caller writes the outcome to disk
 * before it answers the request that the fact came from.
 */
export function execute(situation: Situation, fact: BootFact): Outcome {
  switch (fact.kind) {
    case 'boot':
    case 'phase':
      return nothing;
    case 'runs-like':
      return runsLike(situation, fact);
    case 'restarted-with':
      return restartedWith(situation, fact);
    case 'keeps':
      return keeps(situation, fact);
    case 'runs':
      return runs(situation, fact);
    case 'refused':
      return refused(situation, fact);
  }
}

/** A plan, if the phone should run another image than this one. */
export function begin(situation: Situation, from: string, because: string): Outcome {
  const { phone, family, progress, now } = situation;
  if (phone.image === undefined) return nothing;
  const target = family.parseImage(phone.image)?.canonical ?? phone.image;
  const before = progress?.target === target ? progress : undefined;
  const attempts = before?.state === 'under-way' ? before.attempts + 1 : 0;
  const base = { mac: phone.mac, from, because, target, step: 0, attempts, updatedAt: now };
  const plan = planSteps(family, from, target);
  if (!plan.possible) {
    if (before?.state === 'stopped' && before.from === from) return nothing;
    const reason = `${plan.reason.code}: ${plan.reason.text}`;
    const stopped: Progress = { ...base, steps: [], state: 'stopped', reason };
    return { progress: stopped, news: [`no way from ${from} to ${target}: ${reason}`] };
  }
  const { steps } = plan;
  const started: Progress = { ...base, steps, state: 'under-way', reason: '' };
  if (steps.length === 0) return finish(started, because, now);
  if (attempts >= attemptLimit) return stop(started, because);
  const hops = steps.map((step) => step.image).join(', then ');
  return { progress: started, news: [`goes to ${hops}; from ${from}: ${because}`] };
}

function stop(progress: Progress, reason: string): Outcome {
  const news = `stopped after ${progress.attempts} attempts: ${reason}; no image is offered any more`;
  return { progress: { ...progress, state: 'stopped', reason }, news: [news] };
}

/** Whether the plan that the phone is on is still for the image that it should run. */
function current({ phone, family, progress }: Situation): Progress | undefined {
  if (!progress || phone.image === undefined) return undefined;
  const target = family.parseImage(phone.image)?.canonical ?? phone.image;
  return progress.target === target ? progress : undefined;
}

function runsLike(situation: Situation, fact: FactOf<'runs-like'>): Outcome {
  const { family, phone } = situation;
  const progress = current(situation);
  const known = phone.running;
  if (!progress && known !== undefined && fact.sorts.includes(family.sortOf(known)))
    return begin(situation, known, 'as it last proved, and it boots like it');
  if (!progress) return begin(situation, fact.image, fact.because);
  const expected = expectedSorts(family, progress);
  if (progress.state === 'stopped' || fact.sorts.some((sort) => expected.has(sort))) return nothing;
  return begin(situation, fact.image, `${fact.because}, which the plan did not expect`);
}

/** Sorts that the phone may show without contradicting its plan. */
function expectedSorts(family: PhoneFamily, progress: Progress): ReadonlySet<string> {
  const { steps, step, from, target } = progress;
  const before = step === 0 ? from : (steps[step - 1]?.image ?? from);
  const images = [before, steps[step]?.image ?? target];
  return new Set(images.map((image) => family.sortOf(image)));
}

/** Enough to go on to a next step, whose files cannot harm a phone that did not take this one. */
function restartedWith(situation: Situation, fact: FactOf<'restarted-with'>): Outcome {
  const progress = current(situation);
  if (!progress || !isStep(progress, fact.image) || isLast(progress)) return nothing;
  return advance(progress, fact.because, situation.now);
}

/** Goes on as if it ran it where a next step will show; else what it may run instead is tried. */
function keeps(situation: Situation, fact: FactOf<'keeps'>): Outcome {
  const { image, instead, because } = fact;
  const progress = current(situation);
  if (!progress || situation.phone.running === image)
    return runs(situation, { kind: 'runs', image, because });
  if (!isStep(progress, image)) return nothing;
  if (!isLast(progress)) return advance(progress, because, situation.now);
  return begin(situation, instead, `${because}; it may not know long names`);
}

function isStep(progress: Progress, image: string): boolean {
  return progress.state === 'under-way' && progress.steps[progress.step]?.image === image;
}

function isLast(progress: Progress): boolean {
  return progress.step >= progress.steps.length - 1;
}

function runs(situation: Situation, fact: FactOf<'runs'>): Outcome {
  const { image, because } = fact;
  const progress = current(situation);
  const known: Outcome = situation.phone.running === image ? nothing : { running: image, news: [] };
  if (!progress) return merge(known, begin(situation, image, because));
  if (progress.target === image)
    return progress.state === 'done'
      ? known
      : merge(known, finish(progress, because, situation.now));
  if (isStep(progress, image)) {
    const proved = advance({ ...progress, attempts: 0 }, because, situation.now);
    return merge(known, proved);
  }
  if (progress.state === 'stopped') return known;
  return merge(known, begin(situation, image, because));
}

function refused(situation: Situation, fact: FactOf<'refused'>): Outcome {
  const progress = current(situation);
  if (progress?.state !== 'under-way') return nothing;
  const attempts = progress.attempts + 1;
  const reason = fact.because;
  const next = { ...progress, attempts, reason, updatedAt: situation.now };
  if (attempts >= attemptLimit) return stop(next, reason);
  const count = `${attempts} of ${attemptLimit}`;
  return { progress: next, news: [`did not take ${fact.image} (${count}): ${reason}`] };
}

function advance(progress: Progress, because: string, now: number): Outcome {
  const done = progress.steps[progress.step]?.image ?? progress.target;
  const next = { ...progress, step: progress.step + 1, reason: because, updatedAt: now };
  return { progress: next, news: [`${done}: ${because}`] };
}

function finish(progress: Progress, because: string, now: number): Outcome {
  const step = progress.steps.length;
  const done = { ...progress, step, state: 'done', reason: because, updatedAt: now } as const;
  return {
    progress: done,
    running: progress.target,
    news: [`runs ${progress.target}: ${because}`],
  };
}

function merge(a: Outcome, b: Outcome): Outcome {
  return { ...a, ...b, news: [...a.news, ...b.news] };
}
