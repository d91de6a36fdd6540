import type { Clock } from '../core/clock.ts';

/**
 * Runs a task every so many milliseconds, counted from the end of one run to the begin of the next.
 * Returns what ends it; `onProblem` hears of a run that failed.
 */
export function repeat(
  clock: Clock,
  everyMs: number,
  run: () => Promise<void>,
  onProblem: (error: unknown) => void,
): () => void {
  let isStopped = false;
  let callOff = () => {};

  function again(): void {
    callOff = clock.after(everyMs, () => {
      run()
        .catch(onProblem)
        .finally(() => {
          if (!isStopped) again();
        });
    });
  }

  again();
  return () => {
    isStopped = true;
    callOff();
  };
}
