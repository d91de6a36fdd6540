import { readOptions } from '../../../codec/tftp/options.ts';
import { decodePacket, type TftpPacket } from '../../../codec/tftp/packet.ts';
import type { FileEnd } from '../../../model/observation.ts';
import {
  packetLine,
  sayingOf,
  type PacketEnds,
  type WirePacket,
  type WireSaying,
} from './wire-packet.ts';

const tftpPort = 69;
const defaultBlock = 512;
const dataHeader = 4;
const mostTransfers = 8192;
const mostServers = 1024;
/** Phones and servers repeat themselves within five seconds; this is far beyond. */
const silenceMs = 20_000;
/** At the end of a capture a transfer may just not be over. */
const endSilenceMs = 4000;

type Transfer = {
  readonly path: string;
  readonly client: string;
  readonly clientPort: number;
  readonly server: string;
  blockSize: number;
  /** Bytes in the order of their blocks. */
  bytes: number;
  /** The last block in order, counted on beyond 65535. */
  block: number;
  /** The block that ends the file has been seen. */
  whole: boolean;
  retries: number;
  /** The packet last seen of it, without its content. */
  last: WirePacket;
  lastFrom: 'client' | 'server';
};

/** Follows transfers by the client's address and port. */
export type TftpFollower = {
  /** Undefined for a datagram that belongs to no transfer. */
  udp(packet: WirePacket): readonly WireSaying[] | undefined;
  /** The client's port has been said to be closed. */
  closed(packet: PacketEnds, client: string, port: number): readonly WireSaying[];
  /** Whether phones ask it for files. */
  isServer(address: string): boolean;
  /** Transfers that have gone silent by now. */
  silent(at: number): readonly WireSaying[];
  end(at: number): readonly WireSaying[];
};

export function followTftp(): TftpFollower {
  const transfers = new Map<string, Transfer>();
  const servers = new Set<string>();
  let lastSweep = 0;

  function begin(packet: WirePacket): readonly WireSaying[] {
    const request = decodePacket(packet.payload);
    if (request.kind !== 'rrq' && request.kind !== 'wrq') return [];
    const { path } = request;
    const words = `TFTP ${request.kind === 'rrq' ? 'read' : 'write'} ${path}`;
    if (request.kind === 'wrq') {
      const happening = { kind: 'server-note', text: `write request for ${path}` } as const;
      return [sayingOf(packet, packet.source, happening, words)];
    }
    const { source, sourcePort: port, destination: server } = packet;
    if (servers.size < mostServers) servers.add(server);
    const key = `${source}:${port}`;
    const before = transfers.get(key);
    const isRepeat = before?.path === path && before.block === 0;
    const ended = before === undefined || isRepeat ? [] : [timedOut(before)];
    const transfer: Transfer = {
      path,
      client: source,
      clientPort: port,
      server,
      blockSize: defaultBlock,
      bytes: 0,
      block: 0,
      whole: false,
      retries: isRepeat ? before.retries + 1 : 0,
      last: bare(packet),
      lastFrom: 'client',
    };
    transfers.delete(key);
    transfers.set(key, transfer);
    const asked = { kind: 'file-asked', protocol: 'tftp', path, server, port } as const;
    return [...ended, ...makeRoom(), sayingOf(packet, source, asked, words)];
  }

  function makeRoom(): readonly WireSaying[] {
    const [oldest] = transfers;
    if (transfers.size <= mostTransfers || oldest === undefined) return [];
    transfers.delete(oldest[0]);
    return [timedOut(oldest[1])];
  }

  function over(transfer: Transfer, packet: WirePacket, end: FileEnd): readonly WireSaying[] {
    const { path, client, clientPort } = transfer;
    transfers.delete(`${client}:${clientPort}`);
    const happening = { kind: 'file-ended', protocol: 'tftp', path, end } as const;
    return [sayingOf(packet, client, happening, `TFTP ${endWords(end)} ${path}`)];
  }

  function go(transfer: Transfer, packet: WirePacket, isClient: boolean): readonly WireSaying[] {
    const said = decodePacket(packet.payload);
    transfer.last = bare(packet);
    transfer.lastFrom = isClient ? 'client' : 'server';
    if (said.kind === 'error') {
      const { code, message: text } = said;
      const end: FileEnd = isClient ? { kind: 'aborted', text } : { kind: 'error', code, text };
      return over(transfer, packet, end);
    }
    if (!isClient) fromServer(transfer, said, packet.length);
    const isLast = transfer.whole && said.kind === 'ack' && said.block === transfer.block % 65_536;
    if (!isClient || !isLast) return [];
    return over(transfer, packet, sent(transfer));
  }

  function sweep(at: number, limit: number): readonly WireSaying[] {
    const quiet = [...transfers].filter(([, { last }]) => at - last.at >= limit);
    for (const [key] of quiet) transfers.delete(key);
    return quiet.map(([, transfer]) => timedOut(transfer));
  }

  return {
    udp(packet) {
      if (packet.destinationPort === tftpPort) return begin(packet);
      const byClient = transfers.get(`${packet.source}:${packet.sourcePort}`);
      if (byClient !== undefined) return go(byClient, packet, true);
      const byServer = transfers.get(`${packet.destination}:${packet.destinationPort}`);
      // From another address than was asked: a server with several of them, which phones refuse.
      return byServer && go(byServer, packet, false);
    },
    closed(packet, client, port) {
      const transfer = transfers.get(`${client}:${port}`);
      if (transfer === undefined) return [];
      const end = { kind: 'aborted', text: 'the port of the client is closed' } as const;
      return over(transfer, { ...packet, payload: new Uint8Array(), length: 0 }, end);
    },
    isServer: (address) => servers.has(address),
    silent(at) {
      if (at - lastSweep < 1000) return [];
      lastSweep = at;
      return sweep(at, silenceMs);
    },
    end: (at) => sweep(at, endSilenceMs),
  };
}

/** The length is that on the wire: captures may hold less of a packet. */
function fromServer(transfer: Transfer, said: TftpPacket, length: number): void {
  if (said.kind === 'oack') transfer.blockSize = readOptions(said.options).blksize ?? defaultBlock;
  if (said.kind !== 'data') return;
  const isNext = said.block === (transfer.block + 1) % 65_536;
  if (!isNext) {
    if (said.block <= transfer.block % 65_536) transfer.retries++;
    return;
  }
  transfer.block++;
  const size = length - dataHeader;
  transfer.bytes += size;
  transfer.whole = size < transfer.blockSize;
}

function sent({ bytes, retries }: Transfer): FileEnd {
  return retries === 0 ? { kind: 'sent', bytes } : { kind: 'sent', bytes, retries };
}

/** Of its last packet, as nothing came after it. */
function timedOut(transfer: Transfer): WireSaying {
  const { path, client, last, lastFrom, bytes, retries } = transfer;
  const silent = lastFrom === 'client' ? 'server' : 'client';
  const end = { kind: 'timed-out', silent, bytes, retries } as const;
  const happening = { kind: 'file-ended', protocol: 'tftp', path, end } as const;
  const text = packetLine(last, `TFTP, and nothing after it: ${path}`);
  return { number: last.number, at: last.at, address: client, happening, text };
}

/** A packet is a view into a chunk of the capture, which need not be kept for it. */
function bare(packet: WirePacket): WirePacket {
  return { ...packet, payload: new Uint8Array() };
}

function endWords(end: FileEnd): string {
  switch (end.kind) {
    case 'error':
      return `error ${end.code} (${end.text}) for`;
    case 'aborted':
      return `aborted by the client (${end.text}):`;
    case 'sent':
      return 'all acknowledged of';
    case 'timed-out':
      return 'silence after';
  }
}
