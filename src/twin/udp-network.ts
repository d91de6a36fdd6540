import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { RealClock } from './clock.ts';
import { inbox, type Network } from './network.ts';
import { ownAddress, type OwnAddress } from './own-address.ts';

/** Real UDP from one local address at a time; each twin on loopback has an address of its own. */
export function udpNetwork(own: OwnAddress, clock: RealClock): Network {
  return {
    async bind(port) {
      const socket = createSocket('udp4');
      const box = inbox();
      socket.on('message', (bytes, from) =>
        box.put({ bytes, address: from.address, port: from.port }),
      );
      try {
        socket.bind({ port, address: ownAddress(own), exclusive: true });
        await once(socket, 'listening');
      } catch (error) {
        socket.close();
        throw error;
      }
      // What cannot be sent is lost, as on the wire; the phone notices by the silence.
      socket.on('error', () => undefined);
      let closed = false;
      const sending = new Set<Promise<void>>();
      return {
        send(bytes, toAddress, toPort) {
          if (closed) return;
          const sent = new Promise<void>((resolve) => {
            socket.send(bytes, toPort, toAddress, () => resolve());
          });
          sending.add(sent);
          void sent.then(() => sending.delete(sent));
        },
        async receive(timeoutMs) {
          const realMs = clock.patience(timeoutMs);
          const datagram = await box.take((expire) => {
            const timer = setTimeout(expire, realMs);
            return () => clearTimeout(timer);
          });
          if (datagram === undefined) clock.waited(timeoutMs, realMs);
          return datagram;
        },
        each: (take) => box.each(take),
        close() {
          if (closed) return;
          closed = true;
          box.close();
          // The last acknowledgement may still be on its way out.
          void Promise.all(sending).then(() => socket.close());
        },
      };
    },
  };
}
