import type { Mac } from '../../wire/mac.ts';
import type { DhcpFacts, Happening } from '../happening.ts';
import type { LogLine, LogReader, LogSaying, LogWord } from './log-format.ts';

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

/** Events in the order of their lines, to which later lines may add. */
export type LogEvents = {
  hear(from: LogReader, word: LogWord, line: LogLine, at: number): void;
  /** Events beyond the most that are kept. */
  readonly dropped: number;
  all(): readonly LogEvent[];
};

type Kept = { event: LogEvent; readonly from: LogReader };

const mostKeys = 4096;

export function logEvents(most: number): LogEvents {
  const kept: Kept[] = [];
  const byKey = new Map<string, Kept>();
  let dropped = 0;

  function remember(key: string, each: Kept): void {
    byKey.delete(key);
    byKey.set(key, each);
    const [oldest] = byKey.keys();
    if (byKey.size > mostKeys && oldest !== undefined) byKey.delete(oldest);
  }

  function say(from: LogReader, saying: LogSaying, line: LogLine, at: number): void {
    const { key } = saying;
    if (key !== undefined) byKey.delete(key);
    if (kept.length >= most) {
      dropped++;
      return;
    }
    const each = { event: eventOf(saying, line, at), from };
    kept.push(each);
    if (key !== undefined) remember(key, each);
  }

  return {
    hear(from, word, line, at) {
      if ('happening' in word) return say(from, word, line, at);
      const each = byKey.get(word.key);
      if (each?.event.happening.kind !== 'dhcp') return;
      const dhcp = joined(each.event.happening.dhcp, word.dhcp);
      each.event = { ...each.event, happening: { kind: 'dhcp', dhcp } };
    },
    get dropped() {
      return dropped;
    },
    all: () => kept.map(({ event, from }) => withClientPath(event, from)),
  };
}

function eventOf({ address, mac, happening, ...said }: LogSaying, line: LogLine, at: number) {
  return {
    at: said.at ?? at,
    line: line.number,
    text: line.text,
    ...(address === undefined ? {} : { address }),
    ...(mac === undefined ? {} : { mac }),
    happening,
  };
}

/** Lists of options grow; all else is as the later line says. */
function joined(facts: DhcpFacts, more: Partial<DhcpFacts>): DhcpFacts {
  const options = [...new Set([...(facts.options ?? []), ...(more.options ?? [])])];
  return { ...facts, ...more, ...(options.length === 0 ? {} : { options }) };
}

function withClientPath(event: LogEvent, { clientPath }: LogReader): LogEvent {
  const { happening } = event;
  if (clientPath === undefined || !('path' in happening) || happening.path === undefined)
    return event;
  return { ...event, happening: { ...happening, path: clientPath(happening.path) } };
}
