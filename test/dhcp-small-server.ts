// A DHCP server that gives one address to all: to test sockets without what decides on leases.
import type { DhcpMessageType } from '../src/codec/dhcp/dhcp-message.ts';
import type { DhcpHandler } from '../src/servers/dhcp/handler.ts';
import { handedSockets } from '../src/servers/dhcp/handed-sockets.ts';
import { startDhcpServer } from '../src/servers/dhcp/server.ts';
import { addressOption, typeNumber, typeOf } from '../src/servers/dhcp/testing/messages.ts';
import { ipv4Number } from '../src/wire/ipv4.ts';

const [interfaceName = '', address = ''] = process.argv.slice(2);

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

const replies: Partial<Record<DhcpMessageType, DhcpMessageType>> = {
  discover: 'offer',
  request: 'ack',
};

const handler: DhcpHandler = (message, arrival) => {
  const type = typeOf(message) ?? 'inform';
  say({ event: 'message', type, ...arrival });
  const reply = replies[type];
  if (!reply) return undefined;
  const server = ipv4Number(arrival.localAddress);
  const options = [
    { code: 53, bytes: Uint8Array.of(typeNumber(reply)) },
    addressOption(54, server),
    addressOption(51, 3600),
    addressOption(1, ipv4Number('255.255.255.0')),
  ];
  const broadcast = { address: '255.255.255.255', port: 68 };
  return {
    message: { ...message, op: 'reply', yiaddr: ipv4Number(address), options },
    to: broadcast,
  };
};

try {
  const server = await startDhcpServer({
    listen: { interface: interfaceName },
    handler,
    handed: handedSockets(process.env, process.pid),
    onProblem: ({ code, text }) => say({ event: 'problem', code, text }),
    rescanMs: 100,
  });
  say({ event: 'ready', address: server.address, port: server.port });
} catch (error) {
  say({ event: 'refused', text: (error as Error).message });
}
