import { formatIPv4 } from '../../wire/ipv4.ts';
import { refusal } from './answer.ts';
import { isForUs, macOf, silent, type Case, type Registry, type Verdict } from './decision.ts';
import { grant } from './grant.ts';

/** RFC 2131 section 4.3.2: a server identifier means that the client has just chosen an offer. */
export function request(registry: Registry, at: Case): Verdict {
  registry.patience.took(at.asking.clientId);
  return at.asking.server === 0 ? again(registry, at) : selecting(registry, at);
}

/** Whether something is kept here for the client. */
export function hasRecord({ places, table }: Registry, { asking, networks }: Case): boolean {
  const isReserved = networks.some((network) => places.reservationOf(network, asking));
  return isReserved || table.addressesOf(asking.clientId).length > 0;
}

/** SELECTING: the client took an offer, ours or another server's. */
function selecting(registry: Registry, at: Case): Verdict {
  const { table, places } = registry;
  const { asking, now } = at;
  const { server, requested, clientId } = asking;
  if (!isForUs(registry, at)) {
    const offered = table.offeredTo(clientId, now);
    if (offered !== undefined) table.dropOffer(offered);
    const other = { server: formatIPv4(server), offered: formatIPv4(requested) };
    const event = { kind: 'other-server', ...macOf(asking), other } as const;
    return silent('took the offer of another server', [event]);
  }
  const address = requested === 0 ? asking.message.ciaddr : requested;
  const problem = places.problem(at.networks, address, asking, now);
  if (problem !== undefined) return refuse(registry, at, address, problem);
  return grant(registry, at, 'ack', address, 'took the offer');
}

/** INIT-REBOOT (option 50), RENEWING and REBINDING (ciaddr). RFC 2131 section 4.3.6, table 4. */
function again(registry: Registry, at: Case): Verdict {
  const { places, isAuthoritative } = registry;
  const { asking, now, networks } = at;
  const { ciaddr } = asking.message;
  const isRenewal = ciaddr !== 0;
  const address = isRenewal ? ciaddr : asking.requested;
  if (address === 0) return silent('names no address');
  const problemOf = isRenewal ? places.renewalProblem : places.problem;
  const problem = problemOf(networks, address, asking, now);
  if (problem !== undefined) return refuse(registry, at, address, problem);
  if (!isAuthoritative && !hasRecord(registry, at)) return silent('no record of the client');
  return grant(registry, at, 'ack', address, isRenewal ? 'renews' : 'had it before');
}

/**
 * A server without record of the client is silent, unless it is the only one of the network. One that
 * stands beside another refuses what it hands out itself alone. RFC 2131 section 4.3.2.
 */
function refuse(registry: Registry, at: Case, address: number, because: string): Verdict {
  const { asking, arrival, server } = at;
  const isChosen = asking.server !== 0;
  const isMine = registry.places.isGivenOut(address) && hasRecord(registry, at);
  if (!registry.isAuthoritative && !isChosen && !isMine)
    return silent(`${because}; not ours to refuse`);
  return { outcome: 'nak', because, answer: refusal(asking, arrival.fromPort, server, because) };
}
