import { decodePacket, encodePacket, errorCodes } from '../src/codec/tftp/packet.ts';
import type { ProvisionEvent } from '../src/core/asking.ts';
import type { Clock } from '../src/core/clock.ts';
import { libraryFile, type LibraryFile } from '../src/core/firmware/library-file.ts';
import { firmwareLibrary, type Library } from '../src/core/firmware/library.ts';
import { createIdentifier } from '../src/core/identify.ts';
import { phoneFrom } from '../src/core/inventory.ts';
import { createProvisioner, type Provisioner } from '../src/core/provision.ts';
import { samePath, type Tree } from '../src/core/view.ts';
import { imageName } from '../src/families/cisco-7900/image-name.ts';
import { synthesizeImage } from '../src/families/cisco-7900/synthesize.ts';
import { imageName as javaImageName } from '../src/families/cisco-java/image-name.ts';
import { synthesizeImage as synthesizeLoad } from '../src/families/cisco-java/synthesize.ts';
import { families } from '../src/families/index.ts';
import type { PlanMode } from '../src/model/plan.ts';
import type { Progress } from '../src/model/progress.ts';
import type { Store } from '../src/model/store.ts';
import type { SettingLayer } from '../src/model/settings.ts';
import { memoryStore } from '../src/store/memory.ts';
import { bootTwin } from '../src/twin/cisco-7900/boot-twin.ts';
import { flashWith, memoryWith } from '../src/twin/cisco-7900/flash.ts';
import { bootJavaTwin } from '../src/twin/cisco-java/boot-twin.ts';
import { memoryWithLoad } from '../src/twin/cisco-java/java-memory.ts';
import type { JavaModel } from '../src/twin/cisco-java/models.ts';
import { inbox, type Network } from '../src/twin/network.ts';
import { answerDhcp, dhcpServerPort, type SimulatedDhcp } from '../src/twin/simulated-dhcp.ts';
import type { TwinResult } from '../src/twin/report.ts';
import { virtualClock, type VirtualClock } from '../src/twin/virtual-clock.ts';
import type { WebClient } from '../src/twin/web-client.ts';
import type { Mac } from '../src/wire/mac.ts';

/** The product's core and one virtual phone in virtual time: no sockets, no files, no waiting. */

export const mac = '020000000001' as Mac;
const address = '127.0.0.7';
const latencyMs = 1;
const blockSize = 512;
/** After which a server gives up a transfer. */
const stallMs = 20_000;
const mostPowerCycles = 6;

export type Journey = {
  readonly end: TwinResult;
  readonly powerCycles: number;
  readonly progress: Progress | undefined;
  readonly running: string | undefined;
  readonly events: readonly ProvisionEvent[];
};

/** Files by name. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** Bytes; of the size of an image nothing depends but the time that it takes. */
const smallSizes = { loader: 2000, application: 3000 } as const;

/** Small synthetic firmware of these images. */
export function firmwareOf(images: readonly string[]): Files {
  const files = new Map<string, Uint8Array>();
  for (const image of images)
    for (const { name, bytes } of synthesizeImage(imageName(image), smallSizes))
      files.set(name, bytes);
  return files;
}

/** The same for loads of Java phones. */
export function javaFirmwareOf(loads: readonly string[]): Files {
  const files = new Map<string, Uint8Array>();
  for (const load of loads)
    for (const { name, bytes } of synthesizeLoad(javaImageName(load), 1024)) files.set(name, bytes);
  return files;
}

/** Boots a phone that runs `from` and should run `to`, power-cycled until it is there or gives up. */
export function journey(
  from: string,
  to: string,
  firmware: Files,
  mode: PlanMode = 'cautious',
): Promise<Journey> {
  return carry({ model: '7960', to, firmware, mode, twin: twinOf(from) });
}

/** The same for a Java phone. */
export function javaJourney(
  model: JavaModel,
  from: string,
  to: string,
  firmware: Files,
): Promise<Journey> {
  const twin = javaTwinOf(model, from);
  return carry({ model: model.name, to, firmware, mode: 'cautious', twin });
}

type Carry = {
  readonly model: string;
  readonly to: string;
  readonly firmware: Files;
  readonly mode: PlanMode;
  readonly twin: Twin;
};

async function carry({ model, to, firmware, mode, twin }: Carry): Promise<Journey> {
  const clock = virtualClock(1_000_000);
  const store = memoryStore();
  await store.phonePut(phoneFrom(families, { mac, model, image: to }).phone);
  const events: ProvisionEvent[] = [];
  const provisioner = provisionerOf({ clock, store, firmware, mode, events });
  const boot = twin(provisioner, clock);
  for (let powerCycles = 0; ; powerCycles++) {
    const end = await boot();
    // Long enough for a server to conclude that the phone asks for nothing more.
    await clock.sleep(10_000);
    await sayWhatItShows(store, end);
    const progress = await store.progressGet(mac);
    const there = end.state === 'idle' && end.image === to && progress?.state === 'done';
    if (!there && progress?.state !== 'stopped' && powerCycles < mostPowerCycles) continue;
    await provisioner.flush();
    const running = (await store.phoneGet(mac))?.running;
    return { end, powerCycles, progress, running, events };
  }
}

/** What the finding asks of a person: `phone set --running` with what the display shows. */
async function sayWhatItShows(store: Store, { image }: TwinResult): Promise<void> {
  const findings = await store.findingList(mac);
  if (image === undefined || !findings.some(({ code }) => code === 'image-unproved')) return;
  await store.runningPut(mac, image);
  await store.progressDelete(mac);
}

/** Boots a phone that runs `from` beside a folder that is the same for everyone. */
export function pushed(from: string, folder: Files): Promise<TwinResult> {
  return push(twinOf(from), folder);
}

/** The same for a Java phone. */
export function javaPushed(model: JavaModel, from: string, folder: Files): Promise<TwinResult> {
  return push(javaTwinOf(model, from), folder);
}

async function push(twin: Twin, folder: Files): Promise<TwinResult> {
  const clock = virtualClock(1_000_000);
  const plain: FileSource = {
    open: ({ path }) => Promise.resolve({ ticket: '', ...bytesOf(folder, path) }),
    closed: () => undefined,
  };
  return twin(plain, clock)();
}

function bytesOf(folder: Files, path: string) {
  const bytes = folder.get(path);
  return bytes && { bytes };
}

/** Each call of what it gives switches the same phone on once more. */
type Twin = (source: FileSource, clock: VirtualClock) => () => Promise<TwinResult>;

const tftp = { address: '10.0.0.1', port: 69 };

function twinOf(from: string): Twin {
  const flash = memoryWith(flashWith(from));
  return (source, clock) => {
    const network = networkTo(source, clock);
    const parts = { mac, model: '7960', flash, network, clock, random: () => 0.5 } as const;
    return () => bootTwin({ ...parts, tftp, until: 'idle' });
  };
}

export const noWeb: WebClient = { get: () => Promise.resolve({ kind: 'refused', port: 0 }) };

function javaTwinOf(model: JavaModel, from: string): Twin {
  const flash = memoryWith(memoryWithLoad(model, from));
  return (source, clock) => {
    const network = networkTo(source, clock);
    const parts = { mac, model, flash, network, clock, random: () => 0.5, web: noWeb } as const;
    return () => bootJavaTwin({ ...parts, tftp, until: 'idle' });
  };
}

export type SiteParts = {
  readonly clock: Clock;
  readonly store: Store;
  readonly firmware: Files;
  readonly mode: PlanMode;
  readonly events: ProvisionEvent[];
  readonly handMade?: Files;
  /** Of the server's own neighbour table. */
  readonly neighbour?: (address: string) => Mac | undefined;
  /** Thrown when left out. */
  readonly onProblem?: (error: unknown) => void;
  /** No settings when left out. */
  readonly layersFor?: () => readonly SettingLayer[];
};

export function provisionerOf(site: SiteParts): Provisioner {
  const { clock, store, firmware, mode, events } = site;
  const { neighbour = () => undefined, layersFor = () => [] } = site;
  const identifier = createIdentifier({ families, neighbour, ties: [], tieLasts: 86_400_000 });
  const handMade = treeOf(site.handMade ?? new Map());
  const library = treeOf(firmware);
  return createProvisioner({
    ...{ store, families, identifier, clock },
    trees: { handMade, library },
    planning: () => Promise.resolve({ mode, library: libraryOf(firmware) }),
    layersFor,
    onEvent: (event) => {
      if (event.kind === 'problem' && !site.onProblem) throw event.error;
      if (event.kind === 'problem') site.onProblem?.(event.error);
      events.push(event);
    },
  });
}

/** What the library knows of its files. Most sites share them and never change them. */
function createLibraryOf(): (files: Files) => Library {
  const known = new WeakMap<Uint8Array, Map<string, LibraryFile>>();
  let last: { readonly files: readonly LibraryFile[]; readonly library: Library } | undefined;

  function fileOf(path: string, bytes: Uint8Array): LibraryFile {
    const byName = known.get(bytes) ?? new Map<string, LibraryFile>();
    known.set(bytes, byName);
    const file = byName.get(path) ?? libraryFile(families, path, bytes);
    byName.set(path, file);
    return file;
  }

  return (all) => {
    const files = [...all].map(([path, bytes]) => fileOf(path, bytes));
    const isSame =
      last?.files.length === files.length && files.every((f, at) => f === last?.files[at]);
    if (!last || !isSame) last = { files, library: firmwareLibrary(families, files) };
    return last.library;
  };
}

const libraryOf = createLibraryOf();

/** In any letter case, as servers find files. */
function treeOf(files: Files): Tree {
  return {
    read(path) {
      const wanted = samePath(path);
      const bytes = files.get(path) ?? [...files].find(([name]) => samePath(name) === wanted)?.[1];
      return Promise.resolve(bytes && { bytes, name: path });
    },
  };
}

export type FileSource = Pick<Provisioner, 'open' | 'closed'>;
type Transfer = { readonly bytes: Uint8Array; readonly ticket: string };

/** The wire between the phone and the core: TFTP and DHCP as far as the phone needs them. */
export function networkTo(
  source: FileSource,
  clock: VirtualClock,
  missingCode: () => number = () => errorCodes.fileNotFound,
  dhcp?: SimulatedDhcp,
): Network {
  return {
    bind(port) {
      const box = inbox();
      let transfer: Transfer | undefined;
      let whole = false;
      const reply = (bytes: Uint8Array) =>
        void clock.after(latencyMs, () => box.put({ bytes, address: '10.0.0.1', port: 4000 }));
      const end = (ticket: string, outcome: 'sent' | 'missing' | 'timed-out', bytes: number) =>
        source.closed({ ticket, outcome, bytes, retries: 0, endedAt: clock.now() });

      async function open(path: string): Promise<void> {
        const asking = { protocol: 'tftp', address, port, path } as const;
        const { bytes, ticket } = await source.open(asking);
        if (bytes) {
          transfer = { bytes, ticket };
          return send(transfer, 1);
        }
        reply(encodePacket({ kind: 'error', code: missingCode(), message: 'missing' }));
        end(ticket, 'missing', 0);
      }

      function send({ bytes, ticket }: Transfer, block: number): void {
        const start = (block - 1) * blockSize;
        if (start > bytes.length) return end(ticket, 'sent', bytes.length);
        const data = bytes.subarray(start, start + blockSize);
        reply(encodePacket({ kind: 'data', block, data }));
      }

      return Promise.resolve({
        send(bytes, _address, to) {
          if (to === dhcpServerPort)
            return void clock.after(latencyMs, () => {
              for (const answer of answerDhcp(dhcp, bytes, clock.now())) box.put(answer);
            });
          const packet = decodePacket(bytes);
          const length = transfer?.bytes.length ?? 0;
          whole ||= packet.kind === 'ack' && packet.block * blockSize > length;
          clock.after(latencyMs, () => {
            if (packet.kind === 'rrq') void open(packet.path);
            if (packet.kind === 'ack' && transfer) send(transfer, packet.block + 1);
          });
        },
        receive: (timeoutMs) => box.take((expire) => clock.after(timeoutMs, expire)),
        each: (take) => box.each(take),
        close() {
          box.close();
          const cut = whole ? undefined : transfer;
          if (cut) clock.after(stallMs, () => end(cut.ticket, 'timed-out', 0));
        },
      });
    },
  };
}
