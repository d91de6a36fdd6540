import assert from 'node:assert/strict';
import type { PhoneFamily } from '../src/model/family.ts';
import type { Phone } from '../src/model/phone.ts';
import type { Progress } from '../src/model/progress.ts';
import { isUnderWay, type RolloutSpec } from '../src/model/rollout.ts';
import type { Store } from '../src/model/store.ts';
import { memoryStore } from '../src/store/memory.ts';
import type { Mac } from '../src/wire/mac.ts';
import type { BootFact } from '../src/model/family.ts';
import { fakeStep } from '../src/core/testing/fake-family.ts';
import { fakeClock, type FakeClock } from '../src/core/testing/fake-clock.ts';
import { newRollout } from '../src/core/rollout/members.ts';
import { previewRollout, type Wish } from '../src/core/rollout/preview.ts';
import { createRolloutRunner, type RolloutRunner } from '../src/core/rollout/runner.ts';
import type { NextRun, RolloutNews } from '../src/core/rollout/runner-parts.ts';
import { phonesMeant } from '../src/core/rollout/target.ts';
import { mortalStore, type Life } from '../src/core/rollout/testing/mortal-store.ts';
import { restartFamily } from '../src/core/rollout/testing/restart-family.ts';

export type Fault = 'refuses' | 'dies' | 'keeps-old' | 'flaps' | 'deaf' | 'unregistered' | 'stalls';

export type SiteOptions = {
  readonly phones: readonly Phone[];
  readonly faults?: ReadonlyMap<Mac, Fault>;
  readonly start?: number;
  /** How many points the next life has; for ever when left out. */
  readonly lifeSpan?: () => number;
  readonly nextRun?: NextRun;
  readonly subnetOf?: (mac: Mac) => string | undefined;
  readonly isBusy?: (mac: Mac) => boolean;
  /** Phones that are not registered when the site opens. */
  readonly unregistered?: ReadonlySet<Mac>;
  readonly families?: readonly PhoneFamily[];
};

export type Asked = { readonly mac: Mac; readonly at: number; readonly underWay: number };

/** Phones, the server that they ask, and the runner of rollouts, which may die at any moment. */
export type SimulatedSite = {
  readonly clock: FakeClock;
  readonly store: Store;
  readonly asked: readonly Asked[];
  readonly news: readonly RolloutNews[];
  readonly problems: readonly unknown[];
  readonly lives: () => number;
  image(mac: Mac): string;
  create(spec: RolloutSpec, back?: ReadonlyMap<Mac, Wish>): Promise<void>;
  order(
    name: string,
    ...orders: ('start' | 'pause' | 'resume' | 'abort' | 'approve')[]
  ): Promise<void>;
  /** A phone is switched off and on. */
  restart(mac: Mac): void;
  /** Passes time until the rollout is in one of these states. */
  until(name: string, states: readonly string[], mostMs?: number): Promise<void>;
};

const sliceMs = 5000;

export async function simulatedSite(options: SiteOptions): Promise<SimulatedSite> {
  const { faults = new Map<Mac, Fault>(), subnetOf = () => undefined } = options;
  const { families = [restartFamily] } = options;
  const clock = fakeClock(options.start ?? Date.UTC(2026, 0, 5));
  const disk = memoryStore();
  const asked: Asked[] = [];
  const news: RolloutNews[] = [];
  const problems: unknown[] = [];
  const images = new Map(options.phones.map(({ mac, running = '1' }) => [mac, running]));
  const registered = new Map<Mac, number>();
  for (const { mac } of options.phones)
    if (!options.unregistered?.has(mac)) registered.set(mac, clock.now());
  await disk.phonesPut(options.phones);

  let lives = 0;
  let life: Life;
  let runner: RolloutRunner;

  async function live(): Promise<void> {
    lives++;
    const own = mortalStore(disk, options.lifeSpan?.() ?? Infinity, () => {
      clock.after(2000, () => void live());
    });
    life = own;
    const mine = createRolloutRunner({
      store: own.store,
      clock: { now: clock.now, after: (ms, run) => clock.after(ms, () => own.isOver() || run()) },
      families,
      async ask(mac) {
        await own.point();
        await leaves(mac);
        await own.point();
        return options.isBusy?.(mac) === true ? 'busy' : 'sent';
      },
      facts: {
        subnetOf,
        registeredAt: (mac) => registered.get(mac),
        zoneOf: ({ labels }) => labels.zone,
      },
      planning: () => Promise.resolve({ mode: 'cautious' }),
      nextRun: options.nextRun ?? (() => undefined),
      onEvent: (each) => news.push(each),
      onProblem: (error) => problems.push(error),
      pollMs: 1000,
      busyWaitMs: 60_000,
    });
    runner = mine;
    await mine.start();
  }

  /** The asking leaves: from here on it counts. */
  async function leaves(mac: Mac): Promise<void> {
    const underWay = (await disk.rolloutPhones()).filter(isUnderWay);
    assert.ok(
      underWay.some((each) => each.mac === mac && each.state === 'asked'),
      'the decision is on disk before',
    );
    asked.push({ mac, at: clock.now(), underWay: underWay.length });
    if (options.isBusy?.(mac) === true || faults.get(mac) === 'deaf') return;
    clock.after(20_000, () => void starts(mac));
  }

  /** What the server does for a request; if it dies meanwhile the phone asks again. */
  function serves(task: (store: Store, runner: RolloutRunner) => Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      const attempt = () => {
        const [own, mine] = [life, runner];
        let isServed = false;
        void task(own.store, mine).then(() => {
          isServed = true;
          if (!own.isOver()) resolve();
        });
        clock.after(3000, () => {
          if (own.isOver() || !isServed) attempt();
        });
      };
      attempt();
    });
  }

  const wait = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));

  function tells(mac: Mac, fact: BootFact): Promise<void> {
    return serves((_, mine) => {
      mine.heard({ kind: 'fact', mac, at: clock.now(), fact });
      return Promise.resolve();
    });
  }

  async function put(mac: Mac, progress: Progress): Promise<void> {
    await serves(async (store, mine) => {
      const now = { ...progress, updatedAt: clock.now() };
      await store.progressPut(now);
      if (now.state === 'done') await store.runningPut(mac, now.target);
      mine.heard({ kind: 'progress', mac, progress: now });
    });
  }

  async function starts(mac: Mac): Promise<void> {
    registered.delete(mac);
    if (faults.get(mac) === 'dies') return;
    const since = clock.now();
    await serves(async (store, mine) => {
      const at = clock.now();
      const [last] = await store.bootList(mac, 1);
      // A request that comes again belongs to the boot that it began.
      if (last && last.startedAt >= since) return;
      await store.bootStart(mac, at);
      mine.heard({ kind: 'fact', mac, at, fact: { kind: 'boot', because: 'it asks' } });
    });
    await reads(mac);
  }

  async function reads(mac: Mac): Promise<void> {
    const fault = faults.get(mac);
    const wanted = (await disk.phoneGet(mac))?.image;
    const image = images.get(mac) ?? '1';
    if (fault === 'flaps') {
      await wait(15_000);
      return starts(mac);
    }
    if (wanted === undefined || wanted === image || fault === 'keeps-old') {
      if (wanted === image) await put(mac, progressTo(mac, image, wanted, 'done'));
      await tells(mac, { kind: 'runs', image, because: 'it asked for nothing more' });
      return registers(mac);
    }
    await put(mac, progressTo(mac, image, wanted, 'under-way'));
    await wait(30_000);
    if (fault === 'stalls') return;
    if (fault === 'refuses') {
      const stopped = progressTo(mac, image, wanted, 'stopped');
      await put(mac, { ...stopped, refused: ['2', '2'], reason: 'did not take 2' });
      return registers(mac);
    }
    images.set(mac, String(Number(image) + 1));
    return starts(mac);
  }

  async function registers(mac: Mac): Promise<void> {
    await wait(10_000);
    if (faults.get(mac) === 'unregistered') return;
    registered.set(mac, clock.now());
    await serves((_, mine) => {
      mine.heard({ kind: 'registered', mac, at: clock.now() });
      return Promise.resolve();
    });
  }

  await live();

  return {
    ...{ clock, store: disk, asked, news, problems },
    lives: () => lives,
    image: (mac) => images.get(mac) ?? '',
    async create(spec, back) {
      const { phones } = phonesMeant(families, spec.target, await disk.phoneList());
      const zoneOf = ({ labels }: Phone) => labels.zone;
      const context = {
        ...{ families, planning: { mode: 'cautious' as const }, findings: [], zoneOf },
        holders: new Map<Mac, string>(),
        ...(back && { back }),
      };
      const preview = previewRollout(spec, phones, context);
      const made = newRollout(spec, phones, preview, context, clock.now());
      await disk.rolloutWrite(made);
    },
    async order(name, ...orders) {
      for (const each of orders) await disk.intentAdd(name, each, clock.now());
      await clock.pass(1500);
    },
    restart: (mac) => void starts(mac),
    async until(name, states, mostMs = 48 * 3_600_000) {
      const end = clock.now() + mostMs;
      for (;;) {
        const state = (await disk.rolloutGet(name))?.state ?? 'none';
        if (states.includes(state)) return;
        assert.ok(clock.now() < end, `${name} is ${state} after ${mostMs / 60_000} minutes`);
        await clock.pass(sliceMs);
      }
    },
  };
}

function progressTo(mac: Mac, image: string, target: string, state: Progress['state']): Progress {
  const count = Math.max(0, Number(target) - Number(image));
  const steps = Array.from({ length: count }, (_, at) => fakeStep(String(Number(image) + at + 1)));
  const rest = { attempts: 0, reason: '', because: 'it asked', updatedAt: 0 };
  return { mac, from: image, target, steps, step: 0, state, ...rest };
}
