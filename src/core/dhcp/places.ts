import type { DhcpNetwork, DhcpReservation } from '../../model/dhcp-settings.ts';
import { formatIPv4 } from '../../wire/ipv4.ts';
import type { DhcpAsking } from './asking.ts';
import type { DhcpEvent } from './dhcp-event.ts';
import type { ChoiceReason, LeaseTable } from './lease-table.ts';
import { isInRanges } from '../../model/address-ranges.ts';
import { networkLookup } from '../../model/network-lookup.ts';

type Networks = readonly DhcpNetwork[];

/** Which address a client may have: pools, reservations and leases together. */
export type Places = {
  networkOf(address: number): DhcpNetwork | undefined;
  reservationOf(network: DhcpNetwork, asking: DhcpAsking): DhcpReservation | undefined;
  /** Whether the address is one that this server hands out. */
  isGivenOut(address: number): boolean;
  choose(
    networks: Networks,
    asking: DhcpAsking,
    now: number,
    onEvent: (event: DhcpEvent) => void,
  ): { readonly address: number; readonly because: ChoiceReason | 'reserved' } | undefined;
  /** Why the client cannot have the address; undefined if it can. */
  problem(networks: Networks, address: number, asking: DhcpAsking, now: number): string | undefined;
  /** The same for one that it says to hold: a reservation of another address can wait. */
  renewalProblem: Places['problem'];
};

type Reserved = {
  readonly byMac: ReadonlyMap<string, DhcpReservation>;
  readonly byClientId: ReadonlyMap<string, DhcpReservation>;
  readonly byAddress: ReadonlyMap<number, DhcpReservation>;
};

export function createPlaces(all: Networks, table: LeaseTable): Places {
  const networkOf = networkLookup(all);
  const reserved = new Map(all.map((network) => [network, reservedIn(network)]));

  /** The client id is the more specific word: several clients may share a MAC. */
  function reservationOf(network: DhcpNetwork, { clientId, mac }: DhcpAsking) {
    const own = reserved.get(network);
    return own?.byClientId.get(clientId) ?? (mac === undefined ? undefined : own?.byMac.get(mac));
  }

  /** A reservation by MAC is for the machine, whatever client of it holds the address. */
  function isReservedFree(address: number, asking: DhcpAsking, now: number): boolean {
    if (table.isAvailable(address, asking.clientId, now)) return true;
    const lease = table.leaseOf(address);
    return lease?.state === 'bound' && lease.mac !== undefined && lease.mac === asking.mac;
  }

  function isGivenOut(address: number): boolean {
    const network = networkOf(address);
    if (!network) return false;
    const isReserved = reserved.get(network)?.byAddress.has(address) === true;
    return isReserved || isInRanges(network.pools, address);
  }

  const renewalProblem: Places['problem'] = (networks, address, asking, now) => {
    const network = networkOf(address);
    if (!network || !networks.includes(network)) return 'the address is not of this network';
    const mine = reservationOf(network, asking);
    if (mine?.address === address)
      return isReservedFree(address, asking, now) ? undefined : 'the address is in use';
    if (!isInRanges(network.pools, address)) return 'the address is not handed out to this client';
    if (!table.isAvailable(address, asking.clientId, now)) return 'the address is in use';
    return undefined;
  };

  return {
    networkOf,
    reservationOf,
    isGivenOut,
    renewalProblem,
    problem(networks, address, asking, now) {
      const reservation = networks
        .map((network) => reservationOf(network, asking))
        .find((each) => each !== undefined);
      const isBetter =
        reservation !== undefined &&
        reservation.address !== address &&
        isReservedFree(reservation.address, asking, now);
      if (isBetter) return 'another address is reserved for this client';
      return renewalProblem(networks, address, asking, now);
    },
    choose(networks, asking, now, onEvent) {
      for (const network of networks) {
        const reservation = reservationOf(network, asking);
        if (!reservation) continue;
        const { address } = reservation;
        if (isReservedFree(address, asking, now)) return { address, because: 'reserved' };
        const { mac } = asking;
        const who = mac === undefined ? {} : { mac };
        onEvent({ kind: 'reservation-held', ...who, address: formatIPv4(address) });
      }
      const { clientId, requested } = asking;
      return chooseOf(table, networks, { clientId, requested, now });
    },
  };
}

/** Of several networks on one wire, one where the client has been before any other. */
function chooseOf(
  table: LeaseTable,
  networks: Networks,
  client: { readonly clientId: string; readonly requested: number; readonly now: number },
) {
  const known = networks.filter((network) => table.isKnownIn(network, client.clientId));
  for (const network of [...known, ...networks]) {
    const choice = table.choose({ network, ...client });
    if (choice) return choice;
  }
  return undefined;
}

function reservedIn({ reservations }: DhcpNetwork): Reserved {
  const byMac = new Map<string, DhcpReservation>();
  const byClientId = new Map<string, DhcpReservation>();
  const byAddress = new Map<number, DhcpReservation>();
  for (const reservation of reservations) {
    const { mac, clientId, address } = reservation;
    if (mac !== undefined) byMac.set(mac, reservation);
    if (clientId !== undefined) byClientId.set(clientId, reservation);
    byAddress.set(address, reservation);
  }
  return { byMac, byClientId, byAddress };
}
