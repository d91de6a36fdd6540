import { encodeNortelImage } from '../../codec/image/nortel-2004-image.ts';
import { parseMac } from '../../wire/mac.ts';
import { bootNortelTwin, type BootNortelTwinOptions } from '../nortel-2004/boot-twin.ts';
import {
  memoryWithImage,
  type NortelFlash,
  type NortelMemory,
} from '../nortel-2004/nortel-memory.ts';
import { memoryWith } from '../memory.ts';
import type { TwinEvent, TwinResult } from '../report.ts';
import { seededRandom } from '../seeded-random.ts';
import { simulatedExchange, type SimulatedExchange } from '../simulated-exchange.ts';
import {
  fileServer,
  simulatedNetwork,
  type SimulatedRequest,
  type SimulatedServer,
} from '../simulated-network.ts';
import { virtualClock, type VirtualClock } from '../virtual-clock.ts';
import { testDhcpServer, type DhcpServerSetup } from './dhcp-server.ts';
import {
  scriptedUnistim,
  type ScriptedUnistim,
  type ScriptedUnistimOptions,
} from './scripted-unistim.ts';
import type { Files } from './trial.ts';

/** Parts for tests of the IP Phone 2004: small images, and a twin in virtual time. */

export const nortelMac = parseMac('00:13:65:FE:F1:01');
export const ipcmAddress = '10.0.0.5';
export const backupAddress = '10.0.0.6';
export const masterAddress = '10.0.0.2';
export const nortelAddress = '10.0.0.7';

/** A synthetic image of so many bytes. */
export function nortelImage(version: string, size = 3000): Uint8Array {
  return encodeNortelImage({ version, size, fill: (bytes) => bytes.fill(0x5a) });
}

export const s1 = { address: ipcmAddress, port: 5000, action: 1, retries: 2 } as const;
export const s1OfSip = { ...s1, port: 5060, action: 7 } as const;

export function unistimPhone(image = '0604D98', more: Partial<NortelMemory> = {}): NortelFlash {
  return memoryWith({ ...memoryWithImage(image), servers: { S1: s1 }, ...more });
}

export function sipPhone(image = '0692D93c08', more: Partial<NortelMemory> = {}): NortelFlash {
  return memoryWith({ ...memoryWithImage(image), servers: { S1: s1OfSip }, ...more });
}

export type NortelTrialOptions = Partial<Omit<BootNortelTwinOptions, 'dhcp'>> & {
  readonly flash: NortelFlash;
  readonly files?: Files;
  readonly server?: SimulatedServer;
  /** Nobody is there where it is left out. */
  readonly ipcm?: Omit<ScriptedUnistimOptions, 'network' | 'clock' | 'address'>;
  readonly backup?: Omit<ScriptedUnistimOptions, 'network' | 'clock' | 'address'>;
  readonly dhcpServer?: DhcpServerSetup;
  readonly seed?: number;
  readonly startAt?: number;
  /** Runs before the phone is switched on. */
  readonly before?: (world: NortelWorld) => Promise<void> | void;
  /** Told of the first server, just before the phone is switched on. */
  readonly onReady?: (ipcm: ScriptedUnistim | undefined) => void;
  /** Changes what the phone is made of, as faults do. */
  readonly change?: (parts: BootNortelTwinOptions) => BootNortelTwinOptions;
};

export type NortelWorld = {
  readonly clock: VirtualClock;
  readonly exchange: SimulatedExchange;
  readonly events: TwinEvent[];
};

export type NortelTrial = {
  readonly result: TwinResult;
  readonly events: readonly TwinEvent[];
  /** What the TFTP servers saw: every RRQ, repeated ones too. */
  readonly seen: readonly SimulatedRequest[];
  readonly memory: NortelMemory;
  readonly ipcm: ScriptedUnistim | undefined;
  readonly backup: ScriptedUnistim | undefined;
};

export async function nortelTrial(options: NortelTrialOptions): Promise<NortelTrial> {
  const { flash, files = {}, server = fileServer(files), seed = 1, startAt = 0 } = options;
  const { ipcm, backup, dhcpServer, before, change, onReady, ...more } = options;
  const clock = virtualClock(startAt);
  const exchange = simulatedExchange(clock);
  const events: TwinEvent[] = [];
  const seen: SimulatedRequest[] = [];
  const answer = dhcpServer && testDhcpServer(dhcpServer).answer;
  const beyond = simulatedNetwork({
    clock,
    ...(answer && { dhcp: answer }),
    server(request) {
      seen.push(request);
      return server(request);
    },
  });
  const scripted = (address: string, script: typeof ipcm) =>
    script &&
    scriptedUnistim({ ...script, ...{ network: exchange.network(address), clock, address } });
  const [first, second] = [
    await scripted(ipcmAddress, ipcm),
    await scripted(backupAddress, backup),
  ];
  const network = exchange.network(nortelAddress, ignoring(beyond));
  await before?.({ clock, exchange, events });
  onReady?.(first);
  const whole: BootNortelTwinOptions = {
    ...{ mac: nortelMac, flash, network, clock, random: seededRandom(seed), until: 'idle' },
    ...(answer
      ? {
          dhcp: { network: beyond, server: { address: '255.255.255.255', port: 67 }, tftpPort: 69 },
        }
      : { tftp: { address: masterAddress, port: 69 } }),
    onEvent: (event) => events.push(event),
    ...more,
  };
  const result = await bootNortelTwin(change ? change(whole) : whole);
  return { result, events, seen, memory: flash.read(), ipcm: first, backup: second };
}

/** Hosts that are not there are silent: the simulated network understands TFTP alone. */
function ignoring(beyond: ReturnType<typeof simulatedNetwork>): typeof beyond {
  return {
    async bind(port) {
      const endpoint = await beyond.bind(port);
      const isRudp = (bytes: Uint8Array) => bytes[0] === 0xff || (bytes[4] ?? 9) <= 2;
      return {
        ...endpoint,
        send(bytes, address, to) {
          if (to === 5000 || to === 5060 || to === 5105 || isRudp(bytes)) return;
          endpoint.send(bytes, address, to);
        },
      };
    },
  };
}

/** What was asked for, by whom it was asked: `2004tftp.cfg from 10.0.0.2`. */
export function asked({ seen }: Pick<NortelTrial, 'seen'>): readonly string[] {
  return seen.map(({ path, server }) =>
    server === masterAddress ? path : `${path} from ${server}`,
  );
}

export function told(events: readonly TwinEvent[], kind: 'stage' | 'reboot' | 'refused') {
  return events.flatMap((event): readonly string[] => {
    if (event.kind !== kind) return [];
    if (event.kind === 'stage') return event.text === undefined ? [] : [event.text];
    return [event.kind === 'refused' ? `${event.image}: ${event.because}` : event.because];
  });
}
