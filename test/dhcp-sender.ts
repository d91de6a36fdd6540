// Sends DHCP messages from where it is started, and writes what comes back. Words: own port, then for
// each message `address:port=hex`. An answer to each is awaited for a while.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

const [port = '0', ...messages] = process.argv.slice(2);
const socket = createSocket({ type: 'udp4', reuseAddr: true });
socket.bind(Number(port));
await once(socket, 'listening');
socket.setBroadcast(true);
socket.on('message', (bytes) => process.stdout.write(`${bytes.toString('hex')}\n`));
for (const each of messages) {
  const [to = '', hex = ''] = each.split('=');
  const [address, toPort] = to.split(':');
  socket.send(Buffer.from(hex, 'hex'), Number(toPort), address);
  const ended = new AbortController();
  const patience = delay(1000, undefined, ended).catch(() => undefined);
  await Promise.race([once(socket, 'message'), patience]);
  ended.abort();
}
socket.close();
