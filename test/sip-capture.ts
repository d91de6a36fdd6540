import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** What went over the loopback interface, as tshark reads it. */
export type SipCapture = {
  /** Ends it. Waits until all that was sent is in it. */
  end(): Promise<void>;
  /** The fields of the packets that a filter lets pass. `port` is of SIP, as 5060 is. */
  rows(port: number, filter: string, ...fields: readonly string[]): readonly (readonly string[])[];
  /** Ends it at the latest. */
  remove(): Promise<void>;
};

export async function captureSip(tshark: string, filter: string): Promise<SipCapture> {
  const folder = mkdtempSync(join(tmpdir(), 'hookflash-capture-'));
  const file = join(folder, 'sip.pcap');
  const child = spawn(tshark, ['-q', '-i', 'lo', '-f', filter, '-w', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit');
  await once(child.stderr, 'data');
  await delay(500);
  return {
    async end() {
      await delay(500);
      child.kill('SIGINT');
      await exited;
    },
    rows(port, shown, ...fields) {
      const words = ['-n', '-r', file, '-d', `udp.port==${port},sip`, '-Y', shown];
      const wanted = fields.flatMap((field) => ['-e', field]);
      const all = [...words, '-T', 'fields', ...wanted];
      const text = execFileSync(tshark, all, { encoding: 'utf8', maxBuffer: 2 ** 28 });
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => line.split('\t'));
    },
    async remove() {
      child.kill('SIGKILL');
      await exited;
      rmSync(folder, { recursive: true });
    },
  };
}
