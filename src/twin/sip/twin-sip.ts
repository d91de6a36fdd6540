import type { SipHost } from './sip-settings.ts';

/** What a phone's SIP is put into. */
export type TwinSip = {
  /** The phone's own address, as it stands in Via and Contact, towards this server. */
  ownAddress(towards: string): Promise<string>;
  /** The address of a proxy that settings name; undefined where nobody knows it. */
  resolve(host: string): Promise<string | undefined>;
  /** Where every request goes in place of the proxy that the settings name. */
  readonly proxy?: SipHost;
  /**
   * When the phone's boot ends: all its lines are registered; it was restarted by a NOTIFY and is
   * registered again; never.
   */
  readonly until: 'registered' | 'restarted' | 'stay';
  readonly person?: Person;
  /** Its abort ends a phone that speaks SIP, as idle. */
  readonly stopped?: AbortSignal;
};

/** Who sits at the phone; nobody where it is left out. */
export type Person = {
  /** Milliseconds from the first ring until a call is taken; nobody takes it where left out. */
  readonly answersAfterMs?: number;
  /** Milliseconds from then on; the other side ends the call where left out. */
  readonly hangsUpAfterMs?: number;
};

/** What faults change in a phone's SIP. */
export type SipFaults = {
  readonly neverRegisters?: boolean;
  readonly hasWrongPassword?: boolean;
  /** Answers 200 and does nothing. */
  readonly ignoresNotify?: boolean;
  /** In a call all the time. */
  readonly isBusy?: boolean;
};

/** What became of a line, at the end. */
export type LineState = {
  readonly line: string;
  readonly state: 'registered' | 'refused' | 'silent' | 'unregistered' | 'registering';
  readonly peer?: string;
  readonly because?: string;
};

/** What outlives a boot, as long as a virtual phone runs. */
export type SipSession = {
  lines: readonly LineState[];
  /** Times that a NOTIFY restarted it. */
  restarts: number;
  /** Why it started, in the words of its family. */
  lastStart: string;
};
