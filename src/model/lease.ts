import type { Mac } from '../wire/mac.ts';

/**
 * When a lease counts as kept. `disk`: when it is synced, and outlasts a loss of power. `process`:
 * when the system has it, and outlasts the end of this program alone.
 */
export const leaseDurabilities = ['disk', 'process'] as const;
export type LeaseDurability = (typeof leaseDurabilities)[number];

/** `declined`: a client found the address in use; `released`: given back, kept for its old holder. */
export type LeaseState = 'bound' | 'released' | 'declined';

/** An address and who holds it. One per address. */
export type Lease = {
  readonly address: string;
  /** Absent where the hardware address is not Ethernet. */
  readonly mac?: Mac;
  /** Option 61 in hex, or hardware type and address where the client sent none: names the client. */
  readonly clientId: string;
  readonly state: LeaseState;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds since the epoch; `Infinity` for ever. */
  readonly expiresAt: number;
  readonly hostName?: string;
  /** Option 60 without its trailing NUL. */
  readonly vendorClass?: string;
  /** Circuit and remote id of option 82, in hex: the port of the switch. */
  readonly relayInformation?: string;
};
