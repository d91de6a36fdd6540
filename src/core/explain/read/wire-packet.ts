import type { Happening } from '../../../model/observation.ts';
import type { Mac } from '../../../wire/mac.ts';

/** A UDP datagram, or a piece of a TCP connection, as a capture has it. */
export type WirePacket = {
  /** From 1. */
  readonly number: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** As much as was captured. */
  readonly payload: Uint8Array;
  /** Bytes of it on the wire. */
  readonly length: number;
};

/** Where an IPv4 packet came from and went to. */
export type IpEnds = Pick<WirePacket, 'number' | 'at' | 'source' | 'destination'>;

/** What a packet tells of a phone. */
export type WireSaying = {
  readonly number: number;
  readonly at: number;
  readonly address?: string | undefined;
  readonly mac?: Mac | undefined;
  readonly happening: Happening;
  /** The packet in one line. */
  readonly text: string;
};

export type PacketEnds = Omit<WirePacket, 'payload' | 'length'>;

/** `192.0.2.5:49152 > 192.0.2.1:69 WORDS` */
export function packetLine(packet: PacketEnds, words: string): string {
  const { source, sourcePort, destination, destinationPort } = packet;
  return `${source}:${sourcePort} > ${destination}:${destinationPort} ${words}`;
}

/** What a packet tells, of the phone with this address. */
export function sayingOf(
  packet: PacketEnds,
  address: string | undefined,
  happening: Happening,
  words: string,
): WireSaying {
  const { number, at } = packet;
  return { number, at, address, happening, text: packetLine(packet, words) };
}
