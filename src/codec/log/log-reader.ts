import type { DhcpFacts, Happening } from '../happening.ts';
import type { Mac } from '../../wire/mac.ts';
import { jsonObject } from './json-lines.ts';
import type { LogFormat, LogLine, LogReader, LogSaying, LogWord } from './log-format.ts';
import { logHead } from './log-head.ts';
import { stampTime, type LogClock } from './log-time.ts';

/** One thing that a log says. */
export type LogEvent = {
  /** Milliseconds since the epoch; since the first line where the log has no date. */
  readonly at: number;
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly address?: string;
  readonly mac?: Mac;
  readonly happening: Happening;
};

/** Something about the log itself: a line that its program is not known to write. */
export type LogNote = { readonly text: string; readonly line?: number };

export type LogResult = {
  readonly events: readonly LogEvent[];
  readonly notes: readonly LogNote[];
  /** Lines understood, by format. */
  readonly formats: Readonly<Record<string, number>>;
  /** Lines of programs that have nothing to do with phones, by program. */
  readonly others: Readonly<Record<string, number>>;
  /** Lines that no program we know writes. */
  readonly unknown: number;
};

export type LogReading = {
  /** A line without its end; lines count from 1. */
  line(text: string): void;
  end(): LogResult;
};

export type LogOptions = LogClock & {
  /** More are dropped, with a note; a million when left out. */
  readonly mostEvents?: number;
};

type Opened = { readonly format: LogFormat; readonly reader: LogReader };
type Mutable = { -readonly [Key in keyof LogEvent]: LogEvent[Key] } & { readonly from: LogReader };

const mostNotes = 50;
const mostKeys = 4096;
/** Terminals and mail programs wrap at this width or more. */
const shortestWrap = 60;

/** Reads a log of any of the programs, also of several in one file, a line at a time. */
export function logReading(formats: readonly LogFormat[], options: LogOptions): LogReading {
  const opened = formats.map((format): Opened => ({ format, reader: format.reader() }));
  const events: Mutable[] = [];
  const byKey = new Map<string, Mutable>();
  const notes: LogNote[] = [];
  const counts = new Map<string, number>();
  const others = new Map<string, number>();
  const clock = timeKeeper(options);
  const most = options.mostEvents ?? 1_000_000;
  let dropped = 0;
  let unknown = 0;
  let number = 0;
  let pending: LogLine | undefined;

  const readersOf = ({ program }: LogLine): readonly Opened[] =>
    program === undefined ? opened : opened.filter(({ format }) => format.programs.test(program));
  const isKnown = (line: LogLine): boolean =>
    readersOf(line).some(({ reader }) => reader.knows(line));

  function note(text: string, line?: number): void {
    if (notes.length < mostNotes) notes.push(line === undefined ? { text } : { text, line });
  }

  function say(from: LogReader, saying: LogSaying, line: LogLine, at: number): void {
    if (events.length >= most) return void dropped++;
    const { address, mac, happening, key } = saying;
    const event: Mutable = {
      at: saying.at ?? at,
      line: line.number,
      text: line.text,
      ...(address === undefined ? {} : { address }),
      ...(mac === undefined ? {} : { mac }),
      happening,
      from,
    };
    events.push(event);
    if (key === undefined) return;
    byKey.delete(key);
    byKey.set(key, event);
    const [oldest] = byKey.keys();
    if (byKey.size > mostKeys && oldest !== undefined) byKey.delete(oldest);
  }

  function hear(from: LogReader, word: LogWord, line: LogLine, at: number): void {
    if ('happening' in word) return say(from, word, line, at);
    const event = byKey.get(word.key);
    if (event?.happening.kind !== 'dhcp') return;
    event.happening = { kind: 'dhcp', dhcp: joined(event.happening.dhcp, word.dhcp) };
  }

  function read(line: LogLine): void {
    const at = clock(line);
    const readers = readersOf(line);
    for (const { format, reader } of readers) {
      const words = reader.read(line);
      if (words === undefined) continue;
      counts.set(format.id, (counts.get(format.id) ?? 0) + 1);
      for (const word of words) hear(reader, word, line, at);
      return;
    }
    const { program } = line;
    const [claimed] = program === undefined ? [] : readers;
    if (claimed !== undefined)
      return note(`${claimed.format.title} is not known to write this: ${line.text}`, line.number);
    if (program !== undefined) return void others.set(program, (others.get(program) ?? 0) + 1);
    unknown++;
  }

  return {
    line(text) {
      number++;
      if (text.trim() === '' || /^-- .* --$/.test(text)) return;
      const line = logLine(text, number);
      const whole = pending && rejoined(pending, line, isKnown);
      if (whole === undefined && pending) read(pending);
      pending = whole ?? line;
    },
    end() {
      if (pending) read(pending);
      pending = undefined;
      if (unknown > 0) note(`${unknown} lines are of no program that we know`);
      for (const [program, lines] of others)
        note(`${lines} lines of ${program}, which has no part in a phone's boot`);
      if (dropped > 0) note(`${dropped} events more than the ${most} that are kept were left out`);
      return {
        events: events.map(finished),
        notes,
        formats: Object.fromEntries(counts),
        others: Object.fromEntries(others),
        unknown,
      };
    },
  };
}

function logLine(text: string, number: number): LogLine {
  return { ...(journalLine(text) ?? logHead(text)), number, text };
}

/** A line of `journalctl -o json`. */
function journalLine(text: string): ReturnType<typeof logHead> | undefined {
  const fields = jsonObject(text);
  if (fields === undefined) return undefined;
  const { MESSAGE, SYSLOG_IDENTIFIER, _COMM, SYSLOG_PID, _PID, __REALTIME_TIMESTAMP } = fields;
  if (typeof MESSAGE !== 'string') return undefined;
  const micros = Number(__REALTIME_TIMESTAMP);
  const program = SYSLOG_IDENTIFIER ?? _COMM;
  const process = SYSLOG_PID ?? _PID;
  return {
    message: MESSAGE.trimEnd(),
    ...(Number.isFinite(micros) ? { time: { kind: 'epoch', at: Math.floor(micros / 1000) } } : {}),
    ...(typeof program === 'string' ? { program } : {}),
    ...(typeof process === 'string' ? { process } : {}),
  };
}

/** Two lines as the one that they were before something wrapped it. */
function rejoined(
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

/** Lines without a time are of the time of the line before. */
function timeKeeper(clock: LogClock): (line: LogLine) => number {
  let last = 0;
  let start: number | undefined;
  return ({ time }) => {
    if (time?.kind === 'date') last = stampTime(time.stamp, clock);
    if (time?.kind === 'epoch') last = time.at;
    if (time?.kind === 'uptime') {
      start ??= time.at;
      last = time.at - start;
    }
    return last;
  };
}

/** Lists of options grow; all else is as the later line says. */
function joined(facts: DhcpFacts, more: Partial<DhcpFacts>): DhcpFacts {
  const options = [...new Set([...(facts.options ?? []), ...(more.options ?? [])])];
  return { ...facts, ...more, ...(options.length === 0 ? {} : { options }) };
}

function finished({ from, ...event }: Mutable): LogEvent {
  const { happening } = event;
  const { clientPath } = from;
  if (clientPath === undefined || !('path' in happening) || happening.path === undefined)
    return event;
  return { ...event, happening: { ...happening, path: clientPath(happening.path) } };
}
