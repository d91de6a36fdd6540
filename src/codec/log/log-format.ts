import type { DhcpFacts, Happening } from '../happening.ts';
import type { Mac } from '../../wire/mac.ts';
import type { LogHead } from './log-head.ts';

/** A line of a log, or several that were one before something wrapped it. */
export type LogLine = LogHead & {
  /** From 1. */
  readonly number: number;
  /** All of it, as evidence. */
  readonly text: string;
};

/** What a line says. */
export type LogSaying = {
  readonly address?: string | undefined;
  readonly mac?: Mac | undefined;
  /** Milliseconds since the epoch, where the line says it in its own way. */
  readonly at?: number;
  readonly happening: Happening;
  /** Lines after it may tell more about it under this key. */
  readonly key?: string | undefined;
};

/** More about the DHCP message last said under the key. */
export type LogAmendment = { readonly key: string; readonly dhcp: Partial<DhcpFacts> };

export type LogWord = LogSaying | LogAmendment;

type Match = readonly (string | undefined)[];

/** One kind of line of a program. A row without `read` is understood, and is about no phone. */
export type LogRow<Memory> = {
  readonly pattern: RegExp;
  /** Too common a wording to be known without the program's name. */
  readonly needsName?: true;
  readonly read?: (match: Match, memory: Memory, line: LogLine) => readonly LogWord[];
};

/** A reader of one program's lines, in their order. */
export type LogReader = {
  /** Undefined for a line that the program is not known to write. */
  read(line: LogLine): readonly LogWord[] | undefined;
  /** The same line, without any memory of it. */
  knows(line: LogLine): boolean;
  /** A path on the server as the client has asked for it, once the whole log is known. */
  readonly clientPath?: (path: string) => string;
};

/** A program whose log can be read. */
export type LogFormat = {
  readonly id: string;
  /** The program and its version, for people. */
  readonly title: string;
  /** Names under which syslog has it. Lines without any name are offered to all. */
  readonly programs: RegExp;
  reader(): LogReader;
};

/** A reader by rows: the first whose pattern fits the message reads it. */
export function rowReader<Memory>(rows: readonly LogRow<Memory>[], memory: Memory): LogReader {
  const rowFor = ({ message, program }: LogLine): LogRow<Memory> | undefined =>
    rows.find(
      ({ pattern, needsName }) =>
        (needsName === undefined || program !== undefined) && pattern.test(message),
    );
  return {
    knows: (line) => rowFor(line) !== undefined,
    read(line) {
      const row = rowFor(line);
      if (row === undefined) return undefined;
      const match = row.pattern.exec(line.message) ?? [];
      return row.read?.(match, memory, line) ?? [];
    },
  };
}

/** A line about the server itself. */
export function serverNote(text: string): LogSaying {
  return { happening: { kind: 'server-note', text } };
}
