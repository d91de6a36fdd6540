import type { DhcpOption } from '../../codec/dhcp/dhcp-message.ts';
import type {
  DhcpGiven,
  DhcpNetwork,
  DhcpReservation,
  DhcpSettings,
} from '../../model/dhcp-settings.ts';
import { formatIPv4 } from '../../wire/ipv4.ts';
import type { DhcpAsking } from './asking.ts';
import { resolveGiven, type Resolved } from './given.ts';
import { code } from './option-codes.ts';
import { textOption } from './option-values.ts';
import { matchingRules, type DhcpPhone } from './who.ts';

type Receiver = {
  readonly asking: DhcpAsking;
  readonly phone: DhcpPhone | undefined;
  readonly network: DhcpNetwork;
  readonly reservation: DhcpReservation | undefined;
  /** The server's own address: where phones find their files if nothing else is said. */
  readonly server: number;
};

/** What a client gets: defaults, fleet, network, then rules and its reservation. */
export function givenTo(
  settings: DhcpSettings,
  tftp: readonly string[] | undefined,
): (receiver: Receiver) => Resolved {
  const rulesFor = matchingRules(settings.rules);
  // Nearly all clients of a network get the same.
  const made = new Map<DhcpNetwork, { readonly key: string; readonly resolved: Resolved }>();

  return ({ asking, phone, network, reservation, server }) => {
    const rules = rulesFor(asking, phone);
    const isPhone = phone !== undefined;
    const ownTftp = { tftp: tftp ?? [formatIPv4(server)], options: [] };
    const layers = [ownTftp, settings.given, network.given];
    const own = phone?.given ?? [];
    if (rules.length > 0 || reservation || own.length > 0) {
      const ofFamily = unlessSaid(own, layers);
      const targeted = [ofFamily, ...rules.map((rule) => rule.given)];
      return resolveGiven(network, layers, [...targeted, ...ofReservation(reservation)], isPhone);
    }
    const key = `${isPhone} ${server}`;
    const known = made.get(network);
    if (known?.key === key) return known.resolved;
    const resolved = resolveGiven(network, layers, [], isPhone);
    made.set(network, { key, resolved });
    return resolved;
  };
}

/** What the operator gives to all, or in the network, goes before what a family gives its phones. */
function unlessSaid(own: readonly DhcpOption[], layers: readonly DhcpGiven[]): DhcpGiven {
  const said = new Set(layers.flatMap(({ options }) => options.map((option) => option.code)));
  return { options: own.filter((option) => !said.has(option.code)) };
}

function ofReservation(reservation: DhcpReservation | undefined) {
  if (!reservation) return [];
  const { given, hostName } = reservation;
  if (hostName === undefined) return [given];
  return [{ ...given, options: [...given.options, textOption(code.hostName, hostName)] }];
}
