import type { PhoneFamily } from '../model/family.ts';
import type { Finding } from '../model/finding.ts';
import type { Phone } from '../model/phone.ts';
import type { PreferredWay, Refusal } from '../model/plan.ts';
import type { Progress } from '../model/progress.ts';
import { imageTakenAway, noWay } from './contradictions.ts';
import { planSteps, type Planning } from './plan.ts';
import { isRecent, refusalLimit, timesRefused } from './refusals.ts';
import { waitingCodes, waitOf } from './waiting.ts';

/** For people who watch: what happened, and the evidence for it. */
export type News = { readonly text: string; readonly because?: string };

/** What a fact changes: nothing, the progress, the image that the phone is known to run. */
export type Outcome = {
  readonly progress?: Progress;
  readonly running?: string;
  readonly finding?: Finding;
  /** Codes of findings that are behind the phone. */
  readonly mended?: readonly string[];
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

/** What is behind a phone that is on its image. */
const provedCodes: readonly string[] = [...waitingCodes, 'image-unproved', 'no-way'];

export const nothing: Outcome = { news: [] };

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
  const attempts = attemptsAfter(before);
  const refused = isRecent(before, now) ? before?.refused : undefined;
  const kept = { attempts, ...(refused && { refused }), updatedAt: now };
  const base = { mac: phone.mac, from, because, target, step: 0, ...kept };
  const plan = planSteps(family, from, target, planning);
  if (!plan.possible) {
    if (before?.state === 'stopped' && before.from === from) return nothing;
    const reason = `${plan.reason.code}: ${plan.reason.text}`;
    const stopped: Progress = { ...base, steps: [], state: 'stopped', reason };
    const text = `no way from ${how} to ${target}`;
    const finding = noWay(target, from === how ? from : undefined, plan.reason);
    return { progress: stopped, finding, news: [{ text, because: rulesText(plan.rules) }] };
  }
  const { steps } = plan;
  const started: Progress = { ...base, steps, state: 'under-way', reason: '' };
  if (steps.length === 0) return finish(started, because, now, from);
  if (attempts >= attemptLimit || isTakenAway(situation, started, target))
    return stop(started, because);
  const hops = steps.map((step) => step.image).join(', then ');
  const news: News[] = [{ text: `from ${how} to ${hops}`, because }];
  return unlessWaiting(situation, started, [...news, ...preferredNews(plan.preferred)]);
}

/** A phone that waits for files does nothing that could count. */
function attemptsAfter(before: Progress | undefined): number {
  if (before?.state === 'waiting') return before.attempts;
  return before?.state === 'under-way' ? before.attempts + 1 : 0;
}

/** A step is served when the library has all of it; till then the phone is left on what it runs. */
function unlessWaiting(
  { family, progress, planning }: Situation,
  next: Progress,
  news: readonly News[],
): Outcome {
  const wait = waitOf(family, next, planning);
  if (!wait) return { progress: next, mended: [...waitingCodes, 'no-way'], news };
  const { reason, finding } = wait;
  if (progress && isSameWait(progress, next, reason)) return { finding, news: [] };
  const text = `waits at step ${next.step + 1} of ${next.steps.length}`;
  const waits: Progress = { ...next, state: 'waiting', reason };
  return { progress: waits, finding, news: [...news, { text, because: reason }] };
}

function isSameWait(before: Progress, next: Progress, reason: string): boolean {
  const images = ({ steps, step }: Progress) => steps.slice(step).map(({ image }) => image);
  const isSame = before.state === 'waiting' && before.reason === reason;
  return isSame && before.target === next.target && images(before).join() === images(next).join();
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

export function advance(situation: Situation, progress: Progress, because: string): Outcome {
  const step = progress.step + 1;
  const next = { ...progress, step, reason: because, updatedAt: situation.now };
  const text = `step ${step} of ${progress.steps.length} is done`;
  return unlessWaiting(situation, next, [{ text, because }]);
}

/** `runs` is the target as the phone spells it. */
export function finish(progress: Progress, because: string, now: number, runs: string): Outcome {
  const step = progress.steps.length;
  const proved = { ...progress, step, attempts: 0, reason: because, updatedAt: now };
  const done = { ...proved, state: 'done' } as const;
  const text = step === 0 ? `already runs ${progress.target}` : `done, ${step} of ${step} steps`;
  return { progress: done, running: runs, mended: provedCodes, news: [{ text, because }] };
}

export function isTakenAway({ family }: Situation, progress: Progress, image: string): boolean {
  return timesRefused(family, progress, image) >= refusalLimit;
}
