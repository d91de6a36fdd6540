import type { RudpLink, RudpTiming } from '../../codec/unistim/rudp-link.ts';
import type { UftpMessage } from '../../codec/unistim/uftp.ts';
import type { Mac } from '../../wire/mac.ts';
import type { UnistimAssumptions } from './assumptions.ts';
import type { UnistimHandler } from './handler.ts';
import type { UnistimLimits } from './limits.ts';
import type { Offer } from './offers.ts';
import type { UnistimPath } from './path.ts';
import type { FileServer } from './software-commands.ts';

/** What a session needs of the service, which calls it `Owner`. */
export type SessionContext<Owner> = {
  readonly handler: UnistimHandler;
  readonly assumptions: UnistimAssumptions;
  readonly limits: UnistimLimits;
  readonly timing: RudpTiming;
  readonly utcOffsetMinutes: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds of a clock that never goes back. */
  readonly clock: () => number;
  readonly fileServer: (local: string) => FileServer;
  readonly transmit: (datagram: Uint8Array, path: UnistimPath) => void;
  readonly offered: (offer: Offer) => void;
  /** A message of UFTP on the phone's UNIStim connection. */
  readonly receiveUftp: (message: UftpMessage, session: Owner, link: RudpLink) => void;
  /** Something came of the phone: a file may go on. */
  readonly heard: (session: Owner) => void;
  readonly identified: (session: Owner, mac: Mac) => void;
  /** A hello within the connection. */
  readonly restarted: (session: Owner) => void;
  /** The same, found out by its resuming within the connection: its next sequence. */
  readonly resumed: (session: Owner, expects: number) => void;
  readonly closed: (session: Owner, why: SessionEnd) => void;
  readonly isLocked: () => boolean;
  readonly onFault: (where: string, error: unknown) => void;
};

/** What its menu needs. */
export type MenuContext = Pick<
  SessionContext<never>,
  'handler' | 'assumptions' | 'limits' | 'clock' | 'fileServer' | 'offered' | 'isLocked' | 'onFault'
>;

export type SessionEnd =
  | 'the service is locked'
  | 'the phone was silent'
  | 'the phone did not say who it is'
  | 'the phone suspended the connection'
  | 'the phone began anew'
  | 'the phone came by another connection'
  | 'the phone was sent to another server'
  | 'the server stopped'
  | 'another phone took its place';

/** `opening`: it has not said who it is. `leaving`: it was sent away and has not confirmed it. */
export type SessionState = 'opening' | 'registered' | 'leaving' | 'over';
