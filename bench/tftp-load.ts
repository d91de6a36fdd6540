// A thread of the load client: reads one file over and over, so many times at once, for a while.
import { createSocket } from 'node:dgram';
import { parentPort, workerData } from 'node:worker_threads';
import { encodePacket, opcodes } from '../src/codec/tftp/packet.ts';

export type LoadOptions = {
  readonly address: string;
  readonly port: number;
  readonly path: string;
  readonly size: number;
  readonly options: Readonly<Record<string, number>>;
  readonly parallel: number;
  readonly ms: number;
};
export type LoadResult = {
  readonly transfers: number;
  readonly resent: number;
  readonly ms: number;
};

const { address, port, path, size, options, parallel, ms } = workerData as LoadOptions;
const startedAt = performance.now();
const silenceMs = 1000;
const written = Object.entries(options).map(([name, value]) => ({ name, value: `${value}` }));
const request = encodePacket({ kind: 'rrq', path, mode: 'octet', options: written });

/** Resolves with the times that something was sent again. */
function readOnce(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const socket = createSocket({ type: 'udp4', lookup: (host, _, found) => found(null, host, 4) });
  let reply: Uint8Array = request;
  let to = port;
  let blockSize = 512;
  let windowSize = 1;
  let taken = 0;
  let bytes = 0;
  let resent = 0;
  const send = (): void => socket.send(reply, to, address);
  const timer = setInterval(() => {
    resent++;
    send();
  }, silenceMs);
  const end = (error?: Error): void => {
    clearInterval(timer);
    socket.close();
    if (error) reject(error);
    else resolve(resent);
  };
  const acknowledge = (): void => {
    reply = Uint8Array.from([0, opcodes.ack, (taken >>> 8) & 0xff, taken & 0xff]);
    timer.refresh();
    send();
  };
  socket.on('message', (datagram, from) => {
    to = from.port;
    if (datagram[1] === opcodes.oack) {
      const granted = datagram.toString('latin1', 2).split('\0');
      const grantOf = (name: string) => Number(granted[granted.indexOf(name) + 1]);
      if (granted.includes('blksize')) blockSize = grantOf('blksize');
      if (granted.includes('windowsize')) windowSize = grantOf('windowsize');
      return acknowledge();
    }
    if (datagram[1] !== opcodes.data)
      return end(new Error(`answer: ${datagram.toString('latin1')}`));
    if (datagram.readUInt16BE(2) !== ((taken + 1) & 0xffff)) return;
    taken++;
    bytes += datagram.length - 4;
    const isLast = datagram.length - 4 < blockSize;
    if (isLast || taken % windowSize === 0) acknowledge();
    if (isLast) end(bytes === size ? undefined : new Error(`${bytes} bytes, not ${size}`));
  });
  send();
  return promise;
}

async function readOn(): Promise<Omit<LoadResult, 'ms'>> {
  let transfers = 0;
  let resent = 0;
  for (; performance.now() < startedAt + ms; transfers++) resent += await readOnce();
  return { transfers, resent };
}

const readers = await Promise.all(Array.from({ length: parallel }, readOn));
const result: LoadResult = {
  transfers: readers.reduce((total, { transfers }) => total + transfers, 0),
  resent: readers.reduce((total, { resent }) => total + resent, 0),
  ms: performance.now() - startedAt,
};
parentPort?.postMessage(result);
