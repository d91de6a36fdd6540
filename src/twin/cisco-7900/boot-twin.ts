import { verifyLab } from '../../codec/image/lab-key.ts';
import type { Mac } from '../../wire/mac.ts';
import { type BootEnd, type Hooks, runBoots, withoutAddress } from '../boots.ts';
import type { Clock } from '../clock.ts';
import { DhcpClient } from '../dhcp/dhcp-client.ts';
import type { TwinDhcp } from '../dhcp/dhcp-speech.ts';
import type { Network } from '../network.ts';
import type { TwinEvent, TwinResult } from '../report.ts';
import { bootWithSip, newSipSession, sipResult } from '../sip/boot-with-sip.ts';
import type { TwinSip } from '../sip/twin-sip.ts';
import type { Server } from '../tftp-client.ts';
import type { TimeServer } from '../time-client.ts';
import { dhcpSpeech } from './dhcp.ts';
import type { FlashMemory } from './flash.ts';
import { phoneImage } from './image-name.ts';
import { runLoader } from './loader.ts';
import { bootOriginal } from './original-boot.ts';
import { type Phone, type PhoneParts, startPhone, type Verify } from './phone.ts';
import { sipFamily } from './sip.ts';
import { bootsInCircles, durations } from './timing.ts';

export type BootTwinOptions = {
  readonly mac: Mac;
  readonly model: '7940' | '7960';
  /** Keeps what the phone keeps; the same one again is a power cycle. */
  readonly flash: FlashMemory;
  /** What DHCP would name; without it the phone knows no server but one set at the phone. */
  readonly tftp?: Server;
  /** Whom it asks for the time; as its settings have it when left out. */
  readonly time?: TimeServer;
  /** The DHCP that it gets its address and its server from; `tftp` does not count then. */
  readonly dhcp?: TwinDhcp;
  readonly network: Network;
  readonly clock: Clock;
  /** From 0 up to 1, as Math.random. */
  readonly random: () => number;
  /** Takes the lab key's signatures when left out. */
  readonly verify?: Verify;
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

/** A virtual 7940/7960, from power-on through all its reboots until it rests. */
export async function bootTwin(options: BootTwinOptions): Promise<TwinResult> {
  const { maxBoots = bootsInCircles, until, signal, onEvent = () => undefined } = options;
  const { mac, model, flash: memory, tftp, network, clock, random, hooks = {} } = options;
  const verify = options.verify ?? verifyLab;
  const session = newSipSession('initialized');
  const { sip } = options;
  const phone = { sip, mac, model, memory, tftp, network, clock, random, verify, onEvent, signal };
  const dhcp = options.dhcp && clientOf(options, options.dhcp);
  const parts: PhoneParts = { ...phone, time: options.time ?? 'settings', hooks, dhcp };
  const { end, boots } = await runBoots({
    phoneIn: (boot) => startPhone(parts, boot),
    run: (each, waitMs) =>
      bootWithSip({
        ...{ parts, phone: each, session },
        boot: () => run(each, waitMs),
        configure: () => runLoader(each),
        family: () => sipFamily(each),
      }),
    firstWaitMs: durations.resetToFirstRequest.ms,
    ...{ until, maxBoots, hooks },
  });
  return { ...resultOf(parts, end, boots), ...sipResult(options, session) };
}

async function run(phone: Phone, waitMs: number): Promise<BootEnd> {
  phone.show('Configuring VLAN');
  phone.show('Configuring IP');
  await phone.sleep({ ms: waitMs });
  if (!(await phone.connect())) return withoutAddress('Configuring IP');
  return phone.flash().loader === undefined ? bootOriginal(phone) : runLoader(phone);
}

function clientOf(options: BootTwinOptions, dhcp: TwinDhcp): DhcpClient {
  const { mac, model, flash, clock, random, signal } = options;
  const speech = () => dhcpSpeech(mac, model, flash.read());
  return new DhcpClient({ mac, dhcp, speech, clock, random, signal });
}

function resultOf(parts: PhoneParts, end: BootEnd, boots: number): TwinResult {
  const { application, loader } = parts.memory.read();
  const protocol = application && phoneImage(application.name)?.protocol;
  return {
    state: end.kind === 'reboot' ? 'rebooting' : end.kind,
    display: end.kind === 'reboot' ? '' : end.display,
    ...('because' in end && { because: end.because }),
    ...(protocol && { protocol }),
    ...(application && { image: application.name }),
    ...(loader && { loader: loader.name }),
    boots,
  };
}
