// Our TFTP server beside tftpd-hpa and dnsmasq under the same load, taken in turn in one run.
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { randomBytes, seededRandom } from '../src/servers/tftp/testing/random.ts';
import { contenders } from './tftp-contenders.ts';
import type { Running } from './tftp-contenders.ts';
import type { LoadOptions, LoadResult } from './tftp-load.ts';

type Load = Pick<LoadOptions, 'options' | 'parallel'>;
type Row = {
  readonly name: string;
  readonly running: Running;
  transfers: number;
  ms: number;
  resent: number;
};

const file = { path: 'image.bin', size: 700_000 };
const rounds = 3;
const roundMs = 1500;
const loadThreads = 2;
const loads: Readonly<Record<string, Load>> = {
  'blocks of 512 bytes, as phones ask for them': { options: {}, parallel: 20 },
  'blksize 1428 and windowsize 8, where granted': {
    options: { blksize: 1428, windowsize: 8 },
    parallel: 20,
  },
};

/** Loads one server for a round, from several threads. */
async function measure(row: Row, load: Load): Promise<void> {
  const workerData: LoadOptions = { ...row.running.peer, ...file, ...load, ms: roundMs };
  const threads = Array.from({ length: loadThreads }, async () => {
    const worker = new Worker(new URL('tftp-load.ts', import.meta.url), { workerData });
    const [result] = (await once(worker, 'message')) as [LoadResult];
    return result;
  });
  for (const { transfers, resent, ms } of await Promise.all(threads)) {
    row.transfers += transfers;
    row.resent += resent;
    row.ms += ms / loadThreads;
  }
}

function print(title: string, rows: readonly Row[]): void {
  const rate = ({ transfers, ms }: Row) => (transfers / ms) * 1000;
  const best = rows.filter(({ name }) => !name.startsWith('hookflash')).map(rate);
  console.log(`\n${title}`);
  console.log(
    '                        transfers/s     MB/s   sent again   against the faster peer',
  );
  for (const row of rows) {
    const cells = [
      row.name.padEnd(22),
      rate(row).toFixed(1).padStart(12),
      ((rate(row) * file.size) / 1e6).toFixed(1).padStart(8),
      `${row.resent}`.padStart(12),
      best.length > 0 ? (rate(row) / Math.max(...best)).toFixed(2).padStart(25) : '',
    ];
    console.log(cells.join(' '));
  }
}

const folder = mkdtempSync(join(tmpdir(), 'hookflash-bench-'));
const running: Pick<Row, 'name' | 'running'>[] = [];
try {
  writeFileSync(join(folder, file.path), randomBytes(file.size, seededRandom(1)));
  for (const { name, start } of contenders) {
    const started = await start(folder);
    if (typeof started === 'string') console.log(`SKIPPED ${name}: ${started}`);
    else running.push({ name, running: started });
  }
  for (const [title, load] of Object.entries(loads)) {
    const rows = running.map((each): Row => ({ ...each, transfers: 0, ms: 0, resent: 0 }));
    for (let round = 0; round < rounds; round++) for (const row of rows) await measure(row, load);
    print(
      `${file.size / 1000} kB file, ${load.parallel * loadThreads} transfers at once, ${title}`,
      rows,
    );
  }
} finally {
  for (const { child } of running.map((each) => each.running)) child.kill();
  rmSync(folder, { recursive: true });
}
