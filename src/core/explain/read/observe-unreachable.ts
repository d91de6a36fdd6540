import { decodeUnreachable } from '../../../codec/pcap/icmp.ts';
import type { TftpFollower } from './follow-tftp.ts';
import type { IpEnds, PacketEnds, WireSaying } from './wire-packet.ts';

/** What came back is what a phone had sent, or what a server had sent to one. Throws CodecError. */
export function observeUnreachable(
  tftp: TftpFollower,
  { number, at, source: teller }: IpEnds,
  bytes: Uint8Array,
): readonly WireSaying[] {
  const unreachable = decodeUnreachable(bytes);
  if (unreachable === undefined) return [];
  const { source, destination, reason, sourcePort = 0, destinationPort = 0 } = unreachable;
  const ends: PacketEnds = { number, at, source, destination, sourcePort, destinationPort };
  const closed = tftp.closed(ends, destination, destinationPort);
  if (closed.length > 0) return closed;
  // Late packets of a server to a port that its client has closed tell nothing.
  if (tftp.isServer(source) && !tftp.isServer(destination)) return [];
  const text = `${reason}, says ${teller}, for port ${destinationPort}`;
  const happening = { kind: 'unreachable', server: destination, text } as const;
  const words = `ICMP ${reason}: ${source}:${sourcePort} > ${destination}:${destinationPort}`;
  return [{ number, at, address: source, happening, text: `${teller} ${words}` }];
}
