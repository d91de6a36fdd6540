import { knownServer } from '../known-server.ts';
import type { Network } from '../network.ts';
import { type CommonParts, phoneInBoot, type PhoneInBoot } from '../phone-in-boot.ts';
import type { StageName, TwinHappening } from '../report.ts';
import {
  type Retransmission,
  type Server,
  tftpClient,
  type TransferResult,
} from '../tftp-client.ts';
import { setClock, type TimeServer, type TimeSettings } from '../time-client.ts';
import type { Flash } from './flash.ts';
import { largestFile, portRange } from './timing.ts';

/** Whether a signature fits the data that it was made over. */
export type Verify = (data: Uint8Array, signature: Uint8Array) => boolean;

export type PhoneParts = CommonParts<Flash> & {
  readonly model: '7940' | '7960';
  /** What DHCP would name as TFTP server; undefined when it names none. */
  readonly tftp: Server | undefined;
  readonly network: Network;
  /** From 0 up to 1, as Math.random. */
  readonly random: () => number;
  readonly verify: Verify;
  readonly time: TimeServer;
};

/** A part of a boot: what reads files from the TFTP server. */
export type Stage = {
  /** The server that it reads from; undefined when the phone knows none. */
  server(): Server | undefined;
  /** Reads from this server from now on. */
  turnTo(server: Server): void;
  read(path: string): Promise<TransferResult>;
};

/** A phone during one boot. */
export type Phone = PhoneInBoot<Flash> & {
  /** Key of `loadInformation` in XMLDefault.cnf.xml. */
  readonly modelNumber: number;
  readonly verify: Verify;
  enter(name: StageName, retransmission: Retransmission): Stage;
  /** Asks for the time where the settings say so. */
  setClock(settings: TimeSettings): Promise<void>;
};

/** Cisco SIP IP Phone Administrator Guide 4.4, tables 3-7 and 3-8. */
const listeningModes = ['multicast'];

const modelNumbers = { '7960': 7, '7940': 8 } as const;

export function startPhone(parts: PhoneParts, boot: number): Phone {
  const isOriginal = parts.memory.read().loader === undefined;
  const phone = phoneInBoot(parts, boot, isOriginal ? 'original' : 'loader');
  return {
    ...phone,
    modelNumber: modelNumbers[parts.model],
    verify: parts.verify,
    setClock: (settings) => setClock({ ...parts, tell: phone.tell }, settings, listeningModes),
    enter(name, retransmission) {
      phone.turnTo(name);
      return stageOf(parts, retransmission, phone.tell);
    },
  };
}

function stageOf(
  parts: PhoneParts,
  retransmission: Retransmission,
  tell: (happening: TwinHappening) => void,
): Stage {
  let told: Server | undefined;
  const known = () => told ?? knownServer(parts);
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
    server: known,
    turnTo: (other) => void (told = other),
    read(path) {
      const server = known();
      // Without a server's address there is nobody to ask.
      if (server === undefined) return Promise.resolve({ kind: 'silent' });
      return read(path.replace(/\0.*$/s, ''), server);
    },
  };
}
