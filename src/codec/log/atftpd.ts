import type { FileEnd } from '../happening.ts';
import { conversations, type Conversations } from './conversations.ts';
import { rowReader, serverNote, type LogFormat, type LogLine, type LogRow } from './log-format.ts';

/**
 * In its own file every thread has a number; in syslog all have the process's, so that an end which
 * names no file belongs to someone only while one transfer is under way.
 */
const rows: readonly LogRow<Conversations>[] = [
  {
    pattern: /^Serving (.*) to (\S+):(\d+)$/,
    read: ([, path = '', address = '', port], open, line) => {
      open.begin(threadOf(line), { address, path });
      const happening = { kind: 'file-asked', protocol: 'tftp', path, port: Number(port) } as const;
      return [{ address, happening }];
    },
  },
  {
    pattern: /^File (.*) not found$/,
    read: ([, path], open, line) =>
      endOf(open, line, { kind: 'error', code: 1, text: 'File not found' }, path),
  },
  {
    pattern: /^(File name with \/\.\.\/ are forbidden)$/,
    read: ([, text = ''], open, line) => endOf(open, line, { kind: 'error', code: 2, text }),
  },
  {
    pattern: /^sent ERROR <code: (\d+), msg: (.*)>$/,
    // The line before has told it where it can be tied; this one is then nobody's.
    read: ([, code, text = ''], open, line) =>
      endOf(open, line, { kind: 'error', code: Number(code), text }, undefined, true),
  },
  {
    pattern: /^End of transfer$/,
    read: (_, open, line) => endOf(open, line, { kind: 'sent' }),
  },
  {
    pattern: /^received ERROR <code: \d+, msg: (.*)>$/,
    read: ([, text = ''], open, line) => endOf(open, line, { kind: 'aborted', text }),
  },
  {
    pattern: /^(?:[\w.]+: \d+: )?(?:recvmsg|recvfrom|sendto|select): (Connection refused)$/,
    read: ([, text = ''], open, line) =>
      endOf(open, line, { kind: 'aborted', text }, undefined, true),
  },
  {
    pattern: /^client \((\S+)\) not responding$/,
    read: ([, address = ''], open, line) => {
      const path = open.end(threadOf(line))?.path;
      const happening = {
        kind: 'file-ended',
        protocol: 'tftp',
        end: { kind: 'timed-out' },
      } as const;
      return [{ address, happening: path === undefined ? happening : { ...happening, path } }];
    },
  },
  { pattern: /^(?:received|sent) .*<.*>$|^sent \d+\. DATA/ },
  { pattern: /^(?:update last ACK'd|.* option -> |timeout (?:block \d+)?.*: retrying)/ },
  {
    pattern: /^(?:Aborting transfer|Server thread exiting|Creating new socket)/,
    read: ([text], open, line) => {
      if (text !== 'Creating new socket') open.end(threadOf(line));
      return [];
    },
  },
  { pattern: /^(?:socket may listen|Fetching from |Can't open .* for writing)/ },
  {
    needsName: true,
    pattern: /^(?:Connection refused from|Maximum number of threads|can't |Unable to )/i,
    read: (_, __, line) => [serverNote(line.message)],
  },
  // What it says of itself when it starts and ends.
  {
    needsName: true,
    pattern:
      /^(?:Advanced Trivial|atftpd terminating|Main thread|SIGTERM|thread cancelled|(?:Source|Destination) port mismatch|unknown option|select: |[\w.]+: \d+: | +\S)/,
  },
];

function threadOf({ process, host }: LogLine): string {
  return `${host ?? ''} ${process ?? ''}`;
}

function endOf(
  open: Conversations,
  line: LogLine,
  end: FileEnd,
  serverPath?: string,
  isRepeat = false,
) {
  const conversation = open.end(threadOf(line), serverPath);
  if (conversation === undefined) return isRepeat ? [] : [serverNote(line.message)];
  const { address, path } = conversation;
  return [{ address, happening: { kind: 'file-ended', protocol: 'tftp', path, end } as const }];
}

/** atftpd 0.8, with `--verbose=5` to `7`, to syslog or a file of its own. */
export const atftpdLog: LogFormat = {
  id: 'atftpd',
  title: 'atftpd',
  programs: /^atftpd$/,
  reader: () => rowReader(rows, conversations()),
};
