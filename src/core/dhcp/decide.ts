import type { DhcpMessage } from '../../codec/dhcp/dhcp-message.ts';
import type { DhcpNetwork, DhcpSettings } from '../../model/dhcp-settings.ts';
import type { Lease } from '../../model/lease.ts';
import { grantAnswer, refusal, type DhcpAnswer } from './answer.ts';
import { readAsking, type DhcpAsking } from './asking.ts';
import { clientNetworks } from './client-networks.ts';
import type { DhcpEvent } from './dhcp-event.ts';
import { givenTo } from './given-to.ts';
import { leaseFor } from './lease-for.ts';
import type { LeaseTable } from './lease-table.ts';
import { createPatience } from './patience.ts';
import { createPlaces } from './places.ts';
import { formatIPv4 } from '../../wire/ipv4.ts';
import type { DhcpPhone, WhoIs } from './who.ts';

export type DeciderOptions = {
  readonly settings: DhcpSettings;
  readonly table: LeaseTable;
  readonly whoIs: WhoIs;
  /** Whether a server identifier is one of this server's addresses. */
  isOwn(address: number): boolean;
  /** Where phones find their files if nothing else is said; the server's own address if undefined. */
  readonly tftp: readonly string[] | undefined;
  /** Milliseconds that an offered address is held. */
  readonly offerLasts: number;
  /** Milliseconds that an address is set aside which somebody else uses. */
  readonly setAsideLasts: number;
};

/** Where a message came from and to. */
export type ArrivalNumbers = { readonly fromPort: number; readonly local: number };

export type DhcpDecision = {
  readonly asking: DhcpAsking;
  readonly phone: DhcpPhone | undefined;
  /** `none`: there is nothing to answer, or the server keeps silent. */
  readonly outcome: 'offer' | 'ack' | 'nak' | 'none';
  readonly because: string;
  readonly address?: number;
  readonly answer?: DhcpAnswer;
  /** Must be on disk before the answer leaves. The table has it already. */
  readonly lease?: Lease;
  /** Offered and never leased, or not for long: whether somebody else uses it can be tried. */
  readonly untried?: true;
  readonly events: readonly DhcpEvent[];
};

/** Decides what RFC 2131 section 4.3 leaves to the server. The table is changed by it. */
export type Decider = {
  /** Undefined for what no client of DHCP sends: BOOTP, answers, unknown types. */
  decide(message: DhcpMessage, arrival: ArrivalNumbers, now: number): DhcpDecision | undefined;
  /** Nobody gets the address for a while. */
  setAside(address: number, asking: DhcpAsking, now: number): Lease;
};

/** A message with all that the decision needs to know. */
type Case = {
  readonly asking: DhcpAsking;
  readonly phone: DhcpPhone | undefined;
  readonly networks: readonly DhcpNetwork[];
  readonly arrival: ArrivalNumbers;
  /** The address by which the client shall know this server. */
  readonly server: number;
  readonly now: number;
};

type Verdict = Omit<DhcpDecision, 'asking' | 'phone' | 'events'> & {
  readonly events?: readonly DhcpEvent[];
};

/** Kea and ISC dhcpd look back as far when they decide whether to ping. */
const longExpired = 24 * 60 * 60 * 1000;

export function createDecider(options: DeciderOptions): Decider {
  const { settings, table } = options;
  const networksOf = clientNetworks(settings.networks);
  const places = createPlaces(settings.networks, table);
  const given = givenTo(settings, options.tftp);
  const patience = createPatience();
  const isAuthoritative = settings.mode === 'authoritative';

  function silent(because: string, events: readonly DhcpEvent[] = []): Verdict {
    return { outcome: 'none', because, events };
  }

  function nak({ asking, arrival, server }: Case, because: string): Verdict {
    const answer = refusal(asking, arrival.fromPort, server, because);
    return { outcome: 'nak', because, answer };
  }

  /** RFC 2131 section 4.3.2: a server without record of the client is silent. */
  function refuse(at: Case, address: number, because: string): Verdict {
    const isChosen = at.asking.server !== 0;
    const isMine = places.isGivenOut(address) && hasRecord(at);
    const mayRefuse = isAuthoritative || isChosen || isMine;
    return mayRefuse ? nak(at, because) : silent(`${because}; not ours to refuse`);
  }

  function hasRecord({ asking, networks }: Case): boolean {
    const isReserved = networks.some((network) => places.reservationOf(network, asking));
    return isReserved || table.addressesOf(asking.clientId).length > 0;
  }

  function grant(at: Case, type: 'offer' | 'ack', address: number, because: string): Verdict {
    const { asking, phone, arrival, server, now } = at;
    const network = places.networkOf(address) ?? at.networks[0];
    if (!network) return silent('no network for the address');
    const reservation = places.reservationOf(network, asking);
    const resolved = given({ asking, phone, network, reservation, server });
    const times = network.leaseTimes;
    const asked = asking.leaseSeconds ?? times.usual;
    const leaseSeconds = Math.min(Math.max(asked, times.shortest), times.longest);
    const content = { type, address, server, leaseSeconds, given: resolved };
    const answer = grantAnswer(asking, arrival.fromPort, content);
    const verdict: Verdict = { outcome: type, because, address, answer };
    if (type === 'offer') {
      table.offer(address, asking.clientId, now + options.offerLasts);
      return verdict;
    }
    const before = table.leaseOf(address);
    const lease = leaseFor(asking, address, { before, leaseSeconds, now });
    table.put(lease);
    return { ...verdict, lease };
  }

  function discover(at: Case): Verdict {
    const { asking, networks, now } = at;
    const events: DhcpEvent[] = [];
    const choice = places.choose(networks, asking, now, (event) => events.push(event));
    const count = patience.offered(asking.clientId);
    if (count !== undefined)
      events.push({ kind: 'offer-not-taken', ...macOf(asking), offers: count });
    if (!choice) {
      const [network] = networks;
      const name = network ? subnetText(network) : '';
      events.push({ kind: 'pool-exhausted', ...macOf(asking), network: name });
      return silent('no address is left', events);
    }
    const { address, because } = choice;
    const ended = table.leaseOf(address)?.expiresAt;
    const isUntried = because === 'fresh' || (ended !== undefined && ended < now - longExpired);
    return { ...grant(at, 'offer', address, because), ...(isUntried && { untried: true }), events };
  }

  /** SELECTING: the client took an offer, ours or another server's. */
  function selecting(at: Case): Verdict {
    const { asking, now } = at;
    const { server, requested, clientId } = asking;
    if (!options.isOwn(server) && server !== at.server) {
      const offered = table.offeredTo(clientId, now);
      if (offered !== undefined) table.dropOffer(offered);
      const other = { server: formatIPv4(server), offered: formatIPv4(requested) };
      const event: DhcpEvent = { kind: 'other-server', ...macOf(asking), other };
      return silent('took the offer of another server', [event]);
    }
    const address = requested === 0 ? asking.message.ciaddr : requested;
    const problem = places.problem(at.networks, address, asking, now);
    return problem === undefined
      ? grant(at, 'ack', address, 'took the offer')
      : refuse(at, address, problem);
  }

  /** INIT-REBOOT (option 50), RENEWING and REBINDING (ciaddr). RFC 2131 section 4.3.6, table 4. */
  function again(at: Case): Verdict {
    const { asking, now, networks } = at;
    const { ciaddr } = asking.message;
    const isRenewal = ciaddr !== 0;
    const address = isRenewal ? ciaddr : asking.requested;
    if (address === 0) return silent('names no address');
    const problem = isRenewal
      ? places.renewalProblem(networks, address, asking, now)
      : places.problem(networks, address, asking, now);
    if (problem !== undefined) return refuse(at, address, problem);
    if (!isAuthoritative && !hasRecord(at)) return silent('no record of the client');
    return grant(at, 'ack', address, isRenewal ? 'renews' : 'had it before');
  }

  function setAside(address: number, asking: DhcpAsking, now: number): Lease {
    const { startedAt, ...lease } = leaseFor(asking, address, { leaseSeconds: 0, now });
    const expiresAt = now + options.setAsideLasts;
    const aside: Lease = { ...lease, state: 'declined', startedAt, expiresAt };
    table.put(aside);
    return aside;
  }

  function decline({ asking, server, now }: Case): Verdict {
    const address = asking.requested === 0 ? asking.message.ciaddr : asking.requested;
    if (!isForUs(asking, server)) return silent('is for another server');
    if (table.holderOf(address, now) !== asking.clientId)
      return silent('declines what it does not hold');
    const lease = setAside(address, asking, now);
    const event: DhcpEvent = {
      ...{ kind: 'address-conflict', ...macOf(asking) },
      ...{ address: lease.address, foundBy: 'client' },
    };
    return { ...silent('declined', [event]), address, lease };
  }

  function release({ asking, server, now }: Case): Verdict {
    const { ciaddr } = asking.message;
    const before = table.leaseOf(ciaddr);
    if (!isForUs(asking, server)) return silent('is for another server');
    if (!before || table.holderOf(ciaddr, now) !== asking.clientId)
      return silent('releases what it does not hold');
    const lease: Lease = { ...before, state: 'released', expiresAt: now };
    table.put(lease);
    return { ...silent('released'), address: ciaddr, lease };
  }

  function isForUs({ server }: DhcpAsking, own: number): boolean {
    return server === 0 || server === own || options.isOwn(server);
  }

  function inform({ asking, phone, networks, arrival, server }: Case): Verdict {
    const { ciaddr } = asking.message;
    const network = places.networkOf(ciaddr) ?? networks[0];
    if (!network) return silent('no network for the address');
    const resolved = given({ asking, phone, network, reservation: undefined, server });
    const content = { type: 'ack', address: 0, server, leaseSeconds: undefined } as const;
    const answer = grantAnswer(asking, arrival.fromPort, { ...content, given: resolved });
    return { outcome: 'ack', because: 'asks for options', answer };
  }

  function verdictOf(at: Case): Verdict {
    const { asking, networks, phone } = at;
    const { type } = asking;
    if (type === 'release') return release(at);
    if (type === 'decline') return decline(at);
    if (!isAuthoritative && !phone && !hasRecord(at)) return silent('no phone that is known');
    if (networks.length === 0) {
      const { giaddr, ciaddr } = asking.message;
      const near = [asking.linkSelection, giaddr, ciaddr, at.arrival.local];
      const address = formatIPv4(near.find((each) => each !== 0) ?? 0);
      const event: DhcpEvent = { kind: 'network-unknown', ...macOf(asking), address };
      return silent('no network is known for where it is', [event]);
    }
    if (type === 'discover') return discover(at);
    if (type === 'inform') return inform(at);
    if (type !== 'request') return silent('only servers send this');
    patience.took(asking.clientId);
    return asking.server === 0 ? again(at) : selecting(at);
  }

  return {
    decide(message, arrival, now) {
      if (message.op !== 'request') return undefined;
      const asking = readAsking(message);
      if (!asking) return undefined;
      const phone = options.whoIs(asking);
      const networks = networksOf(asking, arrival.local);
      const server = asking.serverOverride === 0 ? arrival.local : asking.serverOverride;
      const { events = [], ...verdict } = verdictOf({
        ...{ asking, phone, networks, arrival, server, now },
      });
      return { asking, phone, events, ...verdict };
    },
    setAside,
  };
}

function macOf({ mac }: DhcpAsking) {
  return mac === undefined ? {} : { mac };
}

function subnetText({ subnet }: DhcpNetwork): string {
  return `${formatIPv4(subnet.address)}/${subnet.prefix}`;
}
