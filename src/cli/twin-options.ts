import type { Mac } from '../wire/mac.ts';
import type { HostPort } from './host-port.ts';
import type { TwinLine } from './twin-events.ts';

/** Something that can be wrong with a virtual phone. */
export type TwinFault = {
  readonly name: string;
  readonly help: string;
  /** How a phone with it ends. */
  readonly ends: string;
  readonly families: readonly string[];
  /** What the number after its name is; none follows where this is missing. */
  readonly value?: string;
  readonly usual?: number;
};

export type TwinSipOptions = {
  /** Where all requests go in place of the proxy that its settings name. */
  readonly proxy?: HostPort;
  /** When it ends: all lines are registered; a NOTIFY restarted it and they are again; never. */
  readonly until: 'registered' | 'restarted' | 'stay';
  /** Ends a phone that would stay. */
  readonly stopped?: AbortSignal;
  /** Seconds after which somebody takes a call; nobody does where it is left out. */
  readonly answersAfter?: number;
  /** Seconds after which that somebody hangs up; the other side does where it is left out. */
  readonly hangsUpAfter?: number;
};

export type TwinOptions = {
  readonly model: string;
  readonly mac: Mac;
  /** What it runs when it has no flash file yet. */
  readonly image?: string;
  /** File that keeps its memory between runs. */
  readonly flash?: string;
  readonly tftp?: HostPort;
  /** The DHCP server that it asks for its address and its TFTP server; `tftp` is left out then. */
  readonly dhcp?: HostPort;
  /** Port of the TFTP server that DHCP names; 69 when left out. */
  readonly tftpPort?: number;
  /** The server that it asks by HTTP first; as its model and load have it when left out. */
  readonly http?: HostPort | 'never';
  /** Asked for the time in place of the server that its settings name; that one when left out. */
  readonly sntp?: HostPort | 'never';
  /** How it speaks SIP; left out, it ends when it is idle. */
  readonly sip?: TwinSipOptions;
  /** The UNIStim server of a phone that has no S1 yet. */
  readonly unistim?: HostPort;
  /** S1 and S2 as entered at the phone: `192.0.2.10:5000,1,10`. */
  readonly s1?: string;
  readonly s2?: string;
  /** The keys that somebody presses. */
  readonly press?: 'FirmW';
  /** Who logs in to a phone that asks for it. */
  readonly login?: { readonly user: string; readonly password: string };
  /** Release of its boot code, for phones that have one: `8-3-3`. */
  readonly bootCode?: string;
  /** `NAME` or `NAME=NUMBER`. */
  readonly faults?: readonly string[];
  /** Its own address. */
  readonly address?: string;
  readonly timeScale: number;
  /** Real milliseconds that a server has for an answer, however small the time scale; 400 when left out. */
  readonly answerTime?: number;
  readonly seed: number;
  /** Takes every signature for good: vendors' keys are in their phones alone. */
  readonly trusting?: boolean;
  readonly onLine: (line: TwinLine) => void;
  readonly signal?: AbortSignal | undefined;
};
