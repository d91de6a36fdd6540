import type { BootRequest } from '../model/boot.ts';
import type {
  BootFact,
  PhoneFamily,
  SeenAnswer,
  SeenReport,
  SeenRequest,
} from '../model/family.ts';
import type { Finding } from '../model/finding.ts';
import type { Phone } from '../model/phone.ts';
import type { Progress } from '../model/progress.ts';
import type { Store } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';
import type { Clock } from './clock.ts';
import { begin, type News, type Outcome } from './begin.ts';
import { execute } from './execute.ts';
import { createJudge, type Judge } from './judge.ts';
import type { SecretsJudge } from './trust/secrets-judge.ts';
import type { FindingEvent } from './phone-findings.ts';
import type { Planning } from './plan.ts';
import { markForced } from './revisions.ts';
import { sameImage } from './same-image.ts';
import { isSecondAsking } from './second-asking.ts';
import type { Timeline } from './timeline.ts';
import type { WatchRecord } from './watch-record.ts';

/** What those who watch hear of a phone. */
export type PhoneEvent =
  | FindingEvent
  | { readonly kind: 'fact'; readonly mac: Mac; readonly at: number; readonly fact: BootFact }
  | ({ readonly kind: 'news'; readonly mac: Mac; readonly at: number } & News)
  | { readonly kind: 'progress'; readonly mac: Mac; readonly progress: Progress };

/** Follows one phone: its boots, the facts that its requests give, its plan. */
export type Follower = SecretsJudge & {
  /** Before the answer: facts are acted on and on disk when this resolves. */
  asked(phone: Phone, request: SeenRequest): Promise<Progress | undefined>;
  /** After the transfer. */
  answered(phone: Phone, answer: SeenAnswer, record: BootRequest): Promise<void>;
  /** What it said itself by another protocol. */
  told(phone: Phone, facts: readonly BootFact[]): Promise<void>;
  /** What it said of itself to a server that keeps a session with it. */
  reported(phone: Phone, report: SeenReport): Promise<void>;
  /** The file that it finds under a path, and what is wrong with that. */
  looked(path: string, finding: Finding | undefined): Promise<void>;
  /** After a start of the server: a phone that was on its way has its time from now on. */
  resume(): Promise<void>;
};

export type FollowerOptions = {
  readonly mac: Mac;
  readonly family: PhoneFamily;
  readonly store: Store;
  readonly clock: Clock;
  readonly timeline: Timeline;
  readonly watchRecord: WatchRecord;
  readonly onEvent: (event: PhoneEvent) => void;
  /** What plans are made by now; cautiously and as if the library had everything when left out. */
  readonly planning?: (() => Promise<Planning>) | undefined;
  /** Runs a task in turn with this phone's requests. */
  readonly inTurn: (task: () => Promise<void>) => void;
};

/** Requests of this many boots tell where a phone stands after the server was started again. */
const bootsToRecall = 2;

export async function createFollower(options: FollowerOptions): Promise<Follower> {
  const { mac, family, store, clock, timeline, watchRecord } = options;
  const { watch } = family;
  const recalled = await recall(options);
  let { state, bootId } = recalled;
  const judge = await createJudge({ ...options, bootAt: recalled.bootAt });
  /** Facts that are not on disk yet: where it fails, the next request tries them again. */
  let owed: readonly BootFact[] = [];
  const settling = onceLater(clock, watch.settleMs);

  function take(seen: { readonly state: unknown; readonly facts: readonly BootFact[] }): void {
    state = seen.state;
    owed = [...owed, ...seen.facts];
  }

  /** What facts were acted on, and what firmware is asked for, must outlive the server. */
  async function act(phone: Phone, { path, at: askedAt }: SeenRequest): Promise<void> {
    const isWeighty = owed.length > 0 || family.isFirmware(path);
    for (let [fact] = owed; fact !== undefined; [fact] = owed) {
      const at = clock.now();
      if (fact.kind === 'boot') bootId = await newBoot(options, at);
      const outcome = await actOn(options, phone, fact, at);
      owed = owed.slice(1);
      await judge.fact(fact, outcome);
    }
    bootId ??= await timeline.boot(mac, askedAt);
    const watched = { mac, family: family.id, form: watch.form, state, bootId };
    await (isWeighty ? watchRecord.put(watched) : watchRecord.putLater(watched));
  }

  /** Of what no request of the phone brought. */
  async function takeAndAct(phone: Phone, seen: Parameters<typeof take>[0]): Promise<void> {
    take(seen);
    await act(phone, { path: '', at: clock.now() });
  }

  return {
    async asked(phone, request) {
      settling.cancel();
      take(watch.asked(state, request));
      await judge.asked();
      await startFromRecord(options, phone, judge);
      await act(phone, request);
      return store.progressGet(mac);
    },
    async answered(phone, answer, record) {
      take(watch.answered(state, answer));
      bootId ??= await timeline.boot(mac, answer.at);
      timeline.add(bootId, record);
      await act(phone, answer);
      await judge.answered(answer);
      settling.start(() => options.inTurn(() => takeAndAct(phone, watch.settled(state))));
      judge.expect(watch.expects(state), clock.now());
    },
    told: (phone, facts) => takeAndAct(phone, { state, facts }),
    async reported(phone, report) {
      if (!watch.told) return;
      settling.cancel();
      await judge.asked();
      await takeAndAct(phone, watch.told(state, report));
      judge.expect(watch.expects(state), clock.now());
    },
    ...{ looked: judge.looked, guarded: judge.guarded, askedByOther: judge.askedByOther },
    resume: () => Promise.resolve(judge.expect(watch.expects(state), clock.now())),
  };
}

/** Moves the plan by one fact; what came of it is on disk. */
async function actOn(
  options: FollowerOptions,
  phone: Phone,
  fact: BootFact,
  at: number,
): Promise<Outcome> {
  const { mac, family, store, onEvent } = options;
  const progress = await store.progressGet(mac);
  onEvent({ kind: 'fact', mac, at, fact });
  const planning = await planningFor(options, phone, progress, fact);
  const outcome = execute({ phone, family, progress, now: at, planning }, fact);
  await keep(options, outcome);
  await keepRevision(options, fact);
  return outcome;
}

/** A task that is begun anew, or called off. */
function onceLater(clock: Clock, ms: number) {
  let cancel: (() => void) | undefined;
  return {
    cancel: () => cancel?.(),
    start(run: () => void) {
      cancel?.();
      cancel = clock.after(ms, run);
    },
  };
}

/** Of an image only while the plan is about it: else the phone is to keep what it has. */
async function keepRevision(options: FollowerOptions, fact: BootFact): Promise<void> {
  if (fact.kind !== 'passed-over' && fact.kind !== 'took') return;
  const { mac, family, store } = options;
  const isForced = fact.kind === 'passed-over';
  const { state, steps = [], step = 0 } = (await store.progressGet(mac)) ?? {};
  const isWanted = state === 'under-way' && steps[step]?.firmware.includes(fact.path) === true;
  if (isForced && family.isFirmware(fact.path) && !isWanted) return;
  await markForced(options, mac, fact.path, isForced);
}

/** A phone that starts has followed whoever asked it to. */
async function newBoot({ mac, timeline, store }: FollowerOptions, at: number): Promise<number> {
  const bootId = await timeline.boot(mac, at);
  await store.restartDelete(mac);
  return bootId;
}

/** A phone that said itself what it runs, or of which it was said, needs no request to show it. */
async function startFromRecord(
  options: FollowerOptions,
  phone: Phone,
  judge: Judge,
): Promise<void> {
  const { mac, family, store, clock } = options;
  if (phone.running === undefined) return;
  const progress = await store.progressGet(mac);
  const target = family.parseImage(phone.image ?? '')?.canonical;
  const isPlanned = progress?.target === target && progress?.state !== 'waiting';
  if (target === undefined || isPlanned) return;
  const planning = await options.planning?.();
  const situation = { phone, family, progress, now: clock.now(), planning };
  const outcome = begin(situation, phone.running, 'as it last proved or was said to run');
  await keep(options, outcome);
  await judge.concluded(outcome);
}

const mayBegin: ReadonlySet<BootFact['kind']> = new Set([
  ...(['runs-like', 'keeps', 'restarted-with', 'runs', 'refused'] as const),
]);

/** Looked up only where the fact may begin a plan. */
async function planningFor(
  { planning, family }: FollowerOptions,
  { image }: Phone,
  progress: Progress | undefined,
  { kind }: BootFact,
): Promise<Planning | undefined> {
  if (image === undefined || !planning || !mayBegin.has(kind)) return undefined;
  const isThere = progress?.state === 'done' && sameImage(family, progress.target, image);
  return isThere && kind === 'runs' ? undefined : planning();
}

async function keep(
  { mac, store, clock, onEvent }: FollowerOptions,
  { progress, running, news }: Outcome,
): Promise<void> {
  if (progress) await store.progressPut(progress);
  if (running !== undefined) await store.runningPut(mac, running);
  if (progress) onEvent({ kind: 'progress', mac, progress });
  for (const each of news) onEvent({ kind: 'news', mac, at: clock.now(), ...each });
}

/** The watch's state as it was kept, else after the requests that the store has of the last boots. */
async function recall(options: FollowerOptions) {
  const { mac, family, store, timeline, watchRecord } = options;
  await timeline.flush();
  await watchRecord.flush();
  const kept = await store.watchedGet(mac);
  if (kept?.family !== family.id || kept.form !== family.watch.form) return replay(options);
  const { bootId, state } = kept;
  const boot = (await store.bootList(mac, bootsToRecall)).find(({ id }) => id === bootId);
  return { state: family.watch.recalled(state), bootId: boot?.id, bootAt: boot?.startedAt ?? 0 };
}

async function replay({ mac, family, store }: FollowerOptions) {
  const boots = await store.bootList(mac, bootsToRecall);
  let { start: state } = family.watch;
  let earlier: BootRequest | undefined;
  for (const boot of boots.toReversed())
    for (const request of await store.requestList(boot.id)) {
      const { path, at, outcome, protocol } = request;
      if (!isSecondAsking(earlier, request))
        ({ state } = family.watch.asked(state, { path, at, protocol }));
      ({ state } = family.watch.answered(state, { path, at, outcome, protocol }));
      earlier = outcome === 'missing' ? request : undefined;
    }
  const [last] = boots;
  const recalled = family.watch.recalled(state);
  return { state: recalled, bootId: last?.id, bootAt: last?.startedAt ?? 0 };
}
