import { formatIPv4 } from '../../wire/ipv4.ts';
import type { Mac } from '../../wire/mac.ts';
import { Reader, latin1 } from '../../wire/reader.ts';

/**
 * What a packet of UNIStim over RUDP says of a phone's boot, as far as captures show it; the rest
 * (keys, display, audio) is left out. Numbers are big-endian.
 */
export type UnistimSummary = {
  readonly from: 'phone' | 'server';
  /** `hello`, `firmware 0604D98`, `hardware id`, `download of …`; one for each command that matters. */
  readonly texts: readonly string[];
  readonly mac?: Mac;
  readonly firmware?: string;
};

const packetTypes = { nak: 0, ack: 1, payload: 2 } as const;
const payloadTypes = {
  null: 0,
  aggregate: 1,
  aggregateWithTerminal: 2,
  uftp: 3,
  free: 0xff,
} as const;
const noSequence = 0xffffffff;

/** Phone types that the phone reports. */
const types: Readonly<Record<number, string>> = {
  0x02: 'i2004',
  0x03: 'i2002',
  0x04: '2033 conference phone',
  0x10: '7308',
  0x11: 'i2050 soft phone',
  0x30: 'M6350',
};

const uftp: Readonly<Record<number, readonly [from: 'phone' | 'server', text: string]>> = {
  0x80: ['phone', 'file transfer asked for'],
  0x00: ['server', 'file transfer granted'],
  0x01: ['server', 'file transfer denied'],
  0x81: ['phone', 'file transfer'],
};

type Told = { readonly text?: string; readonly mac?: Mac; readonly firmware?: string };

/** Undefined for what is no UNIStim. Throws CodecError for a command that overruns its packet. */
export function summarizeUnistim(bytes: Uint8Array): UnistimSummary | undefined {
  if (bytes.length < 6) return undefined;
  const reader = new Reader(bytes);
  const sequence = reader.u32('sequence');
  const packetType = reader.u8('packet type');
  const payloadType = reader.u8('payload type');
  if (packetType > packetTypes.payload) return undefined;
  const isFree = payloadType === payloadTypes.free;
  if (payloadType > payloadTypes.uftp && !isFree) return undefined;
  const isPhone = payloadType === payloadTypes.aggregateWithTerminal;
  if (packetType !== packetTypes.payload) return { from: isPhone ? 'phone' : 'server', texts: [] };
  if (payloadType === payloadTypes.uftp) return readUftp(reader);
  if (isPhone) reader.u32('terminal id');
  const told = commands(reader, sequence);
  const mac = told.find((each) => each.mac)?.mac;
  const firmware = told.find((each) => each.firmware)?.firmware;
  return {
    from: isPhone ? 'phone' : 'server',
    texts: told.flatMap(({ text }) => (text === undefined ? [] : [text])),
    ...(mac === undefined ? {} : { mac }),
    ...(firmware === undefined ? {} : { firmware }),
  };
}

/** Blocks of a file and flow control say nothing new. */
function readUftp(reader: Reader): UnistimSummary {
  const command = reader.u8('command');
  const [from, text] = uftp[command] ?? [command >= 0x80 ? 'phone' : 'server', undefined];
  if (text === undefined) return { from, texts: [] };
  if (command !== 0x81) return { from, texts: [text] };
  const size = reader.u16('block size');
  const limit = reader.u8('block limit');
  const name = latin1(reader.rest()).replace(/\0.*$/s, '');
  return { from, texts: [`${text} of ${name}, ${limit} blocks of ${size} bytes at a time`] };
}

/** Address, length of all of it, command, data. */
function commands(reader: Reader, sequence: number): readonly Told[] {
  const told: Told[] = [];
  while (reader.remaining > 0) {
    const address = reader.u8('address');
    const length = reader.u8('length');
    if (length < 3) reader.fail('length', 'at least 3', `${length}`, reader.offset - 1);
    const command = reader.u8('command');
    const data = reader.take(length - 3, 'data');
    told.push(commandTold(address, command, data, sequence));
  }
  return told;
}

function commandTold(address: number, command: number, data: Uint8Array, sequence: number): Told {
  switch ((address << 8) | command) {
    case 0x9e08:
      return { text: sequence === noSequence ? 'hello' : 'hello, with a sequence' };
    case 0x9e09:
      return { text: 'suspends the connection' };
    case 0x9e00:
      return { text: 'confirms a soft reset' };
    case 0x9a02: {
      const firmware = latin1(data).replace(/\0+$/, '');
      return { text: `firmware ${firmware}`, firmware };
    }
    case 0x9a03:
      return { text: `phone type ${types[data[0] ?? -1] ?? `0x${(data[0] ?? 0).toString(16)}`}` };
    case 0x9a07:
      return data.length < 8 ? {} : hardwareId(data);
    case 0x1a04:
      return {};
    case 0x1e02:
      return { text: 'told to reset (soft)' };
    case 0x1e03:
      return { text: 'told to reset (hard)' };
    case 0x1e0c:
      return { text: `told to switch to server ${(data[0] ?? 0) + 1}` };
    case 0x1e0e:
      return { text: downloadOrder(data) };
    default:
      return {};
  }
}

function hardwareId(data: Uint8Array): Told {
  const digits = Buffer.from(data).toString('hex').toUpperCase();
  return { text: `hardware id ${digits}`, mac: digits.slice(4, 16) as Mac };
}

const transports = ['TFTP', 'TFTP beside UNIStim', 'UFTP', 'UFTP beside UNIStim'] as const;

function downloadOrder(data: Uint8Array): string {
  const reader = new Reader(data);
  const flags = reader.u8('flags');
  reader.u8('unknown');
  const path = reader.cstring('path');
  const identifier = reader.cstring('file identifier');
  const serverPort = reader.u16('server port');
  reader.u16('local port');
  const server = formatIPv4(reader.u32('file server'));
  const transport = transports[flags & 0x1f] ?? `mode ${flags & 0x1f}`;
  const port = (flags & 0x40) === 0 ? '' : `:${serverPort}`;
  const forced = (flags & 0x20) === 0 ? '' : ', forced';
  return `download of ${path} (${identifier}) from ${server}${port} by ${transport}${forced}`;
}
