import type { PhoneSessionsParts } from '../src/app/unistim/phone-sessions.ts';
import { PhoneSessions } from '../src/app/unistim/phone-sessions.ts';
import { onlyProvisioned } from '../src/app/unistim/only-provisioned.ts';
import { provisioningNow } from '../src/app/unistim/provisioning-now.ts';
import type { ProvisionEvent } from '../src/core/asking.ts';
import { phoneFrom } from '../src/core/inventory.ts';
import type { Provisioner } from '../src/core/provision.ts';
import { families } from '../src/families/index.ts';
import { serversString } from '../src/families/nortel-2004/dhcp.ts';
import { synthesizeImage } from '../src/families/nortel-2004/synthesize.ts';
import type { PhoneFinding } from '../src/model/finding.ts';
import type { Progress } from '../src/model/progress.ts';
import type { SettingLayer, SettingValues } from '../src/model/settings.ts';
import type { Store } from '../src/model/store.ts';
import { Counters } from '../src/servers/counters.ts';
import type { FileHandler } from '../src/servers/file.ts';
import { noRateLimit, RateLimiter } from '../src/servers/rate-limit.ts';
import { counterNames } from '../src/servers/unistim/counters.ts';
import { UnistimService } from '../src/servers/unistim/service.ts';
import { memoryStore } from '../src/store/memory.ts';
import { chooseFault, withFaults } from '../src/twin/faults/faults.ts';
import { memoryWith } from '../src/twin/memory.ts';
import type { Datagram, Endpoint, Network } from '../src/twin/network.ts';
import { bootNortelTwin } from '../src/twin/nortel-2004/boot-twin.ts';
import { faultRules } from '../src/twin/nortel-2004/fault-rules.ts';
import { memoryWithImage, type NortelFlash } from '../src/twin/nortel-2004/nortel-memory.ts';
import type { TwinEvent, TwinResult } from '../src/twin/report.ts';
import { seededRandom } from '../src/twin/seeded-random.ts';
import { simulatedExchange } from '../src/twin/simulated-exchange.ts';
import { testDhcpServer } from '../src/twin/testing/dhcp-server.ts';
import { virtualClock, type VirtualClock } from '../src/twin/virtual-clock.ts';
import { mac, networkTo, provisionerOf } from './virtual-site.ts';

/** The product's core and its IPCM service in virtual time, with one IP Phone 2004. */

const phoneAddress = '127.0.0.7';
export const tftpAddress = '10.0.0.1';
export const ipcmAddress = '10.0.0.5';
export const sipServer = '10.0.0.9';
const [unistimPort, uftpPort] = [5000, 5105];
const tickMs = 250;

export const unistimImages = ['0604D98', '0604D9H', '0604DAX', '0604DBG', '0604DCN'];
export const transitional = 'CT12D97';
export const sipImages = ['0692D93c08', '0692D94c01', '0692DA1c02'];

/** Small synthetic firmware by file name. */
export function nortelFirmwareOf(images: readonly string[]): Map<string, Uint8Array> {
  const files = images.flatMap((image) => synthesizeImage(image, 3000));
  return new Map(files.map(({ name, bytes }) => [name, bytes]));
}

export const upgradeText = `S1.Server.IP=${sipServer}
S1.Server.Port=5060
S1.Server.Action=7
S2.Server.IP=0.0.0.0
TFTP.Server.IP=${tftpAddress}
`;

export type NortelSite = {
  readonly library: Map<string, Uint8Array>;
  readonly handMade: Map<string, Uint8Array>;
  readonly store: Store;
  readonly flash: NortelFlash;
  readonly events: readonly ProvisionEvent[];
  /** What the phone did, of all its boots. */
  readonly seen: readonly TwinEvent[];
  /** Files that left, in their order: `CT12D97.bin by uftp`. */
  readonly left: readonly string[];
  /** Named faults of the twin, as after `--fault`. */
  faults: readonly string[];
  /** Somebody presses Config, Display Version, FirmW. */
  presses: boolean;
  /** What is entered at the phone before it is switched on. */
  entered: { readonly address: string; readonly port: number; readonly action: number } | undefined;
  /** A DHCP server gives the string with S1. */
  hasDhcp: boolean;
  /** Ports of the server that no datagram reaches. */
  readonly blocked: Set<number>;
  /** Somebody says `unistim: offer: at-registration`. */
  readonly sessions: PhoneSessions;
  /** What `hookflash ipcm modify` and lock or unlock do. */
  provision(change: Readonly<Record<string, string>>, state?: 'locked' | 'unlocked'): Promise<void>;
  boot(restMs?: number): Promise<TwinResult>;
  want(image: string): Promise<void>;
  /** What an operator does with `phone set --running`. */
  says(image: string): Promise<void>;
  state(): Promise<{
    readonly progress: Progress | undefined;
    readonly findings: readonly PhoneFinding[];
    readonly running: string | undefined;
  }>;
};

export type NortelStart = {
  readonly from: string;
  readonly to: string;
  readonly library?: ReadonlyMap<string, Uint8Array>;
  readonly offer?: PhoneSessionsParts['offer'];
  /** Asked anew at each start of the phone. */
  readonly settings?: () => SettingValues;
};

/** What the IPCM service is provisioned with for a way to an image, as its operator would do. */
export function provisionedFor(...images: readonly string[]): Readonly<Record<string, string>> {
  const values: Record<string, string> = {
    ...{ 'sip-firmware': 'D93', 'transitional-firmware': 'D97', 'unistim-firmware/2004': 'D98' },
    '2004-sip-upgrade': 'on',
  };
  for (const image of images) {
    if (image.startsWith('0692')) values['sip-firmware'] = image.slice(4, 7);
    if (image.startsWith('0604')) values['unistim-firmware/2004'] = image.slice(4, 7);
  }
  return values;
}

export async function nortelSite({ from, to, offer, ...start }: NortelStart): Promise<NortelSite> {
  const clock = virtualClock(Date.UTC(2026, 0, 2));
  const store = memoryStore();
  const events: ProvisionEvent[] = [];
  const seen: TwinEvent[] = [];
  const left: string[] = [];
  await store.phonePut(phoneFrom(families, { mac, model: '2004', image: to }).phone);
  const all = [...unistimImages, transitional, ...sipImages];
  const library = new Map(start.library ?? nortelFirmwareOf(all));
  const handMade = new Map<string, Uint8Array>([
    ['SipUpgradeConfigFile.txt', Buffer.from(upgradeText)],
  ]);
  const layersFor = (): readonly SettingLayer[] => [
    { scope: 'phone', name: mac, values: start.settings?.() ?? {} },
  ];
  const provisioner = provisionerOf({
    ...{ clock, store, firmware: library, handMade, mode: 'cautious', events, layersFor },
    neighbour: (address) => (address === phoneAddress ? mac : undefined),
  });
  const sessions = new PhoneSessions({
    workspace: {
      ...{ store, config: {}, layersFor },
      firmware: (name: string) => Promise.resolve(library.get(name)),
      handMadeFile: (name: string) => Promise.resolve(handMade.get(name)),
    },
    ...{ clock, provisioner, offer: offer ?? 'on-request', pointerWay: 'servers' },
    onEvent(event: ProvisionEvent) {
      if (event.kind === 'problem') throw event.error;
      events.push(event);
    },
  } as unknown as PhoneSessionsParts);
  const flash = memoryWith(startingWith(from));
  const exchange = simulatedExchange(clock);
  const blocked = new Set<number>();
  const service = await ipcm({
    ...{ clock, provisioner, sessions, blocked, left },
    network: exchange.network(ipcmAddress),
  });
  const dhcpServer = testDhcpServer({
    first: phoneAddress,
    options: {
      ...{ 1: '255.255.255.0', 3: '127.0.0.1', 66: `"${tftpAddress}"` },
      128: `"${serversString('unistim', [{ address: ipcmAddress, port: unistimPort }])}"`,
    },
  });
  const source = { open: counting(provisioner, left), closed: provisioner.closed };
  const beyond = () => only(tftpAddress, networkTo(source, clock, undefined, dhcpServer.answer));
  const provision: NortelSite['provision'] = async (change, state = 'unlocked') => {
    const { values = {} } = (await store.serviceGet('ipcm')) ?? {};
    const service = { name: 'ipcm', state, values: { ...values, ...change }, changedAt: 1 };
    await store.servicePut({ ...service, text: '' });
  };
  await provision(provisionedFor(from, to));
  let boots = 0;

  const site: NortelSite = {
    ...{ library, handMade, store, flash, events, seen, left, blocked, sessions, provision },
    ...{ faults: [], presses: true, entered: undefined, hasDhcp: false },
    async boot(restMs = 20_000) {
      const { locked } = await provisioningNow(store);
      if (locked) await service.lock();
      else service.unlock();
      const chosen = site.faults.map((text) => {
        const fault = chooseFault(text);
        if (typeof fault === 'string') throw new Error(fault);
        return fault;
      });
      const network = exchange.network(phoneAddress, beyond());
      const end = await bootNortelTwin(
        withFaults(
          {
            ...{
              mac,
              flash,
              network,
              clock,
              random: seededRandom(++boots),
              until: 'idle' as const,
            },
            ...(site.hasDhcp
              ? {
                  dhcp: { network, server: { address: '255.255.255.255', port: 67 }, tftpPort: 69 },
                }
              : { tftp: { address: tftpAddress, port: 69 } }),
            ...(site.entered && { entered: { S1: { ...site.entered, retries: 3 } } }),
            user: site.presses ? ({ press: 'FirmW' } as const) : {},
            onEvent: (event) => seen.push(event),
          },
          faultRules,
          chosen,
        ),
      );
      site.entered = undefined;
      await clock.sleep(restMs);
      return end;
    },
    async want(image) {
      await store.phonePut({ ...(await store.phoneGet(mac))!, image });
      await store.progressDelete(mac);
    },
    async says(image) {
      await store.runningPut(mac, image);
      await store.progressDelete(mac);
    },
    async state() {
      await provisioner.flush();
      const progress = await store.progressGet(mac);
      const { running } = (await store.phoneGet(mac))!;
      return { progress, running, findings: await store.findingList(mac) };
    },
  };
  return site;
}

function startingWith(image: string) {
  const memory = memoryWithImage(image);
  const isSip = image.startsWith('0692');
  const S1 = isSip
    ? { address: sipServer, port: 5060, action: 7, retries: 3 }
    : { address: ipcmAddress, port: unistimPort, action: 1, retries: 3 };
  return { ...memory, servers: { S1 }, ...(isSip && { network: { tftp: tftpAddress } }) };
}

function counting(provisioner: Provisioner, left: string[]): Provisioner['open'] {
  return async (asking) => {
    const answer = await provisioner.open(asking);
    if (answer.bytes) left.push(`${asking.path} by ${asking.protocol}`);
    return answer;
  };
}

type Ipcm = {
  readonly clock: VirtualClock;
  readonly provisioner: Provisioner;
  readonly sessions: PhoneSessions;
  readonly blocked: ReadonlySet<number>;
  readonly left: string[];
  readonly network: Network;
};

/** The service on the ports of a virtual host; its clock ticks as long as somebody is there. */
async function ipcm({ clock, provisioner, sessions, blocked, left, network }: Ipcm) {
  const [signalling, files] = [await network.bind(unistimPort), await network.bind(uftpPort)];
  const open = counting(provisioner, left);
  const handler: FileHandler = {
    async open(request) {
      const { bytes, ticket } = await open(request);
      return bytes ? { kind: 'found', bytes, ticket } : { kind: 'missing', ticket };
    },
    closed: (end) => provisioner.closed(end),
  };
  const via = (endpoint: Endpoint) => (bytes: Uint8Array, to: Omit<Datagram, 'bytes'>) =>
    endpoint.send(bytes, to.address, to.port);
  const service = new UnistimService({
    handler: sessions,
    files: onlyProvisioned(handler, sessions),
    counters: new Counters(counterNames),
    limiter: new RateLimiter({ limit: noRateLimit, now: clock.now }),
    ...{ clock: clock.now, now: clock.now },
    ...{ transmit: via(signalling), transmitFile: via(files) },
    fileServer: (address) => ({ address, port: uftpPort }),
    onMalformed(_, __, reason) {
      throw new Error(reason);
    },
    onProblem({ text }) {
      throw new Error(text);
    },
  });
  let isTicking = false;
  const tick = () => {
    service.tick();
    isTicking = service.sessions.length + service.fileConnections > 0;
    if (isTicking) clock.after(tickMs, tick);
  };
  const receiving =
    (port: number, take: 'receive' | 'receiveFile') =>
    ({ bytes, ...from }: Datagram) => {
      if (blocked.has(port)) return;
      service[take](bytes, { ...from, local: ipcmAddress });
      if (!isTicking) clock.after(tickMs, tick);
      isTicking = true;
    };
  signalling.each(receiving(unistimPort, 'receive'));
  files.each(receiving(uftpPort, 'receiveFile'));
  return service;
}

/** Hosts that are not there are silent. */
function only(host: string, network: Network): Network {
  return {
    async bind(port) {
      const endpoint = await network.bind(port);
      return {
        ...endpoint,
        send(bytes, address, to) {
          if (to === 67 || address === host) endpoint.send(bytes, address, to);
        },
      };
    },
  };
}
