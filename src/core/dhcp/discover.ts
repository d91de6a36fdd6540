import { macOf, silent, type Case, type Registry, type Verdict } from './decision.ts';
import type { DhcpEvent } from './dhcp-event.ts';
import { grant } from './grant.ts';
import { formatIPv4Network } from '../../wire/ipv4-network.ts';

/** Kea and ISC dhcpd look back as far when they decide whether to ping. */
const longExpired = 24 * 60 * 60 * 1000;

/** RFC 2131 section 4.3.1. */
export function discover(registry: Registry, at: Case): Verdict {
  const { places, patience, table } = registry;
  const { asking, networks, now } = at;
  const events: DhcpEvent[] = [];
  const choice = places.choose(networks, asking, now, (event) => events.push(event));
  const offers = patience.offered(asking.clientId);
  if (offers !== undefined) events.push({ kind: 'offer-not-taken', ...macOf(asking), offers });
  if (!choice) {
    const [first] = networks;
    const network = first ? formatIPv4Network(first.subnet) : '';
    events.push({ kind: 'pool-exhausted', ...macOf(asking), network });
    return silent('no address is left', events);
  }
  const { address, because } = choice;
  const ended = table.leaseOf(address)?.expiresAt;
  const isUntried = because === 'fresh' || (ended !== undefined && ended < now - longExpired);
  const offer = grant(registry, at, 'offer', address, because);
  return { ...offer, ...(isUntried && { untried: true }), events };
}
