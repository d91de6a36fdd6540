import type { BootEvent } from '../../model/boot.ts';
import type { DhcpMessage } from '../../codec/dhcp/dhcp-message.ts';
import type { DhcpDecision } from './decision.ts';
import { dhcpFacts, phoneAddress } from './message-facts.ts';

type Told = Pick<DhcpDecision, 'outcome' | 'because'> & {
  readonly asking: Pick<DhcpDecision['asking'], 'message'>;
  readonly answer?: { readonly message: DhcpMessage };
};

/** What a phone asked a DHCP server and what it was answered; why not, where it was not. */
export function dhcpBootEvents(
  { asking, answer, outcome, because }: Told,
  at: number,
): readonly BootEvent[] {
  const asked = bootEvent(asking.message, at, outcome === 'none' ? because : undefined);
  return answer ? [asked, bootEvent(answer.message, at)] : [asked];
}

function bootEvent(message: DhcpMessage, at: number, note?: string): BootEvent {
  const facts = dhcpFacts(message, '0.0.0.0');
  const dhcp = note === undefined ? facts : { ...facts, note };
  const address = phoneAddress(message, dhcp);
  const event = { at, protocol: 'dhcp', happening: { kind: 'dhcp', dhcp } } as const;
  return address === undefined ? event : { ...event, address };
}
