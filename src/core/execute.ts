import type { BootFact, PhoneFamily } from '../model/family.ts';
import type { Progress } from '../model/progress.ts';
import {
  advance,
  attemptLimit,
  begin,
  finish,
  isTakenAway,
  nothing,
  type Outcome,
  type Situation,
} from './begin.ts';
import { imageTakenAway, imageUnproved, otherServerAnswers } from './contradictions.ts';
import { planSteps } from './plan.ts';
import { refusalLimit, timesRefused, withRefusal } from './refusals.ts';
import { sameImage } from './same-image.ts';
import { waitOf } from './waiting.ts';

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
    case 'passed-over':
    case 'took':
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
  if (progress.state === 'waiting') return stillWaiting(situation, progress, fact);
  const expected = expectedSorts(family, progress);
  if (progress.state === 'stopped') return nothing;
  if (fact.sorts.some((sort) => expected.has(sort))) return better(situation, progress, fact);
  const because = `${fact.because}, which the plan did not expect`;
  return begin(situation, fact.image, because, how);
}

/** Its plan is made anew from what it was known to run, unless it shows something else. */
function stillWaiting(
  situation: Situation,
  progress: Progress,
  { sorts, image, because }: FactOf<'runs-like'>,
): Outcome {
  const before = imageBefore(progress);
  const isBefore = sorts.includes(situation.family.sortOf(before));
  return isBefore
    ? begin(situation, before, progress.because)
    : begin(situation, image, because, `an image like ${image}`);
}

/**
 * While the phone surely has not begun the step: what the library lost is waited for, and what was
 * imported meanwhile may make another way.
 */
function better(situation: Situation, progress: Progress, fact: FactOf<'runs-like'>): Outcome {
  const { family, planning } = situation;
  const before = imageBefore(progress);
  const step = progress.steps[progress.step];
  if (progress.state !== 'under-way' || !step || !planning?.library) return nothing;
  if (!fact.sorts.includes(family.sortOf(before))) return nothing;
  const isLost = waitOf(family, progress, planning) !== undefined;
  const isSure = !fact.sorts.includes(family.sortOf(step.image));
  if (!isLost && !(isSure && hasOtherWay(situation, progress, before))) return nothing;
  const asIfWaiting: Progress = { ...progress, state: 'waiting' };
  return begin({ ...situation, progress: asIfWaiting }, before, progress.because);
}

function hasOtherWay(
  { family, planning }: Situation,
  { target, steps, step }: Progress,
  from: string,
): boolean {
  const plan = planSteps(family, from, target, planning);
  const left = steps.slice(step).map(({ image }) => image);
  return plan.possible && plan.steps.map(({ image }) => image).join() !== left.join();
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
  return advance(situation, progress, fact.because);
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
  if (!isLast(progress)) return advance(situation, progress, because);
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
  const { because } = fact;
  const progress = current(situation);
  const image = wholeName(situation, progress, fact.image);
  if (progress?.state === 'stopped' && isTakenAway(situation, progress, image)) return nothing;
  const known: Outcome = situation.phone.running === image ? nothing : { running: image, news: [] };
  if (!progress) return merge(known, begin(situation, image, because));
  if (sameImage(situation.family, progress.target, image))
    return progress.state === 'done'
      ? known
      : merge(known, finish(progress, because, situation.now, image));
  if (isStep(situation, progress, image)) {
    const proved = advance(situation, { ...progress, attempts: 0 }, because);
    return merge(known, proved);
  }
  if (progress.state === 'stopped') return known;
  if (progress.state === 'waiting') return merge(known, begin(situation, image, because));
  const anew = begin(notKept(situation, progress), image, because);
  // What it ran before is no news the first time: it did not take the step yet.
  const isBefore = sameImage(situation.family, imageBefore(progress), image);
  if (isBefore && progress.attempts === 0) return merge(known, anew);
  const told = progress.steps[progress.step]?.image ?? progress.target;
  return merge(known, { ...anew, finding: otherServerAnswers(image, told) });
}

/** A file may be called by the beginning of an image's name; its plan knows the rest. */
function wholeName({ family }: Situation, progress: Progress | undefined, image: string): string {
  const planned = [progress?.steps[progress.step]?.image, progress?.target];
  const whole = planned.find(
    (name) => name?.startsWith(image) === true && sameImage(family, name, image),
  );
  return whole ?? image;
}

/** What the phone runs while the present step is served. */
function imageBefore({ steps, step, from }: Progress): string {
  return step === 0 ? from : (steps[step - 1]?.image ?? from);
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

function merge(a: Outcome, b: Outcome): Outcome {
  return { ...a, ...b, news: [...a.news, ...b.news] };
}
