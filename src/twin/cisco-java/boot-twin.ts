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

export type BootJavaTwinOptions = {
  readonly mac: Mac;
  readonly model: JavaModel;
  /** Keeps what the phone keeps; the same one again is a power cycle. */
  readonly flash: JavaFlash;
  /** What DHCP would name; without it the phone knows no server but one set at the phone. */
  readonly tftp?: Server;
  /** The DHCP that it gets its address and its server from; `tftp` does not count then. */
  readonly dhcp?: TwinDhcp;
  /** As model and load have it when left out. */
  readonly http?: Server | 'model' | 'never';
  /** Whom it asks for the time; as its settings have it when left out. */
  readonly time?: TimeServer;
  readonly network: Network;
  readonly web: WebClient;
  readonly clock: Clock;
  /** From 0 up to 1, as Math.random. */
  readonly random: () => number;
  /** The lab's keys when left out. */
  readonly keys?: SigningKeys;
  /** Whether a load of 9.x asks for XMLDefault.cnf.xml; it does when left out. */
  readonly asksForDefault?: boolean;
  readonly onEvent?: (event: TwinEvent) => void;
  /** Ends when the phone is idle or stuck, at the latest after so many boots. */
  readonly until: 'idle' | number;
  /** Boots after which a phone that does not come to rest counts as stuck. */
  readonly maxBoots?: number;
  /** Named faults' part in what the phone itself does. */
  readonly hooks?: Hooks;
  /** Its abort makes the promise reject with its reason. */
  readonly signal?: AbortSignal;
  /** Speaks SIP once it is idle, where its load and its settings do. */
  readonly sip?: TwinSip;
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
    state: end.kind === 'reboot' ? 'rebooting' : end.kind,
    display: end.kind === 'reboot' ? '' : end.display,
    ...('because' in end && { because: end.because }),
    ...(protocol && { protocol }),
    ...(load && { image: load.name }),
    boots,
  };
}
