import { once } from 'node:events';
import { createSocket, type Socket } from 'node:dgram';
import type { TestContext } from 'node:test';
import { parseRudp, serializeRudp, type RudpFrame } from '../src/codec/unistim/rudp-frame.ts';
import type { UnistimCommand } from '../src/codec/unistim/unistim-command.ts';
import { seededRandom } from '../src/twin/seeded-random.ts';

export type Peer = { readonly address: string; readonly port: number };

export type LossyRelayOptions = {
  /** Where phones find it; nothing else uses it. */
  readonly address: string;
  readonly unistim: Peer;
  readonly uftp: Peer;
  readonly seed: number;
  /** Share of datagrams that get lost, both ways. */
  readonly loss: number;
  /** Share of those that arrive which arrive twice. */
  readonly repeats: number;
  /** Each takes up to this many milliseconds, so that they overtake each other. */
  readonly delayMs: number;
};

export type LossyRelay = {
  readonly unistim: Peer;
  readonly counts: { carried: number; lost: number; overtaken: number };
};

/**
 * A bad network between phones and a server of UNIStim, over real sockets. Each phone keeps its
 * address. The order to fetch a file names the relay, as behind a gateway that knows UNIStim.
 */
export async function startLossyRelay(
  t: Pick<TestContext, 'after'>,
  options: LossyRelayOptions,
): Promise<LossyRelay> {
  const sockets: Socket[] = [];
  t.after(() => {
    for (const socket of sockets) socket.close();
  });
  const counts = { carried: 0, lost: 0, overtaken: 0 };
  const random = seededRandom(options.seed);
  let sent = 0;
  let newest = 0;

  function carry(deliver: () => void): void {
    const copies = random() < options.loss ? 0 : random() < options.repeats ? 2 : 1;
    if (copies === 0) counts.lost++;
    const order = ++sent;
    for (let copy = 0; copy < copies; copy++)
      setTimeout(() => {
        counts.carried++;
        if (order < newest) counts.overtaken++;
        newest = Math.max(newest, order);
        deliver();
      }, random() * options.delayMs);
  }

  async function bound(address: string): Promise<Socket> {
    const socket = createSocket('udp4');
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.bind(0, address);
    await once(socket, 'listening');
    return socket;
  }

  async function relay(server: Peer, changed: (bytes: Uint8Array) => Uint8Array): Promise<Peer> {
    const front = await bound(options.address);
    const behind = new Map<string, Promise<Socket>>();
    front.on('message', (bytes, { address, port }) => {
      const key = `${address} ${port}`;
      const known = behind.get(key) ?? openBehind(address, port);
      behind.set(key, known);
      carry(() => void known.then((socket) => send(socket, bytes, server)));
    });

    async function openBehind(address: string, port: number): Promise<Socket> {
      const socket = await bound(address);
      socket.on('message', (bytes) => carry(() => send(front, changed(bytes), { address, port })));
      return socket;
    }
    return { address: options.address, port: front.address().port };
  }

  const uftp = await relay(options.uftp, (bytes) => bytes);
  const unistim = await relay(options.unistim, (bytes) => withFileServer(bytes, uftp));
  return { unistim, counts };
}

/** What arrives when all is over has no socket any more. */
function send(socket: Socket, bytes: Uint8Array, { address, port }: Peer): void {
  try {
    socket.send(bytes, port, address);
  } catch (error) {
    const isClosed = error instanceof Error && 'code' in error;
    if (!isClosed || error.code !== 'ERR_SOCKET_DGRAM_NOT_RUNNING') throw error;
  }
}

function withFileServer(bytes: Uint8Array, { address, port }: Peer): Uint8Array {
  const frame: RudpFrame = parseRudp(bytes);
  if (frame.type !== 'payload' || frame.payload.kind !== 'server') return bytes;
  const told = (command: UnistimCommand): UnistimCommand =>
    command.kind === 'download-software-upgrade'
      ? { ...command, fileServer: address, serverPort: port }
      : command;
  const payload = { kind: 'server', commands: frame.payload.commands.map(told) } as const;
  return serializeRudp({ ...frame, payload });
}
