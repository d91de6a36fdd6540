import type { TestContext } from 'node:test';
import { bootTwin } from '../src/app/twin.ts';
import type { TwinEnd, TwinLine } from '../src/cli/twin-events.ts';
import type { TwinOptions, TwinSipOptions } from '../src/cli/twin-options.ts';
import type { Mac } from '../src/wire/mac.ts';

/** What a phone did, and when by the steady clock of this machine, in milliseconds. */
export type Seen = { readonly at: number; readonly line: TwinLine };

export type VirtualDesk = {
  readonly mac: Mac;
  readonly address: string;
  readonly seen: readonly Seen[];
  /** Resolves with the first thing that it does from `from` on for which the check is true. */
  until(check: (line: TwinLine) => boolean, from?: number): Promise<Seen>;
  /** Switches it off. */
  stop(): Promise<TwinEnd>;
};

export type VirtualDeskOptions = Pick<
  TwinOptions,
  'model' | 'mac' | 'image' | 'tftp' | 'timeScale'
> & {
  readonly address: string;
  readonly person?: Pick<TwinSipOptions, 'answersAfter' | 'hangsUpAfter'>;
  readonly faults?: readonly string[];
};

/** A virtual phone on real sockets that stays until the test ends. */
export function virtualDesk(t: TestContext, options: VirtualDeskOptions): VirtualDesk {
  const { mac, address, person, ...rest } = options;
  const seen: Seen[] = [];
  const waiting = new Set<() => void>();
  const stopping = new AbortController();
  let failed: Error | undefined;
  const ended = bootTwin({
    ...{ ...rest, mac, address, http: 'never', sntp: 'never' },
    seed: Number.parseInt(mac.slice(-4), 16),
    sip: { until: 'stay', stopped: stopping.signal, ...person },
    onLine(line) {
      seen.push({ at: performance.now(), line });
      for (const look of waiting) look();
    },
  });
  ended.catch((error: unknown) => {
    failed = error instanceof Error ? error : new Error(String(error));
    for (const look of waiting) look();
  });
  const stop = () => {
    stopping.abort();
    return ended;
  };
  t.after(stop);
  return {
    ...{ mac, address, seen, stop },
    until: (check, from = 0) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = seen.slice(from).find(({ line }) => check(line));
          if (found === undefined && failed === undefined) return;
          waiting.delete(look);
          if (found) resolve(found);
          else if (failed) reject(failed);
        };
        waiting.add(look);
        look();
      }),
  };
}

export const isRegistered = (line: TwinLine) =>
  line.event === 'registration' && line.state === 'registered';

export const isNotified = (line: TwinLine) =>
  line.event === 'sip' && line.from === 'peer' && line.method === 'NOTIFY';

export const asksForSync = (line: TwinLine) =>
  line.event === 'request' && line.path === 'syncinfo.xml';

/** What each NOTIFY came to, in words. */
export function decisions({ seen }: VirtualDesk): readonly string[] {
  return seen.flatMap(({ line }) => (line.event === 'restart' ? [line.text] : []));
}

/** Times that it started again. */
export function restarts({ seen }: VirtualDesk): number {
  return seen.filter(({ line }) => line.event === 'reboot').length;
}
