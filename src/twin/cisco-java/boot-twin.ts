import type { BootOptions } from '../boot-options.ts';
import { type BootEnd, howItEnded, runBoots, withoutAddress } from '../boots.ts';
import { DhcpClient } from '../dhcp/dhcp-client.ts';
import type { TwinDhcp } from '../dhcp/dhcp-speech.ts';
import type { TwinResult } from '../report.ts';
import { bootWithSip, newSipSession, sipResult } from '../sip/boot-with-sip.ts';
import type { Server } from '../tftp-client.ts';
import type { WebClient } from '../web-client.ts';
import { runApplication } from './application.ts';
import { runBootCode } from './boot-code.ts';
import { dhcpSpeech } from './dhcp.ts';
import type { JavaFlash } from './java-memory.ts';
import { javaLoad } from './load-name.ts';
import type { JavaModel } from './models.ts';
import { type JavaPhone, type JavaPhoneParts, startPhone } from './phone.ts';
import { labSigningKeys, type SigningKeys } from './signing-keys.ts';
import { sipFamily } from './sip.ts';
import { bootsInCircles, durations } from './timing.ts';

export type BootJavaTwinOptions = BootOptions & {
  readonly model: JavaModel;
  /** Keeps what the phone keeps; the same one again is a power cycle. */
  readonly flash: JavaFlash;
  /** As model and load have it when left out. */
  readonly http?: Server | 'model' | 'never';
  readonly web: WebClient;
  /** The lab's keys when left out. */
  readonly keys?: SigningKeys;
  /** Whether a load of 9.x asks for XMLDefault.cnf.xml; it does when left out. */
  readonly asksForDefault?: boolean;
};

/** A virtual Java phone, from power-on through all its reboots until it rests. */
export async function bootJavaTwin(options: BootJavaTwinOptions): Promise<TwinResult> {
  const { maxBoots = bootsInCircles, until, hooks = {} } = options;
  const { flash: memory, tftp, signal, ...rest } = options;
  const parts: JavaPhoneParts = {
    ...rest,
    http: options.http ?? 'model',
    time: options.time ?? 'settings',
    keys: options.keys ?? labSigningKeys,
    asksForDefault: options.asksForDefault ?? true,
    onEvent: options.onEvent ?? (() => undefined),
    ...{ memory, tftp, signal, hooks },
    dhcp: options.dhcp && clientOf(options, options.dhcp),
  };
  const hasLoad = memory.read().load !== undefined;
  const session = newSipSession('initialized');
  const firstWait = hasLoad ? durations.powerOnToFirstRequest : durations.bootCodeToFirstRequest;
  const { end, boots } = await runBoots({
    phoneIn: (boot) => startPhone(parts, boot),
    run: (each, waitMs) =>
      bootWithSip({
        ...{ parts, phone: each, session },
        boot: () => run(each, waitMs),
        configure: () => runApplication(each),
        family: () => sipFamily(each, session),
      }),
    firstWaitMs: firstWait.ms,
    ...{ until, maxBoots, hooks },
  });
  return { ...resultOf(parts, end, boots), ...sipResult(options, session) };
}

async function run(phone: JavaPhone, waitMs: number): Promise<BootEnd> {
  const hasLoad = phone.flash().load !== undefined;
  if (hasLoad) phone.show('Configuring IP');
  await phone.sleep({ ms: waitMs });
  if (!(await phone.connect())) return withoutAddress(hasLoad ? 'Configuring IP' : '');
  return hasLoad ? runApplication(phone) : runBootCode(phone);
}

function clientOf(options: BootJavaTwinOptions, dhcp: TwinDhcp): DhcpClient {
  const { mac, model, clock, random, signal } = options;
  const speech = () => dhcpSpeech(mac, model);
  return new DhcpClient({ mac, dhcp, speech, clock, random, signal });
}

function resultOf({ memory }: JavaPhoneParts, end: BootEnd, boots: number): TwinResult {
  const { load } = memory.read();
  const protocol = load && javaLoad(load.name)?.protocol;
  return {
    ...howItEnded(end, boots),
    ...(protocol && { protocol }),
    ...(load && { image: load.name }),
  };
}
