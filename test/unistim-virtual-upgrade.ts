import { UnistimService } from '../src/servers/unistim/service.ts';
import { counterNames } from '../src/servers/unistim/counters.ts';
import { Counters } from '../src/servers/counters.ts';
import { noRateLimit, RateLimiter } from '../src/servers/rate-limit.ts';
import { inbox, type Inbox, type Network } from '../src/twin/network.ts';
import { bootNortelTwin } from '../src/twin/nortel-2004/boot-twin.ts';
import { memoryWithImage } from '../src/twin/nortel-2004/nortel-memory.ts';
import { memoryWith } from '../src/twin/memory.ts';
import { seededRandom } from '../src/twin/seeded-random.ts';
import { type VirtualClock, virtualClock } from '../src/twin/virtual-clock.ts';
import { parseMac } from '../src/wire/mac.ts';
import { twoImages, type TwoImages } from './unistim-two-images.ts';

export type VirtualUpgrade = {
  readonly seed: number;
  readonly imageBytes: number;
  readonly loss: number;
  readonly repeats: number;
  /** Each datagram takes up to this many milliseconds. */
  readonly delayMs: number;
};

const server = '192.0.2.10';
const phone = '192.0.2.20';
const ports = { unistim: 5000, uftp: 5105 } as const;
const tickMs = 100;
const powerCycles = 2;

/** The service and a virtual phone, with their own clock, from UNIStim to SIP software. */
export async function upgradeInVirtualTime(options: VirtualUpgrade): Promise<{
  readonly images: readonly string[];
  readonly flashed: readonly string[];
  readonly image: string | undefined;
  /** Datagrams. */
  readonly lost: number;
}> {
  const { seed, imageBytes } = options;
  const images = twoImages(imageBytes, seed);
  const clock = virtualClock(1_000_000);
  const wire = lossyWire(options, clock);
  const boxes = new Map<number, Inbox>();
  const service = serviceOf(images, clock, (port, path, bytes) =>
    wire.carry(() => boxes.get(path)?.put({ bytes, address: server, port })),
  );
  let isOver = false;
  const tick = (): void => {
    service.tick();
    if (!isOver) clock.after(tickMs, tick);
  };
  tick();
  const flashed: string[] = [];
  const flash = memoryWith(memoryWithImage('0604D98'));
  const boot = () =>
    bootNortelTwin({
      ...{ mac: parseMac('02:00:00:20:20:04'), flash, clock, random: seededRandom(seed) },
      ...{ until: 'idle', user: { press: 'FirmW' } },
      unistim: { address: server, port: ports.unistim },
      network: networkOf(boxes, clock, wire, service),
      onEvent: (event) => {
        if (event.kind === 'flash') flashed.push(event.sha256 ?? '');
      },
    });
  // Where 12 s bring nothing the twin takes it that all is said, and ends: somebody pulls the plug.
  let result = await boot();
  for (let cycle = 0; cycle < powerCycles && flashed.length < 2; cycle++) result = await boot();
  isOver = true;
  const { image } = result;
  return { images: images.digests, flashed, image, lost: wire.lost };
}

type Wire = { carry(arrive: () => void): void; readonly lost: number };

function lossyWire({ seed, loss, repeats, delayMs }: VirtualUpgrade, clock: VirtualClock): Wire {
  const random = seededRandom(seed + 1);
  const counts = { lost: 0 };
  return {
    carry(arrive) {
      const copies = random() < loss ? 0 : random() < repeats ? 2 : 1;
      if (copies === 0) counts.lost++;
      for (let copy = 0; copy < copies; copy++) clock.after(random() * delayMs, arrive);
    },
    get lost() {
      return counts.lost;
    },
  };
}

function serviceOf(
  { handler, fileHandler }: TwoImages,
  clock: VirtualClock,
  toPhone: (from: number, port: number, bytes: Uint8Array) => void,
): UnistimService {
  const now = () => clock.now();
  return new UnistimService({
    ...{ handler, files: fileHandler, now, clock: now },
    counters: new Counters(counterNames),
    limiter: new RateLimiter({ limit: noRateLimit, now }),
    transmit: (bytes, { port }) => toPhone(ports.unistim, port, bytes),
    transmitFile: (bytes, { port }) => toPhone(ports.uftp, port, bytes),
    fileServer: (address) => ({ address, port: ports.uftp }),
    onMalformed: (_, __, reason) => {
      throw new Error(reason);
    },
    onProblem: ({ text }) => {
      throw new Error(text);
    },
  });
}

/** Nobody but the server is there. */
function networkOf(
  boxes: Map<number, Inbox>,
  clock: VirtualClock,
  wire: Wire,
  service: UnistimService,
): Network {
  return {
    bind(port) {
      if (boxes.has(port)) return Promise.reject(new Error(`port ${port} is taken`));
      const box = inbox();
      boxes.set(port, box);
      const path = { address: phone, port, local: server };
      return Promise.resolve({
        send(bytes, to, toPort) {
          if (to !== server) return;
          if (toPort === ports.unistim) wire.carry(() => service.receive(bytes, path));
          if (toPort === ports.uftp) wire.carry(() => service.receiveFile(bytes, path));
        },
        receive: (timeoutMs) => box.take((expire) => clock.after(timeoutMs, expire)),
        each: (take) => box.each(take),
        close() {
          boxes.delete(port);
          box.close();
        },
      });
    },
  };
}
