import type { TimeEvent } from '../core/asking.ts';
import type { Clock } from '../core/clock.ts';
import type { Identity } from '../core/identify.ts';
import type { Provisioner } from '../core/provision.ts';
import type { Store } from '../model/store.ts';

export type TimeTimelineParts = {
  readonly store: Pick<Store, 'phoneGet'>;
  readonly clock: Clock;
  readonly identifier: {
    identify(path: string, address: string, now: number): Pick<Identity, 'mac'>;
  };
  readonly tell: Provisioner['event'];
  readonly onProblem: (error: unknown) => void;
};

/** Puts requests for the time into the timelines of the phones that hold their addresses. */
export type TimeTimeline = {
  add(event: TimeEvent): void;
  /** Resolves when all that was added is told. */
  idle(): Promise<void>;
};

const everyMs = 100;
/** The newest; more than these in a moment are a flood. */
const most = 5000;

export function createTimeTimeline(parts: TimeTimelineParts): TimeTimeline {
  const { clock, onProblem } = parts;
  let waiting: TimeEvent[] = [];
  let telling: Promise<void> = Promise.resolve();
  let callOff: (() => void) | undefined;

  function flush(): Promise<void> {
    callOff?.();
    callOff = undefined;
    const taken = waiting;
    waiting = [];
    telling = telling.then(() => tellAll(parts, taken)).catch(onProblem);
    return telling;
  }

  return {
    add(event) {
      waiting.push(event);
      if (waiting.length > 2 * most) waiting = waiting.slice(-most);
      callOff ??= clock.after(everyMs, () => void flush());
    },
    idle: flush,
  };
}

async function tellAll(
  { store, identifier, tell }: TimeTimelineParts,
  events: readonly TimeEvent[],
): Promise<void> {
  for (const { at, address, localAddress: server, outcome } of events) {
    const { mac } = identifier.identify('', address, at);
    if (mac === undefined || !(await store.phoneGet(mac))) continue;
    const event = { at, protocol: 'sntp', address } as const;
    tell(mac, { ...event, happening: { kind: 'sntp', from: 'phone', server } });
    // A kiss of death, or a clock that nobody sets, is no time to a phone.
    if (outcome === 'time')
      tell(mac, { ...event, happening: { kind: 'sntp', from: 'server', server } });
  }
}
