import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { startHookflash, type Running } from './hookflash-process.ts';

type Line = Readonly<Record<string, unknown>>;

/** What one virtual phone did, by its own record. */
export type StormPhoneRecord = {
  readonly mac: string;
  readonly address: string;
  readonly fault: string | undefined;
  /** NOTIFYs by Call-ID, with the milliseconds since the epoch at which the first copy came. */
  readonly notified: Map<string, number>;
  /** Times that it was registered, by the registrar's answer. */
  registrations: number;
  /** How it ended, once it has. */
  end: Line | undefined;
};

/** `twin storm`, and what its phones say of themselves. */
export type StormProcess = {
  readonly phones: ReadonlyMap<string, StormPhoneRecord>;
  /** Resolves when all of them have registered for the first time; rejects where a faulty one has ended. */
  registered(): Promise<void>;
  /** Ends them all; resolves with its last line. */
  end(): Promise<Line>;
};

export function startStorm(
  t: TestContext,
  count: number,
  ...flags: readonly string[]
): StormProcess {
  const storm = startHookflash(t, 'twin', 'storm', '--phones', String(count), ...flags);
  const phones = new Map<string, StormPhoneRecord>();
  storm.each((line) => record(phones, line));
  const isLost = ({ event, mac }: Line) =>
    event === 'end' && phones.get(String(mac))?.fault !== undefined;
  return {
    phones,
    async registered() {
      const first = new Set<unknown>();
      await storm.line((line) => {
        if (line.event === 'registration' && line.state === 'registered') first.add(line.mac);
        return first.size === count || isLost(line);
      });
      assert.equal(first.size, count, 'a faulty phone ended before it had registered');
    },
    end: () => ended(storm),
  };
}

async function ended(storm: Running): Promise<Line> {
  const last = storm.line(({ event }) => event === 'storm');
  await storm.end();
  return last;
}

function record(phones: Map<string, StormPhoneRecord>, line: Line): void {
  const mac = String(line.mac);
  const phone = phones.get(mac);
  if (line.event === 'on' && phone === undefined) {
    const fault = typeof line.fault === 'string' ? line.fault : undefined;
    const fresh = { notified: new Map<string, number>(), registrations: 0, end: undefined };
    phones.set(mac, { mac, address: String(line.address), fault, ...fresh });
  }
  if (phone === undefined) return;
  if (line.event === 'sip' && line.method === 'NOTIFY' && line.status === undefined) {
    const id = String(line.callId);
    if (!phone.notified.has(id)) phone.notified.set(id, Number(line.time));
  }
  if (line.event === 'registration' && line.state === 'registered') phone.registrations++;
  if (line.event === 'end') phone.end = line;
}
