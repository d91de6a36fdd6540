import type { BootOptions } from '../boot-options.ts';
import { type BootEnd, runBoots, withoutAddress } from '../boots.ts';
import { DhcpClient } from '../dhcp/dhcp-client.ts';
import type { TwinDhcp } from '../dhcp/dhcp-speech.ts';
import type { TwinResult } from '../report.ts';
import { sipResult } from '../sip/boot-with-sip.ts';
import type { Server } from '../tftp-client.ts';
import { dhcpSpeech, serversIn } from './dhcp.ts';
import {
  type KeptServer,
  type KeptServers,
  kindOf,
  type NortelFlash,
  serverNamed,
  unistimAction,
} from './nortel-memory.ts';
import {
  newNortelSession,
  type NortelPhone,
  type NortelPhoneParts,
  type PhoneUser,
  startPhone,
} from './phone.ts';
import { newSipSession, runSipMode } from './sip-mode.ts';
import { bootsInCircles, durations, usualRetries } from './timing.ts';
import { runUnistim } from './unistim-mode.ts';

/** Speaks SIP once somebody has logged in, where it has a SIP load. */
export type BootNortelTwinOptions = Omit<BootOptions, 'time'> & {
  /** Keeps what the phone keeps; the same one again is a power cycle. */
  readonly flash: NortelFlash;
  /** The UNIStim server of a phone that has no S1 yet. */
  readonly unistim?: Server;
  /** S1 and S2 as somebody enters them at the phone before it is switched on. */
  readonly entered?: { readonly S1?: KeptServer; readonly S2?: KeptServer };
  /** Takes images of unknown layout by their name. */
  readonly trusting?: boolean;
  readonly user?: PhoneUser;
};

/** A virtual IP Phone 2004, from power-on through all its reboots until it rests. */
export async function bootNortelTwin(options: BootNortelTwinOptions): Promise<TwinResult> {
  const { maxBoots = bootsInCircles, until, hooks = {}, user = {} } = options;
  const { flash: memory, tftp, signal, sip, entered, unistim, ...rest } = options;
  enter(memory, entered, unistim);
  const parts: NortelPhoneParts = {
    ...rest,
    onEvent: options.onEvent ?? (() => undefined),
    trusting: options.trusting ?? false,
    session: newNortelSession(user, hooks.nortel ?? {}),
    ...{ memory, tftp, signal, hooks, user, sip },
    dhcp: options.dhcp && clientOf(options, options.dhcp),
  };
  const session = newSipSession('power-on');
  const { end, boots } = await runBoots({
    phoneIn: (boot) => startPhone(parts, boot),
    run: (phone, waitMs) => run(phone, waitMs, entered ?? {}, () => runSipMode(phone, session)),
    firstWaitMs: durations.powerOnToFirstRequest.ms,
    ...{ until, maxBoots, hooks },
  });
  return { ...resultOf(parts, end, boots), ...sipResult(options, session) };
}

/** What is set before the phone is switched on. */
function enter(memory: NortelFlash, entered: KeptServers = {}, unistim: Server | undefined): void {
  const now = memory.read();
  const first = unistim && { ...unistim, action: unistimAction, retries: usualRetries };
  const isNew = serverNamed(now, 'S1') === undefined;
  const servers = { ...now.servers, ...(first && isNew && { S1: first }), ...entered };
  memory.write({ ...now, servers });
}

async function run(
  phone: NortelPhone,
  waitMs: number,
  entered: KeptServers,
  runSip: () => Promise<BootEnd>,
): Promise<BootEnd> {
  const { image } = phone.flash();
  if (image === undefined) {
    const because = 'its flash holds no firmware that runs';
    return { kind: 'stuck', display: '', because };
  }
  phone.show('Nortel Networks');
  await phone.sleep({ ms: waitMs });
  if (!(await phone.connect())) return withoutAddress('Starting DHCP');
  takeServers(phone, entered);
  const S1 = serverNamed(phone.flash(), 'S1');
  const speaksSip = phone.running === 'sip' && S1?.action !== unistimAction;
  return speaksSip ? runSip() : runUnistim(phone);
}

/** DHCP's string counts for UNIStim firmware, unless somebody entered S1 by hand. */
function takeServers(phone: NortelPhone, entered: KeptServers): void {
  if (entered.S1 !== undefined) return;
  const message = phone.parts.dhcp?.lease?.message;
  const named = message && phone.running !== 'sip' ? serversIn(message) : undefined;
  if (named === undefined) return;
  const memory = phone.flash();
  phone.keep({ ...memory, servers: { ...memory.servers, ...named } });
}

function clientOf(options: BootNortelTwinOptions, dhcp: TwinDhcp): DhcpClient {
  const { mac, clock, random, signal, flash, entered } = options;
  const setByHand = entered?.S1 !== undefined;
  const speech = () => dhcpSpeech(flash.read(), setByHand || options.unistim !== undefined);
  return new DhcpClient({ mac, dhcp, speech, clock, random, signal });
}

function resultOf({ memory }: NortelPhoneParts, end: BootEnd, boots: number): TwinResult {
  const { image } = memory.read();
  const kind = kindOf(memory.read());
  return {
    state: end.kind === 'reboot' ? 'rebooting' : end.kind,
    display: end.kind === 'reboot' ? '' : end.display,
    ...('because' in end && { because: end.because }),
    ...(kind && { protocol: kind === 'sip' ? 'SIP' : 'UNIStim' }),
    ...(image !== undefined && { image }),
    boots,
  };
}
