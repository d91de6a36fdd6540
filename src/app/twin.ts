import { lookup } from 'node:dns/promises';
import type { TwinEnd, TwinLine, TwinOptions } from '../cli/operations.ts';
import { AppError } from '../errors.ts';
import { bootTwin as bootPhone } from '../twin/cisco-7900/boot-twin.ts';
import { flashWith, memoryWith, type FlashMemory } from '../twin/cisco-7900/flash.ts';
import { memoryInFile } from '../twin/cisco-7900/flash-file.ts';
import { realClock } from '../twin/clock.ts';
import { requestReport, type TwinEvent } from '../twin/report.ts';
import { udpNetwork } from '../twin/udp-network.ts';

const models = ['7940', '7960'] as const;

/** What a phone of unknown past runs: the image that it left the factory with. */
const factoryImage = 'P0030301MFG2';

/** Boots a virtual phone over real UDP until it is idle or stuck. */
export async function bootTwin(options: TwinOptions): Promise<TwinEnd> {
  const model = models.find((name) => name === options.model);
  if (!model) {
    const known = models.join(', ');
    throw new AppError('wrong-usage', `there is no twin of model "${options.model}"; ${known}`);
  }
  const { mac, timeScale, seed, onLine, signal } = options;
  const tftp = { ...options.tftp, address: await addressOf(options.tftp.address) };
  const clock = realClock({ scale: timeScale });
  const result = await bootPhone({
    ...{ mac, model, tftp, clock },
    flash: memoryOf(options),
    network: udpNetwork(options.address ?? '0.0.0.0', clock),
    random: seeded(seed),
    until: 'idle',
    onEvent: (event) => {
      const line = lineOf(event);
      if (line) onLine(line);
    },
    ...(signal && { signal }),
  });
  const { state, display, boots, because, protocol = '', image = '', loader = '' } = result;
  const rest = state === 'idle' ? 'idle' : 'stuck';
  const end: TwinEnd = { event: 'end', state: rest, display, protocol, image, loader, boots };
  const told = because === undefined ? end : { ...end, because };
  onLine(told);
  return told;
}

/** Phones are given addresses, by DHCP or at the phone; people may write names. */
async function addressOf(host: string): Promise<string> {
  try {
    return (await lookup(host, 4)).address;
  } catch (cause) {
    throw new AppError('not-found', `"${host}" has no IPv4 address`, { cause });
  }
}

function memoryOf({ flash, image }: TwinOptions): FlashMemory {
  const factory = () => flashWith(image ?? factoryImage);
  if (flash === undefined) return memoryWith(factory());
  const memory = memoryInFile(flash, factory);
  // An image named beside a flash file is put into the phone before it is switched on.
  if (image !== undefined) memory.write(flashWith(image));
  return memory;
}

function lineOf(event: TwinEvent): TwinLine | undefined {
  switch (event.kind) {
    case 'answer':
      return requestReport(event) as TwinLine | undefined;
    case 'request':
      return undefined;
    case 'stage':
      return { event: 'stage', text: event.stage };
    case 'display':
      return { event: 'display', text: event.text };
    case 'refused':
      return { event: 'refused', text: `${event.image}: ${event.because}` };
    case 'flash':
      return { event: 'flash', text: `${event.part} ${event.image}` };
    case 'reboot':
      return { event: 'reboot', text: event.because };
  }
}

/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(state ^ (state >>> 15), state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 4_294_967_296;
  };
}
