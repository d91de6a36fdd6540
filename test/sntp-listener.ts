// A phone's ears: node sntp-listener.ts SECONDS [ADDRESS…]. Hears what is sent to port 123 and asks
// at each address; prints a line of JSON for each datagram, and how it came.
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

const [seconds = '1', ...addresses] = process.argv.slice(2);
const group = '224.0.1.1';
const request = Buffer.alloc(48);
request[0] = 0x23;
request.writeUInt32BE(0xcafe0001, 40);

async function bound(address: string, port: number): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  socket.bind({ address, port });
  await once(socket, 'listening');
  return socket;
}

function tell(via: string, socket: Socket): void {
  socket.on('message', (bytes, { address, port }) => {
    const line = { via, from: `${address}:${port}`, hex: bytes.toString('hex') };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  });
}

const [network = ''] = addresses;
const sockets: Socket[] = [];
for (const address of [network, group]) {
  const socket = await bound(address, 123);
  if (address === group) socket.addMembership(group);
  tell(address, socket);
  sockets.push(socket);
}
for (const address of addresses) {
  const socket = await bound('0.0.0.0', 0);
  socket.setBroadcast(true);
  tell(`asked ${address}`, socket);
  socket.send(request, 123, address);
  sockets.push(socket);
}
setTimeout(
  () => {
    for (const socket of sockets) socket.close();
  },
  Number(seconds) * 1000,
);
