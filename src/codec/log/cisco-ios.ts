import { isMac, parseMac, type Mac } from '../../wire/mac.ts';
import type { DhcpMessageType } from '../dhcp/dhcp-message.ts';
import type { DhcpFacts, FileEnd } from '../happening.ts';
import { conversations, type Conversations } from './conversations.ts';
import { rowReader, serverNote, type LogFormat, type LogRow, type LogWord } from './log-format.ts';

type Memory = {
  readonly open: Conversations;
  /** Who asks, by `debug tftp packets`, until the next line says for what. */
  from?: { readonly address: string; readonly port: number } | undefined;
  /** The file last looked for, whose answer comes next. */
  looked?: string | undefined;
};

const only = 'transfers';
const dotted = String.raw`(\d+\.\d+\.\d+\.\d+)`;
const client = String.raw`([0-9A-Fa-f]{2,4}(?:\.[0-9A-Fa-f]{1,4})*)`;

const rows: readonly LogRow<Memory>[] = [
  {
    pattern: /^TFTP: read request from host (\d+\.\d+\.\d+\.\d+)\((\d+)\)/,
    read: ([, address = '', port], memory) => {
      memory.from = { address, port: Number(port) };
      return [];
    },
  },
  {
    pattern: /^TFTP: Looking for (.*)$/,
    read: ([, path = ''], memory) => {
      const { from, open } = memory;
      memory.looked = path;
      memory.from = undefined;
      open.begin(only, { address: from?.address ?? '', path });
      const asked = { kind: 'file-asked', protocol: 'tftp', path } as const;
      if (from === undefined) return [{ happening: asked }];
      return [{ address: from.address, happening: { ...asked, port: from.port } }];
    },
  },
  {
    pattern: /^TFTP: Sending error (\d+) (.*)$/,
    read: ([, code, text = ''], memory) => {
      const path = memory.looked;
      memory.looked = undefined;
      return endOf(memory, path, { kind: 'error', code: Number(code), text });
    },
  },
  // What it opens may have another name than what it was asked for.
  {
    pattern: /^TFTP: Opened .* for process (\d+)/,
    read: ([, process = ''], { open, looked }) => {
      const conversation = looked === undefined ? undefined : open.end(only, looked);
      if (conversation) open.begin(process, conversation);
      return [];
    },
  },
  { pattern: /^TFTP: Opened / },
  {
    pattern: /^TFTP: Finished (.*?), time \S+(?: for process (\d+))?/,
    read: ([, path = '', process], memory) => endOf(memory, path, { kind: 'sent' }, process),
  },
  {
    pattern: /^TFTP: (?:Timeout|Timed out|Retries? exceeded|Exceeded).*?(?:for|sending) (\S+)?/i,
    read: ([, path], memory) => endOf(memory, path, { kind: 'timed-out' }),
  },
  {
    pattern: /^TFTP: (?:error|received error|error code) (\d+) ?(?:received)?:? ?(.*)$/i,
    read: ([, , text = ''], memory) => endOf(memory, undefined, { kind: 'aborted', text }),
  },
  {
    pattern:
      /^TFTP: (?:Server request|Sending block|Received (?:ACK|data)|Merged|Reading|write request)/,
  },
  {
    pattern: new RegExp(
      `^DHCPD: DHCP(DISCOVER|REQUEST|DECLINE|RELEASE|INFORM) (?:message )?received from (?:client )?${client}(?: \\(${dotted}\\))?`,
    ),
    read: ([, word = '', id = '', address]) => said(word, id, address),
  },
  {
    pattern: new RegExp(
      `^DHCPD: Sending DHCP(OFFER|ACK|NAK) to client ${client}(?: \\(${dotted}\\))?`,
    ),
    read: ([, word = '', id = '', address]) => said(word, id, address),
  },
  {
    pattern: new RegExp(`^DHCPD: assigned IP address ${dotted} to client ${client}`),
    read: ([, address, id = '']) => said('ACK', id, address),
  },
  {
    pattern: new RegExp(`^%DHCPD-\\d-\\w*CONFLICT: .*? ${dotted}\\.?$`),
    read: ([, address = '']) => [{ happening: { kind: 'address-conflict', address } }],
  },
  {
    pattern:
      /^DHCPD: (?:there is no address pool|no subnet configured|.*(?:exhausted|is empty|no free|not on net))/i,
    read: (_, __, line) => [serverNote(line.message)],
  },
  { pattern: /^ *DHCPD: / },
  { pattern: /^%[A-Z0-9_]+-\d-[A-Z0-9_]+: /, read: (_, __, line) => [serverNote(line.message)] },
  {
    pattern:
      /^(?:[\w.-]+(?:\([\w-]+\))?[#>].*|All possible debugging .*|(?:TFTP|DHCP) .*debugging is o(?:n|ff))$/,
  },
];

function endOf(
  { open }: Memory,
  path: string | undefined,
  end: FileEnd,
  process = '',
): readonly LogWord[] {
  const name = path?.replace(/^[\w-]+:\/?(?:its\/)?/, '');
  const found = open.end(process) ?? open.end(only, name);
  const asked = found?.path ?? path;
  const address = found?.address === '' ? undefined : found?.address;
  const ended = { kind: 'file-ended', protocol: 'tftp', end } as const;
  return [{ address, happening: asked === undefined ? ended : { ...ended, path: asked } }];
}

function said(word: string, id: string, address: string | undefined): readonly LogWord[] {
  const message = word.toLowerCase() as DhcpMessageType;
  const dhcp: DhcpFacts = address === undefined ? { message } : { message, address };
  const has = message !== 'offer' && message !== 'decline' && address !== undefined;
  return [{ mac: macOf(id), ...(has ? { address } : {}), happening: { kind: 'dhcp', dhcp } }];
}

/**
 * A client identifier in groups of four digits: hardware type 01 and the MAC; the MAC alone; or a
 * zero and the text `cisco-MAC-INTERFACE` that IOS itself sends.
 */
function macOf(id: string): Mac | undefined {
  const digits = id.replaceAll('.', '').toUpperCase();
  const bare = digits.startsWith('01') && digits.length === 14 ? digits.slice(2) : digits;
  if (isMac(bare)) return bare;
  const text = Buffer.from(digits, 'hex').toString('latin1');
  const [, named] = /-((?:[0-9a-f]{4}\.){2}[0-9a-f]{4})-/i.exec(text) ?? [];
  return named === undefined ? undefined : parseMac(named);
}

/** A router's `debug tftp events`, `debug tftp packets` and `debug ip dhcp server events, packet`. */
export const ciscoIosLog: LogFormat = {
  id: 'cisco-ios',
  title: 'Cisco IOS debug output',
  programs: /^(?:TFTP|DHCPD)$/,
  reader: () => rowReader<Memory>(rows, { open: conversations() }),
};
