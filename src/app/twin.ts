import { seededRandom } from '../twin/seeded-random.ts';
import { lookup } from 'node:dns/promises';
import type { TwinEnd, TwinLine, TwinSipEvent } from '../cli/twin-events.ts';
import type { TwinFault, TwinOptions, TwinSipOptions } from '../cli/twin-options.ts';
import { AppError } from '../errors.ts';
import { javaModels } from '../twin/cisco-java/models.ts';
import { realClock, type RealClock } from '../twin/clock.ts';
import type { TwinFamily } from '../twin/faults/fault.ts';
import { type ChosenFault, chooseFault, faults } from '../twin/faults/faults.ts';
import { ownAddress, type OwnAddress } from '../twin/own-address.ts';
import type { SipHappenings } from '../twin/sip/sip-happening.ts';
import type { TwinSip } from '../twin/sip/twin-sip.ts';
import { dhcpReport, requestReport, type TwinEvent } from '../twin/report.ts';
import type { Server } from '../twin/tftp-client.ts';
import { udpNetwork } from '../twin/udp-network.ts';
import { webClient } from '../twin/web-client.ts';
import { realDhcp, type RealDhcp } from './twin-dhcp.ts';
import { realSip } from './twin-sip.ts';
import {
  boot7900,
  bootJava,
  bootNortel,
  models7900,
  modelsNortel,
  type Surroundings,
} from './twin-families.ts';

/** Boots a virtual phone over a real network until it is idle or stuck; `heard` gets all of it. */
export async function bootTwin(
  options: TwinOptions,
  heard: (event: TwinEvent) => void = () => undefined,
): Promise<TwinEnd> {
  const { family, boot } = familyOf(options.model);
  const { timeScale, answerTime, seed, onLine, signal, http, sntp } = options;
  const clock = realClock({
    scale: timeScale,
    ...(answerTime !== undefined && { floorMs: answerTime }),
  });
  const own = await addressOf(options.address ?? '0.0.0.0');
  const dhcp = options.dhcp && (await dhcpOf(options.dhcp, own, options.tftpPort, clock));
  const sender = dhcp?.ownAddress ?? own;
  const surroundings: Surroundings = {
    clock,
    network: udpNetwork(sender, clock),
    web: webClient(sender, clock),
    random: seededRandom(seed),
    faults: (options.faults ?? []).map((text) => faultOf(text, family)),
    ...(options.tftp && { tftp: await resolved(options.tftp) }),
    ...(dhcp && { dhcp: dhcp.dhcp }),
    time: typeof sntp === 'object' ? await resolved(sntp) : (sntp ?? 'settings'),
    http: typeof http === 'object' ? await resolved(http) : (http ?? 'model'),
    onEvent(event) {
      heard(event);
      const line = lineOf(event);
      if (line) onLine(line);
    },
    ...(options.unistim && { unistim: await resolved(options.unistim) }),
    ...(options.sip && { sip: await sipOf(options.sip, sender) }),
    ...(signal && { signal }),
  };
  const result = await boot(options, surroundings).catch((error: unknown) => {
    throw bindProblem(error, ownAddress(sender));
  });
  const { state, display, boots, because, protocol = '', image = '', loader = '' } = result;
  const { lines, restarts } = result;
  const rest = state === 'idle' ? 'idle' : 'stuck';
  const end: TwinEnd = {
    ...{ event: 'end', state: rest, display, protocol, image, loader, boots },
    ...(lines && { lines }),
    ...(restarts !== undefined && { restarts }),
  };
  const told = because === undefined ? end : { ...end, because };
  onLine(told);
  return told;
}

function bindProblem(error: unknown, address: string): unknown {
  if (!(error instanceof Error && 'code' in error)) return error;
  if (error.code === 'EADDRINUSE')
    return new AppError(
      'port-in-use',
      `another program has the phone's SIP port at ${address}; give it an address of its own by --address`,
      { cause: error },
    );
  if (error.code !== 'EADDRNOTAVAIL') return error;
  return new AppError('not-found', `${address} is not an address of this machine`, {
    cause: error,
  });
}

/** All faults that a virtual phone may be given. */
export function twinFaults(): readonly TwinFault[] {
  return faults.map(({ name, help, families, value, ends }) => ({
    ...{ name, help, ends, families },
    ...(value && { value: value.what, usual: value.usual }),
  }));
}

function familyOf(model: string) {
  if (models7900.some((name) => name === model))
    return { family: 'cisco-7900', boot: boot7900 } as const;
  if (javaModels.some(({ name }) => name === model))
    return { family: 'cisco-java', boot: bootJava } as const;
  if (modelsNortel.some((name) => name === model))
    return { family: 'nortel-2004', boot: bootNortel } as const;
  const known = [...models7900, ...modelsNortel, ...javaModels.map(({ name }) => name)].join(', ');
  throw new AppError('wrong-usage', `there is no twin of model "${model}"; there are ${known}`);
}

function faultOf(text: string, family: TwinFamily): ChosenFault {
  const chosen = chooseFault(text);
  if (typeof chosen === 'string') throw new AppError('wrong-usage', chosen);
  if (chosen.fault.families.includes(family)) return chosen;
  const { name } = chosen.fault;
  throw new AppError('wrong-usage', `phones of this model cannot have the fault "${name}"`);
}

async function sipOf(options: TwinSipOptions, own: OwnAddress): Promise<TwinSip> {
  const proxy = options.proxy && (await resolved(options.proxy));
  const at = proxy && { host: proxy.address, port: proxy.port };
  return realSip(options, at, () => ownAddress(own));
}

async function dhcpOf(
  server: Server,
  own: string,
  tftpPort: number | undefined,
  clock: RealClock,
): Promise<RealDhcp> {
  return realDhcp(await resolved(server), own, tftpPort, clock);
}

async function resolved({ address, port }: Server): Promise<Server> {
  return { address: await addressOf(address), port };
}

/** Phones are given addresses, by DHCP or at the phone; people may write names. */
async function addressOf(host: string): Promise<string> {
  try {
    return (await lookup(host, 4)).address;
  } catch (cause) {
    throw new AppError('not-found', `"${host}" has no IPv4 address`, { cause });
  }
}

function sipLine(event: TwinEvent & SipHappenings): TwinLine {
  const { kind, stage: _, ...rest } = event;
  return { event: kind, ...rest } as TwinSipEvent;
}

function flashLine({ part, image, sha256 }: TwinEvent & { readonly kind: 'flash' }): TwinLine {
  return { event: 'flash', text: `${part} ${image}`, ...(sha256 !== undefined && { sha256 }) };
}

function lineOf(event: TwinEvent): TwinLine | undefined {
  switch (event.kind) {
    case 'answer':
      return requestReport(event) as TwinLine | undefined;
    case 'request':
      return undefined;
    case 'time': {
      const { kind: _, ...rest } = event;
      return { event: 'time', ...rest };
    }
    case 'dhcp':
      return dhcpReport(event) as TwinLine;
    case 'sip':
    case 'registration':
    case 'call':
    case 'restart':
      return sipLine(event);
    case 'unistim': {
      const { kind: _, ...rest } = event;
      return { event: 'unistim', ...rest };
    }
    case 'stage':
      return { event: 'stage', text: event.text ?? event.stage };
    case 'display':
      return { event: 'display', text: event.text };
    case 'refused':
      return { event: 'refused', text: `${event.image}: ${event.because}` };
    case 'flash':
      return flashLine(event);
    case 'reboot':
      return { event: 'reboot', text: event.because };
  }
}
