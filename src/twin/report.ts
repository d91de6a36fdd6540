import type { SipHappenings } from './sip/sip-happening.ts';
import type { LineState } from './sip/twin-sip.ts';
import type { DhcpHappening } from './dhcp/dhcp-happening.ts';
import type { Storing } from './memory.ts';
import type { RequestAnswer, SentRequest } from './tftp-client.ts';
import type { TimeAnswer } from './time-client.ts';
import type { UnistimHappening } from './nortel-2004/unistim-happening.ts';

/** Part of a boot. Each has source ports of its own. */
export type StageName = 'original' | 'loader' | 'boot code' | 'application' | 'UNIStim' | 'SIP';

/** Something that a phone did, without when and where. */
export type TwinHappening =
  /** `text` says what the phone does there, where that is more than the stage's name. */
  | { readonly kind: 'stage'; readonly text?: string }
  | ({ readonly kind: 'request' } & SentRequest)
  /** One for every request: `silent` too. */
  | ({ readonly kind: 'answer' } & RequestAnswer)
  /** The phone asked for the time. */
  | ({ readonly kind: 'time' } & TimeAnswer)
  | { readonly kind: 'display'; readonly text: string }
  | DhcpHappening
  | SipHappenings
  | UnistimHappening
  /** An image that the phone wanted and does not run; `image` as the configuration names it. */
  | { readonly kind: 'refused'; readonly image: string; readonly because: string }
  | {
      readonly kind: 'flash';
      readonly part: Storing['part'];
      readonly image: string;
      readonly internalVersion?: string;
      /** SHA-256 of the file that was stored, in hexadecimal. */
      readonly sha256?: string;
    }
  | { readonly kind: 'reboot'; readonly because: string };

/** Something that a virtual phone did. `at` is in milliseconds since the epoch, `boot` from 1. */
export type TwinEvent = TwinHappening & {
  readonly at: number;
  readonly boot: number;
  readonly stage: StageName;
};

/** How a virtual phone ended. */
export type TwinResult = {
  /**
   * `idle`: it has read all that it reads on its own. `stuck`: it waits for ever, or goes round in
   * circles. `rebooting`: it was told to end after so many boots.
   */
  readonly state: 'idle' | 'stuck' | 'rebooting';
  /** What the screen shows. */
  readonly display: string;
  /** Why it is stuck or reboots. */
  readonly because?: string;
  /** Of the application in flash. */
  readonly protocol?: string;
  readonly image?: string;
  readonly loader?: string;
  readonly boots: number;
  /** Of a phone that was to speak SIP: what became of its lines. */
  readonly lines?: readonly LineState[];
  /** Times that a NOTIFY restarted it. */
  readonly restarts?: number;
};

/** A line of `hookflash twin boot --json`. */
export type TwinReport =
  | ({ readonly event: 'request'; readonly at: number; readonly boot: number } & {
      readonly stage: StageName;
    } & RequestAnswer)
  | ({ readonly event: 'dhcp'; readonly at: number; readonly boot: number } & {
      readonly stage: StageName;
    } & Omit<DhcpHappening, 'kind'>)
  | ({ readonly event: 'end' } & TwinResult);

/** A line for every DHCP message. */
export function dhcpReport(event: TwinEvent & DhcpHappening): TwinReport {
  const { kind: _, at, boot, stage, ...said } = event;
  return { event: 'dhcp', at, boot, stage, ...said };
}

/** A line for every request, once its answer is known; undefined for all other events. */
export function requestReport(event: TwinEvent): TwinReport | undefined {
  if (event.kind !== 'answer') return undefined;
  const { at, boot, stage, path, port, attempt, send, outcome, bytes, error, protocol } = event;
  const line = { at, boot, stage, path, port, attempt, send, outcome, bytes };
  return {
    event: 'request',
    ...line,
    ...(protocol === undefined ? {} : { protocol }),
    ...(error === undefined ? {} : { error }),
  };
}

export function endReport(result: TwinResult): TwinReport {
  return { event: 'end', ...result };
}
