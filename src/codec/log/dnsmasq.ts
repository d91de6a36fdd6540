import { isIPv4 } from '../../wire/ipv4.ts';
import { parseMac, type Mac } from '../../wire/mac.ts';
import type { DhcpMessageType } from '../dhcp/dhcp-message.ts';
import type { DhcpFacts, FileEnd } from '../happening.ts';
import { dnsmasqOption } from './dnsmasq-options.ts';
import {
  rowReader,
  serverNote,
  type LogFormat,
  type LogLine,
  type LogRow,
  type LogWord,
} from './log-format.ts';
import { serverRoot, type ServerRoot } from './server-root.ts';

type Memory = {
  readonly root: ServerRoot;
  /** What a client said before the line with its message, by transaction. */
  readonly before: Map<string, Partial<DhcpFacts>>;
  /** What a client has said last, by its address. */
  readonly errors: Map<string, string>;
  /** Options 55 come in several lines. */
  readonly asked: Map<string, readonly number[]>;
};

const transaction = String.raw`(?:(\d+) )?`;
const messageLine = new RegExp(
  String.raw`^${transaction}DHCP(DISCOVER|OFFER|REQUEST|DECLINE|ACK|NAK|RELEASE|INFORM)\(([^)]*)\)(?: (\d+\.\d+\.\d+\.\d+))? ((?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}) ?(.*)$`,
);
const fromServer: ReadonlySet<string> = new Set(['offer', 'ack', 'nak']);
/** More transactions than this at one time are not kept apart. */
const mostTransactions = 4096;
const timedOut = { kind: 'timed-out' } as const;

const rows: readonly LogRow<Memory>[] = [
  { pattern: messageLine, read: readMessage },
  {
    pattern: new RegExp(`^${transaction}vendor class: (.*)$`),
    read: ([, key, vendorClass = ''], memory) => remember(memory, key, { vendorClass }),
  },
  {
    pattern: new RegExp(`^${transaction}client provides name: (.*)$`),
    read: ([, key, hostName = ''], memory) => remember(memory, key, { hostName }),
  },
  {
    pattern: new RegExp(`^${transaction}requested options: (.*)$`),
    read: ([, key = '', list = ''], { asked }) => {
      const codes = [...list.matchAll(/(\d+)(?::|,|$| )/g)].map(([, code]) => Number(code));
      const all = [...(asked.get(key) ?? []), ...codes];
      limited(asked).set(key, all);
      return [{ key: `asked ${key}`, dhcp: { asksFor: all } }];
    },
  },
  {
    pattern: new RegExp(`^${transaction}sent size: *\\d+ option: *(\\d+) \\S* *(.*)$`),
    read: ([, key = '', code, value = '']) => {
      const dhcp = { options: [Number(code)], ...dnsmasqOption(Number(code), value) };
      return [{ key: `sent ${key}`, dhcp }];
    },
  },
  {
    pattern: new RegExp(`^${transaction}next server: (\\S+)$`),
    read: ([, key = '', nextServer = '']) => [{ key: `sent ${key}`, dhcp: { nextServer } }],
  },
  {
    pattern: new RegExp(`^${transaction}bootfile name: (.*)$`),
    read: ([, key = '', bootFile = '']) => [{ key: `sent ${key}`, dhcp: { bootFile } }],
  },
  {
    pattern: /^sent (.*) to (\S+)$/,
    read: ([, path = '', address = ''], { root }) =>
      fileLine(root, address, path, { kind: 'sent' }),
  },
  {
    pattern: /^file (.*) not found for (\S+)$/,
    read: ([, path = '', address = ''], { root }) =>
      fileLine(root, address, path, { kind: 'error', code: 1, text: 'File not found' }),
  },
  // Older versions leave the client out.
  {
    needsName: true,
    pattern: /^file (.*) not found$/,
    read: ([, path = ''], { root }) => {
      root.saw(path);
      const end = { kind: 'error', code: 1, text: 'File not found' } as const;
      return [
        { happening: { kind: 'file-asked', protocol: 'tftp', path } },
        { happening: { kind: 'file-ended', protocol: 'tftp', path, end } },
      ];
    },
  },
  // The line after it names the file.
  {
    pattern: /^error \d+ (.*?) ?received from (\S+)$/,
    read: ([, text = '', address = ''], { errors }) => {
      limited(errors).set(address, text);
      return [];
    },
  },
  {
    pattern: /^failed sending (.*) to (\S+)$/,
    read: ([, path = '', address = ''], { root, errors }) => {
      const text = errors.get(address);
      errors.delete(address);
      const end = text === undefined ? timedOut : ({ kind: 'aborted', text } as const);
      return fileLine(root, address, path, end);
    },
  },
  {
    needsName: true,
    pattern:
      /^(?:cannot access|TFTP session|unable to (?:access|get|set)|unsupported request) ?(.*)$/,
    read: (_, __, line) => [serverNote(line.message)],
  },
  {
    pattern: /^TFTP root is (\S+)/,
    read: ([, path = ''], { root }) => {
      root.known(path);
      return [];
    },
  },
  { pattern: new RegExp(`^${transaction}(?:available DHCP |tags: |server name: |user class: )`) },
  {
    pattern: new RegExp(`^${transaction}(?:client MAC|FQDN|Vendor class|DHCP packet|relay agent)`),
  },
  {
    needsName: true,
    pattern:
      /^(?:\d+ )?(?:no address range available|not using configured|not giving name|abandoning lease|disabling DHCP|FAILED|failed )/,
    read: (_, __, line) => [serverNote(line.message)],
  },
  // What it says of itself when it starts and ends, and of names.
  {
    needsName: true,
    pattern:
      /^(?:started, version|exiting on|DHCP(?:,| (?!CACK))|read \/|using |reading |compile time |TFTP |query|forwarded|reply|cached|config|bad |nameserver|[Ii]gnoring|RA|SLAAC|router |\d+ DHCP packet)/,
  },
];

function readMessage(
  [, key, word = '', , address, written = '', rest = '']: readonly (string | undefined)[],
  { before, asked }: Memory,
): readonly LogWord[] {
  const message = word.toLowerCase() as DhcpMessageType;
  const mac = parseMac(written);
  const isReply = fromServer.has(message);
  const known = key === undefined || isReply ? {} : (before.get(key) ?? {});
  const facts: DhcpFacts = {
    message,
    ...(address === undefined ? {} : { address }),
    ...known,
    ...saidAfter(message, rest.trim()),
  };
  if (key !== undefined && !isReply) before.delete(key);
  asked.delete(key ?? '');
  const said = { mac, happening: { kind: 'dhcp', dhcp: facts } } as const;
  return [withKey(withAddress(said, message, address), key, isReply)];
}

type DhcpSaying = {
  readonly mac: Mac;
  readonly happening: { readonly kind: 'dhcp'; readonly dhcp: DhcpFacts };
};

/** The address is the phone's when it was given; a release or an inform comes from it. */
function withAddress(said: DhcpSaying, message: DhcpMessageType, address: string | undefined) {
  const has = message === 'ack' || message === 'release' || message === 'inform';
  return has && address !== undefined ? { ...said, address } : said;
}

/** What a transaction's later lines tell is of the server's message, but for what was asked for. */
function withKey<T extends object>(said: T, key = '', isReply: boolean) {
  return { ...said, key: `${isReply ? 'sent' : 'asked'} ${key}` };
}

/** Behind the MAC stands a name, or why nothing was given. */
function saidAfter(message: DhcpMessageType, rest: string): Partial<DhcpFacts> {
  if (rest === '') return {};
  return message === 'ack' && !rest.includes(' ') ? { hostName: rest } : { note: rest };
}

function remember(
  { before }: Memory,
  key: string | undefined,
  facts: Partial<DhcpFacts>,
): readonly LogWord[] {
  if (key !== undefined) limited(before).set(key, { ...before.get(key), ...facts });
  return [];
}

function limited<V>(map: Map<string, V>): Map<string, V> {
  const [oldest] = map.keys();
  if (map.size >= mostTransactions && oldest !== undefined) map.delete(oldest);
  return map;
}

/** It writes how a request ended, and nothing when it came: both are said here. */
function fileLine(
  root: ServerRoot,
  address: string,
  path: string,
  end: FileEnd,
): readonly LogWord[] {
  if (!isIPv4(address)) return [];
  root.saw(path);
  return [
    { address, happening: { kind: 'file-asked', protocol: 'tftp', path } },
    { address, happening: { kind: 'file-ended', protocol: 'tftp', path, end } },
  ];
}

/** dnsmasq 2.90, with `--log-dhcp` and `--enable-tftp`. */
export const dnsmasqLog: LogFormat = {
  id: 'dnsmasq',
  title: 'dnsmasq',
  programs: /^dnsmasq(?:-dhcp|-tftp|-script)?$/,
  reader() {
    const root = serverRoot();
    const memory: Memory = { root, before: new Map(), errors: new Map(), asked: new Map() };
    return { ...rowReader(rows, memory), clientPath: root.clientPath };
  },
};

export type { LogLine };
