import type { Mac } from '../wire/mac.ts';
import type { Model } from './phone.ts';
import type { EffectiveSettings } from './settings.ts';

/** A line as the phone's files have it. */
export type SipLine = {
  /** User part of the address that it registers as. */
  readonly user: string;
  /** User name of its credentials. */
  readonly authName: string;
  /** Shown to nobody; empty where it has none. */
  readonly password: string;
  /** Host that it registers with; empty where none is set. */
  readonly server: string;
};

/** What a REGISTER says of the phone beside its line. */
export type RegisterTokens = {
  readonly userAgent?: string;
  /** Parameters of the Contact, without quotes: `+u.sip!devicename.ccm.cisco.com`. */
  readonly contact: ReadonlyMap<string, string>;
  /** `text` of its Reason headers, without quotes. */
  readonly reasons: readonly string[];
};

/** Read out of that; what it does not say is left out. */
export type RegisterTraces = {
  readonly mac?: Mac;
  readonly model?: string;
  /** An image's full name. */
  readonly image?: string;
  /** Release where no full name is there: `8.0`. */
  readonly release?: string;
  /** Why the phone last started, in its own word. */
  readonly lastRestart?: string;
};

/** What its SIP phones are to a registrar. */
export type FamilySip = {
  /** In the order of the keys; those without a name are none. */
  lines(phone: { readonly model: Model; readonly settings: EffectiveSettings }): readonly SipLine[];
  traces(tokens: RegisterTokens): RegisterTraces;
  /** Users log in at its phones: a registration does not tell whose phone it is. */
  readonly usersLogIn?: true;
  /** Digest algorithms that its phones know, where those are not all. */
  readonly algorithms?: readonly string[];
};
