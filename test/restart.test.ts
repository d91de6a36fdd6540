import { seededRandom } from '../src/twin/seeded-random.ts';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import type { Progress } from '../src/model/progress.ts';
import { openSqliteStore } from '../src/store/sqlite/open.ts';
import { parseMac } from '../src/wire/mac.ts';
import {
  hookflash,
  jsonLines,
  startHookflash,
  temporaryFolder,
  type Running,
} from './hookflash-process.ts';

/** A server that is killed in the middle of an upgrade, and started again on the same workspace. */

const mac = '02:00:00:00:00:31';
const from = 'P0S3-04-4-00';
const hops = ['P0S3-06-3-00', 'P0S3-08-12-00'] as const;
const target = hops[1];
/** Files that the phone takes once each: an image, then a loader, then an application. */
const taken = ['P0S3-06-3-00.bin', 'P003-08-12-00.sbn', 'P0S3-08-12-00.sb2'];
/** While it is down nobody else gets its port, as happens on 127.0.0.1. */
const serverAddress = '127.0.0.254';
const mostKills = 3;
/** Lines of an upgrade without a kill are about 40. */
const mostLines = 18;
const mostPowerCycles = 6;

const seed = Number(process.env.HOOKFLASH_SEED ?? Date.now() % 0x7fffffff);

type Line = Readonly<Record<string, unknown>>;

describe('a server that is killed in the middle of an upgrade', { concurrency: 2 }, () => {
  for (let trial = 0; trial < 4; trial++)
    test(`goes on where it was, seed ${seed + trial}`, (t) =>
      killAndGoOn(t, seededRandom(seed + trial)));
});

async function killAndGoOn(t: TestContext, random: () => number): Promise<void> {
  const folder = await temporaryFolder(t);
  const dir = join(folder, 'site');
  await stock(dir);
  const events: Line[] = [];
  let server = await serve(t, dir, `${serverAddress}:0`, events);
  const { tftp } = server;
  const upgrade = bootUntilThere(t, tftp, join(folder, 'flash.json'));

  for (let kill = 1; kill <= mostKills; kill++) {
    const lines = 1 + Math.floor(random() * mostLines);
    const isThere = await Promise.race([server.lines(lines), upgrade.then(() => true)]);
    if (isThere) break;
    const pause = Math.floor(random() * 40);
    await new Promise((resolve) => setTimeout(resolve, pause));
    await server.running.end('SIGKILL');
    t.diagnostic(`killed ${pause} ms after line ${lines}`);
    server = await serve(t, dir, tftp, events);
  }

  const asked = await upgrade;
  // What the phone asked for just before a kill may be lost, and the proof of the last step with
  // it: the next boot shows it.
  await bootOnce(t, tftp, join(folder, 'flash.json'), asked, mostPowerCycles + 1);
  assert.equal(await server.running.end(), 0);
  assertNothingTwice(asked, events);
  await assertInStore(dir);
}

async function stock(dir: string): Promise<void> {
  for (const words of [
    ['init', dir],
    ['firmware', 'synth', ...hops, '--out', join(dir, 'firmware')],
    ['phone', 'add', mac, '--model', '7960', '--image', target, '--dir', dir],
  ]) {
    const { code, err } = await hookflash(...words);
    assert.equal(code, 0, err);
  }
}

type Served = {
  readonly running: Running;
  readonly tftp: string;
  /** Resolves when this server has written so many lines. */
  lines(count: number): Promise<false>;
};

/** `events` gets all that this server says. */
async function serve(t: TestContext, dir: string, on: string, events: Line[]): Promise<Served> {
  const running = startHookflash(t, 'serve', '--dir', dir, '--tftp', on);
  const wakers = new Set<() => void>();
  let count = 0;
  running.each((line) => {
    events.push(line);
    count++;
    for (const wake of wakers) wake();
  });
  const { listen } = await running.line((line) => line.event === 'ready');
  return {
    running,
    tftp: (listen as { readonly tftp: string }).tftp,
    lines: (wanted) =>
      new Promise((resolve) => {
        const wake = () => {
          if (count >= wanted) resolve(false);
        };
        wakers.add(wake);
        wake();
      }),
  };
}

/** Switched off and on again while it is not on its image, as a person would do; what it asked for. */
async function bootUntilThere(t: TestContext, tftp: string, flash: string): Promise<Line[]> {
  const asked: Line[] = [];
  for (let cycle = 0; cycle <= mostPowerCycles; cycle++) {
    const end = await bootOnce(t, tftp, flash, asked, cycle);
    if (end.state === 'idle' && end.image === target) return asked;
    t.diagnostic(`switched off and on: ${String(end.state)} with ${String(end.image)}`);
  }
  throw new Error(`not on ${target} after ${mostPowerCycles} power cycles`);
}

async function bootOnce(
  t: TestContext,
  tftp: string,
  flash: string,
  asked: Line[],
  cycle: number,
): Promise<Line> {
  const always = ['--mac', mac, '--address', '127.0.0.31', '--tftp', tftp, '--flash', flash];
  const start = cycle === 0 ? ['--image', from] : [];
  const scale = ['--time-scale', '0.01', '--seed', String(cycle)];
  const twin = startHookflash(t, 'twin', 'boot', '--model', '7960', ...always, ...start, ...scale);
  twin.each((line) => asked.push(line));
  const end = await twin.line((line) => line.event === 'end');
  await twin.end();
  return end;
}

/** Once a step is proved, the phone is never sent back to it. The last event may have been killed. */
function assertNothingTwice(asked: readonly Line[], events: readonly Line[]): void {
  for (const path of taken) {
    const whole = asked.filter((line) => line.path === path && line.outcome === 'sent');
    assert.equal(whole.length, 1, `${path} was taken ${whole.length} times`);
  }
  const plans = events.flatMap((line) =>
    line.event === 'progress' ? [line.progress as Progress] : [],
  );
  let proved = 0;
  for (const { steps, step } of plans) {
    const now = step + hops.length - steps.length;
    assert.ok(now >= proved, `step ${now} after step ${proved}: ${JSON.stringify(events)}`);
    proved = now;
  }
}

async function assertInStore(dir: string): Promise<void> {
  const shown = jsonLines((await hookflash('phone', 'show', mac, '--dir', dir, '--json')).out);
  const [phone] = shown as readonly { readonly running: string; readonly progress: Progress }[];
  assert.deepEqual([phone?.running, phone?.progress.state], [target, 'done']);
  const store = await openSqliteStore(join(dir, 'hookflash.db'));
  const boots = await store.bootList(parseMac(mac), 100);
  const requests = await Promise.all(boots.map(({ id }) => store.requestList(id)));
  for (const path of taken) {
    const sent = requests.flat().filter((row) => row.path === path && row.outcome === 'sent');
    assert.ok(sent.length <= 1, `${path} was sent ${sent.length} times`);
  }
  await store.close();
}
