import type { Happening } from '../happening.ts';
import { conversations, type Conversations } from './conversations.ts';
import { rowReader, serverNote, type LogFormat, type LogLine, type LogRow } from './log-format.ts';

/** A process answers one request, and its number ties the lines. */
const rows: readonly LogRow<Conversations>[] = [
  {
    pattern: /^(RRQ|WRQ) from (\S+) filename (.*?)(?: remapped to (.*))?$/,
    read: ([, kind, address = '', path = '', remappedTo], open, line) =>
      kind === 'WRQ' ? [wrote(address, path)] : asked(open, line, address, path, remappedTo),
  },
  {
    pattern: /^sending NAK \((\d+), (.*)\) to (\S+)$/,
    read: ([, code, text = '', address = ''], open, line) => {
      const path = open.end(threadOf(line))?.path;
      return [{ address, happening: ended(path, Number(code), text) }];
    },
  },
  // Of patched builds: the answer in words.
  {
    pattern: /^Client (\S+) finished (.*)$/,
    read: ([, address = '', path = ''], open, line) => {
      open.end(threadOf(line), path);
      const happening = {
        kind: 'file-ended',
        protocol: 'tftp',
        path,
        end: { kind: 'sent' },
      } as const;
      return [{ address, happening }];
    },
  },
  {
    pattern: /^Client (\S+) File not found (.*)$/,
    read: ([, address = '', path = ''], open, line) => {
      open.end(threadOf(line), path);
      return [{ address, happening: ended(path, 1, 'File not found') }];
    },
  },
  {
    pattern: /^Client (\S+) (?:timed out|timeout)(?: (.*))?$/,
    read: ([, address = '', path], open, line) => {
      const known = path ?? open.end(threadOf(line))?.path;
      return [{ address, happening: fileEnded(known, { kind: 'timed-out' }) }];
    },
  },
  // The client's port is closed: it has hung up in the middle of the transfer, or rebooted.
  {
    needsName: true,
    pattern: /^(?:tftpd: )?(read(?:\((?:ack|data)\))?|write|send|recvfrom): (Connection refused)$/,
    read: ([, , text = ''], open, line) => endOf(open, line, { kind: 'aborted', text }),
  },
  {
    needsName: true,
    pattern: /^(?:tftpd: )?(?:read(?:\((?:ack|data)\))?|write|send|recvfrom): (.+)$/,
    read: ([, text = ''], open, line) => endOf(open, line, { kind: 'aborted', text }),
  },
  // It asks again without options, from another port: no end of the file.
  { pattern: /^tftpd?: client does not accept options$/ },
  { pattern: /^remap: (?:input: |done$|rule \d+: |rewrite)/ },
  {
    pattern: /^tftpd?: (?:file not found|no such file)/i,
    read: (_, open, line) => endOf(open, line, { kind: 'error', code: 1, text: 'File not found' }),
  },
  {
    needsName: true,
    pattern:
      /^(cannot (?:resolve|open|bind|set|find|create|use)|(?:bind|socket|fork|chroot|daemon): |no user |no such (?:user|directory)|invalid|connect: |reloading|received signal|restarting|starting|recv: |remap)/i,
    read: (_, __, line) => [serverNote(line.message)],
  },
];

function threadOf({ process, host }: LogLine): string {
  return `${host ?? ''} ${process ?? ''}`;
}

function asked(
  open: Conversations,
  line: LogLine,
  address: string,
  path: string,
  remappedTo: string | undefined,
) {
  // One process, one request: what the number stood for before has ended untold.
  open.end(threadOf(line));
  open.begin(threadOf(line), { address, path });
  const happening = { kind: 'file-asked', protocol: 'tftp', path } as const;
  return [
    { address, happening: remappedTo === undefined ? happening : { ...happening, remappedTo } },
  ];
}

function wrote(address: string, path: string) {
  return {
    address,
    happening: { kind: 'server-note', text: `write request for ${path}` },
  } as const;
}

function ended(path: string | undefined, code: number, text: string): Happening {
  return fileEnded(path, { kind: 'error', code, text });
}

type End = Extract<Happening, { kind: 'file-ended' }>['end'];

function fileEnded(path: string | undefined, end: End): Happening {
  const happening = { kind: 'file-ended', protocol: 'tftp', end } as const;
  return path === undefined ? happening : { ...happening, path };
}

/** Of the request that this process answers; without it, nobody's. */
function endOf(open: Conversations, line: LogLine, end: End) {
  const conversation = open.end(threadOf(line));
  if (conversation === undefined) return [serverNote(line.message)];
  const { address, path } = conversation;
  return [{ address, happening: fileEnded(path, end) }];
}

/** tftp-hpa 5.2, with `--verbose` once to three times. */
export const tftpdHpaLog: LogFormat = {
  id: 'tftpd-hpa',
  title: 'tftpd-hpa',
  programs: /^(?:in\.)?tftpd(?:-hpa)?$/,
  reader: () => rowReader(rows, conversations()),
};
