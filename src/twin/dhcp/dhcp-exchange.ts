import { macOf, messageTypeOf } from '../../codec/dhcp/dhcp-fields.ts';
import type { DhcpMessage, DhcpMessageType } from '../../codec/dhcp/dhcp-message.ts';
import { parseDhcp } from '../../codec/dhcp/parse-dhcp.ts';
import { serializeDhcp } from '../../codec/dhcp/serialize-dhcp.ts';
import { ifReadable } from '../../wire/if-readable.ts';
import type { Clock } from '../clock.ts';
import type { Endpoint } from '../network.ts';
import { relayed } from './dhcp-requests.ts';
import type { TwinDhcp } from './dhcp-speech.ts';

/** RFC 2131 section 4.1. */
const clientPort = 68;
const relayPort = 67;
/** Where a relay agent without port 67 listens. */
const otherPorts = { first: 49_152, count: 16_000, tries: 100 } as const;

/** The port at which the phone speaks DHCP. */
export type DhcpPort = {
  send(message: DhcpMessage, length: number): void;
  /** The next answer of these types to the message; undefined when none comes in time. */
  answer(
    to: DhcpMessage,
    types: readonly DhcpMessageType[],
    waitMs: number,
  ): Promise<DhcpMessage | undefined>;
  close(): void;
};

export async function openDhcpPort(
  dhcp: TwinDhcp,
  clock: Clock,
  random: () => number,
): Promise<DhcpPort> {
  const { endpoint, port } = await bind(dhcp, random);
  const { server, relay } = dhcp;
  return {
    send(message, length) {
      const sent = relay === undefined ? message : relayed(message, relay, port);
      const bytes = serializeDhcp(sent, { minimumLength: length });
      endpoint.send(bytes, server.address, server.port);
    },
    async answer(to, types, waitMs) {
      const deadline = clock.now() + waitMs;
      for (;;) {
        const left = deadline - clock.now();
        const datagram = left > 0 ? await endpoint.receive(left) : undefined;
        if (datagram === undefined) return undefined;
        const message = parsed(datagram.bytes);
        if (message && answers(message, to) && types.includes(messageTypeOf(message) ?? 'discover'))
          return message;
      }
    },
    close: () => endpoint.close(),
  };
}

function answers(message: DhcpMessage, to: DhcpMessage): boolean {
  if (message.op !== 'reply' || message.transactionId !== to.transactionId) return false;
  return macOf(message) === macOf(to);
}

type Bound = { readonly endpoint: Endpoint; readonly port: number };

async function bind({ network, relay }: TwinDhcp, random: () => number): Promise<Bound> {
  if (relay === undefined) return bound(clientPort);
  // Without the right to port 67, or where it is taken, RFC 8357 brings the answers elsewhere.
  const usual = await bound(relayPort).catch(() => undefined);
  if (usual !== undefined) return usual;
  for (let tries = 1; ; tries++) {
    const port = otherPorts.first + Math.floor(random() * otherPorts.count) + tries;
    try {
      return await bound(port);
    } catch (error) {
      if (tries === otherPorts.tries) throw error;
    }
  }

  async function bound(port: number): Promise<Bound> {
    return { endpoint: await network.bind(port), port };
  }
}

function parsed(bytes: Uint8Array): DhcpMessage | undefined {
  return ifReadable(() => parseDhcp(bytes));
}
