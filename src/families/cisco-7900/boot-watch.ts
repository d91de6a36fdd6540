import type { BootFact, BootWatch, SeenAnswer, SeenRequest } from '../../model/family.ts';
import { imageName, parseImageName } from './image-name.ts';
import { namedImages } from './named-images.ts';
import { fileName, type FileKind, type FileName } from './paths.ts';
import { earlySip, original, originalAsking, universal } from './sort.ts';
import { hasLoader } from './universal-loader.ts';

/** Which program of the phone asks: its own boot code, the universal loader, or the application. */
type Stage = 'unknown' | 'original' | 'loader' | 'application';
type Protocol = 'SCCP' | 'SIP' | 'MGCP';

export type WatchState = {
  readonly stage: Stage;
  /** Of boot code without loader, by the configuration files that it asked for last. */
  readonly protocol?: Protocol;
  readonly askedConfiguration: boolean;
  /** It has asked for a `.sbn`: from then on it takes nothing else. */
  readonly signed: boolean;
  /** Images that the configuration files of this boot named. */
  readonly named: readonly string[];
  /** The load whose `.loads` file was asked for in this boot. */
  readonly loads?: string;
  /** Whether an image was asked for in this boot. */
  readonly askedImage: boolean;
  /** Image files fetched whole in this boot, in order. */
  readonly taken: readonly string[];
  /** The image file that the phone restarted with: asking for it again is not running it. */
  readonly restartedWith?: string;
};

const start: WatchState = {
  stage: 'unknown',
  signed: false,
  askedConfiguration: false,
  named: [],
  askedImage: false,
  taken: [],
};

type Step = { readonly state: WatchState; readonly facts: readonly BootFact[] };
type Asked = (state: WatchState, file: FileName) => Step;

function unchanged(state: WatchState): Step {
  return { state, facts: [] };
}

/** A new boot keeps what the phone took just before it, what it speaks and what files it takes. */
function newBoot(before: WatchState, stage: Stage, because: string): Step {
  const { protocol, signed } = before;
  const file = before.taken.at(-1);
  const state: WatchState = { ...start, stage, signed, ...(protocol && { protocol }) };
  const facts: BootFact[] = [{ kind: 'boot', because }];
  if (file === undefined) return { state, facts };
  if (stage === 'original')
    facts.push({
      kind: 'restarted-with',
      image: canonical(fileName(file).stem),
      because: `${because} after it took ${file}`,
    });
  return { state: { ...state, restartedWith: file }, facts };
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
  return { ...boot, facts: [...boot.facts, phase('loader', 'hunts for configuration'), like] };
}

function loadOfProtocol(state: WatchState, protocol: string): boolean {
  return state.loads !== undefined && parseImageName(state.loads)?.protocol === protocol;
}

function phase(name: string, because: string): BootFact {
  return { kind: 'phase', phase: name, because };
}

/** The loader starts the application that its loads file names, unless it could not get it. */
function applicationStarts(state: WatchState, because: string): Step {
  const next: WatchState = { ...state, stage: 'application' };
  const facts = [phase('application', because)];
  const image = state.loads;
  const times = state.taken.filter((file) => file === `${image ?? ''}.sb2`).length;
  if (image === undefined || (state.askedImage && times === 0)) return { state: next, facts };
  // The loader fetches an image a second time when its signature check failed, and then starts
  // the application that it had.
  if (times > 1) {
    const refused = 'took it twice, then started what it had';
    return { state: next, facts: [...facts, { kind: 'refused', image, because: refused }] };
  }
  return { state: next, facts: [...facts, { kind: 'runs', image, because }] };
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
  return { state: { ...state, stage: 'loader', loads: canonical(file.stem) }, facts: [] };
}

function askedImage(state: WatchState, file: FileName): Step {
  const because = `asks for ${file.name}`;
  const facts = [phase('firmware', because), ...likeness(state, file)];
  const next: WatchState = { ...state, askedImage: true, signed: state.signed || isSigned(file) };
  if (state.restartedWith !== file.name) return { state: next, facts };
  const image = canonical(file.stem);
  const refused: BootFact = { kind: 'refused', image, because: `restarted with it and ${because}` };
  return { state: { ...next, restartedWith: undefined }, facts: [...facts, refused] };
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
  return tookNothing(state, `took nothing and went on to ${file.name}`);
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
  return whenAsked[file.kind](state, file);
}

function answered(state: WatchState, answer: SeenAnswer): Step {
  if (answer.outcome !== 'sent') return unchanged(state);
  const { kind, name } = fileName(answer.path);
  if (kind === 'image' || kind === 'application-image')
    return unchanged({ ...state, taken: [...state.taken, name] });
  const named = answer.text === undefined ? [] : namedImages(kind, answer.text);
  return unchanged(named.length === 0 ? state : { ...state, named });
}

/**
 * An SCCP or MGCP phone of the original kind asks for nothing more once its configuration names
 * what it runs: that it stays quiet is all the proof there is.
 */
function settled(state: WatchState): Step {
  return tookNothing(state, 'asked for nothing more');
}

function canonical(stem: string): string {
  return parseImageName(stem)?.canonical ?? stem;
}

export const bootWatch: BootWatch<WatchState> = {
  start,
  asked,
  answered,
  settled,
  settleMs: 5000,
};
