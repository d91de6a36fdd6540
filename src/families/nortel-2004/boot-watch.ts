import type {
  BootFact,
  BootWatch,
  SeenAnswer,
  SeenReport,
  SeenRequest,
} from '../../model/family.ts';
import type { Finding } from '../../model/finding.ts';
import { imageName, parseImageName, sortOfImage, standIns } from './image-name.ts';
import { fileName, type FileName } from './paths.ts';
import {
  awaitedAfterTftp,
  awaitedAfterUftp,
  cameBack,
  dataPassedOver,
  expectation,
  forcedLeftOn,
  sameImageAgain,
  uftpBrokeOff,
} from './phone-findings.ts';
import { atStart, start, toldBy, type Fetched, type WatchState } from './watch-state.ts';

type Step = { readonly state: WatchState; readonly facts: readonly BootFact[] };

/** Starts after which an image that is taken each time is told of. */
const mostTimes = 3;

const behindIt = {
  session: ['late-session', 'late-unistim-session', 'software-key-not-pressed', 'ipcm-locked'],
  sip: ['late-control-file', 'late-restart', 'software-key-not-pressed', 'ipcm-locked'],
} as const;

/** They are over with a start at which it takes no image. */
const loops = ['image-again', 'forced-left-on'];

function same(state: WatchState): Step {
  return { state, facts: [] };
}

function phase(name: string, because: string): BootFact {
  return { kind: 'phase', phase: name, because };
}

function found(finding: Finding, because: string): BootFact {
  return { kind: 'finding', finding, because };
}

function mended(codes: readonly string[], because: string): BootFact {
  return { kind: 'mended', codes, because };
}

function refused(image: string, because: string): readonly BootFact[] {
  return [{ kind: 'refused', image, because }, found(cameBack(image, because), because)];
}

function isSame(one: string, other: string): boolean {
  return parseImageName(one)?.key === parseImageName(other)?.key;
}

/** Only SIP software asks for it, first of all at each start, and once a day with AUTO_UPDATE. */
function askedControl(before: WatchState, { name }: FileName): Step {
  const because = `asked for ${name}`;
  const boot: BootFact = { kind: 'boot', because };
  const { byUftp, byTftp } = before;
  const state: WatchState = { ...atStart(before), inSip: true };
  const left = leftBefore(before, because);
  const facts: BootFact[] = [
    ...left,
    boot,
    phase('control file', because),
    mended(behindIt.sip, because),
  ];
  if (byUftp?.whole) {
    const how = `took ${byUftp.image} by UFTP and ${because}`;
    if (sortOfImage(byUftp.image) === 'sip')
      return { state, facts: [...facts, { kind: 'runs', image: byUftp.image, because: how }] };
    facts.push(...refused(byUftp.image, how));
  }
  if (byTftp?.whole) return afterTftp(state, facts, byTftp, because);
  const kept: WatchState = { ...state, again: start.again };
  return { state: kept, facts: [...facts, runsLikeSip(because)] };
}

/** It started again before it had been silent for long: what it left alone till then it runs. */
function leftBefore(state: WatchState, because: string): readonly BootFact[] {
  const { inSip, toldImage, askedImage: isAsked, restartedWith } = state;
  if (!inSip || !toldImage || isAsked || restartedWith === undefined) return [];
  if (!isSame(restartedWith, toldImage.image)) return [];
  const how = `started again with ${toldImage.image}, left it alone and ${because}`;
  return [{ kind: 'runs', image: toldImage.image, because: how }];
}

function runsLikeSip(because: string): BootFact {
  return { kind: 'runs-like', sorts: ['sip'], image: standIns.sip, because };
}

/**
 * What was forced must not be forced at this start again: that the phone took all of it and started
 * again is all that it can show. Otherwise it shows by what it asks for next.
 */
function afterTftp(state: WatchState, facts: BootFact[], took: Fetched, because: string): Step {
  const { image, file, forced } = took;
  const how = `took ${file} whole and ${because}`;
  const times = state.again.file === file ? state.again.times + 1 : 1;
  const next: WatchState = { ...state, again: { file, times } };
  if (times >= mostTimes) facts.push(found(sameImageAgain(file, times), how));
  if (sortOfImage(image) !== 'sip')
    return { state: next, facts: [...facts, ...refused(image, how)] };
  if (forced) return { state: next, facts: [...facts, { kind: 'runs', image, because: how }] };
  const restarted: BootFact = { kind: 'restarted-with', image, because: how };
  return { state: { ...next, restartedWith: image }, facts: [...facts, restarted] };
}

/** By TFTP, as its control file told it. */
function askedImage(state: WatchState, { name, image: named }: FileName): Step {
  const because = `asks for ${name}`;
  const { toldImage, restartedWith, again } = state;
  const isTold = toldImage !== undefined && toldImage.file.toLowerCase() === name.toLowerCase();
  const image = isTold ? toldImage.image : named;
  const facts = [phase('firmware', because)];
  if (image === undefined) return { state: { ...state, askedImage: true }, facts };
  const forced = isTold && toldImage.forced;
  const byTftp: Fetched = { image, file: name, whole: false, forced };
  const next: WatchState = { ...state, askedImage: true, byTftp };
  if (forced && again.file === name) facts.push(found(forcedLeftOn(name), because));
  if (restartedWith === undefined || !isSame(restartedWith, image)) return { state: next, facts };
  const { restartedWith: _, ...rest } = next;
  return {
    state: rest,
    facts: [...facts, ...refused(image, `started again with it and ${because}`)],
  };
}

function askedByUftp(state: WatchState, { name, image }: FileName): Step {
  const because = `asks for ${name} by UFTP`;
  if (image === undefined) return same(state);
  const byUftp: Fetched = { image, file: name, whole: false, forced: false };
  const begun = mended(['software-key-not-pressed', 'late-transfer'], because);
  return { state: { ...state, byUftp }, facts: [phase('firmware', because), begun] };
}

function asked(before: WatchState, { path, protocol }: SeenRequest): Step {
  const { awaited: _, ...state } = before;
  const file = fileName(path);
  if (protocol === 'uftp') return askedByUftp(state, file);
  switch (file.kind) {
    case 'control':
      return askedControl(state, file);
    case 'data':
      return { state: { ...state, askedData: true }, facts: [] };
    case 'firmware':
      return askedImage(state, file);
    case 'language':
    case 'ipcm':
    case 'other':
      return same(state);
  }
}

function answered(state: WatchState, answer: SeenAnswer): Step {
  const file = fileName(answer.path);
  if (answer.protocol === 'uftp') return answeredByUftp(state, answer);
  if (answer.outcome !== 'sent') return same(state);
  if (file.kind === 'control')
    return same({ ...state, ...(answer.text === undefined ? {} : toldBy(answer.text)) });
  if (file.kind === 'data') return tookData(state, file);
  if (file.kind !== 'firmware' || !state.byTftp) return same(state);
  const { image } = state.byTftp;
  const took: WatchState = {
    ...state,
    byTftp: { ...state.byTftp, whole: true },
    awaited: awaitedAfterTftp(image),
  };
  const because = `took ${file.name}`;
  return {
    state: took,
    facts: [{ kind: 'took', path: file.name, because }],
  };
}

function tookData({ toldData, ...rest }: WatchState, { name }: FileName): Step {
  const because = `took ${name}`;
  const version = toldData?.version;
  const state: WatchState = {
    ...rest,
    ...(toldData && { toldData }),
    ...(version !== undefined && { dataVersion: version }),
  };
  const path = toldData?.file ?? name;
  return {
    state,
    facts: [{ kind: 'took', path, because }, mended(['data-file-passed-over'], because)],
  };
}

function answeredByUftp(state: WatchState, { outcome }: SeenAnswer): Step {
  const { byUftp } = state;
  if (!byUftp || outcome === 'missing' || outcome === 'refused') return same(state);
  const { image } = byUftp;
  if (outcome === 'sent') {
    const because = `took ${image} by UFTP`;
    const took: WatchState = {
      ...state,
      byUftp: { ...byUftp, whole: true },
      awaited: awaitedAfterUftp(image),
    };
    return { state: took, facts: [mended(['uftp-broken-off'], because)] };
  }
  const because = `the transfer is ${outcome}`;
  return {
    state: { ...state, awaited: 'uftp-again' },
    facts: [found(uftpBrokeOff(image, outcome), because)],
  };
}

/** It says itself what it runs; the same again is no news, and nothing that speaks against its plan. */
function told(before: WatchState, { firmware }: SeenReport): Step {
  const { byUftp, byTftp, reported } = before;
  const because = `registered with ${firmware}`;
  const state: WatchState = { ...atStart(before), reported: firmware, again: start.again };
  const facts: BootFact[] = [
    { kind: 'boot', because },
    phase('UNIStim session', because),
    mended(behindIt.session, because),
  ];
  const took = byUftp?.whole ? byUftp : byTftp?.whole ? byTftp : undefined;
  if (took && !isSame(took.image, firmware)) facts.push(...refused(took.image, because));
  const image = parseImageName(firmware)?.canonical;
  if (image === undefined) return { state, facts };
  const isNews = took !== undefined && isSame(took.image, firmware);
  const isKnown = reported === firmware && !isNews && !before.inSip;
  const sorts = [imageName(image).software];
  facts.push(
    isKnown ? { kind: 'runs-like', sorts, image, because } : { kind: 'runs', image, because },
  );
  return { state, facts };
}

/** It has read its control file and asks for nothing more: what it left alone it has already. */
function settled(state: WatchState): Step {
  if (!state.inSip) return same(state);
  const { toldImage, toldData, askedImage: isAsked, restartedWith } = state;
  const facts: BootFact[] = isAsked ? [] : [mended(loops, 'it left the image alone')];
  if (toldImage && !isAsked) facts.push(...leftImage(toldImage, restartedWith));
  if (toldData && !state.askedData) facts.push(...leftData(state, toldData));
  const { toldImage: _, toldData: __, restartedWith: ___, ...rest } = state;
  return { state: rest, facts };
}

function leftImage(
  { image, file, forced }: NonNullable<WatchState['toldImage']>,
  restartedWith: string | undefined,
): readonly BootFact[] {
  const because = `was told of ${image} and asked for nothing more`;
  if (restartedWith !== undefined && isSame(restartedWith, image)) {
    const how = `started again with ${image}, ${because}`;
    return [phase('application', how), { kind: 'runs', image, because: how }];
  }
  const keeps: BootFact = { kind: 'keeps', image, instead: standIns.sip, because };
  if (forced || sortOfImage(image) !== 'sip') return [phase('application', because), keeps];
  return [phase('application', because), keeps, { kind: 'passed-over', path: file, because }];
}

function leftData(
  { dataVersion }: WatchState,
  { file, version }: NonNullable<WatchState['toldData']>,
): readonly BootFact[] {
  if (dataVersion === version) return [];
  const because = `was told of version ${version} of ${file} and did not ask for it`;
  return [
    { kind: 'passed-over', path: file, because },
    found(dataPassedOver(file, version), because),
  ];
}

/** The image that is awaited. */
function awaitedImage({ byUftp, byTftp }: WatchState): string {
  return byUftp?.image ?? byTftp?.image ?? '';
}

/** Follows a phone with UNIStim software by its sessions and UFTP, with SIP software by TFTP. */
export const bootWatch: BootWatch<WatchState> = {
  form: 1,
  start,
  asked,
  answered,
  told,
  settled,
  // The files follow one another at once; a phone looks for its language file in between.
  settleMs: 15_000,
  expects: (state) => state.awaited && expectation(state.awaited, awaitedImage(state)),
  recalled: (state) => state,
};
