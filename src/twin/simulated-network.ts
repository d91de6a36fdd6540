import { decodePacket, encodePacket, errorCodes } from '../codec/tftp/packet.ts';
import { inbox, type Network } from './network.ts';
import { sntpPort } from './time-client.ts';
import { answerDhcp, dhcpServerPort, type SimulatedDhcp } from './simulated-dhcp.ts';
import type { VirtualClock } from './virtual-clock.ts';

export type SimulatedRequest = {
  readonly path: string;
  /** Address that the phone sent it to. */
  readonly server: string;
  readonly port: number;
  readonly at: number;
};

export type SimulatedAnswer =
  | {
      readonly kind: 'file';
      readonly bytes: Uint8Array;
      /** The server falls silent after so many blocks. */
      readonly blocks?: number;
    }
  | { readonly kind: 'error'; readonly code: number }
  | { readonly kind: 'silent' };

/** Called for every RRQ that arrives, repetitions too. */
export type SimulatedServer = (request: SimulatedRequest) => SimulatedAnswer;

/** Called for every request for the time that arrives; undefined is silence. */
export type SimulatedTimeServer = (request: Uint8Array, server: string) => Uint8Array | undefined;

export type SimulatedNetworkOptions = {
  readonly clock: VirtualClock;
  readonly server: SimulatedServer;
  /** What SNTP servers answer; they are silent when it is left out. */
  readonly timeServer?: SimulatedTimeServer;
  readonly dhcp?: SimulatedDhcp;
  /** One way. */
  readonly latencyMs?: number;
  /** Share of datagrams that get lost, from 0 to 1. */
  readonly loss?: number;
  /** From 0 up to 1, as Math.random. Needed with `loss`. */
  readonly random?: () => number;
};

type Transfer = { readonly answer: SimulatedAnswer; readonly port: number };
type Reply = { readonly bytes: Uint8Array; readonly port: number };

const blockSize = 512;
const firstServerPort = 32768;

/** Answers as TFTP servers do: no options, and a path's leading `./` and `/` do not count. */
export function fileServer(files: Readonly<Record<string, Uint8Array | string>>): SimulatedServer {
  return ({ path }) => {
    const file = files[path.replace(/^[./]*\//, '')];
    if (file === undefined) return { kind: 'error', code: errorCodes.fileNotFound };
    return { kind: 'file', bytes: typeof file === 'string' ? Buffer.from(file) : file };
  };
}

/** A wire and TFTP and SNTP servers on all addresses, in virtual time. Retransmission is up to the phone. */
export function simulatedNetwork(options: SimulatedNetworkOptions): Network {
  const { clock, latencyMs = 2, loss = 0, random = () => 1 } = options;
  const taken = new Set<number>();
  let serverPort = firstServerPort;

  function carry(deliver: () => void): void {
    if (random() >= loss) clock.after(latencyMs, deliver);
  }

  function startTransfer(answer: SimulatedAnswer): Transfer {
    return { answer, port: serverPort++ };
  }

  return {
    bind(port) {
      if (taken.has(port)) return Promise.reject(new Error(`port ${port} is taken`));
      taken.add(port);
      const box = inbox();
      let transfer: Transfer | undefined;

      function arrive(bytes: Uint8Array, server: string, to: number): Reply | undefined {
        if (to === sntpPort) {
          const answer = options.timeServer?.(bytes, server);
          return answer && { bytes: answer, port: sntpPort };
        }
        const packet = decodePacket(bytes);
        if (packet.kind === 'rrq') {
          const answer = options.server({ path: packet.path, server, port, at: clock.now() });
          if (transfer === undefined || transfer.answer.kind === 'silent')
            transfer = startTransfer(answer);
        }
        if (transfer === undefined) return undefined;
        const block = packet.kind === 'rrq' ? 1 : packet.kind === 'ack' ? packet.block + 1 : 0;
        const reply = packetOf(transfer.answer, block);
        return reply && { bytes: reply, port: transfer.port };
      }

      return Promise.resolve({
        send: (bytes, address, to) =>
          carry(() => {
            if (to === dhcpServerPort)
              for (const answer of answerDhcp(options.dhcp, bytes, clock.now()))
                carry(() => box.put(answer));
            if (to === dhcpServerPort) return;
            const reply = arrive(bytes, address, to);
            if (reply !== undefined) carry(() => box.put({ ...reply, address }));
          }),
        receive: (timeoutMs) => box.take((expire) => clock.after(timeoutMs, expire)),
        each: (take) => box.each(take),
        close() {
          taken.delete(port);
          box.close();
        },
      });
    },
  };
}

function packetOf(answer: SimulatedAnswer, block: number): Uint8Array | undefined {
  if (answer.kind === 'silent') return undefined;
  if (answer.kind === 'error')
    return encodePacket({ kind: 'error', code: answer.code, message: `error ${answer.code}` });
  const start = (block - 1) * blockSize;
  if (block < 1 || start > answer.bytes.length || block > (answer.blocks ?? block))
    return undefined;
  const data = answer.bytes.subarray(start, start + blockSize);
  return encodePacket({ kind: 'data', block, data });
}
