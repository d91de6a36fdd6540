import { decodePacket, encodePacket, errorCodes } from '../src/codec/tftp/packet.ts';
import type { ProvisionEvent } from '../src/core/asking.ts';
import { createIdentifier } from '../src/core/identify.ts';
import { phoneFrom } from '../src/core/inventory.ts';
import { createProvisioner, type Provisioner } from '../src/core/provision.ts';
import type { Tree } from '../src/core/view.ts';
import { families } from '../src/families/index.ts';
import type { Progress } from '../src/model/progress.ts';
import type { SettingLayer } from '../src/model/settings.ts';
import { memoryStore } from '../src/store/memory.ts';
import { bootTwin } from '../src/twin/cisco-7900/boot-twin.ts';
import { flashWith, memoryWith } from '../src/twin/cisco-7900/flash.ts';
import { inbox, type Network } from '../src/twin/network.ts';
import type { TwinResult } from '../src/twin/report.ts';
import { virtualClock, type VirtualClock } from '../src/twin/virtual-clock.ts';
import type { Mac } from '../src/wire/mac.ts';

/** The product's core and one virtual phone in virtual time: no sockets, no files, no waiting. */

const mac = '020000000001' as Mac;
const address = '127.0.0.7';
const latencyMs = 1;
const blockSize = 512;
const mostPowerCycles = 6;

export type Journey = {
  readonly end: TwinResult;
  readonly powerCycles: number;
  readonly progress: Progress | undefined;
  readonly running: string | undefined;
  readonly events: readonly ProvisionEvent[];
};

/** Firmware by name, made when it is asked for the first time. */
export type Firmware = (name: string) => Uint8Array | undefined;

const family = families[0]!;

/** Synthetic firmware of these images. */
export function firmwareOf(images: readonly string[]): Firmware {
  const files = new Map<string, Uint8Array>();
  for (const image of images)
    for (const { name, bytes } of family.synthesize(image)) files.set(name, bytes);
  return (name) => files.get(name);
}

/** Boots a phone that runs `from` and should run `to`, power-cycled until it is there or gives up. */
export async function journey(from: string, to: string, firmware: Firmware): Promise<Journey> {
  const clock = virtualClock(1_000_000);
  const store = memoryStore();
  const draft = { mac, model: '7960', image: to };
  await store.phonePut(phoneFrom(families, draft).phone);
  const events: ProvisionEvent[] = [];
  const provisioner = provisionerOf(clock, store, firmware, events);
  const flash = memoryWith(flashWith(from));
  const network = networkTo(provisioner, clock);
  const parts = { mac, model: '7960', flash, network, clock, random: () => 0.5 } as const;
  const tftp = { address: '10.0.0.1', port: 69 };
  for (let powerCycles = 0; ; powerCycles++) {
    const end = await bootTwin({ ...parts, tftp, until: 'idle' });
    // Long enough for a server to conclude that the phone asks for nothing more.
    await clock.sleep(10_000);
    const progress = await store.progressGet(mac);
    const there = end.state === 'idle' && end.image === to && progress?.state === 'done';
    if (!there && progress?.state !== 'stopped' && powerCycles < mostPowerCycles) continue;
    await provisioner.flush();
    const running = (await store.phoneGet(mac))?.running;
    return { end, powerCycles, progress, running, events };
  }
}

function provisionerOf(
  clock: VirtualClock,
  store: ReturnType<typeof memoryStore>,
  firmware: Firmware,
  events: ProvisionEvent[],
): Provisioner {
  const neighbour = () => undefined;
  const identifier = createIdentifier({ families, neighbour, ties: [], tieLasts: 86_400_000 });
  const handMade: Tree = { read: () => Promise.resolve(undefined) };
  const library: Tree = {
    read: (name) => {
      const bytes = firmware(name);
      return Promise.resolve(bytes && { bytes, name });
    },
  };
  return createProvisioner({
    ...{ store, families, identifier, clock },
    trees: { handMade, library },
    layersFor: (): readonly SettingLayer[] => [],
    onEvent: (event) => {
      if (event.kind === 'problem') throw event.error;
      events.push(event);
    },
  });
}

type Transfer = { readonly bytes: Uint8Array; readonly ticket: string };

/** The wire between the phone and the core: TFTP as far as the phone's client needs it. */
function networkTo(provisioner: Provisioner, clock: VirtualClock): Network {
  return {
    bind(port) {
      const box = inbox();
      let transfer: Transfer | undefined;
      const reply = (bytes: Uint8Array) =>
        void clock.after(latencyMs, () => box.put({ bytes, address: '10.0.0.1', port: 4000 }));
      const end = (ticket: string, outcome: 'sent' | 'missing', bytes: number) =>
        provisioner.closed({ ticket, outcome, bytes, retries: 0, endedAt: clock.now() });

      async function open(path: string): Promise<void> {
        const asking = { protocol: 'tftp', address, port, path } as const;
        const { bytes, ticket } = await provisioner.open(asking);
        if (bytes) {
          transfer = { bytes, ticket };
          return send(transfer, 1);
        }
        reply(encodePacket({ kind: 'error', code: errorCodes.fileNotFound, message: 'missing' }));
        end(ticket, 'missing', 0);
      }

      function send({ bytes, ticket }: Transfer, block: number): void {
        const start = (block - 1) * blockSize;
        if (start > bytes.length) return end(ticket, 'sent', bytes.length);
        const data = bytes.subarray(start, start + blockSize);
        reply(encodePacket({ kind: 'data', block, data }));
      }

      return Promise.resolve({
        send(bytes) {
          const packet = decodePacket(bytes);
          clock.after(latencyMs, () => {
            if (packet.kind === 'rrq') void open(packet.path);
            if (packet.kind === 'ack' && transfer) send(transfer, packet.block + 1);
          });
        },
        receive: (timeoutMs) => box.take((expire) => clock.after(timeoutMs, expire)),
        close: () => box.close(),
      });
    },
  };
}
