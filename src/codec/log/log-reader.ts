import { logEvents, type LogEvent } from './log-events.ts';
import type { LogFormat, LogLine, LogReader } from './log-format.ts';
import { stampTime, type LogClock } from './log-time.ts';
import { logLine, rejoined } from './wrapped-lines.ts';

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

const mostNotes = 50;
const usualMost = 1_000_000;
/** `-- Boot 0123 --`, `-- Logs begin at … --`: journalctl's own. */
const journalMark = /^-- .* --$/;

/** Reads a log of any of the programs, also of several in one file, a line at a time. */
export function logReading(formats: readonly LogFormat[], options: LogOptions): LogReading {
  const opened = formats.map((format): Opened => ({ format, reader: format.reader() }));
  const events = logEvents(options.mostEvents ?? usualMost);
  const tally = lineTally();
  const timeOf = timeKeeper(options);
  let number = 0;
  let pending: LogLine | undefined;

  const readersOf = ({ program }: LogLine): readonly Opened[] =>
    program === undefined ? opened : opened.filter(({ format }) => format.programs.test(program));
  const isKnown = (line: LogLine): boolean =>
    readersOf(line).some(({ reader }) => reader.knows(line));

  function read(line: LogLine): void {
    const at = timeOf(line);
    const readers = readersOf(line);
    for (const { format, reader } of readers) {
      const words = reader.read(line);
      if (words === undefined) continue;
      for (const word of words) events.hear(reader, word, line, at);
      tally.understood(format);
      return;
    }
    tally.strange(line, line.program === undefined ? undefined : readers[0]?.format);
  }

  return {
    line(text) {
      number++;
      if (text.trim() === '' || journalMark.test(text)) return;
      const line = logLine(text, number);
      const whole = pending && rejoined(pending, line, isKnown);
      if (whole === undefined && pending) read(pending);
      pending = whole ?? line;
    },
    end() {
      if (pending) read(pending);
      pending = undefined;
      const all = events.all();
      const { dropped } = events;
      return { events: all, ...tally.result(dropped, all.length) };
    },
  };
}

/** Counts lines by what they are, and notes those that ought to be understood. */
function lineTally() {
  const formats = new Map<string, number>();
  const others = new Map<string, number>();
  const notes: LogNote[] = [];
  let unknown = 0;
  const count = (map: Map<string, number>, key: string): void =>
    void map.set(key, (map.get(key) ?? 0) + 1);

  return {
    understood: ({ id }: LogFormat) => count(formats, id),
    strange({ program, text, number }: LogLine, claimed: LogFormat | undefined): void {
      if (claimed !== undefined) {
        const line = { text: `${claimed.title} is not known to write this: ${text}`, line: number };
        if (notes.length < mostNotes) notes.push(line);
      } else if (program !== undefined) count(others, program);
      else unknown++;
    },
    result(dropped: number, kept: number): Omit<LogResult, 'events'> {
      const ends: string[] = [];
      if (unknown > 0) ends.push(`${lines(unknown)} of no program that is known here`);
      for (const [program, its] of others)
        ends.push(`${lines(its)} of ${program}, which has no part in a phone's boot`);
      if (dropped > 0) ends.push(`${dropped} events after the first ${kept} were left out`);
      return {
        notes: [...notes, ...ends.map((text) => ({ text }))],
        formats: Object.fromEntries(formats),
        others: Object.fromEntries(others),
        unknown,
      };
    },
  };
}

function lines(count: number): string {
  return count === 1 ? '1 line is' : `${count} lines are`;
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
