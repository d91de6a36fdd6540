import type { BindingPath } from '../../model/binding.ts';
import type { RegisterTraces } from '../../model/family-sip.ts';
import type { PhoneFamily } from '../../model/family.ts';
import type { Mac } from '../../wire/mac.ts';

export type RegisterOutcome =
  /** Asked for its password, as every phone is first. */
  | 'challenged'
  | 'wrong-password'
  | 'no-password'
  | 'unknown-line'
  /** By its settings it belongs to another server. */
  | 'elsewhere'
  | 'registered'
  | 'renewed'
  | 'removed'
  /** Taken back with a reason, as phones do just before they start again. */
  | 'restarts'
  | 'asked'
  | 'refused'
  | 'not-saved';

/** What a REGISTER came to. Nothing in it is secret. */
export type RegisterNews = {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly user: string;
  readonly from: BindingPath;
  readonly outcome: RegisterOutcome;
  readonly status: number;
  /** The phone of the line; undefined where nobody has it. */
  readonly mac?: Mac;
  readonly family?: PhoneFamily;
  readonly userAgent?: string;
  /** Seconds, of the first contact; 0 where it was taken back. */
  readonly expires?: number;
  /** For people. */
  readonly because?: string;
  /** What it says of itself; it knew the password where the outcome is good. */
  readonly traces: RegisterTraces;
};
