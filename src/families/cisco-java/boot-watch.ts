import { decodeSep } from '../../codec/config/sep-xml.ts';
import type { BootFact, FactWatch, SeenAnswer, SeenRequest } from '../../model/family.ts';
import { ifReadable } from '../../wire/if-readable.ts';
import { parseImageName, standIns } from './image-name.ts';
import { fileName, type FileKind, type FileName } from './paths.ts';
import type { Sort } from './upgrade-rules.ts';

export type WatchState = {
  /** The load that the configuration of this boot named. */
  readonly named?: string;
  /** The load whose `.loads` file was asked for in this boot. */
  readonly loads?: string;
  /** It began to boot a load and did not show yet of which sort that is. */
  readonly unknownSort: boolean;
  /** That file was fetched whole in this boot. */
  readonly tookLoads: boolean;
  /** Whether a component was asked for in this boot. */
  readonly askedComponent: boolean;
  /** Some component was fetched whole in this boot. */
  readonly tookComponent: boolean;
  /** The load that the phone restarted with: asking for its components again is not running it. */
  readonly restartedWith?: string;
  /** What it runs, or that it refused to, was told in this boot. */
  readonly proved: boolean;
};

type Step = { readonly state: WatchState; readonly facts: readonly BootFact[] };
type Asked = (state: WatchState, file: FileName) => Step;

const start: WatchState = {
  ...{ unknownSort: false, tookLoads: false, askedComponent: false, tookComponent: false },
  proved: false,
};

function unchanged(state: WatchState): Step {
  return { state, facts: [] };
}

function phase(name: string, because: string): BootFact {
  return { kind: 'phase', phase: name, because };
}

/** The trust list is the first file that a load asks for, `term41.default.loads` the boot code's. */
function newBoot(because: string, where: string, unknownSort: boolean): Asked {
  return (before) => {
    const { loads, tookComponent, askedComponent, proved } = before;
    const refused = proved || askedComponent ? [] : leftAtThat(before, because);
    const facts: BootFact[] = [{ kind: 'boot', because }, ...refused, phase(where, because)];
    const state: WatchState = { ...start, unknownSort };
    if (loads === undefined || !tookComponent) return { state, facts };
    const took = `${because} after it took components of ${loads}`;
    facts.splice(1, 0, { kind: 'restarted-with', image: loads, because: took });
    return { state: { ...state, restartedWith: loads }, facts };
  };
}

/** Nothing runs: what its boot code can check is not known. */
const askedDefaultLoad: Asked = (before, file) => {
  const because = 'boot code asked for its default load';
  const { state, facts } = newBoot(because, 'boot code', false)(before, file);
  const sorts: readonly Sort[] = ['java boot code'];
  return {
    state,
    facts: [...facts, { kind: 'runs-like', sorts, image: standIns.bootCode, because }],
  };
};

/** Newer loads ask for an identity list before their configuration, older ones do not. */
function showsSort(own: Sort, image: string, how: string): Asked {
  return (state, { name }) => {
    if (!state.unknownSort) return unchanged(state);
    const sorts: readonly Sort[] = [own, 'java'];
    const because = `asked for ${name} ${how}`;
    const next: WatchState = { ...state, unknownSort: false };
    return { state: next, facts: [{ kind: 'runs-like', sorts, image, because }] };
  };
}

const askedIdentity = showsSort('java with ITL', standIns.withItl, 'after its trust list');
const askedConfiguration = showsSort(
  'java without ITL',
  standIns.withoutItl,
  'and for no identity list',
);

const askedLoads: Asked = (state, { stem }) => {
  const loads = parseImageName(stem)?.canonical;
  if (loads === undefined) return unchanged(state);
  return { state: { ...state, loads }, facts: [phase('firmware', `asks for ${stem}.loads`)] };
};

const askedComponent: Asked = (state, { name }) => {
  const because = `asks for ${name}`;
  const next: WatchState = { ...state, askedComponent: true };
  const facts = state.askedComponent ? [] : [phase('firmware', because)];
  const { loads, restartedWith } = state;
  if (state.askedComponent || loads === undefined || loads !== restartedWith)
    return { state: next, facts };
  const refused = `restarted with it and ${because}`;
  const refusal: BootFact = { kind: 'refused', image: loads, because: refused, cameBack: true };
  return { state: next, facts: [...facts, refusal] };
};

/**
 * Tones, dial plan, soft keys, ring list: it has read its configuration and loads nothing more. Only
 * a load that it does not run makes it ask for a loads file: where it leaves it at that, the check
 * of the signature failed.
 */
const askedOther: Asked = (state, { name }) => wentOn(state, `went on to ${name}`);

/** Phones with SCCP may ask for nothing more. */
const settled = (state: WatchState) => wentOn(state, 'asked for nothing more');

function wentOn(state: WatchState, how: string): Step {
  const { named, loads, askedComponent, proved } = state;
  if (proved || named === undefined || askedComponent) return unchanged(state);
  if (loads !== undefined)
    return { state: { ...state, proved: true }, facts: leftAtThat(state, how) };
  const because = `was told to run ${named}, took nothing and ${how}`;
  const runs: BootFact = { kind: 'runs', image: named, because };
  return { state: { ...state, proved: true }, facts: [phase('application', because), runs] };
}

function leftAtThat({ loads, named, tookLoads }: WatchState, how: string): readonly BootFact[] {
  if (loads === undefined || loads !== named || !tookLoads) return [];
  const because = `took ${loads}.loads and nothing of what it names, and ${how}`;
  return [{ kind: 'refused', image: loads, because }];
}

const whenAsked: Readonly<Record<FileKind, Asked>> = {
  'trust-list': newBoot('asked for its trust list', 'application', true),
  'default-loads': askedDefaultLoad,
  'identity-list': askedIdentity,
  phone: askedConfiguration,
  default: askedConfiguration,
  loads: askedLoads,
  component: askedComponent,
  other: askedOther,
};

function asked(state: WatchState, { path }: SeenRequest): Step {
  const file = fileName(path);
  return whenAsked[file.kind](state, file);
}

function answered(state: WatchState, { path, outcome, text }: SeenAnswer): Step {
  if (outcome !== 'sent') return unchanged(state);
  const { kind } = fileName(path);
  if (kind === 'component') return unchanged({ ...state, tookComponent: true });
  if (kind === 'loads') return unchanged({ ...state, tookLoads: true });
  if ((kind !== 'phone' && kind !== 'default') || text === undefined) return unchanged(state);
  const named = namedLoad(text);
  return unchanged(named === undefined ? state : { ...state, named });
}

/** All loads that a configuration file names. */
export function namedLoads(text: string): readonly string[] {
  return (
    ifReadable(() =>
      decodeSep(text).loads.flatMap(({ image }) => parseImageName(image)?.canonical ?? []),
    ) ?? []
  );
}

/** The one load that a configuration file names; undefined where it names none or several. */
function namedLoad(text: string): string | undefined {
  return ifReadable(() => {
    const [load, other] = decodeSep(text).loads;
    return other === undefined && load ? parseImageName(load.image)?.canonical : undefined;
  });
}

/** Follows a phone by what it asks for. What it was sent proves nothing. */
export const bootWatch: FactWatch<WatchState> = {
  start,
  asked,
  answered,
  settled,
  settleMs: 5000,
};
