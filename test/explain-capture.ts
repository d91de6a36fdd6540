import type { DhcpMessageType } from '../src/codec/dhcp/dhcp-message.ts';
import { encodeOption } from '../src/codec/dhcp/dhcp-options.ts';
import { serializeDhcp } from '../src/codec/dhcp/serialize-dhcp.ts';
import {
  buildPcap,
  ethernet,
  ipv4,
  udp as udpDatagram,
} from '../src/codec/pcap/testing/build-capture.ts';
import { encodePacket, type TftpPacket } from '../src/codec/tftp/packet.ts';
import { ipv4Number } from '../src/wire/ipv4.ts';
import type { Mac } from '../src/wire/mac.ts';

/** Captures made by hand, packet by packet: pcap of Ethernet frames. */

export type Frame = { readonly seconds: number; readonly bytes: Uint8Array };

export const phone = '192.0.2.51';
export const server = '192.0.2.10';
export const mac = '0013C4A1B2C3' as Mac;
const serverMac = '020000000010' as Mac;

type End = readonly [address: string, port: number];

export function udp(seconds: number, from: End, to: End, payload: Uint8Array): Frame {
  const [source, fromPort] = from;
  const owner = source === phone || source === '0.0.0.0' ? mac : serverMac;
  const inner = udpDatagram(fromPort, to[1], payload);
  const packet = ipv4({ from: source, to: to[0], protocol: 17, payload: inner });
  return { seconds, bytes: ethernet(0x0800, packet, owner) };
}

/** From the phone's port to port 69, or the port that the server answers from. */
export function tftp(seconds: number, port: number, packet: TftpPacket, isAnswer = false): Frame {
  const ends: readonly [End, End] = [
    [phone, port],
    [server, packet.kind === 'rrq' ? 69 : 40_000 + (port % 1000)],
  ];
  const [from, to] = isAnswer ? [ends[1], ends[0]] : ends;
  return udp(seconds, from, to, encodePacket(packet));
}

export function rrq(seconds: number, port: number, path: string): Frame {
  return tftp(seconds, port, { kind: 'rrq', path, mode: 'octet', options: [] });
}

/** A file of so few bytes that one block holds it. */
export function fetched(seconds: number, port: number, path: string): readonly Frame[] {
  return [
    rrq(seconds, port, path),
    tftp(seconds + 0.01, port, { kind: 'data', block: 1, data: Buffer.from('<x/>') }, true),
    tftp(seconds + 0.02, port, { kind: 'ack', block: 1 }),
  ];
}

export function notThere(seconds: number, port: number, path: string, code = 1): readonly Frame[] {
  const error = { kind: 'error', code, message: 'not there' } as const;
  return [rrq(seconds, port, path), tftp(seconds + 0.01, port, error, true)];
}

/** ICMP port unreachable of the server for a request. RFC 792. */
export function portUnreachable(seconds: number, port: number, path: string): readonly Frame[] {
  const asked = rrq(seconds, port, path);
  const original = asked.bytes.subarray(14, 14 + 28);
  const icmp = Buffer.concat([Buffer.from([3, 3, 0, 0, 0, 0, 0, 0]), original]);
  const answer = ipv4({ from: server, to: phone, protocol: 1, payload: icmp });
  const back = ethernet(0x0800, answer, serverMac);
  return [asked, { seconds: seconds + 0.01, bytes: back }];
}

/** ARP: the machine with this MAC says that it has the address. RFC 826. */
export function arp(seconds: number, owner: string, address: string): Frame {
  const head = Buffer.from('0001080006040002', 'hex');
  const own = Buffer.from([...Buffer.from(owner, 'hex'), ...address.split('.').map(Number)]);
  return { seconds, bytes: ethernet(0x0806, Buffer.concat([head, own, own]), owner as Mac) };
}

const types: readonly DhcpMessageType[] = [
  ...(['discover', 'offer', 'request', 'decline', 'ack', 'nak', 'release', 'inform'] as const),
];

export type Given = {
  readonly from?: string;
  readonly options?: readonly (readonly [code: number, text: string])[];
};

export function dhcp(seconds: number, message: DhcpMessageType, given: Given = {}): Frame {
  const { from = server, options = [] } = given;
  const isReply = message === 'offer' || message === 'ack' || message === 'nak';
  const own: readonly (readonly [number, string])[] = isReply
    ? [[54, from], ...options]
    : [[60, 'Cisco Systems, Inc. IP Phone CP-7960G'], ...options];
  const chaddr = new Uint8Array(16);
  chaddr.set(Buffer.from(mac, 'hex'));
  const bytes = serializeDhcp({
    ...{ op: isReply ? 'reply' : 'request', hardwareType: 1, hardwareLength: 6, hops: 0 },
    ...{ transactionId: 7, seconds: 0, flags: 0x8000, ciaddr: 0, siaddr: 0, giaddr: 0 },
    ...{ yiaddr: isReply ? ipv4Number(phone) : 0, chaddr, serverName: '', bootFile: '' },
    options: [
      { code: 53, bytes: Uint8Array.of(types.indexOf(message) + 1) },
      ...own.map(([code, text]) => ({ code, bytes: encodeOption(code, text) })),
    ],
  });
  const toServer: readonly [End, End] = [
    ['0.0.0.0', 68],
    ['255.255.255.255', 67],
  ];
  const [source, target] = isReply
    ? ([
        [from, 67],
        ['255.255.255.255', 68],
      ] as const)
    : toServer;
  return udp(seconds, source, target, bytes);
}

export function sip(seconds: number, text: string, isAnswer = false): Frame {
  const ends: readonly [End, End] = [
    [phone, 5060],
    [server, 5060],
  ];
  const [from, to] = isAnswer ? [ends[1], ends[0]] : ends;
  return udp(seconds, from, to, Buffer.from(text.replaceAll('\n', '\r\n')));
}

const start = 1_800_000_000_000;

export function pcap(frames: readonly Frame[]): Uint8Array {
  return buildPcap(
    frames.map(({ seconds, bytes }) => ({ at: start + Math.round(seconds * 1000), bytes })),
  );
}
