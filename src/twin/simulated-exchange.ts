import { inbox, type Datagram, type Endpoint, type Inbox, type Network } from './network.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** A wire between hosts in virtual time, over which anybody sends to anybody. */
export type SimulatedExchange = {
  /** The network as the host with this address has it; what nobody here has goes to `beyond`. */
  network(address: string, beyond?: Network): Network;
};

export function simulatedExchange(clock: VirtualClock, latencyMs = 2): SimulatedExchange {
  const boxes = new Map<string, Inbox>();
  const hosts = new Set<string>();

  function carry(
    from: Omit<Datagram, 'bytes'>,
    bytes: Uint8Array,
    host: string,
    port: number,
  ): boolean {
    const to = `${host}:${port}`;
    const known = hosts.has(host);
    const copy = Uint8Array.from(bytes);
    if (known) clock.after(latencyMs, () => boxes.get(to)?.put({ bytes: copy, ...from }));
    return known;
  }

  return {
    network: (address, beyond) => ({
      async bind(port): Promise<Endpoint> {
        const here = `${address}:${port}`;
        if (boxes.has(here)) throw new Error(`port ${port} is taken`);
        const outer = await beyond?.bind(port);
        const box = inbox();
        outer?.each((datagram) => box.put(datagram));
        boxes.set(here, box);
        hosts.add(address);
        return {
          send(bytes, to, toPort) {
            if (!carry({ address, port }, bytes, to, toPort)) outer?.send(bytes, to, toPort);
          },
          receive: (timeoutMs) => box.take((expire) => clock.after(timeoutMs, expire)),
          each: (take) => box.each(take),
          close() {
            boxes.delete(here);
            box.close();
            outer?.close();
          },
        };
      },
    }),
  };
}
