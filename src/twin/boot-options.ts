import type { Mac } from '../wire/mac.ts';
import type { Hooks } from './boots.ts';
import type { Clock } from './clock.ts';
import type { TwinDhcp } from './dhcp/dhcp-speech.ts';
import type { Network } from './network.ts';
import type { TwinEvent } from './report.ts';
import type { TwinSip } from './sip/twin-sip.ts';
import type { Server } from './tftp-client.ts';
import type { TimeServer } from './time-client.ts';

/** What every virtual phone is booted with. */
export type BootOptions = {
  readonly mac: Mac;
  /** What DHCP would name; without it the phone knows no server but one set at the phone. */
  readonly tftp?: Server;
  /** The DHCP that it gets its address and its server from; `tftp` does not count then. */
  readonly dhcp?: TwinDhcp;
  /** Whom it asks for the time; as its settings have it when left out. */
  readonly time?: TimeServer;
  readonly network: Network;
  readonly clock: Clock;
  /** From 0 up to 1, as Math.random. */
  readonly random: () => number;
  readonly onEvent?: (event: TwinEvent) => void;
  /** Ends when the phone is idle or stuck, at the latest after so many boots. */
  readonly until: 'idle' | number;
  /** Boots after which a phone that does not come to rest counts as stuck. */
  readonly maxBoots?: number;
  /** Named faults' part in what the phone itself does. */
  readonly hooks?: Hooks;
  /** Its abort makes the promise reject with its reason. */
  readonly signal?: AbortSignal;
  /** Speaks SIP once it is idle, where its image and its settings do. */
  readonly sip?: TwinSip;
};
