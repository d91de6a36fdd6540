import {
  clientIdOf,
  messageTypeNumber,
  messageTypeOf,
  numberOption,
} from '../../codec/dhcp/dhcp-fields.ts';
import type { DhcpMessage, DhcpMessageType, DhcpOption } from '../../codec/dhcp/dhcp-message.ts';
import { encodeOption } from '../../codec/dhcp/dhcp-options.ts';
import { emptyMessage } from '../../codec/dhcp/empty-message.ts';
import { formatIPv4, ipv4Number } from '../../wire/ipv4.ts';
import type { SimulatedDhcp } from '../simulated-dhcp.ts';

export type DhcpServerSetup = {
  readonly server?: string;
  /** The first address that it gives; every client has one of its own. */
  readonly first?: string;
  readonly leaseSeconds?: number;
  readonly siaddr?: string;
  /** By code, as an operator writes them. */
  readonly options?: Readonly<Record<number, string>>;
  /** Messages that it does not answer. */
  readonly deaf?: (message: DhcpMessage, at: number) => boolean;
};

export type TestDhcpServer = {
  readonly answer: SimulatedDhcp;
  /** All messages that it heard. */
  readonly heard: {
    readonly type: DhcpMessageType;
    readonly message: DhcpMessage;
    readonly at: number;
  }[];
  /** Forgets all leases, so that clients are refused what they held. */
  forget(): void;
};

/** A small server that gives leases by RFC 2131 and forgets none. */
export function testDhcpServer(setup: DhcpServerSetup = {}): TestDhcpServer {
  const { server = '192.0.2.1', first = '192.0.2.100' } = setup;
  const held = new Map<string, number>();
  const declined = new Set<number>();
  const heard: TestDhcpServer['heard'] = [];

  function addressFor(client: string): number {
    const taken = new Set([...held.values(), ...declined]);
    let free = ipv4Number(first);
    while (taken.has(free)) free++;
    const address = held.get(client) ?? free;
    held.set(client, address);
    return address;
  }

  function replyTo(message: DhcpMessage, type: DhcpMessageType): DhcpMessage | undefined {
    const client = clientIdOf(message);
    const named = numberOption(message, 54);
    if (type === 'discover') return giving(setup, message, 'offer', server, addressFor(client));
    if (type === 'decline') declined.add(numberOption(message, 50) ?? 0);
    if (type === 'decline' || type === 'release') held.delete(client);
    if (type !== 'request' || (named !== undefined && named !== ipv4Number(server)))
      return undefined;
    const asked = numberOption(message, 50) ?? message.ciaddr;
    if (held.get(client) === asked) return giving(setup, message, 'ack', server, asked);
    return refusing(message, server);
  }

  return {
    heard,
    forget: () => held.clear(),
    answer(message, at) {
      const type = messageTypeOf(message);
      if (type === undefined) return [];
      heard.push({ type, message, at });
      if (setup.deaf?.(message, at) === true) return [];
      const reply = replyTo(message, type);
      return reply === undefined ? [] : [{ server, message: reply }];
    },
  };
}

function option(code: number, text: string): DhcpOption {
  return { code, bytes: encodeOption(code, text) };
}

function head(message: DhcpMessage, type: DhcpMessageType, server: string) {
  const { transactionId, flags, giaddr, chaddr } = message;
  const options: readonly DhcpOption[] = [
    { code: 53, bytes: Uint8Array.of(messageTypeNumber(type)) },
    option(54, server),
  ];
  const echo = message.options.filter(({ code }) => code === 82);
  return {
    ...{ ...emptyMessage, op: 'reply' as const, transactionId, flags, giaddr, chaddr },
    options: [...options, ...echo],
  };
}

function giving(
  { leaseSeconds = 3600, siaddr, options = {} }: DhcpServerSetup,
  message: DhcpMessage,
  type: 'offer' | 'ack',
  server: string,
  address: number,
): DhcpMessage {
  const reply = head(message, type, server);
  const given = Object.entries(options).map(([code, text]) => option(Number(code), text));
  return {
    ...reply,
    yiaddr: address,
    siaddr: siaddr === undefined ? 0 : ipv4Number(siaddr),
    options: [...reply.options, option(51, `${leaseSeconds}`), ...given],
  };
}

function refusing(message: DhcpMessage, server: string): DhcpMessage {
  const reply = head(message, 'nak', server);
  const text = `not ${formatIPv4(numberOption(message, 50) ?? message.ciaddr)}`;
  return { ...reply, options: [...reply.options, option(56, text)] };
}
