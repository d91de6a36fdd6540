import type { BootFact, PhoneFamily } from '../../model/family.ts';
import type { Observation } from '../../model/observation.ts';
import type { AskedFile, Shown, StandingFinding, StoryBoot } from '../../model/story.ts';
import { isSecondAsking } from '../second-asking.ts';
import { reportedFirmware, takeGreeting } from './session-greeting.ts';
import {
  bootStory,
  isAddressed,
  newGrowing,
  phaseOfFile,
  phaseOfSeen,
  startsOver,
  type Growing,
} from './growing-boot.ts';

export type Followed = {
  readonly boots: readonly StoryBoot[];
  readonly standing: readonly StandingFinding[];
};

/** What a file said that the phone asked for at that time; undefined where that is not known. */
export type TextOf = (path: string, at: number) => string | undefined;

export type FollowParts = {
  readonly observations: readonly Observation[];
  readonly files: readonly AskedFile[];
  readonly family: PhoneFamily | undefined;
  /** When the source ends. */
  readonly endedAt: number;
  readonly textOf?: TextOf | undefined;
};

type Item = { readonly at: number; readonly file?: AskedFile; readonly seen?: Observation };

/** How far the following has come. */
type Following = {
  readonly parts: FollowParts;
  readonly boots: Growing[];
  readonly standing: Map<string, StandingFinding>;
  /** Of the family's watch. */
  state: unknown;
  lastAt?: number;
  lastFile?: AskedFile;
};

/** A phone that got its address so long ago and only now asks for a file was switched on again. */
const joinsWithin = 10 * 60_000;

/** Cuts what a phone did into boots, and hears what its family's watch makes of it. */
export function followBoots(parts: FollowParts): Followed {
  const following: Following = {
    ...{ parts, boots: [], standing: new Map<string, StandingFinding>() },
    state: parts.family?.watch.start,
  };
  for (const item of itemsOf(parts)) take(following, item);
  rest(following, parts.endedAt);
  tellLate(following);
  const { boots, standing } = following;
  return { boots: boots.map(bootStory), standing: [...standing.values()] };
}

function itemsOf({ observations, files }: FollowParts): readonly Item[] {
  const seen = observations
    .filter(({ happening }) => happening.kind !== 'file-asked' && happening.kind !== 'file-ended')
    .map((each): Item => ({ at: each.at, seen: each }));
  const asked = files.map((file): Item => ({ at: file.at, file }));
  return [...seen, ...asked].toSorted((a, b) => a.at - b.at);
}

function take(following: Following, { at, file, seen }: Item): void {
  rest(following, at);
  if (file) takeFile(following, file);
  if (seen) takeSeen(following, seen);
  following.lastAt = file?.endedAt ?? at;
}

/** The watch is told that the phone asked for nothing for a while. */
function rest(following: Following, at: number): void {
  const { lastAt, lastFile, state, parts } = following;
  const watch = parts.family?.watch;
  if (!watch || lastAt === undefined || at - lastAt < watch.settleMs) return;
  const settled = watch.settled(state);
  following.state = settled.state;
  act(following, settled.facts, { at: lastAt, evidence: lastFile?.evidence ?? [] });
}

function takeFile(following: Following, file: AskedFile): void {
  const { family } = following.parts;
  const { path, at, name, protocol } = file;
  const { lastFile } = following;
  if (family && !(lastFile && isSecondAsking(lastFile, file))) {
    const asked = family.watch.asked(following.state, { path, at, protocol });
    following.state = asked.state;
    act(following, asked.facts, file);
  }
  const boot = current(following, at, `asked for ${name}`);
  boot.phase = phaseOfFile(family, boot, path);
  boot.steps.push({ at, phase: boot.phase, file });
  following.lastFile = file;
  answer(following, file);
}

function answer(following: Following, file: AskedFile): void {
  const { family, textOf } = following.parts;
  if (!family) return;
  const text = textOf?.(file.path, file.at) ?? (file.bytes === 0 ? '' : undefined);
  const seen = {
    ...{ path: file.path, protocol: file.protocol },
    ...{ at: file.endedAt ?? file.at, outcome: outcomeOf(file) },
  };
  const told = text === undefined ? seen : { ...seen, text };
  const answered = family.watch.answered(following.state, told);
  following.state = answered.state;
  act(following, answered.facts, file);
}

/** What was asked for and not told of was most likely sent: the phone goes on. */
function outcomeOf({ outcome }: AskedFile) {
  if (outcome === 'untold') return 'sent';
  return outcome === 'unanswered' ? 'timed-out' : outcome;
}

function takeSeen(following: Following, seen: Observation): void {
  takeReport(following, seen);
  const { boots } = following;
  const boot = startsOver(boots.at(-1), seen)
    ? begin(following, seen.at, 'asked for an address')
    : current(following, seen.at, 'first seen');
  boot.acknowledged ||= seen.happening.kind === 'dhcp' && seen.happening.dhcp.message === 'ack';
  boot.phase = phaseOfSeen(boot, seen);
  boot.started ||= boot.phase === 'registered';
  boot.steps.push({ at: seen.at, phase: boot.phase, seen });
}

/** A session with a server begins with what the phone runs, and a boot with its first hello. */
function takeReport(following: Following, seen: Observation): void {
  const { parts, boots, state } = following;
  const firmware = reportedFirmware(seen);
  const told = parts.family?.watch.told;
  if (firmware === undefined || !told) return;
  const before = boots.at(-1);
  const greeting = before === undefined ? [] : takeGreeting(before);
  const { at, evidence } = seen;
  const next = told(state, { at, firmware });
  following.state = next.state;
  act(following, next.facts, { at: greeting[0]?.at ?? at, evidence: [evidence] });
  const boot = boots.at(-1) ?? begin(following, at, 'first seen');
  boot.phase = greeting.length === 0 && boot === before ? boot.phase : 'application';
  boot.steps.push(...greeting.map((step) => ({ ...step, phase: boot.phase })));
}

function begin({ boots }: Following, at: number, because: string): Growing {
  const boot = newGrowing(at, because);
  boots.push(boot);
  return boot;
}

/** Of a phone of no family the boots are told by the time between them. */
function current(following: Following, at: number, because: string): Growing {
  const { boots, lastAt, parts } = following;
  const boot = boots.at(-1);
  const isStale = !parts.family && lastAt !== undefined && at - lastAt > joinsWithin;
  return boot === undefined || isStale ? begin(following, at, because) : boot;
}

function act(following: Following, facts: readonly BootFact[], shown: Shown): void {
  const { boots, standing } = following;
  for (const fact of facts) {
    const boot = boots.at(-1);
    if (fact.kind === 'boot') startBoot(following, shown.at, fact.because);
    else if (fact.kind === 'finding') note(standing, fact.finding, shown);
    else if (fact.kind === 'mended') for (const code of fact.codes) standing.delete(code);
    else if (boot && fact.kind === 'phase') enter(boot, fact.phase);
    else if (boot && fact.kind === 'runs') runs(boot, fact.image);
  }
}

/** The address that it asked for just before belongs to the boot. */
function startBoot(following: Following, at: number, because: string): void {
  const { boots, lastAt } = following;
  const boot = boots.at(-1);
  const isNear = lastAt !== undefined && at - lastAt <= joinsWithin;
  if (!boot || !isAddressed(boot) || !isNear) begin(following, at, because);
}

function enter(boot: Growing, stage: string): void {
  boot.stage = stage;
  boot.started ||= stage === 'application';
}

function runs(boot: Growing, image: string): void {
  boot.runs = image;
  boot.started = true;
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

/** What it was expected to do next and did not, while the source went on. */
function tellLate({ parts, state, standing, lastAt, lastFile }: Following): void {
  const expected = state === undefined ? undefined : parts.family?.watch.expects(state);
  if (!expected || !lastFile || lastAt === undefined) return;
  if (parts.endedAt - lastAt > expected.withinMs) note(standing, expected.finding, lastFile);
}
