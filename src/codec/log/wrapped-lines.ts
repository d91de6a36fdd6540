import { jsonObject } from './json-lines.ts';
import type { LogLine } from './log-format.ts';
import { logHead, type LogHead } from './log-head.ts';

/** Terminals and mail programs wrap at this width or more. */
const shortestWrap = 60;

/** A line with its head taken off, as text files or `journalctl -o json` have it. */
export function logLine(text: string, number: number): LogLine {
  return { ...(journalLine(text) ?? logHead(text)), number, text };
}

/** Two lines as the one that they were before something wrapped it; undefined where they are two. */
export function rejoined(
  first: LogLine,
  second: LogLine,
  isKnown: (line: LogLine) => boolean,
): LogLine | undefined {
  const hasOwnHead = second.program !== undefined || (second.time && first.time) !== undefined;
  if (hasOwnHead || (second.message !== '' && isKnown(second))) return undefined;
  const isWrapped = first.text.length >= shortestWrap && second.text.length <= first.text.length;
  if (isKnown(first) && !isWrapped && second.message !== '') return undefined;
  for (const gap of ['', ' ']) {
    const whole = logLine(first.text + gap + second.text.trimStart(), first.number);
    if (isKnown(whole)) return whole;
  }
  return undefined;
}

function journalLine(text: string): LogHead | undefined {
  const fields = jsonObject(text);
  if (fields === undefined) return undefined;
  const { MESSAGE, SYSLOG_IDENTIFIER, _COMM, SYSLOG_PID, _PID, __REALTIME_TIMESTAMP } = fields;
  if (typeof MESSAGE !== 'string') return undefined;
  const at = Math.floor(Number(__REALTIME_TIMESTAMP) / 1000);
  const program = SYSLOG_IDENTIFIER ?? _COMM;
  const process = SYSLOG_PID ?? _PID;
  return {
    message: MESSAGE.trimEnd(),
    ...(Number.isFinite(at) ? { time: { kind: 'epoch', at } } : {}),
    ...(typeof program === 'string' ? { program } : {}),
    ...(typeof process === 'string' ? { process } : {}),
  };
}
