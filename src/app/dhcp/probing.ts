import { randomInt } from 'node:crypto';
import type { Clock } from '../../core/clock.ts';
import { probeMessage } from '../../core/dhcp/probe.ts';
import type { DhcpServer } from '../../servers/dhcp/server.ts';
import { ipv4Number } from '../../wire/ipv4.ts';

/** Milliseconds between two questions to all DHCP servers of the wire. */
const probesEvery = 10 * 60 * 1000;
const firstAfter = 1000;

/** Asks now and then who else answers phones. Returns a function that ends it. */
export function startProbing(
  server: DhcpServer,
  vendorClass: string | undefined,
  clock: Clock,
  onProblem: (error: unknown) => void,
): () => void {
  const probe = () => {
    try {
      const message = probeMessage(ipv4Number(server.address), randomInt(2 ** 32), vendorClass);
      server.send({ message, to: { address: '255.255.255.255', port: 67 } });
    } catch (error) {
      onProblem(error);
    }
  };
  let callOff: () => void = () => undefined;
  const next = (ms: number) => {
    callOff = clock.after(ms, () => {
      probe();
      next(probesEvery);
    });
  };
  next(firstAfter);
  return () => callOff();
}
