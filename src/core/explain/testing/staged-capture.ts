import {
  buildPcap,
  ethernet,
  ipv4,
  tcp,
  tcpFlags,
  udp,
  type BuiltPacket,
} from '../../../codec/pcap/testing/build-capture.ts';
import { encodePacket, type TftpPacket } from '../../../codec/tftp/packet.ts';
import type { Mac } from '../../../wire/mac.ts';

/** The phone and the server of a staged capture. */
export const staged = {
  phone: '192.0.2.130',
  phoneMac: '0010DBAA0001' as Mac,
  server: '192.0.2.1',
  serverMac: '020000000001' as Mac,
  start: 1_700_000_000_000,
} as const;

/** Builds a capture, packet by packet; a millisecond passes between two. */
export type Stage = {
  wait(ms: number): void;
  frame(bytes: Uint8Array): void;
  /** A datagram of the phone, or with `fromServer` one to it. */
  udp(fromPort: number, toPort: number, payload: Uint8Array, fromServer?: 'from-server'): void;
  tftp(fromPort: number, toPort: number, packet: TftpPacket, fromServer?: 'from-server'): void;
  tcp(segment: StagedSegment): void;
  packets(): readonly BuiltPacket[];
  pcap(): Uint8Array;
};

export type StagedSegment = {
  readonly fromPort: number;
  readonly toPort: number;
  readonly sequence: number;
  readonly flags?: readonly (keyof typeof tcpFlags)[];
  readonly text?: string;
  readonly fromServer?: boolean;
};

export function stage(): Stage {
  const packets: BuiltPacket[] = [];
  let at: number = staged.start;

  function frame(bytes: Uint8Array): void {
    packets.push({ at, bytes });
    at++;
  }

  function ip(protocol: number, payload: Uint8Array, fromServer: boolean): void {
    const { phone, server, phoneMac, serverMac } = staged;
    const [from, to] = fromServer ? [server, phone] : [phone, server];
    const [source, destination] = fromServer ? [serverMac, phoneMac] : [phoneMac, serverMac];
    frame(ethernet(0x0800, ipv4({ from, to, protocol, payload }), source, destination));
  }

  return {
    wait: (ms) => void (at += ms),
    frame,
    udp: (fromPort, toPort, payload, fromServer) =>
      ip(17, udp(fromPort, toPort, payload), fromServer !== undefined),
    tftp: (fromPort, toPort, packet, fromServer) =>
      ip(17, udp(fromPort, toPort, encodePacket(packet)), fromServer !== undefined),
    tcp: ({ fromPort, toPort, sequence, flags = ['ack'], text = '', fromServer = false }) => {
      const bits = flags.reduce((sum, flag) => sum | tcpFlags[flag], 0);
      ip(6, tcp(fromPort, toPort, sequence, bits, Buffer.from(text, 'latin1')), fromServer);
    },
    packets: () => packets,
    pcap: () => buildPcap(packets),
  };
}
