import { logFormats } from '../../../codec/log/log-formats.ts';
import { lineSplitter } from '../../../codec/log/log-lines.ts';
import type { LogEvent } from '../../../codec/log/log-events.ts';
import { logReading } from '../../../codec/log/log-reader.ts';
import type { Observation } from '../../../model/observation.ts';
import type { Observer, ReadOptions } from './observer.ts';

export function observeLog(source: string, options: ReadOptions): Observer {
  const { macOf, mostObservations: mostEvents, now, zone } = options;
  const splitter = lineSplitter();
  const clock = { now, zone };
  const reading = logReading(
    logFormats,
    mostEvents === undefined ? clock : { ...clock, mostEvents },
  );

  function observation({ line, text, ...event }: LogEvent): Observation {
    const { happening } = event;
    const path = 'path' in happening ? happening.path : undefined;
    const mac = event.mac ?? (path === undefined ? undefined : macOf?.(path));
    const evidence = { source, line, text };
    return mac === undefined ? { ...event, evidence } : { ...event, mac, evidence };
  }

  return {
    push(chunk) {
      for (const line of splitter.push(chunk)) reading.line(line);
    },
    end() {
      for (const line of splitter.end()) reading.line(line);
      const { events, notes, formats } = reading.end();
      return {
        observations: events.map(observation),
        notes: notes.map((note) => ({ source, ...note })),
        formats: Object.keys(formats),
      };
    },
  };
}
