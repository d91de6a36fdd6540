import type { Clock } from './clock.ts';

/** Time that passes only when everything waits for it. */
export type VirtualClock = Clock;

type Timer = { readonly due: number; readonly callback: () => void };

/**
 * One timer fires per turn of the event loop, so that all promises that the last one settled have
 * run on before time moves. Only for work that waits for nothing but this clock.
 */
export function virtualClock(start = 0): VirtualClock {
  let now = start;
  let timers: readonly Timer[] = [];
  let turning = false;

  function turn(): void {
    const [next, ...rest] = timers;
    turning = rest.length > 0;
    if (turning) setImmediate(turn);
    timers = rest;
    if (next === undefined) return;
    now = Math.max(now, next.due);
    next.callback();
  }

  function after(ms: number, callback: () => void): () => void {
    const timer = { due: now + ms, callback };
    const later = timers.findIndex(({ due }) => due > timer.due);
    timers = timers.toSpliced(later < 0 ? timers.length : later, 0, timer);
    if (!turning) setImmediate(turn);
    turning = true;
    return () => void (timers = timers.filter((other) => other !== timer));
  }

  function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const abort = () => {
      callOff();
      reject(signal?.reason as Error);
    };
    const callOff = after(ms, () => {
      signal?.removeEventListener('abort', abort);
      resolve(undefined);
    });
    if (signal?.aborted === true) abort();
    else signal?.addEventListener('abort', abort, { once: true });
    return promise;
  }

  return { now: () => now, after, sleep };
}
