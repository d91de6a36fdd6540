import type { DhcpMessage } from '../../codec/dhcp/dhcp-message.ts';
import type { Lease } from '../../model/lease.ts';
import { formatIPv4 } from '../../wire/ipv4.ts';
import { readAsking, type DhcpAsking } from './asking.ts';
import { clientNetworks } from './client-networks.ts';
import type {
  ArrivalNumbers,
  Case,
  DeciderOptions,
  DhcpDecision,
  Registry,
  Verdict,
} from './decision.ts';
import { macOf, silent } from './decision.ts';
import { discover } from './discover.ts';
import { decline, release, setAside } from './give-up.ts';
import { givenTo } from './given-to.ts';
import { inform } from './grant.ts';
import { createPatience } from './patience.ts';
import { createPlaces } from './places.ts';
import { hasRecord, request } from './request.ts';

/** Decides what RFC 2131 section 4.3 leaves to the server. The table is changed by it. */
export type Decider = {
  /** Undefined for what no client of DHCP sends: BOOTP, answers, unknown types. */
  decide(message: DhcpMessage, arrival: ArrivalNumbers, now: number): DhcpDecision | undefined;
  /** Nobody gets the address for a while. */
  setAside(address: number, asking: DhcpAsking, now: number): Lease;
};

export function createDecider(options: DeciderOptions): Decider {
  const { settings, table, tftp } = options;
  const networksOf = clientNetworks(settings.networks);
  const registry: Registry = {
    ...options,
    places: createPlaces(settings.networks, table),
    given: givenTo(settings, tftp),
    patience: createPatience(),
    isAuthoritative: settings.mode === 'authoritative',
  };
  return {
    decide(message, arrival, now) {
      if (message.op !== 'request') return undefined;
      const asking = readAsking(message);
      if (!asking) return undefined;
      const phone = options.whoIs(asking);
      const networks = networksOf(asking, arrival.local);
      const server = asking.serverOverride === 0 ? arrival.local : asking.serverOverride;
      const at = { asking, phone, networks, arrival, server, now };
      const { events = [], ...verdict } = verdictOf(registry, at);
      return { asking, phone, events, ...verdict };
    },
    setAside: (address, asking, now) => setAside(registry, address, asking, now),
  };
}

function verdictOf(registry: Registry, at: Case): Verdict {
  const { asking, networks, phone } = at;
  const { type } = asking;
  if (type === 'release') return release(registry, at);
  if (type === 'decline') return decline(registry, at);
  if (!registry.isAuthoritative && !phone && !hasRecord(registry, at))
    return silent('no phone that is known');
  if (networks.length === 0) return networkUnknown(at);
  if (type === 'discover') return discover(registry, at);
  if (type === 'inform') return inform(registry, at);
  if (type === 'request') return request(registry, at);
  return silent('only servers send this');
}

function networkUnknown({ asking, arrival }: Case): Verdict {
  const { giaddr, ciaddr } = asking.message;
  const near = [asking.linkSelection, giaddr, ciaddr, arrival.local];
  const address = formatIPv4(near.find((each) => each !== 0) ?? 0);
  const event = { kind: 'network-unknown', ...macOf(asking), address } as const;
  return silent('no network is known for where it is', [event]);
}
