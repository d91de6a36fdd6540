import type { BootFact, BootWatch, FactWatch, Rescue, SeenAnswer } from '../../model/family.ts';
import type { Finding } from '../../model/finding.ts';
import { imageName, parseImageName } from './image-name.ts';
import { fileName, type FileName } from './paths.ts';
import {
  defaultLoadAgain,
  expectation,
  factoryFresh,
  oldApplicationCameBack,
  type Awaited,
} from './phone-findings.ts';
import { isOldKey, newestFirst } from './upgrade-rules.ts';

/** Boot code that asks for its default load for ever is given that of a load with the old key. */
export const rescue: Rescue = {
  states: ['boot-loop'],
  tells: ['factory-fresh', 'boot-loop'],
  starts: (image) => isOldKey(imageName(image)),
  preferred(had, wanted) {
    const hardware = parseImageName(wanted ?? '')?.hardware;
    return had
      .map(imageName)
      .filter((image) => hardware !== undefined && image.hardware === hardware)
      .toSorted(newestFirst)
      .map(({ canonical }) => canonical);
  },
};

/** What the requests say of the phone's state, beside what it runs. */
type Signs<State> = {
  readonly watched: State;
  /** Boots in a row that began with the boot code's default load. */
  readonly defaults: number;
  /** The last file that it asked for, and what must follow it. */
  readonly lastAsked: string;
  readonly awaited: Awaited | undefined;
};

/** Boots with the default load that an upgrade may take; then it goes on for ever. */
const mostDefaults = 2;

/** Adds findings to what a watch finds out, and what the phone is expected to do next. */
export function withSigns<State>(watch: FactWatch<State>): BootWatch<Signs<State>> {
  return {
    form: 1,
    start: { watched: watch.start, defaults: 0, lastAsked: '', awaited: undefined },
    asked(state, request) {
      const file = fileName(request.path);
      const { state: watched, facts } = watch.asked(state.watched, request);
      const defaults = defaultsAfter(state.defaults, file);
      return {
        state: { watched, defaults, lastAsked: file.name, awaited: undefined },
        facts: [...facts.flatMap(withFinding), ...signsOf(state.defaults, file)],
      };
    },
    answered(state, answer) {
      const { state: watched, facts } = watch.answered(state.watched, answer);
      const file = fileName(answer.path);
      const awaited = file.name === state.lastAsked ? awaitedAfter(file, answer) : undefined;
      return { state: { ...state, watched, awaited }, facts: facts.flatMap(withFinding) };
    },
    settled(state) {
      const { state: watched, facts } = watch.settled(state.watched);
      return { state: { ...state, watched }, facts };
    },
    settleMs: watch.settleMs,
    expects: ({ awaited, lastAsked }) => awaited && expectation(awaited, lastAsked),
    recalled: (state) => state,
  };
}

function withFinding(fact: BootFact): readonly BootFact[] {
  if (fact.kind !== 'refused') return [fact];
  return [fact, told(oldApplicationCameBack(fact.image, fact.because), fact.because)];
}

function told(finding: Finding, because: string): BootFact {
  return { kind: 'finding', finding, because };
}

function defaultsAfter(defaults: number, { kind }: FileName): number {
  if (kind === 'default-loads') return defaults + 1;
  return kind === 'trust-list' ? 0 : defaults;
}

/** The boot code asks for its default load, a load for its trust list. */
function signsOf(defaults: number, { kind, name }: FileName): readonly BootFact[] {
  const because = `asked for ${name}`;
  if (kind === 'default-loads')
    return [told(defaults < mostDefaults ? factoryFresh(name) : defaultLoadAgain(name), because)];
  if (kind !== 'trust-list' || defaults === 0) return [];
  return [{ kind: 'mended', codes: ['factory-fresh', 'boot-loop'], because }];
}

function awaitedAfter({ kind }: FileName, { outcome }: SeenAnswer): Awaited | undefined {
  const isFirmware = kind === 'component' || kind === 'default-loads' || kind === 'loads';
  if (isFirmware && (outcome === 'aborted' || outcome === 'timed-out')) return 'again';
  if (outcome !== 'sent') return undefined;
  return kind === 'component' || kind === 'default-loads' ? kind : undefined;
}
