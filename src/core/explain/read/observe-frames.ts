import { decodeArp } from '../../../codec/pcap/arp.ts';
import type { CapturedFrame } from '../../../codec/pcap/captured-frame.ts';
import { fragments } from '../../../codec/pcap/fragments.ts';
import { decodeUnreachable, type IcmpUnreachable } from '../../../codec/pcap/icmp.ts';
import { decodeIpv4, ipProtocols, type Ipv4Packet } from '../../../codec/pcap/ipv4-packet.ts';
import { etherTypes, readLink, type LinkFrame } from '../../../codec/pcap/link-layer.ts';
import { decodeTcp } from '../../../codec/pcap/tcp.ts';
import { decodeUdp } from '../../../codec/pcap/udp.ts';
import { isSip } from '../../../codec/sip/sip-summary.ts';
import { followTcp } from './follow-tcp.ts';
import { followTftp } from './follow-tftp.ts';
import { observeArp } from './observe-arp.ts';
import { dhcpPorts, observeDhcp } from './observe-dhcp.ts';
import { observeSip } from './observe-sip.ts';
import { observeSntp, sntpPort } from './observe-sntp.ts';
import { observeUnistim, unistimPorts } from './observe-unistim.ts';
import type { PhoneAddresses } from './phone-addresses.ts';
import type { PacketEnds, WirePacket, WireSaying } from './wire-packet.ts';

/** Packets of a capture in their order, and what they tell of phones. */
export type FrameObserver = {
  /** Throws CodecError for a packet that cannot be read; the next one can be given all the same. */
  frame(frame: CapturedFrame): readonly WireSaying[];
  /** What only the end of the capture shows. */
  end(): readonly WireSaying[];
  /** About the capture as a whole, of so many packets. */
  notes(packets: number): readonly string[];
};

export function observeFrames(addresses: PhoneAddresses): FrameObserver {
  const whole = fragments();
  const sip = observeSip();
  const tcp = followTcp(sip);
  const tftp = followTftp();
  const arp = observeArp();
  const dhcp = observeDhcp();
  const unistim = observeUnistim(addresses);
  const otherLinks = new Map<number, number>();
  let ipv6 = 0;
  let at = 0;

  function link(frame: CapturedFrame): readonly WireSaying[] {
    const linked = readLink(frame.linkType, frame.bytes);
    if (linked === undefined) {
      otherLinks.set(frame.linkType, (otherLinks.get(frame.linkType) ?? 0) + 1);
      return [];
    }
    if (linked.type === etherTypes.ipv6) ipv6++;
    if (linked.type === etherTypes.arp) return claim(linked, frame.number);
    return linked.type === etherTypes.ipv4 ? ip(linked, frame.number) : [];
  }

  function claim({ payload }: LinkFrame, number: number): readonly WireSaying[] {
    const packet = decodeArp(payload);
    if (packet === undefined) return [];
    if (packet.sender !== '0.0.0.0') addresses.proved(packet.sender, packet.senderMac);
    return arp(packet, number, at);
  }

  function ip({ source: mac, payload }: LinkFrame, number: number): readonly WireSaying[] {
    const piece = decodeIpv4(payload);
    if (mac !== undefined && piece.source !== '0.0.0.0') addresses.sent(piece.source, mac);
    const packet = whole.add(piece, at);
    if (packet === undefined) return [];
    switch (packet.protocol) {
      case ipProtocols.udp:
        return udp(packet, number);
      case ipProtocols.tcp: {
        const segment = decodeTcp(packet.payload);
        return tcp.add(segment, endsOf(packet, segment, number));
      }
      case ipProtocols.icmp: {
        const unreachable = decodeUnreachable(packet.payload);
        return unreachable === undefined ? [] : undelivered(packet, unreachable, number);
      }
      default:
        return [];
    }
  }

  function endsOf(
    { source, destination }: Ipv4Packet,
    { sourcePort, destinationPort }: Pick<PacketEnds, 'sourcePort' | 'destinationPort'>,
    number: number,
  ): PacketEnds {
    return { number, at, source, destination, sourcePort, destinationPort };
  }

  function udp(packet: Ipv4Packet, number: number): readonly WireSaying[] {
    const datagram = decodeUdp(packet.payload);
    const { payload, length, sourcePort, destinationPort } = datagram;
    const wire: WirePacket = { ...endsOf(packet, datagram, number), payload, length };
    const has = (ports: ReadonlySet<number>): boolean =>
      ports.has(sourcePort) || ports.has(destinationPort);
    if (dhcpPorts.has(destinationPort)) return proving(dhcp(wire));
    const followed = tftp.udp(wire);
    if (followed !== undefined) return followed;
    if (sourcePort === sntpPort || destinationPort === sntpPort) return observeSntp(wire);
    if (isSip(payload)) return sip(wire) ?? [];
    return has(unistimPorts) ? unistim(wire) : [];
  }

  /** An address that was acknowledged is the phone's. */
  function proving(said: readonly WireSaying[]): readonly WireSaying[] {
    for (const { address, mac, happening } of said) {
      const isGiven = happening.kind === 'dhcp' && happening.dhcp.message === 'ack';
      if (isGiven && address !== undefined && mac !== undefined) addresses.proved(address, mac);
    }
    return said;
  }

  /** What came back is what a phone had sent, or what a server had sent to one. */
  function undelivered(
    packet: Ipv4Packet,
    { source, destination, reason, ...ports }: IcmpUnreachable,
    number: number,
  ): readonly WireSaying[] {
    const { sourcePort = 0, destinationPort = 0 } = ports;
    const ends: PacketEnds = { number, at, source, destination, sourcePort, destinationPort };
    const closed = tftp.closed(ends, destination, destinationPort);
    if (closed.length > 0) return closed;
    // Late packets of a server to a port that its client has closed tell nothing.
    if (tftp.isServer(source) && !tftp.isServer(destination)) return [];
    const text = `${reason}, says ${packet.source}, for port ${destinationPort}`;
    const happening = { kind: 'unreachable', server: destination, text } as const;
    const words = `ICMP ${reason}: ${source}:${sourcePort} > ${destination}:${destinationPort}`;
    return [{ number, at, address: source, happening, text: `${packet.source} ${words}` }];
  }

  return {
    frame(frame) {
      at = frame.at ?? at;
      const silent = tftp.silent(at);
      return [...silent, ...link(frame)];
    },
    end: () => tftp.end(at),
    notes(packets) {
      const notes: string[] = [];
      for (const [type, count] of otherLinks)
        notes.push(`${count} of ${packets} packets are of link type ${type}, which is not read`);
      if (ipv6 > 0)
        notes.push(`${ipv6} of ${packets} packets are IPv6, which these phones do not speak`);
      if (whole.incomplete > 0) notes.push(`${whole.incomplete} datagrams lack fragments`);
      if (tcp.missing > 0) notes.push(`${tcp.missing} bytes of TCP connections are missing`);
      return notes;
    },
  };
}
