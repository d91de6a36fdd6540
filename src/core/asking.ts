import type { DhcpMessageType } from '../codec/dhcp/dhcp-message.ts';
import type { BootRequest, Protocol, RequestOutcome } from '../model/boot.ts';
import type { Finding } from '../model/finding.ts';
import type { PhoneEvent } from './follower.ts';
import type { Mac } from '../wire/mac.ts';

/** A request for a file, by whatever protocol. */
export type Asking = {
  readonly protocol: Protocol;
  readonly address: string;
  readonly port: number;
  readonly path: string;
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

/** Something wrong around a server, or with a client of it that is not in the inventory. */
export type ServerFinding = {
  readonly kind: 'server-finding';
  readonly server: 'dhcp';
  readonly mac?: Mac;
  readonly finding: Finding;
};

/** What those who watch hear. */
export type ProvisionEvent =
  | PhoneEvent
  | StrangerEvent
  | DhcpAnswered
  | ServerFinding
  | { readonly kind: 'request'; readonly mac: Mac | undefined; readonly request: BootRequest }
  | { readonly kind: 'problem'; readonly error: unknown };
