import type { BootFact, PhoneFamily } from '../model/family.ts';
import type { Finding } from '../model/finding.ts';
import type { Phone } from '../model/phone.ts';
import type { PreferredWay, Refusal } from '../model/plan.ts';
import type { Progress } from '../model/progress.ts';
import { imageTakenAway, imageUnproved, otherServerAnswers } from './contradictions.ts';
import { planSteps, type Planning } from './plan.ts';
import { isRecent, refusalLimit, timesRefused, withRefusal } from './refusals.ts';
import { sameImage } from './same-image.ts';

/** For people who watch: what happened, and the evidence for it. */
export type News = { readonly text: string; readonly because?: string };

/** What a fact changes: nothing, the progress, the image that the phone is known to run. */
export type Outcome = {
  readonly progress?: Progress;
  readonly running?: string;
  readonly finding?: Finding;
  readonly news: readonly News[];
};

export type Situation = {
  readonly phone: Phone;
  readonly family: PhoneFamily;
  readonly progress: Progress | undefined;
  readonly now: number;
  /** As if the library had everything and cautiously, when left out. */
  readonly planning?: Planning | undefined;
};

/** Times that a phone may contradict its plan, in whatever way, before no image is offered. */
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
    case 'finding':
    case 'mended':
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

/** A plan, if the phone should run another image than this one. `how` names `from` to people. */
export function begin(
  situation: Situation,
  from: string,
  because: string,
  how: string = from,
): Outcome {
  const { phone, family, progress, now, planning } = situation;
  if (phone.image === undefined) return nothing;
  const target = family.parseImage(phone.image)?.canonical ?? phone.image;
  const before = progress?.target === target ? progress : undefined;
  const attempts = before?.state === 'under-way' ? before.attempts + 1 : 0;
  const refused = isRecent(before, now) ? before?.refused : undefined;
  const kept = { attempts, ...(refused && { refused }), updatedAt: now };
  const base = { mac: phone.mac, from, because, target, step: 0, ...kept };
  const plan = planSteps(family, from, target, planning);
  if (!plan.possible) {
    if (before?.state === 'stopped' && before.from === from) return nothing;
    const reason = `${plan.reason.code}: ${plan.reason.text}`;
    const stopped: Progress = { ...base, steps: [], state: 'stopped', reason };
    const text = `no way from ${how} to ${target}`;
    return { progress: stopped, news: [{ text, because: rulesText(plan.rules) }] };
  }
  const { steps } = plan;
  const started: Progress = { ...base, steps, state: 'under-way', reason: '' };
  if (steps.length === 0) return finish(started, because, now, from);
  if (attempts >= attemptLimit || isTakenAway(situation, started, target))
    return stop(started, because);
  const hops = steps.map((step) => step.image).join(', then ');
  const news: News[] = [{ text: `from ${how} to ${hops}`, because }];
  return { progress: started, news: [...news, ...preferredNews(plan.preferred)] };
}

function rulesText(rules: readonly Refusal[]): string {
  return rules.map(({ text }) => text).join('; ');
}

/** What a better library would have led to. */
function preferredNews(preferred: PreferredWay | undefined): readonly News[] {
  if (!preferred) return [];
  const { images, lacks, rule } = preferred;
  const text = `${images.join(', then ')} would be safer: the library lacks ${lacks.join(', ')}`;
  return [{ text, ...(rule && { because: rule.text }) }];
}

function stop(progress: Progress, reason: string): Outcome {
  const text = `stopped after ${progress.attempts} attempts, no image is offered any more`;
  return {
    progress: { ...progress, state: 'stopped', reason },
    finding: imageTakenAway(progress.steps[0]?.image ?? progress.target, progress.attempts),
    news: [{ text, because: reason }],
  };
}

/**
 * The plan that the phone is on, if it is still for the image that it should run. Files on the way
 * carry the target's own spelling; once it is there, any spelling of its release is met.
 */
function current({ phone, family, progress }: Situation): Progress | undefined {
  if (!progress || phone.image === undefined) return undefined;
  const target = family.parseImage(phone.image)?.canonical ?? phone.image;
  const isDone = progress.state === 'done' && sameImage(family, progress.target, target);
  return progress.target === target || isDone ? progress : undefined;
}

function runsLike(situation: Situation, fact: FactOf<'runs-like'>): Outcome {
  const { family, phone } = situation;
  const progress = current(situation);
  const known = phone.running;
  if (!progress && known !== undefined && fact.sorts.includes(family.sortOf(known)))
    return begin(situation, known, 'as it last proved, and it boots like it');
  const how = `an image like ${fact.image}`;
  if (!progress) return begin(situation, fact.image, fact.because, how);
  const expected = expectedSorts(family, progress);
  if (progress.state === 'stopped' || fact.sorts.some((sort) => expected.has(sort))) return nothing;
  const because = `${fact.because}, which the plan did not expect`;
  return begin(situation, fact.image, because, how);
}

/** Sorts that the phone may show without contradicting its plan. */
function expectedSorts(family: PhoneFamily, progress: Progress): ReadonlySet<string> {
  const { steps, step, target } = progress;
  const images = [imageBefore(progress), steps[step]?.image ?? target];
  return new Set(images.map((image) => family.sortOf(image)));
}

/** Enough to go on to a next step, whose files cannot harm a phone that did not take this one. */
function restartedWith(situation: Situation, fact: FactOf<'restarted-with'>): Outcome {
  const progress = current(situation);
  if (!progress || !isStep(situation, progress, fact.image) || isLast(progress)) return nothing;
  return advance(progress, fact.because, situation.now);
}

/**
 * Goes on as if it ran it where a next step will show; else what it may run instead is tried, unless
 * that boots alike: then nothing that it asks for will ever tell.
 */
function keeps(situation: Situation, fact: FactOf<'keeps'>): Outcome {
  const { image, instead, because } = fact;
  const { family, phone } = situation;
  const progress = current(situation);
  const isAlike = family.sortOf(instead) === family.sortOf(image);
  if (isKnownToRun(situation, image) || (!progress && !isAlike))
    return runs(situation, { kind: 'runs', image, because });
  if (!progress || !isStep(situation, progress, image)) return nothing;
  if (isAlike) return { finding: imageUnproved(image, phone.running), news: [] };
  if (!isLast(progress)) return advance(progress, because, situation.now);
  const maybe = `${because}; it may not know long names`;
  return begin(situation, instead, maybe, `an image like ${instead}`);
}

function isKnownToRun({ phone, family }: Situation, image: string): boolean {
  return phone.running !== undefined && sameImage(family, phone.running, image);
}

function isStep({ family }: Situation, progress: Progress, image: string): boolean {
  const step = progress.steps[progress.step];
  if (progress.state !== 'under-way' || !step) return false;
  return sameImage(family, step.image, image);
}

function isLast(progress: Progress): boolean {
  return progress.step >= progress.steps.length - 1;
}

function runs(situation: Situation, fact: FactOf<'runs'>): Outcome {
  const { image, because } = fact;
  const progress = current(situation);
  if (progress?.state === 'stopped' && isTakenAway(situation, progress, image)) return nothing;
  const known: Outcome = situation.phone.running === image ? nothing : { running: image, news: [] };
  if (!progress) return merge(known, begin(situation, image, because));
  if (sameImage(situation.family, progress.target, image))
    return progress.state === 'done'
      ? known
      : merge(known, finish(progress, because, situation.now, image));
  if (isStep(situation, progress, image)) {
    const proved = advance({ ...progress, attempts: 0 }, because, situation.now);
    return merge(known, proved);
  }
  if (progress.state === 'stopped') return known;
  const anew = begin(notKept(situation, progress), image, because);
  // What it ran before is no news the first time: it did not take the step yet.
  const isBefore = sameImage(situation.family, imageBefore(progress), image);
  if (isBefore && progress.attempts === 0) return merge(known, anew);
  const told = progress.steps[progress.step]?.image ?? progress.target;
  return merge(known, { ...anew, finding: otherServerAnswers(image, told) });
}

/** What the phone runs while the present step is served. */
function imageBefore({ steps, step, from }: Progress): string {
  return step === 0 ? from : (steps[step - 1]?.image ?? from);
}

function isTakenAway({ family }: Situation, progress: Progress, image: string): boolean {
  return timesRefused(family, progress, image) >= refusalLimit;
}

/** A phone that left its target counts as one that did not take it: it could go on so for ever. */
function notKept(situation: Situation, progress: Progress): Situation {
  if (progress.state !== 'done') return situation;
  return { ...situation, progress: withRefusal(progress, progress.target, situation.now) };
}

function refused(situation: Situation, fact: FactOf<'refused'>): Outcome {
  const progress = current(situation);
  if (!progress || !isOffered(situation, progress, fact.image)) return nothing;
  const { family, now } = situation;
  const { because: reason, image } = fact;
  const attempts = progress.attempts + 1;
  const next = { ...withRefusal(progress, image, now), attempts, reason, updatedAt: now };
  const times = timesRefused(family, next, image);
  if (times >= refusalLimit || attempts >= attemptLimit) {
    const text = `${image} is taken away, no image is offered any more`;
    const finding = imageTakenAway(image, times);
    return {
      progress: { ...lastStepAgain(next), state: 'stopped' },
      finding,
      news: [{ text, because: reason }],
    };
  }
  const text = `did not take ${image}, time ${times} of ${refusalLimit}`;
  return { progress: lastStepAgain(next), news: [{ text, because: reason }] };
}

/** What is asked for while the plan is under way, or the target that was thought to run. */
function isOffered({ family }: Situation, { state, target }: Progress, image: string): boolean {
  return state === 'under-way' || (state === 'done' && sameImage(family, target, image));
}

function lastStepAgain(progress: Progress): Progress {
  const { state, steps } = progress;
  if (state !== 'done' || steps.length === 0) return progress;
  return { ...progress, state: 'under-way', step: steps.length - 1 };
}

function advance(progress: Progress, because: string, now: number): Outcome {
  const step = progress.step + 1;
  const next = { ...progress, step, reason: because, updatedAt: now };
  const text = `step ${step} of ${progress.steps.length} is done`;
  return { progress: next, news: [{ text, because }] };
}

/** `runs` is the target as the phone spells it. */
function finish(progress: Progress, because: string, now: number, runs: string): Outcome {
  const step = progress.steps.length;
  const proved = { ...progress, step, attempts: 0, reason: because, updatedAt: now };
  const done = { ...proved, state: 'done' } as const;
  const text = step === 0 ? `already runs ${progress.target}` : `done, ${step} of ${step} steps`;
  return { progress: done, running: runs, news: [{ text, because }] };
}

function merge(a: Outcome, b: Outcome): Outcome {
  return { ...a, ...b, news: [...a.news, ...b.news] };
}
