import { decodePacket } from '../../../codec/tftp/packet.ts';
import { afterPacket, ended, isComplete, newTransfer, sentEnd, timedOut } from './tftp-transfer.ts';
import { tftpTransfers } from './tftp-transfers.ts';
import { sayingOf, type PacketEnds, type WirePacket, type WireSaying } from './wire-packet.ts';

const tftpPort = 69;
const mostServers = 1024;
/** Phones and servers repeat themselves within five seconds; this is far beyond. */
const silenceMs = 20_000;
/** At the end of a capture a transfer may just not be over. */
const endSilenceMs = 4000;
const sweepMs = 1000;

/** Follows transfers by the client's address and port. */
export type TftpFollower = {
  /** Undefined for a datagram that belongs to no transfer. Throws CodecError. */
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
  const transfers = tftpTransfers();
  const servers = new Set<string>();
  let lastSweep = 0;

  function read(packet: WirePacket, path: string): readonly WireSaying[] {
    const { source, sourcePort: port, destination: server } = packet;
    if (servers.size < mostServers) servers.add(server);
    const key = `${source}:${port}`;
    const before = transfers.get(key);
    const isRepeat = before?.path === path && before.block === 0;
    transfers.delete(key);
    transfers.set(key, newTransfer(packet, path, isRepeat ? before.retries + 1 : 0));
    const over = before === undefined || isRepeat ? [] : timedOut(before);
    const asked = { kind: 'file-asked', protocol: 'tftp', path, server, port } as const;
    return [...over, sayingOf(packet, source, asked, `TFTP read ${path}`)];
  }

  function go(key: string, packet: WirePacket, from: 'client' | 'server'): readonly WireSaying[] {
    const before = transfers.get(key);
    if (before === undefined) return [];
    const said = decodePacket(packet.payload);
    const transfer = afterPacket(before, packet, said, from);
    transfers.set(key, transfer);
    const isOver = said.kind === 'error' || (from === 'client' && isComplete(transfer, said));
    if (!isOver) return [];
    transfers.delete(key);
    if (said.kind !== 'error') return [ended(transfer, packet, sentEnd(transfer))];
    const { code, message: text } = said;
    const isAborted = from === 'client';
    const end = isAborted
      ? ({ kind: 'aborted', text } as const)
      : { kind: 'error' as const, code, text };
    return [ended(transfer, packet, end)];
  }

  return {
    udp(packet) {
      if (packet.destinationPort === tftpPort) return request(packet, read);
      const byClient = `${packet.source}:${packet.sourcePort}`;
      if (transfers.get(byClient)) return go(byClient, packet, 'client');
      const byServer = `${packet.destination}:${packet.destinationPort}`;
      return transfers.get(byServer) ? go(byServer, packet, 'server') : undefined;
    },
    closed(packet, client, port) {
      const key = `${client}:${port}`;
      const transfer = transfers.get(key);
      if (transfer === undefined) return [];
      transfers.delete(key);
      const nothing = { ...packet, payload: new Uint8Array(), length: 0 };
      const text = 'the port of the client is closed';
      return [ended(transfer, nothing, { kind: 'aborted', text })];
    },
    isServer: (address) => servers.has(address),
    silent(at) {
      if (Math.abs(at - lastSweep) < sweepMs) return [];
      lastSweep = at;
      return transfers.takeSilent(at, silenceMs).flatMap(timedOut);
    },
    end: (at) => transfers.takeSilent(at, endSilenceMs).flatMap(timedOut),
  };
}

function request(
  packet: WirePacket,
  read: (packet: WirePacket, path: string) => readonly WireSaying[],
): readonly WireSaying[] {
  const said = decodePacket(packet.payload);
  if (said.kind === 'rrq') return read(packet, said.path);
  if (said.kind !== 'wrq') return [];
  const happening = { kind: 'server-note', text: `write request for ${said.path}` } as const;
  return [sayingOf(packet, packet.source, happening, `TFTP write ${said.path}`)];
}
