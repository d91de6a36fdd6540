import { decodePacket, encodePacket, type TftpPacket } from '../../codec/tftp/packet.ts';
import { ifReadable } from '../../wire/if-readable.ts';
import type { Clock } from '../clock.ts';
import type { Endpoint, Network } from '../network.ts';
import type { WebClient } from '../web-client.ts';

/** A network whose ports work otherwise. */
export function overPorts(network: Network, change: (endpoint: Endpoint) => Endpoint): Network {
  return { bind: async (port) => change(await network.bind(port)) };
}

/** Loses this share of datagrams, both ways. */
export function losing(
  endpoint: Endpoint,
  share: number,
  random: () => number,
  clock: Clock,
): Endpoint {
  return {
    ...endpoint,
    send(bytes, address, port) {
      if (random() >= share) endpoint.send(bytes, address, port);
    },
    async receive(timeoutMs) {
      const deadline = clock.now() + timeoutMs;
      for (;;) {
        const left = deadline - clock.now();
        const datagram = left > 0 ? await endpoint.receive(left) : undefined;
        if (datagram === undefined || random() >= share) return datagram;
      }
    },
    each: (take) =>
      endpoint.each((datagram) => {
        if (random() >= share) take(datagram);
      }),
  };
}

/** One acknowledgement of so many. */
const lateShare = 1 / 8;

/** Sends some acknowledgements so many milliseconds late. */
export function answeringLate(
  endpoint: Endpoint,
  ms: number,
  random: () => number,
  clock: Clock,
): Endpoint {
  return {
    ...endpoint,
    send(bytes, address, port) {
      const send = () => endpoint.send(bytes, address, port);
      const isLate = decoded(bytes)?.kind === 'ack' && random() < lateShare;
      if (isLate) void clock.sleep(ms).then(send);
      else send();
    },
  };
}

/** Sends other packets in place of one; none loses it. */
export function sending(
  endpoint: Endpoint,
  instead: (packet: TftpPacket, bytes: Uint8Array) => readonly Uint8Array[],
): Endpoint {
  return {
    ...endpoint,
    send(bytes, address, port) {
      const packet = decoded(bytes);
      const datagrams = packet === undefined ? [bytes] : instead(packet, bytes);
      for (const datagram of datagrams) endpoint.send(datagram, address, port);
    },
  };
}

/** Looks at every packet that comes in. */
export function seeing(endpoint: Endpoint, look: (packet: TftpPacket) => void): Endpoint {
  return {
    ...endpoint,
    async receive(timeoutMs) {
      const datagram = await endpoint.receive(timeoutMs);
      const packet = datagram && decoded(datagram.bytes);
      if (packet !== undefined) look(packet);
      return datagram;
    },
  };
}

/** Asks for other paths. */
export function askingFor(endpoint: Endpoint, change: (path: string) => string): Endpoint {
  return sending(endpoint, (packet, bytes) =>
    packet.kind === 'rrq' ? [encodePacket({ ...packet, path: change(packet.path) })] : [bytes],
  );
}

export function askingTheWebFor(web: WebClient, change: (path: string) => string): WebClient {
  return { get: (path, ...more) => web.get(change(path), ...more) };
}

function decoded(bytes: Uint8Array): TftpPacket | undefined {
  return ifReadable(() => decodePacket(bytes));
}
