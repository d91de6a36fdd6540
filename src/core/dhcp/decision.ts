import type { DhcpNetwork, DhcpSettings } from '../../model/dhcp-settings.ts';
import type { Lease } from '../../model/lease.ts';
import type { Mac } from '../../wire/mac.ts';
import type { DhcpAnswer } from './answer.ts';
import type { DhcpAsking } from './asking.ts';
import type { DhcpEvent } from './dhcp-event.ts';
import type { givenTo } from './given-to.ts';
import type { LeaseTable } from './lease-table.ts';
import type { Patience } from './patience.ts';
import type { Places } from './places.ts';
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

export type Verdict = Omit<DhcpDecision, 'asking' | 'phone' | 'events'> & {
  readonly events?: readonly DhcpEvent[];
};

/** A message with all that the decision on it needs to know. */
export type Case = {
  readonly asking: DhcpAsking;
  readonly phone: DhcpPhone | undefined;
  /** On the client's wire, the best first. */
  readonly networks: readonly DhcpNetwork[];
  readonly arrival: ArrivalNumbers;
  /** The address by which the client shall know this server. */
  readonly server: number;
  readonly now: number;
};

/** What all decisions share. */
export type Registry = DeciderOptions & {
  readonly places: Places;
  readonly given: ReturnType<typeof givenTo>;
  readonly patience: Patience;
  readonly isAuthoritative: boolean;
};

export function silent(because: string, events: readonly DhcpEvent[] = []): Verdict {
  return { outcome: 'none', because, events };
}

/** For events: the client's MAC, if it has one. */
export function macOf({ mac }: DhcpAsking): { readonly mac?: Mac } {
  return mac === undefined ? {} : { mac };
}

/** Whether a message that names a server means this one. */
export function isForUs({ isOwn }: Registry, { asking, server }: Case): boolean {
  return asking.server === 0 || asking.server === server || isOwn(asking.server);
}
