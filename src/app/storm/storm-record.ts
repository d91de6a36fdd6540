import type { TwinEnd } from '../../cli/twin-events.ts';
import type { StormEnd, StormLatency } from '../../cli/twin-storm-run.ts';
import type { TwinEvent } from '../../twin/report.ts';

/** What all phones of a storm did, counted. */
export type StormRecord = {
  /** Takes what one phone does; `now` is in milliseconds of real time. */
  heard(phone: string, event: TwinEvent, now: number): void;
  ended(end: TwinEnd | undefined): void;
  end(phones: number, seconds: number): StormEnd;
};

/** A file of one TFTP block: the time is that of an answer. */
const oneBlock = 512;

export function createStormRecord(): StormRecord {
  const asked = new Map<string, number>();
  const answers: number[] = [];
  const transfers: number[] = [];
  const registrations: number[] = [];
  const requests: Record<string, number> = {};
  const images: Record<string, number> = {};
  const ends: Record<string, number> = {};
  const sum = { bytes: 0, boots: 0, restarts: 0, registered: 0 };

  function since(key: string, now: number): number | undefined {
    const start = asked.get(key);
    asked.delete(key);
    return start === undefined ? undefined : now - start;
  }

  function answered(phone: string, event: TwinEvent & { readonly kind: 'answer' }, now: number) {
    const { outcome, bytes, path } = event;
    count(requests, outcome);
    sum.bytes += bytes;
    const took = since(`${phone} ${path}`, now);
    if (took === undefined) return;
    if (outcome === 'sent' && bytes >= oneBlock) transfers.push(took);
    else if (outcome === 'sent' || outcome === 'missing') answers.push(took);
  }

  return {
    heard(phone, event, now) {
      if (event.kind === 'request') asked.set(`${phone} ${event.path}`, now);
      if (event.kind === 'answer') answered(phone, event, now);
      if (event.kind === 'sip' && event.from === 'phone' && event.method === 'REGISTER') {
        const key = `${phone} REGISTER`;
        if (!asked.has(key)) asked.set(key, now);
      }
      if (event.kind !== 'registration') return;
      const took = since(`${phone} REGISTER`, now);
      if (took !== undefined && event.state === 'registered') registrations.push(took);
    },
    ended(end) {
      count(ends, end?.state ?? 'stopped');
      if (end === undefined) return;
      count(images, end.image);
      sum.boots += end.boots;
      sum.restarts += end.restarts ?? 0;
      if (end.state === 'idle' && end.lines?.some(({ state }) => state === 'registered') === true)
        sum.registered++;
    },
    end: (phones, seconds) => ({
      ...{ event: 'storm', phones, seconds, ends, images, requests, ...sum },
      answers: latencyOf(answers),
      transfers: latencyOf(transfers),
      registrations: latencyOf(registrations),
    }),
  };
}

function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

/** Milliseconds, to a tenth. */
export function latencyOf(all: readonly number[]): StormLatency {
  const sorted = Float64Array.from(all).sort();
  const at = (share: number) => {
    const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
    return Math.round(value * 10) / 10;
  };
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
