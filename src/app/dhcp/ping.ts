import { execFile } from 'node:child_process';

/** More at once would only slow each other down; beyond them addresses are offered untried. */
const mostAtOnce = 32;

/** Whether an address answers an echo request of the program `ping` within a second. */
export function createPing(): (address: string) => Promise<boolean> {
  let running = 0;
  return (address) => {
    if (running >= mostAtOnce) return Promise.resolve(false);
    running++;
    return new Promise((resolve, reject) => {
      execFile('ping', ['-n', '-q', '-c', '1', '-W', '1', address], (error) => {
        running--;
        if (error && typeof error.code !== 'number') reject(new Error(`ping: ${error.message}`));
        else resolve(!error);
      });
    });
  };
}
