import type { Mac } from '../../wire/mac.ts';

/** A phone that has said who it is. */
export type UnistimPhone = {
  readonly mac: Mac;
  readonly address: string;
  readonly port: number;
  /** The version that it reports: `0604D98`. */
  readonly firmware: string;
  /** 0x02 is the IP Phone 2004. */
  readonly itType: number;
};

/** Software for a phone, to be fetched by UFTP. */
export type SoftwareOffer = {
  /** The image by its name: `CT12D97`. */
  readonly image: string;
  /** What the phone asks the file server for: `CT12D97.bin`. */
  readonly path: string;
  /** The version id. */
  readonly identifier: string;
  readonly because: string;
};

/** An entry of the phone's list of servers. */
export type ServerPointer = {
  /** 0 is S1. */
  readonly server: number;
  readonly address: string;
  readonly port: number;
  /** 1 is UNIStim, 7 SIP. */
  readonly action: number;
  readonly retry: number;
};

/** In the words of a capture's summary (`codec/unistim/unistim-summary.ts`), and what only the server knows. */
export type UnistimEvent = {
  readonly from: 'phone' | 'server';
  readonly text: string;
};

/** What the server asks of whoever knows the phones. A promise that is rejected counts as a refusal. */
export type UnistimHandler = {
  /** It has said who it is and what it runs. `offer` is sent at once: an upgrade that goes on. */
  registered(
    phone: UnistimPhone,
  ): Promise<{ readonly title: string; readonly offer?: SoftwareOffer }>;
  /** Config, Display Version, FirmW was pressed. */
  firmwareRequested(phone: UnistimPhone): Promise<SoftwareOffer | { readonly refused: string }>;
  /** Told to the phone before software that needs them. */
  pointers(phone: UnistimPhone, offer: SoftwareOffer): Promise<readonly ServerPointer[]>;
  /** For the phone's timeline; never waits. */
  event(phone: UnistimPhone, event: UnistimEvent): void;
  /** Called once for each phone that registered. */
  closed(phone: UnistimPhone, why: string): void;
};
