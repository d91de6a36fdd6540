import { isIPv4 } from '../../wire/ipv4.ts';
import { parseMac, type Mac } from '../../wire/mac.ts';
import type { DhcpMessageType } from '../dhcp/dhcp-message.ts';
import type { FileEnd } from '../happening.ts';
import { conversations, type Conversations } from './conversations.ts';
import { rowReader, serverNote, type LogFormat, type LogRow, type LogWord } from './log-format.ts';

type Memory = {
  readonly open: Conversations;
  /** Connections whose request has not been written yet, oldest first. */
  waiting: readonly { readonly address: string; readonly port: number }[];
  /** Who sent the last DHCP message. */
  mac?: Mac;
};

/** Lines carry no number of a thread. */
const only = 'transfers';
const mostWaiting = 256;
const anyMac = String.raw`((?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2})`;
const messages: Readonly<Record<string, DhcpMessageType>> = {
  discover: 'discover',
  rqst: 'request',
  request: 'request',
  release: 'release',
  inform: 'inform',
  decline: 'decline',
};

const rows: readonly LogRow<Memory>[] = [
  {
    pattern: /^Connection received from (\S+) on port (\d+)/,
    read: ([, address = '', port], memory) => {
      const connection = { address, port: Number(port) };
      memory.waiting = [...memory.waiting, connection].slice(-mostWaiting);
      return [];
    },
  },
  {
    pattern: /^Read request for file <(.*)>\.? ?(?:Mode (\S+))?/,
    read: ([, path = ''], memory) => {
      const [from, ...rest] = memory.waiting;
      memory.waiting = rest;
      const asked = { kind: 'file-asked', protocol: 'tftp', path } as const;
      if (from === undefined) return [{ happening: asked }];
      memory.open.begin(only, { address: from.address, path });
      return [{ address: from.address, happening: { ...asked, port: from.port } }];
    },
  },
  {
    pattern: /^Write request for file <(.*)>/,
    read: ([, path = ''], memory) => {
      const [from, ...rest] = memory.waiting;
      memory.waiting = rest;
      const happening = { kind: 'server-note', text: `write request for ${path}` } as const;
      return [{ address: from?.address, happening }];
    },
  },
  {
    pattern: /^<(.*)>: sent \d+ blks?, (\d+) bytes in /,
    read: ([, path = '', bytes], { open }) =>
      endOf(open, path, { kind: 'sent', bytes: Number(bytes) }),
  },
  { pattern: /^<(.*)>: rcvd \d+ blks?/ },
  {
    pattern: /^File <(.*)> : error (\d+) in system call (\w+) ?(.*)$/,
    read: ([, path = '', error, call = '', text = ''], { open }) =>
      endOf(open, path, systemError(Number(error), call, text)),
  },
  {
    pattern: /^Peer returns ERROR <(.*)> -> aborting transfer/,
    read: ([, text = ''], { open }) => endOf(open, undefined, { kind: 'aborted', text }),
  },
  {
    pattern:
      /^(?:MAX RETRIES|TIMEOUT) (?:while )?waiting for (?:Ack|Data) block #?\d+(?:[,.] file <(.*)>)?/,
    read: ([, path], { open }) => endOf(open, path, { kind: 'timed-out' }),
  },
  {
    pattern: /^WARNING : Last block #\d+ not acked for file <(.*)>/,
    read: ([, path = ''], { open }) => endOf(open, path, { kind: 'sent' }),
  },
  {
    pattern: /^Error EACCESS on file (.*?)\. Ext error (.*)$/,
    read: ([, path = '', text = ''], { open }) =>
      endOf(open, path, { kind: 'error', code: 2, text: text.trim() || 'Access violation' }),
  },
  {
    pattern: /^Error: Tftpd32 does not handle filenames with a percent sign/,
    read: (_, memory, line) => refused(memory, line.message, 2),
  },
  {
    pattern: /^(?:File name too long|mode is too long|Uncorrect message|Unexpected request)/,
    read: (_, memory, line) => refused(memory, line.message, 4),
  },
  {
    pattern: new RegExp(
      `^Rcvd (?:DHCP|BootP) (Discover|Rqst|Request|release|Inform|Decline)?\\s?Msg for IP (\\S+?),? Mac ${anyMac}`,
      'i',
    ),
    read: readDhcp,
  },
  {
    pattern: /^Rcvd DHCP (\w+) Msg for IP/i,
    read: (_, __, line) => [serverNote(line.message)],
  },
  {
    pattern: /^(?:DHCP: proposed address|Proposed address) (\d+\.\d+\.\d+\.\d+)/,
    read: ([, address = ''], memory) => answered(memory, 'offer', address),
  },
  {
    pattern: /^Previously allocated address(?: (\d+\.\d+\.\d+\.\d+))? acked/,
    read: ([, address], memory) => answered(memory, 'ack', address),
  },
  {
    pattern:
      /^(?:Client requested address (\d+\.\d+\.\d+\.\d+) which was not allocated|no more addresses)/,
    read: ([, address], { mac }, line) => {
      const said = { message: 'request', note: line.message } as const;
      const dhcp = address === undefined ? said : { ...said, address };
      return [{ mac, happening: { kind: 'dhcp', dhcp } }];
    },
  },
  {
    pattern:
      /^(?:OACK: |Using local port |Client requested address |using udpport |Returning EBADOP)/,
  },
  { pattern: /^\d+ Request \d+ not processed/ },
  {
    pattern:
      /^(?:Ack (?:of )?block|rcvd packet too short|ignore unknown opcode|Count \d+|timeout )/,
  },
  {
    pattern:
      /^(?:Message received on an unbound interface|(?:bind|listen|socket|send) ?:|Error : |DHCP: )/i,
    read: (_, __, line) => [serverNote(line.message)],
  },
];

/** Windows error 2 and 3 are a missing file or folder, which it answers with TFTP error 1. */
function systemError(error: number, call: string, text: string): FileEnd {
  // 10054 and 10060: the client has closed its port, or is gone.
  if (call === 'recv') return { kind: 'aborted', text: `${error} ${text}`.trim() };
  const code = call === 'CreateFile' ? 1 : 0;
  const said = error === 2 || error === 3 ? 'File not found' : `${call}: ${error} ${text}`.trim();
  return { kind: 'error', code, text: said };
}

/** Its thread names no file then: the oldest request that waits was it. */
function refused(memory: Memory, text: string, code: number): readonly LogWord[] {
  const [from, ...rest] = memory.waiting;
  memory.waiting = rest;
  if (from === undefined) return [serverNote(text)];
  const end = { kind: 'error', code, text } as const;
  return [{ address: from.address, happening: { kind: 'file-ended', protocol: 'tftp', end } }];
}

function endOf(open: Conversations, path: string | undefined, end: FileEnd): readonly LogWord[] {
  const conversation = open.end(only, path);
  const asked = conversation?.path ?? path?.replaceAll('\\', '/');
  const ended = { kind: 'file-ended', protocol: 'tftp', end } as const;
  const happening = asked === undefined ? ended : { ...ended, path: asked };
  return [{ address: conversation?.address, happening }];
}

function readDhcp(
  [, kind = 'rqst', from = '', written = '']: readonly (string | undefined)[],
  memory: Memory,
): readonly LogWord[] {
  const mac = parseMac(written);
  memory.mac = mac;
  const message = messages[kind.toLowerCase()] ?? 'request';
  const has = isIPv4(from) && from !== '0.0.0.0';
  if (!has) return [{ mac, happening: { kind: 'dhcp', dhcp: { message } } }];
  return [{ mac, address: from, happening: { kind: 'dhcp', dhcp: { message, address: from } } }];
}

function answered(
  { mac }: Memory,
  message: 'offer' | 'ack',
  address: string | undefined,
): readonly LogWord[] {
  const dhcp = address === undefined ? { message } : { message, address };
  const has = message === 'ack' && address !== undefined;
  return [{ mac, ...(has ? { address } : {}), happening: { kind: 'dhcp', dhcp } }];
}

/** Tftpd32 and Tftpd64, 2.8 to 4.7: the log window, or its file. */
export const tftpd32Log: LogFormat = {
  id: 'tftpd32',
  title: 'Tftpd32 or Tftpd64',
  programs: /^tftpd(?:32|64)(?:\.exe)?$/i,
  reader: () => rowReader<Memory>(rows, { open: conversations(), waiting: [] }),
};
