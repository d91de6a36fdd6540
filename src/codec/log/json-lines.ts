import { isMac } from '../../wire/mac.ts';
import type { FileEnd, FileProtocol } from '../happening.ts';
import type { LogFormat, LogWord } from './log-format.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The object that a line is; undefined for all else. */
export function jsonObject(text: string): Fields | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Lines of `hookflash serve --json` and `hookflash twin boot --json`. */
export const jsonLog: LogFormat = {
  id: 'hookflash',
  title: 'hookflash --json',
  programs: /^hookflash$/,
  reader: () => ({
    knows: ({ message }) => typeof jsonObject(message)?.event === 'string',
    read({ message }) {
      const line = jsonObject(message);
      if (typeof line?.event !== 'string') return undefined;
      return line.event === 'request' ? requestWords(line) : [];
    },
  }),
};

/** A server has the request as a whole, a virtual phone its fields in the line itself. */
function requestWords(line: Fields): readonly LogWord[] {
  const request = isFields(line.request) ? line.request : line;
  const { path, at, address, port, outcome, bytes } = request;
  const protocol = request.protocol ?? 'tftp';
  if (typeof path !== 'string' || typeof at !== 'number') return [];
  if (protocol !== 'tftp' && protocol !== 'http' && protocol !== 'uftp') return [];
  const who = {
    at,
    ...(typeof address === 'string' ? { address } : {}),
    ...(typeof line.mac === 'string' && isMac(line.mac) ? { mac: line.mac } : {}),
  };
  const asked = { kind: 'file-asked', protocol, path } as const;
  const happening = typeof port === 'number' ? { ...asked, port } : asked;
  const end = endOf(protocol, outcome, typeof bytes === 'number' ? bytes : undefined);
  if (end === undefined) return [{ ...who, happening }];
  return [
    { ...who, happening },
    { ...who, happening: { kind: 'file-ended', protocol, path, end } },
  ];
}

function endOf(
  protocol: FileProtocol,
  outcome: unknown,
  bytes: number | undefined,
): FileEnd | undefined {
  const isTftp = protocol !== 'http';
  switch (outcome) {
    case 'sent':
    case 'partial':
      return bytes === undefined ? { kind: 'sent' } : { kind: 'sent', bytes };
    case 'missing':
      return {
        kind: 'error',
        code: isTftp ? 1 : 404,
        text: isTftp ? 'File not found' : 'Not Found',
      };
    case 'refused':
      return { kind: 'error', code: isTftp ? 2 : 403, text: 'refused' };
    case 'aborted':
      return { kind: 'aborted', text: 'aborted by the client' };
    case 'timed-out':
      return { kind: 'timed-out' };
    default:
      return undefined;
  }
}
