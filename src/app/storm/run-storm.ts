import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { TwinEnd, TwinLine } from '../../cli/twin-events.ts';
import type { StormEnd, StormOptions } from '../../cli/twin-storm-run.ts';
import { seededRandom } from '../../twin/seeded-random.ts';
import { bootTwin } from '../twin.ts';
import { stormCast, type StormPhone } from './storm-cast.ts';
import { createStormRecord, type StormRecord } from './storm-record.ts';

/** Real milliseconds for which a phone that was stuck stays off. */
const offMs = 1500;

type Storm = {
  readonly options: StormOptions;
  readonly record: StormRecord;
  /** Ends phones that are in the middle of a boot. */
  readonly cut: AbortController;
};

/** Many virtual phones at once, each as `twin boot` has it, until all have ended or are stopped. */
export async function runStorm(options: StormOptions): Promise<StormEnd> {
  const { overMs, stopped, flash, seed } = options;
  const cast = stormCast({ ...options, random: seededRandom(seed) });
  if (flash !== undefined) await mkdir(flash, { recursive: true });
  const storm: Storm = { options, record: createStormRecord(), cut: new AbortController() };
  // Those that rest end in order first.
  stopped.addEventListener('abort', () => setImmediate(() => storm.cut.abort()), { once: true });
  const start = performance.now();
  const lives = cast.map((phone, at) => live(storm, phone, at, (overMs * at) / cast.length));
  for (const end of await Promise.all(lives)) storm.record.ended(end);
  const seconds = Math.round(performance.now() - start) / 1000;
  return storm.record.end(cast.length, seconds);
}

/** Undefined for one that was stopped before it had come to rest. */
async function live(
  storm: Storm,
  phone: StormPhone,
  at: number,
  waitMs: number,
): Promise<TwinEnd | undefined> {
  const { options, cut } = storm;
  const { powerCycles, seed } = options;
  try {
    await delay(waitMs, undefined, { signal: cut.signal });
    for (let cycle = 0; ; cycle++) {
      const end = await boot(storm, phone, seed + at * (powerCycles + 1) + cycle);
      const isOver = end.state === 'idle' || phone.fault !== undefined || cycle >= powerCycles;
      if (isOver || cut.signal.aborted) return end;
      await delay(offMs, undefined, { signal: cut.signal });
    }
  } catch (error) {
    if (cut.signal.aborted) return undefined;
    cut.abort();
    throw error;
  }
}

function boot({ options, record, cut }: Storm, phone: StormPhone, seed: number): Promise<TwinEnd> {
  const { mac, address, fault } = phone;
  const { model, tftp, http, sntp, sip, nortel, timeScale, answerTime, image } = options;
  const flash = options.flash && join(options.flash, `${mac}.json`);
  const isNew = flash === undefined || !existsSync(flash);
  const time = () => Date.now();
  const isFaulty = fault !== undefined && { fault };
  options.onLine({ event: 'on', mac, address, time: time(), ...isFaulty });
  const onLine = (line: TwinLine) => {
    if (isTold(line)) options.onLine({ ...line, mac, time: time() });
  };
  return bootTwin(
    {
      ...{ model, mac, address, timeScale, seed, onLine, signal: cut.signal },
      ...nortel,
      ...(answerTime !== undefined && { answerTime }),
      ...(tftp && { tftp }),
      ...(http && { http }),
      ...(sntp && { sntp }),
      ...(sip && { sip: { ...sip, stopped: options.stopped } }),
      ...(flash !== undefined && { flash }),
      ...(image !== undefined && isNew && { image }),
      ...(fault !== undefined && { faults: [fault] }),
    },
    (event) => record.heard(mac, event, performance.now()),
  );
}

/** What phones come to; not each request. */
function isTold(line: TwinLine): boolean {
  if (line.event === 'sip') return line.method === 'NOTIFY';
  return ['registration', 'restart', 'reboot', 'refused', 'flash', 'end'].includes(line.event);
}
