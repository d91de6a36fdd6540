import type { ProvisionEvent } from '../src/core/asking.ts';
import { phoneFrom } from '../src/core/inventory.ts';
import { families } from '../src/families/index.ts';
import type { PhoneFinding } from '../src/model/finding.ts';
import type { Progress } from '../src/model/progress.ts';
import type { Store } from '../src/model/store.ts';
import { memoryStore } from '../src/store/memory.ts';
import { bootTwin } from '../src/twin/cisco-7900/boot-twin.ts';
import { BootCutShort } from '../src/twin/boots.ts';
import { faultRules } from '../src/twin/cisco-7900/fault-rules.ts';
import { flashWith, memoryWith, type Flash } from '../src/twin/cisco-7900/flash.ts';
import { chooseFault, withFaults } from '../src/twin/faults/faults.ts';
import { overPorts, seeing } from '../src/twin/faults/faulty-network.ts';
import type { Network } from '../src/twin/network.ts';
import type { TwinResult } from '../src/twin/report.ts';
import { virtualClock } from '../src/twin/virtual-clock.ts';
import { firmwareOf, mac, networkTo, provisionerOf, type FileSource } from './virtual-site.ts';

/** A server and a phone in virtual time, with all that may go wrong between them. */
export type FaultySite = {
  /** Files of the library and of `files/`; to be changed at will. */
  readonly library: Map<string, Uint8Array>;
  readonly handMade: Map<string, Uint8Array>;
  /** Another server, which answers instead as long as it has files. */
  readonly other: Map<string, Uint8Array>;
  /** Named faults of the twin, as after `--fault`. */
  faults: readonly string[];
  /** Data blocks of the next boots after which the plug is pulled, one after the other. */
  cuts: number[];
  /** TFTP error in place of 1 for files that are missing. */
  missingCode: number;
  /** Verbs of the store that fail. */
  failing: ReadonlySet<string>;
  readonly store: Store;
  readonly events: readonly ProvisionEvent[];
  /** Replaces the phone by another one that runs this. */
  replace(image: string): void;
  /** Switches it on and waits until it rests; milliseconds that pass afterwards. */
  boot(restMs?: number): Promise<TwinResult>;
  /** What an operator does with `phone set --image`. */
  want(image: string): Promise<void>;
  state(): Promise<SiteState>;
};

export type SiteState = {
  readonly progress: Progress | undefined;
  readonly findings: readonly PhoneFinding[];
  readonly running: string | undefined;
};

const images = [
  ...['P00303020600', 'P00308000900', 'P0S3-04-4-00', 'P0S3-06-3-00', 'P0S3-07-5-00'],
  'P0S3-8-12-00',
];

export async function faultySite(from: string, to: string): Promise<FaultySite> {
  const clock = virtualClock(1_000_000);
  const events: ProvisionEvent[] = [];
  const inner = memoryStore();
  await inner.phonePut(phoneFrom(families, { mac, model: '7960', image: to }).phone);
  const files = { library: new Map(firmwareOf(images)), handMade: new Map<string, Uint8Array>() };
  const store = failingStore(inner, (verb) => site.failing.has(verb));
  const provisioner = provisionerOf({
    ...{ clock, store, firmware: files.library, handMade: files.handMade, mode: 'cautious' },
    ...{ events, onProblem: () => undefined },
  });
  let memory = memoryWith(flashWith(from));
  let cutAfter: number | undefined;

  const source: FileSource = {
    async open(asking) {
      const bytes = site.other.get(asking.path);
      if (site.other.size > 0) return { ticket: '', ...(bytes && { bytes }) };
      // A request that fails gets no answer that the phone understands.
      return provisioner.open(asking).catch(() => new Promise<never>(() => undefined));
    },
    closed: (ended) => ended.ticket === '' || provisioner.closed(ended),
  };

  function network(): Network {
    let blocks = 0;
    const plain = networkTo(source, clock, () => site.missingCode);
    const last = cutAfter;
    return overPorts(plain, (endpoint) =>
      seeing(endpoint, ({ kind }) => {
        if (kind !== 'data' || ++blocks !== last) return;
        throw new BootCutShort({ kind: 'stuck', display: '', because: 'the plug was pulled' });
      }),
    );
  }

  const site: FaultySite = {
    ...{ ...files, other: new Map(), faults: [], cuts: [], missingCode: 1, failing: new Set() },
    ...{ store: inner, events },
    replace: (image) => void (memory = memoryWith<Flash>(flashWith(image))),
    async boot(restMs = 20_000) {
      cutAfter = site.cuts.shift();
      const parts = {
        ...{ mac, model: '7960' as const, flash: memory, network: network(), clock },
        ...{ random: () => 0.5, tftp: { address: '10.0.0.1', port: 69 }, until: 'idle' as const },
      } as const;
      const chosen = site.faults.map((text) => {
        const fault = chooseFault(text);
        if (typeof fault === 'string') throw new Error(fault);
        return fault;
      });
      const end = await bootTwin(withFaults(parts, faultRules, chosen));
      await clock.sleep(restMs);
      return end;
    },
    async want(image) {
      const phone = (await inner.phoneGet(mac))!;
      await inner.phonePut({ ...phone, image });
      await inner.progressDelete(mac);
    },
    async state() {
      const progress = await inner.progressGet(mac);
      const { running } = (await inner.phoneGet(mac))!;
      return { progress, running, findings: await inner.findingList(mac) };
    },
  };
  return site;
}

function failingStore(inner: Store, fails: (verb: string) => boolean): Store {
  const verbs: [string, (...args: never[]) => unknown][] = Object.entries(inner);
  const wrapped = verbs.map(([name, verb]) => [
    name,
    (...args: never[]) => (fails(name) ? Promise.reject(new Error('disk full')) : verb(...args)),
  ]);
  return Object.fromEntries(wrapped) as Store;
}
