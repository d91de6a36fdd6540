import { grantAnswer } from './answer.ts';
import { silent, type Case, type Registry, type Verdict } from './decision.ts';
import { leaseFor } from './lease-for.ts';

/** Offers the address, or leases it to the client. */
export function grant(
  registry: Registry,
  at: Case,
  type: 'offer' | 'ack',
  address: number,
  because: string,
): Verdict {
  const { places, table, given } = registry;
  const { asking, phone, arrival, server, now } = at;
  const network = places.networkOf(address) ?? at.networks[0];
  if (!network) return silent('no network for the address');
  const reservation = places.reservationOf(network, asking);
  const resolved = given({ asking, phone, network, reservation, server });
  const { usual, shortest, longest } = network.leaseTimes;
  const asked = asking.leaseSeconds ?? usual;
  const leaseSeconds = Math.min(Math.max(asked, shortest), longest);
  const content = { type, address, server, leaseSeconds, given: resolved };
  const answer = grantAnswer(asking, arrival.fromPort, content);
  const verdict: Verdict = { outcome: type, because, address, answer };
  if (type === 'offer') {
    table.offer(address, asking.clientId, now + registry.offerLasts);
    return verdict;
  }
  const before = table.leaseOf(address);
  const lease = leaseFor(asking, address, { before, leaseSeconds, now });
  table.put(lease);
  return { ...verdict, lease };
}

/** INFORM: the client has an address and wants the rest. RFC 2131 section 4.3.5. */
export function inform({ places, given }: Registry, at: Case): Verdict {
  const { asking, phone, networks, arrival, server } = at;
  const network = places.networkOf(asking.message.ciaddr) ?? networks[0];
  if (!network) return silent('no network for the address');
  const resolved = given({ asking, phone, network, reservation: undefined, server });
  const content = { type: 'ack', address: 0, server, leaseSeconds: undefined } as const;
  const answer = grantAnswer(asking, arrival.fromPort, { ...content, given: resolved });
  return { outcome: 'ack', because: 'asks for options', answer };
}
