import { after } from 'node:test';
import { parseMac } from '../../../wire/mac.ts';
import { bootTwin } from '../../cisco-7900/boot-twin.ts';
import { flashWith } from '../../cisco-7900/flash.ts';
import { bootJavaTwin } from '../../cisco-java/boot-twin.ts';
import { javaModel } from '../../cisco-java/models.ts';
import { memoryWithLoad } from '../../cisco-java/java-memory.ts';
import type { Hooks } from '../../boots.ts';
import { memoryWith } from '../../memory.ts';
import type { Datagram } from '../../network.ts';
import type { TwinEvent, TwinResult } from '../../report.ts';
import { seededRandom } from '../../seeded-random.ts';
import { simulatedExchange } from '../../simulated-exchange.ts';
import { fileServer, simulatedNetwork } from '../../simulated-network.ts';
import { virtualClock, type VirtualClock } from '../../virtual-clock.ts';
import type { TwinSip } from '../twin-sip.ts';
import { scriptedPeer, type Script, type ScriptedPeer } from './scripted-peer.ts';

/** Two phones that have booted and speak SIP with a scripted peer, in virtual time. */

export const phoneAddress = '10.0.0.7';
export const peerAddress = '10.0.0.9';
export const backupAddress = '10.0.0.10';
export const mac = parseMac('00:0e:84:c0:60:a6');
const tftp = { address: '10.0.0.2', port: 69 };

export const ok: Script = () => ({ status: 200, reason: 'OK' });

export type SipTrial = {
  readonly clock: VirtualClock;
  readonly peer: ScriptedPeer;
  readonly backup: ScriptedPeer;
  readonly events: readonly TwinEvent[];
  /** Files that the phone is given; changes are seen by the next request. */
  readonly files: Record<string, string>;
  /** What comes to this port of the peer from now on. */
  listen(port: number): Promise<readonly Datagram[]>;
  /** Milliseconds of virtual time. */
  pass(ms: number): Promise<void>;
  /** Passes time until a line is registered. */
  registered(): Promise<void>;
  /** Switches it off; how it ended. */
  end(): Promise<TwinResult>;
  /** How it ended by itself. */
  readonly result: Promise<TwinResult>;
};

export type SipTrialOptions = {
  readonly script?: Script;
  /** Silent where it is left out. */
  readonly backup?: Script;
  readonly settings?: Readonly<Record<string, string>>;
  readonly sip?: Partial<TwinSip>;
  readonly hooks?: Hooks;
  readonly image?: string;
};

const usualSettings = {
  ...{ line1_name: '205', line1_authname: 'desk', line1_password: 'secret' },
  ...{ proxy1_address: peerAddress, proxy_register: '1' },
};

/** A 7960 with SIP. */
export function sipTrial(options: SipTrialOptions = {}): Promise<SipTrial> {
  const { settings = {}, image = 'P0S3-8-12-00' } = options;
  const all = Object.entries({ ...usualSettings, ...settings });
  const files = {
    'SIPDefault.cnf': `image_version: ${image}\n`,
    [`SIP${mac}.cnf`]: all.map(([key, value]) => `${key}: "${value}"\n`).join(''),
  };
  const model = '7960';
  return trial(options, files, (around) =>
    bootTwin({ ...around, model, flash: memoryWith(flashWith(image)) }),
  );
}

/** A 7941 with SIP; `profile` stands in its sipProfile. */
export function javaSipTrial(
  profile: string,
  options: SipTrialOptions & { readonly device?: string } = {},
): Promise<SipTrial> {
  const { image = 'SIP41.8-5-2S', device = '' } = options;
  const model = javaModel('7941');
  if (model === undefined) throw new Error('no 7941');
  const files = {
    [`SEP${mac}.cnf.xml`]: `<device><deviceProtocol>SIP</deviceProtocol>${device}<sipProfile>${profile}</sipProfile></device>`,
  };
  const web = { get: () => Promise.resolve({ kind: 'refused', port: 0 } as const) };
  const flash = memoryWith(memoryWithLoad(model, image));
  return trial(options, files, (around) => bootJavaTwin({ ...around, web, model, flash }));
}

type Around = Omit<Parameters<typeof bootTwin>[0], 'model' | 'flash'>;

async function trial(
  { script = ok, backup, sip, hooks }: SipTrialOptions,
  files: Record<string, string>,
  boot: (around: Around) => Promise<TwinResult>,
): Promise<SipTrial> {
  const clock = virtualClock();
  const exchange = simulatedExchange(clock);
  const beyond = simulatedNetwork({ clock, server: (request) => fileServer(files)(request) });
  const events: TwinEvent[] = [];
  const stopping = new AbortController();
  // A phone that stays would keep a test that failed from ending.
  after(() => stopping.abort());
  const peer = await scriptedPeer(exchange.network(peerAddress), clock, script);
  const second = await scriptedPeer(
    exchange.network(backupAddress),
    clock,
    backup ?? (() => undefined),
  );
  const result = boot({
    ...{ mac, tftp, clock, until: 'idle', random: seededRandom(7) },
    network: exchange.network(phoneAddress, beyond),
    ...(hooks && { hooks }),
    onEvent: (event) => events.push(event),
    sip: {
      ...{ until: 'stay', stopped: stopping.signal },
      ownAddress: () => Promise.resolve(phoneAddress),
      resolve: (host) => Promise.resolve(host === 'proxy.example' ? peerAddress : undefined),
      ...sip,
    },
  });
  const pass = (ms: number) => clock.sleep(ms);
  return {
    ...{ clock, peer, backup: second, events, files, pass, result },
    async listen(port) {
      const heard: Datagram[] = [];
      const endpoint = await exchange.network(peerAddress).bind(port);
      endpoint.each((datagram) => heard.push(datagram));
      return heard;
    },
    async registered() {
      for (let left = 600; left > 0; left--) {
        if (events.some((each) => each.kind === 'registration' && each.state === 'registered'))
          return;
        await pass(1000);
      }
      throw new Error('no line was registered');
    },
    end() {
      stopping.abort();
      return result;
    },
  };
}

export function registrations(events: readonly TwinEvent[]): readonly string[] {
  return events.flatMap((each) =>
    each.kind === 'registration' ? [`${each.line} ${each.state}`] : [],
  );
}
