import type { Clock } from '../clock.ts';

/** Waits until a phone has been idle for a while. */
export type IdleWatch = {
  /** Runs once the phone has been idle for so long, from now on; what was waited for is forgotten. */
  want(ms: number, run: () => void): void;
  /** A call began or ended. */
  changed(): void;
  close(): void;
};

export function createIdleWatch(clock: Clock, isIdle: () => boolean): IdleWatch {
  let wanted: { readonly ms: number; readonly run: () => void } | undefined;
  let callOff: (() => void) | undefined;
  let isRunning = false;

  function start(): void {
    const { ms, run } = wanted ?? {};
    if (ms === undefined || run === undefined || isRunning || !isIdle()) return;
    isRunning = true;
    callOff = clock.after(ms, () => {
      isRunning = false;
      wanted = undefined;
      run();
    });
  }

  function stop(): void {
    callOff?.();
    isRunning = false;
  }

  return {
    want(ms, run) {
      stop();
      wanted = { ms, run };
      start();
    },
    changed() {
      if (!isIdle()) stop();
      start();
    },
    close() {
      wanted = undefined;
      stop();
    },
  };
}
