import { seededRandom } from '../src/twin/seeded-random.ts';
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { ProgressChange } from '../src/model/progress.ts';
import { openSqliteStore } from '../src/store/sqlite/open.ts';
import { parseMac } from '../src/wire/mac.ts';
import { hookflash, startHookflash, temporaryFolder, type Running } from './hookflash-process.ts';

/**
 * A server that is killed at random moments of an upgrade through several hops of many phones, and
 * started again on the same workspace and port. Real processes, real UDP on loopback addresses.
 */
export type KillPlan = {
  readonly phones: number;
  readonly kills: number;
  readonly seed: number;
  /** Of the phones' time: small enough to be quick, large enough for kills to fall into it. */
  readonly timeScale: number;
};

const from = 'P0S3-04-4-00';
const hops = ['P0S3-06-3-00', 'P0S3-08-12-00'] as const;
const target = hops[1];
/** While it is down nobody else gets its port, as happens on 127.0.0.1. */
const serverAddress = '127.0.1.254';
const mostPowerCycles = 12;
/** Milliseconds between the start of a server and its kill, at the most. */
const mostBetween = 1500;

type Line = Readonly<Record<string, unknown>>;

export async function killAndGoOn(t: TestContext, plan: KillPlan): Promise<void> {
  const random = seededRandom(plan.seed);
  const folder = await temporaryFolder(t);
  const dir = join(folder, 'site');
  const macs = Array.from({ length: plan.phones }, (_, at) => macOf(at + 1));
  await stock(dir, macs);
  let server = startHookflash(t, 'serve', '--dir', dir, '--tftp', `${serverAddress}:0`);
  const { listen } = await server.line((line) => line.event === 'ready');
  const { tftp } = listen as { readonly tftp: string };
  const stage: Stage = { t, folder, tftp, timeScale: plan.timeScale };
  let there = 0;
  const lives = macs.map(async (mac, at) => {
    const asked = await bootUntilThere(stage, mac, at + 1);
    there++;
    return asked;
  });
  const all = Promise.all(lives);
  // It may fail while nobody waits for it, and is waited for at the end.
  all.catch(() => undefined);
  let kills = 0;
  while (kills < plan.kills && there < macs.length) {
    const pause = Math.floor(random() * mostBetween);
    await Promise.race([new Promise((resolve) => setTimeout(resolve, pause)), all]);
    await server.end('SIGKILL');
    kills++;
    server = await startAgain(t, dir, tftp);
  }
  t.diagnostic(
    `seed ${plan.seed}: killed ${kills} times, ${there} of ${macs.length} there by then`,
  );
  const asked = await all;
  // What a phone asked for just before a kill may be lost, and the proof of the last step with it.
  for (const [at, mac] of macs.entries()) await bootOnce(stage, mac, at + 1, asked[at]!, 99);
  assert.equal(await server.end(), 0);
  await assertWhole(dir, macs, asked);
}

async function startAgain(t: TestContext, dir: string, tftp: string): Promise<Running> {
  const server = startHookflash(t, 'serve', '--dir', dir, '--tftp', tftp);
  await server.line((line) => line.event === 'ready');
  return server;
}

async function stock(dir: string, macs: readonly string[]): Promise<void> {
  const words = [
    ['init', dir],
    ['firmware', 'synth', ...hops, '--out', join(dir, 'firmware')],
    ...macs.map((mac) => ['phone', 'add', mac, '--model', '7960', '--image', target, '--dir', dir]),
  ];
  for (const each of words) {
    const { code, err } = await hookflash(...each);
    assert.equal(code, 0, err);
  }
}

type Stage = {
  readonly t: TestContext;
  readonly folder: string;
  readonly tftp: string;
  readonly timeScale: number;
};

/** Switched off and on again while it is not on its image, as a person would do; what it asked for. */
async function bootUntilThere(stage: Stage, mac: string, number: number): Promise<Line[]> {
  const asked: Line[] = [];
  for (let cycle = 0; cycle <= mostPowerCycles; cycle++) {
    const end = await bootOnce(stage, mac, number, asked, cycle);
    if (end.state === 'idle' && end.image === target) return asked;
  }
  throw new Error(`${mac} is not on ${target} after ${mostPowerCycles} power cycles`);
}

async function bootOnce(
  { t, folder, tftp, timeScale }: Stage,
  mac: string,
  number: number,
  asked: Line[],
  cycle: number,
): Promise<Line> {
  const flash = join(folder, `flash-${number}.json`);
  const always = ['--mac', mac, '--address', `127.0.1.${number}`, '--tftp', tftp, '--flash', flash];
  const start = existsSync(flash) ? [] : ['--image', from];
  const pace = ['--time-scale', String(timeScale), '--seed', String(number * 100 + cycle)];
  const twin = startHookflash(t, 'twin', 'boot', '--model', '7960', ...always, ...start, ...pace);
  twin.each((line) => asked.push(line));
  const end = await twin.line((line) => line.event === 'end');
  await twin.end();
  return end;
}

async function assertWhole(
  dir: string,
  macs: readonly string[],
  asked: readonly (readonly Line[])[],
): Promise<void> {
  const store = await openSqliteStore(join(dir, 'hookflash.db'));
  for (const [at, text] of macs.entries()) {
    const mac = parseMac(text);
    const { running } = (await store.phoneGet(mac))!;
    const { state } = (await store.progressGet(mac))!;
    const history = await store.progressHistory(mac);
    const told = history.map(({ step, state: at, reason }) => `${step} ${at} ${reason}`);
    assert.deepEqual([running, state], [target, 'done'], `${text}\n${told.join('\n')}`);
    assertEachStepOnce(text, history);
    assertNothingTwice(text, asked[at]!);
  }
  await store.close();
}

/** Every hop is gone through in its order, and none is served again once it is proved. */
function assertEachStepOnce(mac: string, history: readonly ProgressChange[]): void {
  let left: readonly string[] = hops;
  for (const { hops: planned, step } of history) {
    const next = planned.slice(step);
    const skipped = left.slice(0, left.length - next.length);
    assert.ok(next.length <= left.length, `${mac}: ${next.join()} again after ${left.join()}`);
    assert.ok(skipped.length <= 1, `${mac}: ${skipped.join()} in one go`);
    assert.deepEqual(next, left.slice(skipped.length), mac);
    left = next;
  }
  assert.deepEqual(left, [], mac);
}

/** What the phone took whole it is not given again. */
function assertNothingTwice(mac: string, asked: readonly Line[]): void {
  for (const path of ['P0S3-06-3-00.bin', 'P003-08-12-00.sbn', 'P0S3-08-12-00.sb2']) {
    const whole = asked.filter((line) => line.path === path && line.outcome === 'sent');
    assert.equal(whole.length, 1, `${mac}: ${path} was taken ${whole.length} times`);
  }
}

function macOf(number: number): string {
  return `02:00:00:00:01:${number.toString(16).padStart(2, '0').toUpperCase()}`;
}
