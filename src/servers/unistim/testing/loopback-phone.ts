import type { TestContext } from 'node:test';
import { bindUdp, closeUdp } from '../../tftp/udp.ts';
import type { UnistimServer } from '../server.ts';
import { type Port, SimplePhone, type SimplePhoneOptions } from './simple-phone.ts';

const loopback = '127.0.0.1';

/** A phone with sockets of its own, until the test ends. `stop` has it fall silent. */
export async function connectPhone(
  t: TestContext,
  server: Pick<UnistimServer, 'addresses' | 'uftpAddresses'>,
  options: Omit<SimplePhoneOptions, 'send' | 'now'>,
  own = loopback,
) {
  const sockets = { unistim: await bindUdp(own, 0), uftp: await bindUdp(own, 0) };
  const targets = { unistim: server.addresses[0], uftp: server.uftpAddresses[0] };
  const phone = new SimplePhone({
    ...options,
    now: () => performance.now(),
    send(datagram, to) {
      const { port = 0, address } = targets[to] ?? {};
      sockets[to].send(datagram, port, address);
    },
  });
  for (const port of ['unistim', 'uftp'] as const satisfies readonly Port[])
    sockets[port].on('message', (datagram) => phone.receive(datagram, port));
  const timer = setInterval(() => phone.tick(), 100);
  const stop = () => clearInterval(timer);
  t.after(async () => {
    stop();
    await Promise.all(Object.values(sockets).map(closeUdp));
  });
  return { phone, stop, sockets };
}
