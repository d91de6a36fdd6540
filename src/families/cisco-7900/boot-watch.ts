import type { BootFact, BootWatch, SeenAnswer, SeenRequest } from '../../model/family.ts';
import { imageName, parseImageName } from './image-name.ts';
import { awaitedAfter, notSent, sent } from './after-answer.ts';
import { expectation } from './lateness.ts';
import { cameBack, isHunt, rejected, isUnheeded, notHeeded, waiting } from './loader-hunt.ts';
import { fileName, type FileKind, type FileName } from './paths.ts';
import { bootLoop, otherServerAnswers } from './phone-findings.ts';
import { earlySip, original, originalAsking, universal } from './sort.ts';
import { hasLoader } from './universal-loader.ts';
import { start, type Protocol, type Stage, type WatchState } from './watch-state.ts';

type Step = { readonly state: WatchState; readonly facts: readonly BootFact[] };
type Asked = (state: WatchState, file: FileName) => Step;

function unchanged(state: WatchState): Step {
  return { state, facts: [] };
}

/** A new boot keeps what the phone took just before it, what it speaks and what files it takes. */
function newBoot(before: WatchState, stage: Stage, because: string): Step {
  const { protocol, signed, applied, accepted, ran, cameBack, lastAsked, lastAskedAt } = before;
  const file = before.taken.at(-1);
  const kept = { stage, signed, applied, accepted, ran, cameBack, lastAsked, lastAskedAt };
  const state: WatchState = { ...start, ...kept, blind: false, ...(protocol && { protocol }) };
  const facts: BootFact[] = [{ kind: 'boot', because }];
  if (file === undefined) return { state, facts };
  if (stage === 'original')
    facts.push({
      kind: 'restarted-with',
      image: canonical(fileName(file).stem),
      because: `${because} after it took ${file}`,
    });
  return {
    state: fileName(file).kind === 'image' ? { ...state, restartedWith: file } : state,
    facts,
  };
}

/** Only boot code from before the loader asks for OS79XX.TXT. */
function askedBootText(state: WatchState): Step {
  return newBoot(state, 'original', 'asked for OS79XX.TXT');
}

/** The loader asks for it first; an SCCP application with a loader asks for it again. */
function askedTrustList(state: WatchState): Step {
  const restarts = state.taken.some((file) => fileName(file).kind === 'image');
  const sccpStarts = state.stage === 'loader' && loadOfProtocol(state, 'SCCP') && !restarts;
  if (sccpStarts) return applicationStarts(state, 'the SCCP application asked for its trust list');
  const polls = state.stage === 'application' && loadOfProtocol(state, 'SCCP');
  if (polls) return unchanged(state);
  const boot = newBoot(state, 'loader', 'the loader asked for its trust list');
  const like: BootFact = { ...universal, because: 'asked for CTLSEP before anything' };
  const hunt = [phase('loader', 'hunts for configuration'), like];
  const again = state.stage === 'loader' && isHunt(state) && !restarts;
  const hunts = again ? state.hunts + 1 : 0;
  const unheeded = isUnheeded(state) ? state.unheeded + 1 : 0;
  const next = { ...boot.state, hunts, unheeded, huntedLoad: again ? state.loads : undefined };
  const facts = [...boot.facts, ...notHeeded(unheeded, state.told), ...hunt];
  return { state: next, facts };
}

function loadOfProtocol(state: WatchState, protocol: string): boolean {
  return state.loads !== undefined && parseImageName(state.loads)?.protocol === protocol;
}

function phase(name: string, because: string): BootFact {
  return { kind: 'phase', phase: name, because };
}

/** An application starts: the loader has one. */
function applicationStarts(state: WatchState, because: string): Step {
  const step = loadStarts(state, because);
  if (state.hunts === 0) return step;
  const mended: BootFact = { kind: 'mended', codes: ['in-loader'], because };
  return { ...step, facts: [...step.facts, mended] };
}

/** The loader starts the application that its loads file names, unless it could not get it. */
function loadStarts(state: WatchState, because: string): Step {
  const facts = [phase('application', because)];
  // A loader that was taken and does not run now is none that it starts again with later.
  const taken = state.taken.filter((file) => fileName(file).kind !== 'image');
  const next: WatchState = { ...state, taken, stage: 'application', hunts: 0 };
  const image = state.loads;
  const times = state.taken.filter((file) => isApplicationOf(image, file)).length;
  const got = state.askedImage ? times > 0 : !state.noLoads;
  if (image !== undefined && !got && tookLoader(state)) {
    const refused = `took ${state.taken.join(' and ')}, then started what it had`;
    const gone = { ...next, accepted: undefined, cameBack: true };
    return { state: gone, facts: [...facts, ...rejected(image, refused)] };
  }
  if (image === undefined || !got) return { state: next, facts };
  // The loader fetches an image a second time when its signature check failed, and then starts
  // the application that it had.
  if (times > 1) {
    const refused = 'took it twice, then started what it had';
    const gone = { ...next, applied: undefined, accepted: undefined, cameBack: true };
    return { state: gone, facts: [...facts, ...rejected(image, refused)] };
  }
  // A loader that rejects the loads file leaves it at that, too.
  if (!state.askedImage && state.accepted !== image) {
    const keeps: BootFact = { kind: 'keeps', image, instead: universal.image, because };
    return { state: { ...next, applied: undefined, proved: image }, facts: [...facts, keeps] };
  }
  const applied = state.askedImage ? state.applied : undefined;
  const runs: BootFact = { kind: 'runs', image, because };
  const took: BootFact = {
    kind: 'mended',
    codes: ['old-application-came-back', 'boot-loop'],
    because,
  };
  const all = [...facts, runs, ...(state.cameBack && state.askedImage ? [took] : [])];
  return { state: { ...next, applied, proved: image, cameBack: false }, facts: all };
}

/**
 * A loader that takes another one starts again with it, before it asks for anything more: which a
 * server that was away did not see.
 */
function tookLoader({ taken, blind }: WatchState): boolean {
  return !blind && taken.length > 0 && taken.every((file) => fileName(file).kind === 'image');
}

/** In any letter case. */
function isApplicationOf(image: string | undefined, file: string): boolean {
  const { kind, stem } = fileName(file);
  return kind === 'application-image' && canonical(stem) === image;
}

/** In the original boot the first configuration file asked for tells the protocol. */
function askedConfiguration(protocol: Protocol): Asked {
  return (state, file) => {
    if (state.stage !== 'original' || state.askedConfiguration) return unchanged(state);
    const because = `asked for OS79XX.TXT, then ${file.name}`;
    const next: WatchState = { ...state, protocol, askedConfiguration: true };
    return { state: next, facts: [{ ...original(protocol), because }] };
  };
}

/** Asked for by the hunt and by the application: after a loads file it is the application. */
function askedDefault(protocol: 'SIP' | 'MGCP'): Asked {
  return (state, file) => {
    if (state.stage === 'loader' && loadOfProtocol(state, protocol))
      return applicationStarts(state, `the ${protocol} application asked for ${file.name}`);
    return askedConfiguration(protocol)(state, file);
  };
}

function askedLoads(state: WatchState, file: FileName): Step {
  const loads = canonical(file.stem);
  // An SCCP phone that is switched off and on shows itself here first.
  if (state.proved === loads && !loadOfProtocol(state, 'SCCP')) {
    const facts = cameBack(loads, `asks for ${file.name}, which names what it should run`);
    return {
      state: { ...state, loads, proved: undefined, applied: undefined, cameBack: true },
      facts,
    };
  }
  const next: WatchState = { ...state, stage: 'loader', loads, noLoads: false };
  if (state.blind || state.offered.includes(loads)) return { state: next, facts: waiting(next) };
  const because = `asks for ${file.name}, which no file of this server names`;
  const other: BootFact = { kind: 'finding', finding: otherServerAnswers(because), because };
  return { state: next, facts: [...waiting(next), other] };
}

/** In the loader: what it asks for twice, or does not know of, the application asks for. */
function askedInLoader(state: WatchState, { kind, name }: FileName): Step | undefined {
  const isConfiguration = hunted.has(kind);
  if (state.stage !== 'loader' || (!isConfiguration && kind !== 'other')) return undefined;
  const isKnown = state.loads !== undefined && !state.noLoads;
  if (isKnown) return undefined;
  if (kind === 'other' || state.hunted.includes(kind))
    return applicationStarts(state, `the application asked for ${name}`);
  const next: WatchState = { ...state, hunted: [...state.hunted, kind] };
  return { state: next, facts: kind === 'sip-phone' ? waiting(next) : [] };
}

const hunted: ReadonlySet<FileKind> = new Set([
  ...(['sip-phone', 'mgcp-phone', 'sip-default', 'mgcp-default'] as const),
]);

function askedImage(state: WatchState, file: FileName): Step {
  const because = `asks for ${file.name}`;
  const facts = [phase('firmware', because), ...likeness(state, file)];
  const isApplication = file.kind === 'application-image' && state.stage === 'loader';
  const accepted = isApplication ? state.loads : state.accepted;
  const signed = state.signed || isSigned(file);
  const next: WatchState = { ...state, askedImage: true, signed, accepted };
  const image = canonical(file.stem);
  if (isApplication && state.ran !== undefined && state.ran === state.loads) {
    const gone = `it ran ${state.ran} and now asks for ${file.name} again`;
    const other: BootFact = { kind: 'finding', finding: otherServerAnswers(gone), because };
    return { state: { ...next, ran: undefined, applied: undefined }, facts: [...facts, other] };
  }
  if (state.applied === file.name && !state.taken.includes(file.name)) {
    const again = cameBack(image, `started after it took ${file.name}, and ${because}`);
    return { state: { ...next, applied: undefined, cameBack: true }, facts: [...facts, ...again] };
  }
  if (state.restartedWith !== file.name) return { state: next, facts };
  const again = `restarted with it and ${because}`;
  const isLoop = state.stage === 'loader';
  const loop: readonly BootFact[] = [
    { kind: 'refused', image, because: again },
    { kind: 'finding', finding: bootLoop(image, state.loads), because: again },
  ];
  const refused = isLoop ? loop : cameBack(image, again);
  return {
    state: { ...next, restartedWith: undefined, cameBack: true },
    facts: [...facts, ...refused],
  };
}

function isSigned({ name }: FileName): boolean {
  return /\.sbn$/i.test(name);
}

/** Boot code without loader asks for one ending only, by whether it takes signed images. */
function likeness(state: WatchState, file: FileName): readonly BootFact[] {
  if (state.stage !== 'original' || state.protocol === undefined) return [];
  if (state.signed && !isSigned(file)) return [];
  const like = originalAsking(state.protocol, isSigned(file) ? 'sbn' : 'bin');
  return [{ ...like, because: `asks for ${file.name}` }];
}

/** Ring list, dial plan, anything that boot code does not know of: the application runs. */
function askedOther(state: WatchState, file: FileName): Step {
  return tookNothing(stayed(state), `took nothing and went on to ${file.name}`);
}

/** The application has read its files and is content with them. */
function stayed(state: WatchState): WatchState {
  const { stage, proved, named } = state;
  const isNamed = proved !== undefined && named.includes(proved);
  return stage === 'application' && isNamed ? { ...state, ran: proved } : state;
}

function tookNothing(state: WatchState, how: string): Step {
  const [image] = state.named;
  if (state.stage !== 'original' || image === undefined || state.askedImage)
    return unchanged(state);
  const next: WatchState = { ...state, stage: 'application', restartedWith: undefined };
  const because = `was told to run ${image}, ${how}`;
  return { state: next, facts: [phase('application', how), { ...keeping(state, image), because }] };
}

type Untold<Fact> = Fact extends BootFact ? Omit<Fact, 'because'> : never;

/** What it means that a phone without loader was told to run an image and asked for none. */
function keeping(state: WatchState, image: string): Untold<BootFact> {
  const name = imageName(image);
  const mayBeEarly = state.protocol === 'SIP' && !state.signed && image.length > 8;
  if (fileName(state.restartedWith ?? '').stem === image) return { kind: 'runs', image };
  // A phone that runs an image with a loader would not boot in the original way.
  if (hasLoader(name)) return mayBeEarly ? earlySip : { kind: 'refused', image };
  return mayBeEarly ? { kind: 'keeps', image, instead: earlySip.image } : { kind: 'runs', image };
}

const whenAsked: Record<FileKind, Asked> = {
  'boot-text': askedBootText,
  'trust-list': askedTrustList,
  'sccp-phone': askedConfiguration('SCCP'),
  'sccp-default': askedConfiguration('SCCP'),
  'sip-phone': askedConfiguration('SIP'),
  'sip-default': askedDefault('SIP'),
  'mgcp-phone': askedConfiguration('MGCP'),
  'mgcp-default': askedDefault('MGCP'),
  loads: askedLoads,
  image: askedImage,
  'application-image': askedImage,
  other: askedOther,
};

function asked(state: WatchState, request: SeenRequest): Step {
  const file = fileName(request.path);
  const { at } = request;
  const now: WatchState = { ...state, lastAsked: file.name, lastAskedAt: at, awaited: undefined };
  if (isAskedAgain(state, file, at)) return unchanged(now);
  return askedInLoader(now, file) ?? whenAsked[file.kind](now, file);
}

/** Between two sendings of a request; a loader waits 4 s, and 13 s from its start to its first file. */
const againWithinMs = 10_000;

/** A loader whose server answered too late for it asks for its first file again: it has not started. */
function isAskedAgain(state: WatchState, { kind, name }: FileName, at: number): boolean {
  const { stage, lastAsked, lastAskedAt } = state;
  const isFirst = kind === 'trust-list' && stage === 'loader';
  return isFirst && lastAsked === name && at - lastAskedAt < againWithinMs;
}

function answered(state: WatchState, answer: SeenAnswer): Step {
  const file = fileName(answer.path);
  const known = answer.outcome === 'sent' ? sent(state, file, answer.text) : notSent(state, file);
  // A transfer that ended later than the next one began says nothing of what comes next.
  if (file.name !== state.lastAsked) return unchanged(known);
  return unchanged({ ...known, awaited: awaitedAfter(known, file, answer.outcome) });
}

/**
 * An SCCP or MGCP phone of the original kind asks for nothing more once its configuration names
 * what it runs: that it stays quiet is all the proof there is.
 */
function settled(state: WatchState): Step {
  return tookNothing(stayed(state), 'asked for nothing more');
}

function canonical(stem: string): string {
  return parseImageName(stem)?.canonical ?? stem;
}

/**
 * Requests just before the server ended may be lost, and a loader with them: which file follows
 * which tells the boot code only where its OS79XX.TXT was seen.
 */
function recalled(state: WatchState): WatchState {
  const stage = state.stage === 'original' ? 'unknown' : state.stage;
  return { ...state, stage, blind: true };
}

export const bootWatch: BootWatch<WatchState> = {
  form: 1,
  start,
  asked,
  answered,
  settled,
  expects: ({ awaited, lastAsked }) => awaited && expectation(awaited, lastAsked),
  recalled,
  settleMs: 5000,
};
