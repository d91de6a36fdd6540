import type { NortelFaults } from './nortel-2004/nortel-faults.ts';
import type { TwinHappening, TwinResult } from './report.ts';
import type { SipFaults } from './sip/twin-sip.ts';

/** How a boot ended. */
export type BootEnd =
  | {
      readonly kind: 'reboot';
      readonly because: string;
      readonly waitMs: number;
      /** Somebody asked a phone at rest for it: it does not go in circles. */
      readonly isOrdered?: true;
    }
  | { readonly kind: 'idle'; readonly display: string }
  | { readonly kind: 'stuck'; readonly display: string; readonly because: string };

/** Thrown wherever the phone is, ends its boot. */
export class BootCutShort extends Error {
  readonly end: BootEnd;

  constructor(end: BootEnd) {
    super('because' in end ? end.because : end.display);
    this.name = 'BootCutShort';
    this.end = end;
  }
}

/** What a fault changes in a phone's own doing. */
export type Hooks = {
  /** Why the phone rejects an image that is all right; undefined when it takes it. */
  readonly objection?: (image: string) => string | undefined;
  /** How a boot ends instead. */
  readonly end?: (end: BootEnd) => BootEnd;
  /** What is wrong with its SIP. */
  readonly sip?: SipFaults;
  /** What is wrong with an IP Phone 2004. */
  readonly nortel?: NortelFaults;
};

export type BootsOptions<Phone> = {
  readonly phoneIn: (boot: number) => Phone;
  /** One boot, `waitMs` after power-on or restart. */
  readonly run: (phone: Phone, waitMs: number) => Promise<BootEnd>;
  readonly firstWaitMs: number;
  /** Ends when the phone is idle or stuck, at the latest after so many boots. */
  readonly until: 'idle' | number;
  /** Boots after which a phone that does not come to rest counts as stuck. */
  readonly maxBoots: number;
  readonly hooks: Hooks;
};

/** A phone from power-on through all its reboots until it rests. */
export async function runBoots<Phone extends { tell(happening: TwinHappening): void }>(
  options: BootsOptions<Phone>,
): Promise<{ readonly end: BootEnd; readonly boots: number }> {
  const { phoneIn, run, until, maxBoots, hooks } = options;
  let waitMs = options.firstWaitMs;
  let sinceRest = 1;
  for (let boot = 1; ; boot++) {
    const phone = phoneIn(boot);
    const reached = await run(phone, waitMs).catch(endOf);
    const end = hooks.end?.(reached) ?? reached;
    if (end.kind !== 'reboot') return { end, boots: boot };
    phone.tell({ kind: 'reboot', because: end.because });
    if (boot === until) return { end, boots: boot };
    sinceRest = end.isOrdered === true ? 1 : sinceRest + 1;
    if (sinceRest > maxBoots) return { end: inCircles(end), boots: boot };
    waitMs = end.waitMs;
  }
}

/** The end of a phone that no DHCP server gives an address: it asks for ever. */
export function withoutAddress(display: string): BootEnd {
  return { kind: 'stuck', display, because: 'no DHCP server gives it an address' };
}

function endOf(error: unknown): BootEnd {
  if (error instanceof BootCutShort) return error.end;
  throw error;
}

function inCircles({ because }: { readonly because: string }): BootEnd {
  return { kind: 'stuck', display: '', because: `it reboots over and over: ${because}` };
}

/** For the result. */
export function howItEnded(
  end: BootEnd,
  boots: number,
): Pick<TwinResult, 'state' | 'display' | 'because' | 'boots'> {
  return {
    state: end.kind === 'reboot' ? 'rebooting' : end.kind,
    display: end.kind === 'reboot' ? '' : end.display,
    ...('because' in end && { because: end.because }),
    boots,
  };
}
