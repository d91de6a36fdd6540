import type { BootFact, PhoneFamily } from '../../model/family.ts';
import type { Observation } from '../../model/observation.ts';
import type {
  AskedFile,
  PhaseName,
  Shown,
  StandingFinding,
  Step,
  StoryBoot,
} from '../../model/story.ts';
import { isSecondAsking } from '../second-asking.ts';
import { phasesOf } from './phases.ts';

export type Followed = {
  readonly boots: readonly StoryBoot[];
  readonly standing: readonly StandingFinding[];
};

export type FollowParts = {
  readonly observations: readonly Observation[];
  readonly files: readonly AskedFile[];
  readonly family: PhoneFamily | undefined;
  /** When the source ends. */
  readonly endedAt: number;
  /** What a file of this path said, where that is known. */
  readonly textOf?: ((path: string) => string | undefined) | undefined;
};

type Item = { readonly at: number; readonly file?: AskedFile; readonly seen?: Observation };

/** A boot that is being put together. */
type Growing = {
  readonly startedAt: number;
  readonly because: string;
  readonly steps: Step[];
  stage: string;
  phase: PhaseName;
  started: boolean;
  acknowledged: boolean;
  runs?: string;
};

/** A phone that got its address so long ago and only now asks for a file was switched on again. */
const joinsWithin = 10 * 60_000;

/** Cuts what a phone did into boots, and hears what its family's watch makes of it. */
export function followBoots(parts: FollowParts): Followed {
  const follow = follower(parts);
  for (const item of itemsOf(parts)) follow.take(item);
  return follow.end();
}

function itemsOf({ observations, files }: FollowParts): readonly Item[] {
  const seen = observations
    .filter(({ happening }) => happening.kind !== 'file-asked' && happening.kind !== 'file-ended')
    .map((each): Item => ({ at: each.at, seen: each }));
  const asked = files.map((file): Item => ({ at: file.at, file }));
  return [...seen, ...asked].toSorted((a, b) => a.at - b.at);
}

function follower({ family, endedAt, textOf }: FollowParts) {
  const watch = family?.watch;
  let state = watch?.start;
  const boots: Growing[] = [];
  const standing = new Map<string, StandingFinding>();
  let lastAt: number | undefined;
  let lastFile: AskedFile | undefined;

  function begin(at: number, because: string): Growing {
    const boot: Growing = {
      ...{ startedAt: at, because, steps: [], stage: '', phase: 'address' },
      ...{ started: false, acknowledged: false },
    };
    boots.push(boot);
    return boot;
  }

  function current(at: number, because: string): Growing {
    const boot = boots.at(-1);
    const isStale = watch === undefined && lastAt !== undefined && at - lastAt > joinsWithin;
    return boot === undefined || isStale ? begin(at, because) : boot;
  }

  function bootOf(at: number, because: string): void {
    const boot = boots.at(-1);
    const isOnlyAddressed = boot?.steps.every(({ phase }) => phase === 'address') ?? false;
    const isNear = lastAt !== undefined && at - lastAt <= joinsWithin;
    if (!isOnlyAddressed || !isNear) begin(at, because);
  }

  function act(facts: readonly BootFact[], shown: Shown): void {
    for (const fact of facts) {
      const boot = boots.at(-1);
      if (fact.kind === 'boot') bootOf(shown.at, fact.because);
      else if (fact.kind === 'finding') note(standing, fact.finding, shown);
      else if (fact.kind === 'mended') for (const code of fact.codes) standing.delete(code);
      else if (boot && fact.kind === 'phase') enter(boot, fact.phase);
      else if (boot && fact.kind === 'runs') runs(boot, fact.image);
    }
  }

  function rest(at: number): void {
    if (!watch || lastAt === undefined || at - lastAt < watch.settleMs) return;
    const settled = watch.settled(state);
    state = settled.state;
    act(settled.facts, { at: lastAt, evidence: lastFile?.evidence ?? [] });
  }

  function takeFile(file: AskedFile): void {
    const { path, at, name } = file;
    if (watch && !(lastFile && isSecondAsking(lastFile, file))) {
      const asked = watch.asked(state, { path, at });
      state = asked.state;
      act(asked.facts, file);
    }
    const boot = current(at, `asked for ${name}`);
    boot.phase = phaseOfFile(family, boot, path);
    boot.steps.push({ at, phase: boot.phase, file });
    lastFile = file;
    answer(file);
  }

  function answer(file: AskedFile): void {
    if (!watch) return;
    const text = textOf?.(file.path) ?? (file.bytes === 0 ? '' : undefined);
    const seen = { path: file.path, at: file.endedAt ?? file.at, outcome: outcomeOf(file) };
    const answered = watch.answered(state, text === undefined ? seen : { ...seen, text });
    state = answered.state;
    act(answered.facts, file);
  }

  function takeSeen(seen: Observation): void {
    const boot = startsOver(boots.at(-1), seen)
      ? begin(seen.at, 'asked for an address')
      : current(seen.at, 'first seen');
    boot.acknowledged ||= seen.happening.kind === 'dhcp' && seen.happening.dhcp.message === 'ack';
    boot.phase = phaseOfSeen(boot, seen);
    boot.started ||= boot.phase === 'registered';
    boot.steps.push({ at: seen.at, phase: boot.phase, seen });
  }

  function late(): void {
    const expected = watch && state !== undefined ? watch.expects(state) : undefined;
    if (!expected || !lastFile || lastAt === undefined) return;
    if (endedAt - lastAt > expected.withinMs) note(standing, expected.finding, lastFile);
  }

  return {
    take({ at, file, seen }: Item): void {
      rest(at);
      if (file) takeFile(file);
      if (seen) takeSeen(seen);
      lastAt = file?.endedAt ?? at;
    },
    end(): Followed {
      rest(endedAt);
      late();
      return { boots: boots.map(bootStory), standing: [...standing.values()] };
    },
  };
}

/** Since when is kept; what is told last is the newest. */
function note(
  standing: Map<string, StandingFinding>,
  finding: StandingFinding['finding'],
  shown: Shown,
): void {
  const since = standing.get(finding.code);
  const evidence = [...(since?.evidence ?? []), ...shown.evidence];
  standing.set(finding.code, { finding, at: since?.at ?? shown.at, evidence });
}

function enter(boot: Growing, stage: string): void {
  boot.stage = stage;
  boot.started ||= stage === 'application';
}

function runs(boot: Growing, image: string): void {
  boot.runs = image;
  boot.started = true;
}

/** A phone that has an address and looks for one again was switched on again. */
function startsOver(boot: Growing | undefined, { happening }: Observation): boolean {
  if (happening.kind !== 'dhcp' || happening.dhcp.message !== 'discover') return false;
  if (boot === undefined) return true;
  return boot.acknowledged || boot.steps.some(({ phase }) => phase !== 'address');
}

function phaseOfFile(family: PhoneFamily | undefined, boot: Growing, path: string): PhaseName {
  if (family?.isFirmware(path)) return 'firmware';
  if (boot.stage === 'loader' || boot.stage === 'boot code') return 'loader';
  const isConfiguration = family?.isConfiguration?.(path) ?? false;
  return isConfiguration ? 'configuration' : 'application';
}

function phaseOfSeen({ phase, steps }: Growing, { happening }: Observation): PhaseName {
  switch (happening.kind) {
    case 'dhcp':
    case 'address-conflict':
      return steps.some((step) => step.phase !== 'address') ? phase : 'address';
    case 'sip': {
      const isAccepted = happening.method === 'REGISTER' && happening.status === 200;
      return isAccepted || phase === 'registered' ? 'registered' : 'application';
    }
    case 'unistim':
      return phase === 'address' ? 'application' : phase;
    default:
      return phase;
  }
}

/** What was asked for and not told of was most likely sent: the phone goes on. */
function outcomeOf({ outcome }: AskedFile) {
  if (outcome === 'untold') return 'sent';
  return outcome === 'unanswered' ? 'timed-out' : outcome;
}

function bootStory({ startedAt, because, steps, started, runs: image }: Growing): StoryBoot {
  const files = steps.flatMap((step) => ('file' in step ? [step.file] : []));
  const ends = files.map(({ at, endedAt }) => endedAt ?? at);
  const lastAt = Math.max(startedAt, ...ends.slice(-8), steps.at(-1)?.at ?? startedAt);
  const boot = { startedAt, lastAt, because, steps, files, phases: phasesOf(steps), started };
  return image === undefined ? boot : { ...boot, runs: image };
}
