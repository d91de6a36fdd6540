import type { DhcpMessage } from '../../../codec/dhcp/dhcp-message.ts';
import { decodeOption } from '../../../codec/dhcp/dhcp-options.ts';
import type { Lease } from '../../../model/lease.ts';
import { formatIPv4, ipv4Number } from '../../../wire/ipv4.ts';
import { createDecider } from '../decide.ts';
import type { DeciderOptions, DhcpDecision } from '../decision.ts';
import { createLeaseTable, type LeaseTable } from '../lease-table.ts';
import type { WhoIs } from '../who.ts';
import { clientMessage, type ClientWords } from './messages.ts';
import { settingsOf } from './settings.ts';

/** A decider with its table and a clock that tests turn. */
export type Desk = {
  readonly table: LeaseTable;
  now: number;
  /** Decides on a message that came to 10.1.0.1, or to `local`. */
  ask(words: ClientWords, local?: string): DhcpDecision;
  /** DISCOVER and REQUEST; returns the address. */
  lease(client: number, words?: Partial<ClientWords>): string;
};

export const serverAddress = '10.1.0.1';

export type DeskOptions = Partial<DeciderOptions> & {
  readonly leases?: readonly Lease[];
  readonly whoIs?: WhoIs;
  /** Port that messages come from. */
  readonly fromPort?: number;
};

/** `text`: the section `dhcp:`, indented by two. */
export function desk(
  text: string,
  { leases = [], fromPort = 68, ...options }: DeskOptions = {},
): Desk {
  const settings = settingsOf(text);
  const table = createLeaseTable(settings.networks, leases);
  const decider = createDecider({
    ...{ settings, table, whoIs: () => undefined, tftp: undefined },
    isOwn: (address) => address === ipv4Number(serverAddress),
    ...{ offerLasts: 30_000, setAsideLasts: 3_600_000 },
    ...options,
  });
  const made: Desk = {
    table,
    now: 1_000_000,
    ask(words, local = serverAddress) {
      const arrival = { fromPort, local: ipv4Number(local) };
      const decision = decider.decide(clientMessage(words), arrival, made.now);
      if (!decision) throw new Error('it was no message of a client');
      return decision;
    },
    lease(client, words = {}) {
      const offer = made.ask({ type: 'discover', client, ...words });
      const address = addressOf(offer);
      const options = { ...words.options, 50: address, 54: serverAddress };
      const ack = made.ask({ type: 'request', client, ...words, options });
      if (ack.outcome !== 'ack') throw new Error(`${ack.outcome}: ${ack.because}`);
      return address;
    },
  };
  return made;
}

/** The address that an answer gives; throws where there is none. */
export function addressOf({ answer, because }: DhcpDecision): string {
  if (!answer || answer.message.yiaddr === 0) throw new Error(`no address: ${because}`);
  return formatIPv4(answer.message.yiaddr);
}

/** Values of an answer's options by code, in the order in which they stand. */
export function optionsOf(decision: DhcpDecision): ReadonlyMap<number, unknown> {
  const message = decision.answer?.message;
  return new Map(
    (message?.options ?? []).map(({ code, bytes }) => [code, decodeOption(code, bytes)]),
  );
}

export function reply({ answer, because }: DhcpDecision): DhcpMessage {
  if (!answer) throw new Error(`no answer: ${because}`);
  return answer.message;
}
