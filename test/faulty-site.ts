import type { ProvisionEvent } from '../src/core/asking.ts';
import { phoneFrom } from '../src/core/inventory.ts';
import { families } from '../src/families/index.ts';
import type { PhoneFinding } from '../src/model/finding.ts';
import type { Progress } from '../src/model/progress.ts';
import type { Store } from '../src/model/store.ts';
import { memoryStore } from '../src/store/memory.ts';
import { bootTwin } from '../src/twin/cisco-7900/boot-twin.ts';
import { BootCutShort } from '../src/twin/boots.ts';
import { bootJavaTwin } from '../src/twin/cisco-java/boot-twin.ts';
import { faultRules as javaFaultRules } from '../src/twin/cisco-java/fault-rules.ts';
import { memoryWithLoad } from '../src/twin/cisco-java/java-memory.ts';
import { javaModel, type JavaModel } from '../src/twin/cisco-java/models.ts';
import { faultRules } from '../src/twin/cisco-7900/fault-rules.ts';
import { flashWith, memoryWith } from '../src/twin/cisco-7900/flash.ts';
import { chooseFault, withFaults, type ChosenFault } from '../src/twin/faults/faults.ts';
import { overPorts, seeing } from '../src/twin/faults/faulty-network.ts';
import type { Network } from '../src/twin/network.ts';
import type { TwinResult } from '../src/twin/report.ts';
import { virtualClock, type VirtualClock } from '../src/twin/virtual-clock.ts';
import { importPackage, packageOf } from './packages.ts';
import { mac, networkTo, noWeb, provisionerOf, type FileSource } from './virtual-site.ts';

/** A server and a phone in virtual time, with all that may go wrong between them. */
export type FaultySite = {
  /** Files of the library and of `files/`; to be changed at will. */
  readonly library: Map<string, Uint8Array>;
  readonly handMade: Map<string, Uint8Array>;
  /** Another server, which answers instead as long as it has files. */
  readonly other: Map<string, Uint8Array>;
  /** The other server is the faster one at every second boot only. */
  races: boolean;
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
  /** Replaces the phone by another one that runs this, a Java phone with boot code of its own. */
  replace(image: string, bootCode?: string): void;
  /** Switches it on and waits until it rests; milliseconds that pass afterwards. */
  boot(restMs?: number): Promise<TwinResult>;
  /** What an operator does with `phone set --image`. */
  want(image: string): Promise<void>;
  /** What an operator does with `phone set --running`. */
  says(image: string): Promise<void>;
  state(): Promise<SiteState>;
};

export type SiteState = {
  readonly progress: Progress | undefined;
  readonly findings: readonly PhoneFinding[];
  readonly running: string | undefined;
};

/** What its library holds when nothing is wrong. */
const images = [
  ...['P00303020600', 'P00308000900', 'P0S3-04-4-00', 'P0S3-06-3-00', 'P0S3-07-5-00'],
  'P0S3-8-12-00',
];
const loads = ['SIP41.8-3-3S', 'SIP41.8-5-2S', 'SIP41.9-4-2SR3-1S'];

function libraryOf(model: string): Map<string, Uint8Array> {
  const library = new Map<string, Uint8Array>();
  for (const image of javaModel(model) ? loads : images) importPackage(library, packageOf(image));
  return library;
}

export type Start = {
  /** A 7960 when left out. */
  readonly model?: string;
  readonly from: string;
  readonly to: string;
  /** The server's own neighbour table has the phone. */
  readonly onLink?: true;
};

export async function faultySite({ model = '7960', from, to, onLink }: Start): Promise<FaultySite> {
  const clock = virtualClock(1_000_000);
  const events: ProvisionEvent[] = [];
  const inner = memoryStore();
  await inner.phonePut(phoneFrom(families, { mac, model, image: to }).phone);
  const files = { library: libraryOf(model), handMade: new Map<string, Uint8Array>() };
  const store = failingStore(inner, (verb) => site.failing.has(verb));
  const provisioner = provisionerOf({
    ...{ clock, store, firmware: files.library, handMade: files.handMade, mode: 'cautious' },
    ...{ events, onProblem: () => undefined, ...(onLink && { neighbour: () => mac }) },
  });
  const java = javaModel(model);
  const phone = java ? javaPhone(java, from) : phone7960(from);
  let boots = 0;
  let cutAfter: number | undefined;

  const source: FileSource = {
    async open(asking) {
      const bytes = site.other.get(asking.path);
      const isFaster = !site.races || boots % 2 === 0;
      if (site.other.size > 0 && isFaster) return { ticket: '', ...(bytes && { bytes }) };
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
    ...{ ...files, other: new Map(), faults: [], cuts: [], missingCode: 1 },
    ...{ failing: new Set(), races: false, store: inner, events },
    replace: (image, bootCode) => phone.replace(image, bootCode),
    async boot(restMs = 20_000) {
      boots++;
      cutAfter = site.cuts.shift();
      const chosen = site.faults.map((text) => {
        const fault = chooseFault(text);
        if (typeof fault === 'string') throw new Error(fault);
        return fault;
      });
      const common = { network: network(), clock };
      const end = await phone.boot(common, chosen);
      await clock.sleep(restMs);
      return end;
    },
    async want(image) {
      const phone = (await inner.phoneGet(mac))!;
      await inner.phonePut({ ...phone, image });
      await inner.progressDelete(mac);
    },
    async says(image) {
      await inner.runningPut(mac, image);
      await inner.progressDelete(mac);
    },
    async state() {
      const progress = await inner.progressGet(mac);
      const { running } = (await inner.phoneGet(mac))!;
      const kept = await inner.findingList(mac);
      const unkept = standing(events).filter(({ code }) =>
        kept.every((each) => each.code !== code),
      );
      return { progress, running, findings: [...kept, ...unkept] };
    },
  };
  return site;
}

/** What was told and is not mended, kept or not. */
function standing(events: readonly ProvisionEvent[]): readonly PhoneFinding[] {
  const stands = new Map<string, PhoneFinding>();
  for (const event of events) {
    if (event.kind === 'finding') stands.set(event.finding.code, event.finding);
    if (event.kind === 'mended') stands.delete(event.code);
  }
  return [...stands.values()];
}

type Common = { readonly network: Network; readonly clock: VirtualClock };

type SitePhone = {
  replace(image: string, bootCode?: string): void;
  boot(common: Common, chosen: readonly ChosenFault[]): Promise<TwinResult>;
};

const always = {
  ...{ mac, random: () => 0.5, tftp: { address: '10.0.0.1', port: 69 } },
  until: 'idle',
} as const;

function phone7960(from: string): SitePhone {
  let flash = memoryWith(flashWith(from));
  return {
    replace: (image) => void (flash = memoryWith(flashWith(image))),
    boot: (common, chosen) =>
      bootTwin(
        withFaults({ ...always, ...common, model: '7960' as const, flash }, faultRules, chosen),
      ),
  };
}

function javaPhone(model: JavaModel, from: string): SitePhone {
  let flash = memoryWith(memoryWithLoad(model, from));
  return {
    replace(image, bootCode) {
      flash = memoryWith(memoryWithLoad(model, image, bootCode));
    },
    boot(common, chosen) {
      const parts = { ...always, ...common, model, flash, web: noWeb };
      return bootJavaTwin(withFaults(parts, javaFaultRules, chosen));
    },
  };
}

function failingStore(inner: Store, fails: (verb: string) => boolean): Store {
  const verbs: [string, (...args: never[]) => unknown][] = Object.entries(inner);
  const wrapped = verbs.map(([name, verb]) => [
    name,
    (...args: never[]) => (fails(name) ? Promise.reject(new Error('disk full')) : verb(...args)),
  ]);
  return Object.fromEntries(wrapped) as Store;
}
