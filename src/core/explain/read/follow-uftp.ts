import { parseRudp, resetSequence } from '../../../codec/unistim/rudp-frame.ts';
import type { UftpMessage } from '../../../codec/unistim/uftp.ts';
import { sayingOf, type WirePacket, type WireSaying } from './wire-packet.ts';

type Transfer = {
  readonly path: string;
  readonly blockSize: number;
  bytes: number;
  /** Of the last block. */
  sequence: number;
};

type Follower = (packet: WirePacket) => readonly WireSaying[];

/**
 * Files by UFTP: the phone names what it wants, blocks follow, and a shorter one is the last. Blocks
 * that were sent again count once. Throws CodecError.
 */
export function followUftp(): Follower {
  const transfers = new Map<string, Transfer>();

  function details(
    packet: WirePacket,
    { path, blockSize }: Extract<UftpMessage, { kind: 'connection-details' }>,
  ): readonly WireSaying[] {
    const { source, sourcePort, destination } = packet;
    transfers.set(wayOf(source, sourcePort, destination), {
      ...{ path, blockSize, bytes: 0, sequence: -1 },
    });
    const server = destination;
    const asked = { kind: 'file-asked', protocol: 'uftp', path, server, port: sourcePort } as const;
    return [sayingOf(packet, source, asked, `UFTP asks for ${path}`)];
  }

  function block(packet: WirePacket, sequence: number, length: number): readonly WireSaying[] {
    const way = wayOf(packet.destination, packet.destinationPort, packet.source);
    const transfer = transfers.get(way);
    if (!transfer || sequence <= transfer.sequence) return [];
    transfer.sequence = sequence;
    transfer.bytes += length;
    if (length >= transfer.blockSize) return [];
    transfers.delete(way);
    const { path, bytes } = transfer;
    const end = { kind: 'sent', bytes } as const;
    const ended = { kind: 'file-ended', protocol: 'uftp', path, end } as const;
    return [sayingOf(packet, packet.destination, ended, `UFTP end of ${path}, ${bytes} bytes`)];
  }

  return (packet) => {
    const frame = parseRudp(packet.payload);
    if (frame.type !== 'payload' || frame.payload.kind !== 'uftp') return [];
    const { message } = frame.payload;
    if (message.kind === 'connection-details') return details(packet, message);
    if (message.kind !== 'file-data' || frame.sequence === resetSequence) return [];
    // What a capture cut off was sent all the same.
    const missing = packet.length - packet.payload.length;
    return block(packet, frame.sequence, message.block.length + missing);
  };
}

function wayOf(phone: string, port: number, server: string): string {
  return `${phone} ${port} ${server}`;
}
