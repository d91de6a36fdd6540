import type { Mac } from '../wire/mac.ts';

/** Where a request came from; the way back to a phone behind NAT. */
export type BindingPath = {
  readonly transport: 'UDP' | 'TCP';
  readonly address: string;
  readonly port: number;
};

/** A line and a contact at which it can be reached. RFC 3261 section 10.3. */
export type BindingKey = {
  /** The user part of the address of record, without escapes. */
  readonly user: string;
  /** The contact's URI as the phone wrote it. */
  readonly contact: string;
};

export type Binding = BindingKey & {
  /** The phone that the line is of. */
  readonly mac: Mac;
  readonly callId: string;
  /** Of CSeq. */
  readonly sequence: number;
  /** 0 to 1; higher ones are preferred. */
  readonly q?: number;
  /** Milliseconds since the epoch. */
  readonly registeredAt: number;
  readonly expiresAt: number;
  readonly received: BindingPath;
  /** This server's own address that it came to, `ADDRESS:PORT`. */
  readonly local?: string;
  readonly userAgent?: string;
};
