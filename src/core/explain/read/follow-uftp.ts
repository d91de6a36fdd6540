import { parseRudp, resetSequence } from '../../../codec/unistim/rudp-frame.ts';
import type { UftpMessage } from '../../../codec/unistim/uftp.ts';
import { sayingOf, type WirePacket, type WireSaying } from './wire-packet.ts';

type Transfer = {
  readonly path: string;
  readonly blockSize: number;
  /** Of the first block. */
  first: number;
  isEnded: boolean;
};

type Follower = (packet: WirePacket) => readonly WireSaying[];

/**
 * Files by UFTP: the phone names what it wants, blocks follow, and a shorter one is the last. Their
 * sequences say how many there were, whatever was sent again or is not in the capture. One transfer for
 * each connection: details that are sent again are of the same. Throws CodecError.
 */
export function followUftp(): Follower {
  const transfers = new Map<string, Transfer>();

  function details(
    packet: WirePacket,
    { path, blockSize }: Extract<UftpMessage, { kind: 'connection-details' }>,
  ): readonly WireSaying[] {
    const { source, sourcePort, destination } = packet;
    const way = wayOf(source, sourcePort, destination);
    if (transfers.has(way)) return [];
    transfers.set(way, { path, blockSize, first: Infinity, isEnded: false });
    const server = destination;
    const asked = { kind: 'file-asked', protocol: 'uftp', path, server, port: sourcePort } as const;
    return [sayingOf(packet, source, asked, `UFTP asks for ${path}`)];
  }

  function block(packet: WirePacket, sequence: number, length: number): readonly WireSaying[] {
    const way = wayOf(packet.destination, packet.destinationPort, packet.source);
    const transfer = transfers.get(way);
    if (!transfer || transfer.isEnded) return [];
    const { path, blockSize } = transfer;
    const first = Math.min(transfer.first, sequence);
    transfer.first = first;
    if (length >= blockSize) return [];
    transfer.isEnded = true;
    const bytes = (sequence - first) * blockSize + length;
    const end = { kind: 'sent', bytes } as const;
    const ended = { kind: 'file-ended', protocol: 'uftp', path, end } as const;
    return [sayingOf(packet, packet.destination, ended, `UFTP end of ${path}, ${bytes} bytes`)];
  }

  return (packet) => {
    const frame = parseRudp(packet.payload);
    if (frame.type !== 'payload' || frame.payload.kind !== 'uftp') return [];
    const { message } = frame.payload;
    if (message.kind === 'connection-details') return details(packet, message);
    if (frame.sequence === resetSequence) {
      transfers.delete(wayOf(packet.source, packet.sourcePort, packet.destination));
      return [];
    }
    if (message.kind !== 'file-data') return [];
    // What a capture cut off was sent all the same.
    const missing = packet.length - packet.payload.length;
    return block(packet, frame.sequence, message.block.length + missing);
  };
}

function wayOf(phone: string, port: number, server: string): string {
  return `${phone} ${port} ${server}`;
}
