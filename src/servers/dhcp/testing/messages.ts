import type { DhcpMessage, DhcpMessageType } from '../../../codec/dhcp/dhcp-message.ts';

/** RFC 2132 section 9.6, from 1 on. */
const types: readonly DhcpMessageType[] = [
  ...(['discover', 'offer', 'request', 'decline'] as const),
  ...(['ack', 'nak', 'release', 'inform'] as const),
];

export function typeNumber(type: DhcpMessageType): number {
  return types.indexOf(type) + 1;
}

export function typeOf(message: DhcpMessage): DhcpMessageType | undefined {
  const [number = 0] = message.options.find(({ code }) => code === 53)?.bytes ?? [];
  return types[number - 1];
}

/** A message of the client with this number, whose MAC is 02:00:00 and the number. */
export function clientMessage(
  type: DhcpMessageType,
  client: number,
  parts: Partial<DhcpMessage> = {},
): DhcpMessage {
  const chaddr = new Uint8Array(16);
  chaddr.set([2, 0, 0, client >>> 16, client >>> 8, client].map((octet) => octet & 0xff));
  return {
    ...{ op: 'request', hardwareType: 1, hardwareLength: 6, hops: 0, transactionId: client },
    ...{ seconds: 0, flags: 0, ciaddr: 0, yiaddr: 0, siaddr: 0, giaddr: 0, chaddr },
    ...{ serverName: '', bootFile: '' },
    options: [{ code: 53, bytes: Uint8Array.of(typeNumber(type)) }],
    ...parts,
  };
}

/** The address, as a number, as an option's octets. */
export function addressOption(code: number, address: number): DhcpMessage['options'][number] {
  const octets = [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff);
  return { code, bytes: Uint8Array.from(octets) };
}
