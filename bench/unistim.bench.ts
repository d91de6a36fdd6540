// Virtual IP Phones 2004 that all upgrade at once through one IPCM service, from UNIStim over the
// transitional image to SIP; beside it the same bytes by TFTP from our server, tftpd-hpa and dnsmasq.
// `--phones N`, `--kilobytes N` an image, `--time-scale X` of the phones. About two minutes.
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { randomBytes, seededRandom } from '../src/servers/tftp/testing/random.ts';
import { openSqliteStore } from '../src/store/sqlite/open.ts';
import { formatMac, type Mac } from '../src/wire/mac.ts';
import { hookflashUnder, jsonLines } from '../test/hookflash-process.ts';
import { ipcmSite, type IpcmSite, macsFrom } from '../test/ipcm-site.ts';
import { makeNetwork, type Scope } from '../test/network-namespaces.ts';
import { contenders } from './tftp-contenders.ts';
import type { LoadOptions, LoadResult } from './tftp-load.ts';
import { clockTicks, processFigures, udpFigures } from './process-figures.ts';

const { values: flags } = parseArgs({
  options: {
    phones: { type: 'string', default: '500' },
    kilobytes: { type: 'string', default: '1024' },
    'time-scale': { type: 'string', default: '0.1' },
  },
});
const phones = Number(flags.phones);
const imageBytes = Number(flags.kilobytes) * 1024;
const address = '127.66.0.1';
const firstAddress = '127.66.1.1';
const loadMs = 4000;
const loadThreads = 2;
const parallel = 20;

async function closed<T>(work: (scope: Scope) => Promise<T>): Promise<T> {
  const ends: (() => unknown)[] = [];
  const scope: Scope = {
    after: (end) => void ends.push(end),
    skip: (reason) => console.log(`${reason}: datagrams are those of the whole machine`),
  };
  try {
    return await work(scope);
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

/** Milliseconds of CPU for each megabyte. */
type Cost = { readonly name: string; readonly rate: number; readonly cpu: number | undefined };

/** All of them at once; the server's cost for a megabyte of files. */
async function storm(scope: Scope): Promise<Cost> {
  const macs = macsFrom(0x0200_0020_0001, phones);
  const starter = makeNetwork(scope)?.namespace('ipcm').starter ?? [];
  const site = await ipcmSite(scope, { address, imageBytes, phones: macs, starter });
  const pid = site.server.child.pid ?? 0;
  const [udp, cpu] = [udpFigures(pid), processFigures(pid)];
  const ran = await hookflashUnder(
    starter,
    ...['twin', 'storm', '--model', '2004', '--phones', String(phones), '--press', 'FirmW'],
    ...['--unistim', site.listen.unistim, '--tftp', site.listen.tftp, '--address', firstAddress],
    ...['--mac', formatMac(macs[0] ?? ('' as Mac)), '--image', '0604D98', '--seed', '1'],
    ...['--time-scale', flags['time-scale'], '--json'],
  );
  const end = jsonLines(ran.out).at(-1) as End;
  const after = { udp: udpFigures(pid), process: processFigures(pid) };
  const used = after.process.cpuSeconds - cpu.cpuSeconds;
  await site.server.end();
  const sent = await resent(site, macs);
  const datagrams = after.udp.received - udp.received;
  const wanted = `${phones} phones, two images of ${imageBytes / 1024} KiB each`;
  console.log(`\n${wanted}: ${JSON.stringify(end.images)} after ${end.seconds} s`);
  const rows: Readonly<Record<string, string>> = {
    'files, slowest and half of them within': `${ms(end.transfers.max)}, ${ms(end.transfers.p50)}`,
    'file data': `${(end.bytes / 1e6).toFixed(0)} MB, ${(end.bytes / 1e6 / end.seconds).toFixed(1)} MB/s`,
    datagrams: `${datagrams}, ${Math.round(datagrams / end.seconds)} a second`,
    'for which a socket had no room': `${after.udp.overflows - udp.overflows}`,
    'blocks sent again by UFTP': `${sent}`,
    "server's CPU": `${used.toFixed(1)} s, ${((100 * used) / end.seconds).toFixed(0)} % of one core`,
    "server's memory, at most": `${(after.process.mostBytes / 2 ** 20).toFixed(0)} MiB`,
    problems: site.problems.length === 0 ? 'none' : site.problems.slice(0, 3).join('; '),
  };
  for (const [name, value] of Object.entries(rows)) console.log(`  ${name.padEnd(40)}${value}`);
  const megabytes = end.bytes / 1e6;
  return { name: 'hookflash, UFTP', rate: megabytes / end.seconds, cpu: (1000 * used) / megabytes };
}

type End = {
  readonly seconds: number;
  readonly bytes: number;
  readonly images: Readonly<Record<string, number>>;
  readonly transfers: { readonly p50: number; readonly max: number };
};

function ms(value: number): string {
  return `${(value / 1000).toFixed(1)} s`;
}

/** As the phones' timelines have it. */
async function resent({ dir }: IpcmSite, macs: readonly Mac[]): Promise<number> {
  const store = await openSqliteStore(join(dir, 'hookflash.db'));
  try {
    let total = 0;
    for (const mac of macs)
      for (const { id } of await store.bootList(mac, 20))
        for (const { protocol, retries } of await store.requestList(id))
          if (protocol === 'uftp') total += retries;
    return total;
  } finally {
    await store.close();
  }
}

/** One file over and over, 512 bytes a block, each acknowledged: as phones ask for it. */
async function tftp(folder: string, path: string): Promise<readonly Cost[]> {
  const costs: Cost[] = [];
  for (const { name, start } of contenders.filter((each) => !each.name.includes('2 threads'))) {
    const running = await start(folder);
    if (typeof running === 'string') {
      console.log(`SKIPPED ${name}: ${running}`);
      continue;
    }
    try {
      const pid = running.child.pid ?? 0;
      const before = processFigures(pid);
      const { transfers, seconds } = await load({ ...running.peer, path });
      const used = processFigures(pid).cpuSeconds - before.cpuSeconds;
      const megabytes = (transfers * imageBytes) / 1e6;
      // The kernel does not tell what its children used, one for each transfer.
      const cpu = name === 'tftpd-hpa' ? undefined : (1000 * used) / megabytes;
      costs.push({ name: `${name}, TFTP`, rate: megabytes / seconds, cpu });
    } finally {
      running.child.kill();
    }
  }
  return costs;
}

async function load(file: Pick<LoadOptions, 'address' | 'port' | 'path'>) {
  const workerData: LoadOptions = {
    ...{ ...file, size: imageBytes, options: {}, parallel, ms: loadMs },
  };
  const threads = Array.from({ length: loadThreads }, async () => {
    const worker = new Worker(new URL('tftp-load.ts', import.meta.url), { workerData });
    const [result] = (await once(worker, 'message')) as [LoadResult];
    return result;
  });
  const results = await Promise.all(threads);
  return {
    transfers: results.reduce((sum, { transfers }) => sum + transfers, 0),
    seconds: Math.max(...results.map((result) => result.ms)) / 1000,
  };
}

if (clockTicks() === undefined) {
  console.log('SKIPPED: what a process uses is not told by /proc on this system');
} else {
  const own = await closed(storm);
  const folder = mkdtempSync(join(tmpdir(), 'hookflash-bench-'));
  try {
    const path = 'image.bin';
    writeFileSync(join(folder, path), randomBytes(imageBytes, seededRandom(1)));
    const costs = [own, ...(await tftp(folder, path))];
    console.log('\n                             MB/s   CPU ms for a MB   against UFTP');
    for (const { name, rate, cpu } of costs) {
      const ratio = cpu === undefined || own.cpu === undefined ? undefined : cpu / own.cpu;
      const cells = [cpu?.toFixed(1) ?? '', ratio?.toFixed(2) ?? ''];
      const [cost = '', against = ''] = cells;
      console.log(
        `${name.padEnd(26)}${rate.toFixed(1).padStart(7)}${cost.padStart(18)}${against.padStart(15)}`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
