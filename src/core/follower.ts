import type { BootRequest } from '../model/boot.ts';
import type { BootFact, PhoneFamily, SeenAnswer, SeenRequest } from '../model/family.ts';
import type { Phone } from '../model/phone.ts';
import type { Progress } from '../model/progress.ts';
import type { Store } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';
import type { Clock } from './clock.ts';
import { begin, execute, type Outcome } from './execute.ts';
import type { Timeline } from './timeline.ts';

/** What those who watch hear of a phone. */
export type PhoneEvent =
  | { readonly kind: 'fact'; readonly mac: Mac; readonly at: number; readonly fact: BootFact }
  | { readonly kind: 'news'; readonly mac: Mac; readonly at: number; readonly text: string }
  | { readonly kind: 'progress'; readonly mac: Mac; readonly progress: Progress };

/** Follows one phone: its boots, the facts that its requests give, its plan. */
export type Follower = {
  /** Before the answer: facts are acted on and on disk when this resolves. */
  asked(phone: Phone, request: SeenRequest): Promise<Progress | undefined>;
  /** After the transfer. */
  answered(phone: Phone, answer: SeenAnswer, record: BootRequest): Promise<void>;
};

export type FollowerOptions = {
  readonly mac: Mac;
  readonly family: PhoneFamily;
  readonly store: Store;
  readonly clock: Clock;
  readonly timeline: Timeline;
  readonly onEvent: (event: PhoneEvent) => void;
  /** Runs a task in turn with this phone's requests. */
  readonly inTurn: (task: () => Promise<void>) => void;
};

/** Requests of this many boots tell where a phone stands after the server was started again. */
const bootsToRecall = 2;

export async function createFollower(options: FollowerOptions): Promise<Follower> {
  const { mac, family, store, clock, timeline, onEvent } = options;
  const { watch } = family;
  let { state, bootId } = await recall(options);
  let cancelSettle: (() => void) | undefined;

  async function act(phone: Phone, facts: readonly BootFact[]): Promise<void> {
    for (const fact of facts) {
      const at = clock.now();
      if (fact.kind === 'boot') bootId = await store.bootStart(mac, at);
      onEvent({ kind: 'fact', mac, at, fact });
      const progress = await store.progressGet(mac);
      await keep(execute({ phone, family, progress, now: at }, fact));
    }
  }

  async function keep({ progress, running, news }: Outcome): Promise<void> {
    if (progress) await store.progressPut(progress);
    if (running !== undefined) await store.runningPut(mac, running);
    if (progress) onEvent({ kind: 'progress', mac, progress });
    for (const text of news) onEvent({ kind: 'news', mac, at: clock.now(), text });
  }

  /** A phone that said itself what it runs needs no request to show it. */
  async function startFromRecord(phone: Phone): Promise<void> {
    if (phone.running === undefined) return;
    const progress = await store.progressGet(mac);
    const target = family.parseImage(phone.image ?? '')?.canonical;
    if (target === undefined || progress?.target === target) return;
    const situation = { phone, family, progress, now: clock.now() };
    await keep(begin(situation, phone.running, 'as it last proved or was said to run'));
  }

  function settleLater(phone: Phone): void {
    cancelSettle?.();
    cancelSettle = clock.after(watch.settleMs, () => {
      options.inTurn(async () => {
        const settled = watch.settled(state);
        state = settled.state;
        await act(phone, settled.facts);
      });
    });
  }

  return {
    async asked(phone, request) {
      cancelSettle?.();
      const seen = watch.asked(state, request);
      state = seen.state;
      await startFromRecord(phone);
      await act(phone, seen.facts);
      bootId ??= await store.bootStart(mac, request.at);
      return store.progressGet(mac);
    },
    async answered(phone, answer, record) {
      const seen = watch.answered(state, answer);
      state = seen.state;
      bootId ??= await store.bootStart(mac, answer.at);
      timeline.add(bootId, record);
      await act(phone, seen.facts);
      settleLater(phone);
    },
  };
}

/** The watch's state after the requests that the store has of the last boots. */
async function recall({ mac, family, store, timeline }: FollowerOptions) {
  await timeline.flush();
  const boots = await store.bootList(mac, bootsToRecall);
  let { start: state } = family.watch;
  for (const boot of boots.toReversed())
    for (const { path, at, outcome } of await store.requestList(boot.id)) {
      ({ state } = family.watch.asked(state, { path, at }));
      ({ state } = family.watch.answered(state, { path, at, outcome }));
    }
  return { state, bootId: boots[0]?.id };
}
