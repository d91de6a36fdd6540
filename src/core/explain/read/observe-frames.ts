import { decodeArp } from '../../../codec/pcap/arp.ts';
import type { CapturedFrame } from '../../../codec/pcap/captured-frame.ts';
import { fragments } from '../../../codec/pcap/fragments.ts';
import { decodeIpv4, ipProtocols } from '../../../codec/pcap/ipv4-packet.ts';
import { etherTypes, readLink, type LinkFrame } from '../../../codec/pcap/link-layer.ts';
import { decodeTcp } from '../../../codec/pcap/tcp.ts';
import { followTcp } from './follow-tcp.ts';
import { followTftp } from './follow-tftp.ts';
import { observeArp } from './observe-arp.ts';
import { observeSip } from './observe-sip.ts';
import { observeUdp } from './observe-udp.ts';
import { observeUnreachable } from './observe-unreachable.ts';
import type { PhoneAddresses } from './phone-addresses.ts';
import type { IpEnds, WireSaying } from './wire-packet.ts';

/** Packets of a capture in their order, and what they tell of phones. */
export type FrameObserver = {
  /** Throws CodecError for a packet that cannot be read; the next one can be given all the same. */
  frame(frame: CapturedFrame): readonly WireSaying[];
  /** What the time of a frame shows: transfers in which nothing happens any more. */
  silent(frame: CapturedFrame): readonly WireSaying[];
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
  const udp = observeUdp(addresses, tftp, sip);
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

  function ip({ source: mac, payload: bytes }: LinkFrame, number: number): readonly WireSaying[] {
    const piece = decodeIpv4(bytes);
    if (mac !== undefined && piece.source !== '0.0.0.0') addresses.sent(piece.source, mac);
    const packet = whole.add(piece, at);
    if (packet === undefined) return [];
    const { source, destination, protocol, payload } = packet;
    const ends: IpEnds = { number, at, source, destination };
    switch (protocol) {
      case ipProtocols.udp:
        return udp(ends, payload);
      case ipProtocols.tcp:
        return tcp.add(decodeTcp(payload), ends);
      case ipProtocols.icmp:
        return observeUnreachable(tftp, ends, payload);
      default:
        return [];
    }
  }

  return {
    silent(frame) {
      at = frame.at ?? at;
      return tftp.silent(at);
    },
    frame: link,
    end: () => tftp.end(at),
    notes: (packets) =>
      notesOf(packets, otherLinks, [
        [ipv6, `of ${packets} packets are IPv6, which these phones do not speak`],
        [whole.incomplete, 'datagrams lack fragments'],
        [tcp.missing, 'bytes of TCP connections are missing'],
      ]),
  };
}

function notesOf(
  packets: number,
  otherLinks: ReadonlyMap<number, number>,
  counted: readonly (readonly [count: number, text: string])[],
): readonly string[] {
  const links = [...otherLinks].map(
    ([type, count]) => `${count} of ${packets} packets are of link type ${type}: not read`,
  );
  const rest = counted.filter(([count]) => count > 0).map(([count, text]) => `${count} ${text}`);
  return [...links, ...rest];
}
