import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { pick, type Random } from './secrets-fuzz-names.ts';

export type Place = { readonly address: string; readonly port: number };

/** Every byte of content that came back, and what of all of it does not depend on ports and clocks. */
export type Received = { readonly bytes: Buffer; readonly content: string };

/** Bytes as they are: 1 character per byte. */
const raw = (text: string) => Buffer.from(text, 'utf8');

const silenceMs = 1500;

export type TftpAttempt = {
  readonly name: string;
  readonly mode: string;
  readonly options: readonly string[];
  readonly copies: number;
};

export function tftpAttempt(random: Random, name: string): TftpAttempt {
  const options = [
    ...[[], [], ['blksize', '1428'], ['blksize', '8', 'tsize', '0'], ['tsize', '0']],
    ...[
      ['windowsize', '4'],
      ['blksize', '65464', 'windowsize', '64'],
      ['x', 'y'],
    ],
  ];
  return {
    name,
    mode: pick(random, ['octet', 'octet', 'octet', 'OCTET', 'netascii', 'NetASCII', 'mail', '']),
    options: pick(random, options),
    copies: random() < 0.1 ? 2 : 1,
  };
}

/** Asks for a file and takes it to its end. */
export async function askByTftp(
  from: string,
  to: Place,
  { name, mode, options, copies }: TftpAttempt,
): Promise<Received> {
  const socket = createSocket('udp4');
  const datagrams: Buffer[] = [];
  let told: (() => void) | undefined;
  socket.bind(0, from);
  await once(socket, 'listening');
  socket.on('message', (data, { port, address }) => {
    datagrams.push(data);
    const opcode = data.readUInt16BE(0);
    if (opcode === 3) socket.send(ack(data.readUInt16BE(2)), port, address);
    if (opcode === 6) socket.send(ack(0), port, address);
    const short = opcode === 3 && data.length - 4 < blockSizeOf(datagrams);
    if (opcode === 5 || short) told?.();
  });
  const words = [name, mode, ...options].map((word) => `${word}\0`).join('');
  const request = Buffer.concat([Buffer.from([0, 1]), raw(words)]);
  const ended = new Promise<void>((resolve) => (told = resolve));
  for (let copy = 0; copy < copies; copy++) socket.send(request, to.port, to.address);
  const waiting = new AbortController();
  await Promise.race([ended, quiet(datagrams, waiting.signal)]);
  waiting.abort();
  socket.close();
  const blocks = new Map<string, Buffer>();
  for (const data of datagrams) blocks.set(data.subarray(0, 4).toString('hex'), data);
  const content = [...blocks.values()].map((data) => data.toString('latin1')).join('|');
  return { bytes: Buffer.concat(datagrams.map(payloadOf)), content };
}

/** What the numbers of blocks spell is no part of the file; in its order, as a client joins it. */
function payloadOf(datagram: Buffer): Buffer {
  if (datagram.readUInt16BE(0) === 3) return datagram.subarray(4);
  return Buffer.concat([datagram, Buffer.from('\n')]);
}

/** Resolves when nothing has come for some time. */
async function quiet(datagrams: readonly Buffer[], signal: AbortSignal): Promise<void> {
  for (let seen = -1; seen !== datagrams.length && !signal.aborted;) {
    seen = datagrams.length;
    await delay(silenceMs, undefined, { signal }).catch(() => undefined);
  }
}

function ack(block: number): Buffer {
  return Buffer.from([0, 4, block >> 8, block & 0xff]);
}

function blockSizeOf(datagrams: readonly Buffer[]): number {
  const granted = datagrams.find((data) => data.readUInt16BE(0) === 6)?.toString('latin1') ?? '';
  return Number(/blksize\0(\d+)\0/i.exec(granted)?.[1] ?? 512);
}

export type HttpAttempt = { readonly head: string };

/** What somebody could know of the whole file: its tag and its time. */
export type Known = { readonly tag: string; readonly modified: string };

export function httpAttempt(random: Random, name: string): (known: Known) => HttpAttempt {
  const method = pick(random, ['GET', 'GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT', 'get']);
  const target = encoded(random, name);
  const version = random() < 0.9 ? '1.1' : '1.0';
  const first = Math.floor(random() * 400);
  const range = pick(random, [`${first}-`, `${first}-${first + 40}`, `-${first}`, '0-0,5-9', '0-']);
  const chosen = random();
  return ({ tag, modified }) => {
    const rows: readonly (readonly string[])[] = [
      [],
      [`Range: bytes=${range}`],
      [`If-None-Match: ${tag}`],
      [`If-None-Match: W/${tag}, "x"`],
      ['If-None-Match: *'],
      [`Range: bytes=${range}`, `If-Range: ${tag}`],
      [`If-Modified-Since: ${modified}`],
      ['If-Modified-Since: Thu, 01 Jan 2099 00:00:00 GMT'],
      [`Range: bytes=${range}`, `If-Range: ${modified}`],
    ];
    const more = rows[Math.floor(chosen * rows.length)] ?? [];
    const lines = [`${method} ${target} HTTP/${version}`, 'Host: phones', 'Connection: close'];
    return { head: `${[...lines, ...more].join('\r\n')}\r\n\r\n` };
  };
}

function encoded(random: Random, name: string): string {
  const path = `/${name}`;
  if (random() < 0.1) return path.replace(/[\r\n ]/g, '');
  if (random() < 0.1) return `http://phones${encodeURI(path.toWellFormed())}`;
  return path
    .toWellFormed()
    .split('/')
    .map((part) => encodeURIComponent(part))
    .join('/')
    .replaceAll('%25', '%');
}

/** Sends one request and reads until the server closes. */
export async function askByHttp(from: string, to: Place, { head }: HttpAttempt): Promise<Received> {
  const socket = connect({ host: to.address, port: to.port, localAddress: from });
  const parts: Buffer[] = [];
  socket.on('data', (part) => void parts.push(part));
  socket.on('error', () => undefined);
  socket.setTimeout(silenceMs * 2, () => socket.destroy());
  socket.write(raw(head));
  await once(socket, 'close');
  const bytes = Buffer.concat(parts);
  return { bytes, content: bytes.toString('latin1').replace(/^Date: .*$/gim, 'Date:') };
}
