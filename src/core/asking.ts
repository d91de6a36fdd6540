import type { DhcpMessageType } from '../codec/dhcp/dhcp-message.ts';
import type { BootRequest, Protocol, RequestOutcome } from '../model/boot.ts';
import type { Finding } from '../model/finding.ts';
import type { RegisterOutcome } from './sip/register-news.ts';
import type { PhoneEvent } from './follower.ts';
import type { RolloutNews } from './rollout/runner-parts.ts';
import type { Mac } from '../wire/mac.ts';

/** A request for a file, by whatever protocol. */
export type Asking = {
  readonly protocol: Protocol;
  readonly address: string;
  readonly port: number;
  readonly path: string;
  /** Where the server that was asked knows itself who asks. */
  readonly mac?: Mac;
};

/** How the transfer went. */
export type Ended = {
  readonly ticket: string;
  readonly outcome: RequestOutcome;
  readonly bytes: number;
  readonly retries: number;
  readonly endedAt: number;
};

/** A phone that is not in the inventory and needs help. */
export type StrangerEvent = {
  readonly kind: 'stranger';
  readonly address: string;
  readonly finding: Finding;
  /** The command that adds it. */
  readonly command: string;
};

/** Something wrong with a server, with the machine that it runs on or with a client of it. */
export type ServerFindingEvent = {
  readonly kind: 'server-finding';
  readonly server: Protocol;
  /** The client, where it is not in the inventory. */
  readonly mac?: Mac;
  readonly state: 'begins' | 'ends';
  readonly finding: Finding;
};

/** What the DHCP server answered a phone; `none` where it kept silent. */
export type DhcpAnswered = {
  readonly kind: 'dhcp';
  readonly at: number;
  readonly mac: Mac;
  readonly asked: DhcpMessageType;
  readonly outcome: 'offer' | 'ack' | 'nak' | 'none';
  readonly because: string;
  readonly address?: string;
};

/** A request for the time, and what became of it. */
export type TimeEvent = {
  readonly kind: 'time';
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly address: string;
  readonly port: number;
  readonly localAddress: string;
  readonly outcome: 'time' | 'unsynchronised' | 'rate';
};

/** What became of a registration. */
export type RegistrationEvent = {
  readonly kind: 'registration';
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly mac?: Mac;
  readonly user: string;
  readonly address: string;
  readonly outcome: RegisterOutcome | 'expired';
  readonly status?: number;
  /** Seconds. */
  readonly expires?: number;
  readonly because?: string;
};

/** Secrets that were kept from an address which belongs to no phone of the inventory. */
export type WithheldEvent = {
  readonly kind: 'withheld';
  readonly address: string;
  readonly path: string;
  readonly finding: Finding;
};

/** What those who watch hear. */
export type ProvisionEvent =
  | PhoneEvent
  | ServerFindingEvent
  | TimeEvent
  | StrangerEvent
  | DhcpAnswered
  | WithheldEvent
  | RolloutNews
  | RegistrationEvent
  | { readonly kind: 'request'; readonly mac: Mac | undefined; readonly request: BootRequest }
  | { readonly kind: 'problem'; readonly error: unknown };
