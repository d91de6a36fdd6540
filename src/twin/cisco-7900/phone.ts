import type { Mac } from '../../wire/mac.ts';
import type { Clock } from '../clock.ts';
import type { Network } from '../network.ts';
import type { StageName, TwinEvent, TwinHappening } from '../report.ts';
import {
  type Retransmission,
  type Server,
  tftpClient,
  type TransferResult,
} from '../tftp-client.ts';
import type { Flash, FlashMemory } from './flash.ts';
import { largestFile, portRange } from './timing.ts';

/** Whether a signature fits the data that it was made over. */
export type Verify = (data: Uint8Array, signature: Uint8Array) => boolean;

export type PhoneParts = {
  readonly mac: Mac;
  readonly model: '7940' | '7960';
  readonly memory: FlashMemory;
  /** What DHCP names as TFTP server; undefined when it names none. */
  readonly tftp: Server | undefined;
  readonly network: Network;
  readonly clock: Clock;
  /** From 0 up to 1, as Math.random. */
  readonly random: () => number;
  readonly verify: Verify;
  readonly onEvent: (event: TwinEvent) => void;
  readonly signal: AbortSignal | undefined;
};

/** How a boot ended. */
export type BootEnd =
  | { readonly kind: 'reboot'; readonly because: string; readonly waitMs: number }
  | { readonly kind: 'idle'; readonly display: string }
  | { readonly kind: 'stuck'; readonly display: string; readonly because: string };

/** A part of a boot: what reads files from the TFTP server. */
export type Stage = {
  /** The server that it reads from; undefined when the phone knows none. */
  server(): Server | undefined;
  /** Reads from this server from now on. */
  turnTo(server: Server): void;
  read(path: string): Promise<TransferResult>;
};

/** A phone during one boot. */
export type Phone = {
  readonly mac: Mac;
  /** Key of `loadInformation` in XMLDefault.cnf.xml. */
  readonly modelNumber: number;
  readonly verify: Verify;
  flash(): Flash;
  /** Safe when it returns. */
  keep(flash: Flash): void;
  sleep(duration: { readonly ms: number }): Promise<void>;
  enter(name: StageName, retransmission: Retransmission): Stage;
  tell(happening: TwinHappening): void;
  show(text: string): void;
  /** Shows a text that stays until the next boot. */
  showFailure(text: string): void;
  failure(): string | undefined;
  /** Tells that an image is wanted and not taken. */
  refuse(image: string, because: string): void;
  /** Whether the image was refused in this boot. */
  hasRefused(image: string): boolean;
};

/** RFC 1350 section 4. */
export const tftpPort = 69;

const modelNumbers = { '7960': 7, '7940': 8 } as const;

export function phoneInBoot(parts: PhoneParts, boot: number): Phone {
  const refused = new Set<string>();
  let stage: StageName = parts.memory.read().loader === undefined ? 'original' : 'loader';
  let failure: string | undefined;

  const tell = (happening: TwinHappening) =>
    parts.onEvent({ ...happening, at: parts.clock.now(), boot, stage });

  return {
    mac: parts.mac,
    modelNumber: modelNumbers[parts.model],
    verify: parts.verify,
    flash: () => parts.memory.read(),
    keep: (flash) => parts.memory.write(flash),
    sleep: ({ ms }) => parts.clock.sleep(ms, parts.signal),
    enter(name, retransmission) {
      stage = name;
      tell({ kind: 'stage' });
      return stageOf(parts, retransmission, tell);
    },
    tell,
    show: (text) => tell({ kind: 'display', text }),
    showFailure(text) {
      failure = text;
      tell({ kind: 'display', text });
    },
    failure: () => failure,
    refuse(image, because) {
      refused.add(image);
      tell({ kind: 'refused', image, because });
    },
    hasRefused: (image) => refused.has(image),
  };
}

function stageOf(
  parts: PhoneParts,
  retransmission: Retransmission,
  tell: (happening: TwinHappening) => void,
): Stage {
  let server = knownServer(parts);
  const read = tftpClient({
    network: parts.network,
    clock: parts.clock,
    firstPort: portRange.first + Math.floor(parts.random() * portRange.count),
    retransmission,
    maxBytes: largestFile,
    onRequest: (request) => tell({ kind: 'request', ...request }),
    onAnswer: (answer) => tell({ kind: 'answer', ...answer }),
    ...(parts.signal && { signal: parts.signal }),
  });
  return {
    server: () => server,
    turnTo: (other) => void (server = other),
    read(path) {
      // Without a server's address there is nobody to ask.
      if (server === undefined) return Promise.resolve({ kind: 'silent' });
      return read(path.replace(/\0.*$/s, ''), server);
    },
  };
}

/** One set at the phone goes before DHCP's. */
function knownServer({ memory, tftp }: PhoneParts): Server | undefined {
  const address = memory.read().network.tftp;
  return address === undefined ? tftp : { address, port: tftp?.port ?? tftpPort };
}
