import type { BootEnd, Hooks } from '../boots.ts';
import type { Network } from '../network.ts';
import type { CommonParts, PhoneInBoot } from '../phone-in-boot.ts';
import type { TwinResult } from '../report.ts';
import { runSip, type SipEnd } from './run-sip.ts';
import type { SipFamily } from './sip-family.ts';
import type { SipSession } from './twin-sip.ts';

export type BootWithSip<T> = {
  readonly parts: CommonParts<T> & {
    readonly network: Network;
    readonly random: () => number;
    readonly hooks: Hooks;
  };
  readonly phone: PhoneInBoot<T>;
  readonly session: SipSession;
  /** One boot until the phone is idle. */
  boot(): Promise<BootEnd>;
  /** Reads the configuration again. */
  configure(): Promise<BootEnd>;
  /** As its memory has it now; undefined where the phone does not speak SIP. */
  family(): SipFamily | undefined;
};

export function newSipSession(firstStart: string): SipSession {
  return { lines: [], restarts: 0, lastStart: firstStart };
}

/** A boot and the SIP that follows it, until the phone starts again or was waited for. */
export async function bootWithSip<T>(options: BootWithSip<T>): Promise<BootEnd> {
  let end: SipEnd = await options.boot();
  while (end.kind === 'idle' || end.kind === 'again') {
    if (end.kind === 'again') end = await configureAgain(options, end.because);
    if (end.kind !== 'idle') continue;
    // What keeps it from resting keeps it from speaking.
    if (options.parts.sip) end = options.parts.hooks.end?.(end) ?? end;
    if (end.kind !== 'idle') continue;
    const spoken: SipEnd = await speak(options, end.display);
    if (spoken.kind !== 'again') return spoken;
    end = spoken;
  }
  return end;
}

function configureAgain<T>({ phone, configure }: BootWithSip<T>, because: string) {
  phone.tell({ kind: 'restart', text: because });
  return configure();
}

async function speak<T>(options: BootWithSip<T>, display: string): Promise<SipEnd> {
  const { parts, phone, session } = options;
  const { mac, sip, hooks, network, clock, random, signal } = parts;
  const family = sip && options.family();
  if (!sip || !family) return { kind: 'idle', display };
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = phone.keepAddress(reject);
  const running = runSip({
    ...{ mac, sip, session, family, display, network, clock, random, signal },
    faults: hooks.sip ?? {},
    tell: phone.tell,
  });
  try {
    return await Promise.race([running, promise]);
  } finally {
    stop();
  }
}

/** What of its SIP stands in a phone's result. */
export function sipResult(
  { sip }: { readonly sip?: CommonParts<unknown>['sip'] },
  { lines, restarts }: SipSession,
): Pick<TwinResult, 'lines' | 'restarts'> {
  return sip ? { lines, restarts } : {};
}
