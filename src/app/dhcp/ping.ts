import { execFile } from 'node:child_process';

/** More at once would only slow each other down; beyond them addresses are offered untried. */
const mostAtOnce = 32;

/**
 * Whether an address answers an echo request of the program `ping` within a second. False where that
 * cannot be tried; `onProblem` hears why.
 */
export function createPing(
  onProblem: (error: Error) => void,
  [program, ...words]: readonly [string, ...string[]] = ['ping'],
): (address: string) => Promise<boolean> {
  let running = 0;
  return (address) => {
    if (running >= mostAtOnce) return Promise.resolve(false);
    running++;
    return new Promise((resolve) => {
      execFile(program, [...words, '-q', '-c', '1', '-W', '1', address], (error) => {
        running--;
        // 1: no answer. All else is a fault of the program, or its absence.
        if (error && error.code !== 1)
          onProblem(new Error(`addresses are offered without a ping: ${error.message.trim()}`));
        resolve(!error);
      });
    });
  };
}
