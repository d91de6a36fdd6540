import { verifyLab } from '../../codec/image/lab-key.ts';
import type { BootOptions } from '../boot-options.ts';
import { type BootEnd, howItEnded, runBoots, withoutAddress } from '../boots.ts';
import { DhcpClient } from '../dhcp/dhcp-client.ts';
import type { TwinDhcp } from '../dhcp/dhcp-speech.ts';
import type { TwinResult } from '../report.ts';
import { bootWithSip, newSipSession, sipResult } from '../sip/boot-with-sip.ts';
import { dhcpSpeech } from './dhcp.ts';
import type { FlashMemory } from './flash.ts';
import { phoneImage } from './image-name.ts';
import { runLoader } from './loader.ts';
import { bootOriginal } from './original-boot.ts';
import { type Phone, type PhoneParts, startPhone, type Verify } from './phone.ts';
import { sipFamily } from './sip.ts';
import { bootsInCircles, durations } from './timing.ts';

export type BootTwinOptions = BootOptions & {
  readonly model: '7940' | '7960';
  /** Keeps what the phone keeps; the same one again is a power cycle. */
  readonly flash: FlashMemory;
  /** Takes the lab key's signatures when left out. */
  readonly verify?: Verify;
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
    ...howItEnded(end, boots),
    ...(protocol && { protocol }),
    ...(application && { image: application.name }),
    ...(loader && { loader: loader.name }),
  };
}
