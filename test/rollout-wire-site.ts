import assert from 'node:assert/strict';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { RolloutPhone, RolloutPhoneChange } from '../src/model/rollout.ts';
import { openSqliteStore } from '../src/store/sqlite/open.ts';
import { parseMac } from '../src/wire/mac.ts';
import { hookflash, startHookflash, temporaryFolder, type Running } from './hookflash-process.ts';
import { startStorm, type StormProcess } from './storm-process.ts';

/**
 * A site over the wire: the real server process with TFTP and its registrar, virtual phones that each
 * have a loopback address and speak real UDP, and an operator who uses commands alone.
 */
export type WirePlan = {
  readonly phones: number;
  readonly faulty: number;
  readonly seed: number;
  /** Of the phones' time, and how much the server gives them of what real ones may take. */
  readonly timeScale: number;
  readonly patience: number;
  /** While it is down nobody else gets its ports, as happens on 127.0.0.1. */
  readonly serverAddress: string;
  readonly firstAddress: string;
};

export type WireSite = {
  readonly plan: WirePlan;
  readonly storm: StormProcess;
  /** The server's events of rollouts, of all its lives. */
  readonly problems: readonly unknown[];
  /** Runs a command on the workspace; any exit code. */
  run(...words: readonly string[]): Promise<string>;
  /** Kills the server and starts it again at once. */
  kill(): Promise<void>;
  rollout(name: string): Promise<WireRollout>;
  /** Ends the phones, then the server. */
  end(): Promise<void>;
};

/** What the server's own record has of a rollout. */
export type WireRollout = {
  readonly state: string;
  readonly reason: string;
  readonly phones: readonly RolloutPhone[];
  readonly history: readonly RolloutPhoneChange[];
};

export const from = 'P0S3-07-5-00';
export const target = 'P0S3-8-12-00';
export const faults = [
  ...(['refuses-image', 'never-comes-back', 'boots-old-application', 'flaps'] as const),
];
const firstMac = 0x0200_0001_0001;

export async function wireSite(t: TestContext, plan: WirePlan): Promise<WireSite> {
  const dir = join(await temporaryFolder(t), 'site');
  await stock(dir, plan);
  const problems: unknown[] = [];
  const serve = async (tftp: string, sip: string) => {
    const server = startHookflash(t, 'serve', '--dir', dir, '--tftp', tftp, '--sip', sip);
    server.each((line) => {
      if (line.event === 'problem') problems.push(line);
    });
    const { listen } = await server.line(({ event }) => event === 'ready');
    return { server, listen: listen as { readonly tftp: string; readonly sip: string } };
  };
  const any = `${plan.serverAddress}:0`;
  const { server: first, listen } = await serve(any, any);
  let server: Running = first;
  const flash = ['--flash', join(dir, 'flash'), '--power-cycles', String(powerCycles)];
  const storm = startStorm(t, plan.phones, ...stormFlags(plan, listen), ...flash);
  await storm.registered();
  return {
    ...{ plan, storm, problems },
    async run(...words) {
      const { out, err, code } = await hookflash(...words, '--dir', dir);
      assert.ok(code === 0 || code === 1, `${words.join(' ')}: ${err}`);
      return out;
    },
    async kill() {
      await server.end('SIGKILL');
      ({ server } = await serve(listen.tftp, listen.sip));
    },
    rollout: (name) => readRollout(dir, name),
    async end() {
      await storm.end();
      assert.equal(await server.end(), 0);
    },
  };
}

/** A phone that waits for a busy machine counts as stuck after a while, where a real one waits on. */
const powerCycles = 50;

/** Phones that are switched on in a second. */
const onPerSecond = 50;

function stormFlags(
  { phones, faulty, seed, timeScale, firstAddress }: WirePlan,
  { tftp, sip }: { readonly tftp: string; readonly sip: string },
): readonly string[] {
  return [
    ...['--mac', macOf(0), '--address', firstAddress, '--image', from, '--no-sntp'],
    ...['--tftp', tftp, '--sip', sip, '--stay', '--time-scale', String(timeScale)],
    ...['--over', String(phones / onPerSecond)],
    ...['--fault', ...faults, '--faulty', String(faulty), '--seed', String(seed)],
  ];
}

/** A workspace with the phones' firmware, and the phones as a table. */
async function stock(dir: string, { phones, patience, serverAddress }: WirePlan): Promise<void> {
  const must = async (...words: readonly string[]) => {
    const { code, err } = await hookflash(...words);
    assert.equal(code, 0, err);
  };
  await must('init', dir);
  const config = join(dir, 'hookflash.yaml');
  const text = await readFile(config, 'utf8');
  await writeFile(config, text.replace(/^trust:/m, 'trust:\n  networks: [127.0.0.0/8]'));
  await appendFile(config, `patience: ${patience}\n`);
  await must('firmware', 'synth', from, target, '--out', join(dir, 'firmware'));
  const head = 'mac,model,running,line1_name,line1_authname,line1_password,proxy1_address';
  const rows = Array.from({ length: phones }, (_, at) =>
    [macOf(at), '7960', from, `${7000 + at}`, `u${at}`, `p${at}`, serverAddress, '1'].join(),
  );
  const csv = join(dir, 'phones.csv');
  await writeFile(csv, [`${head},proxy_register`, ...rows, ''].join('\n'));
  await must('phone', 'import', csv, '--dir', dir);
}

function macOf(at: number): string {
  return (firstMac + at).toString(16).padStart(12, '0').toUpperCase();
}

async function readRollout(dir: string, name: string): Promise<WireRollout> {
  const store = await openSqliteStore(join(dir, 'hookflash.db'));
  try {
    const rollout = await store.rolloutGet(name);
    assert.ok(rollout, name);
    const phones = await store.rolloutPhones(name);
    return { ...rollout, phones, history: await store.rolloutHistory(name) };
  } finally {
    await store.close();
  }
}

/** The 254 neighbours of a phone's address. */
export function subnetOf(site: WireSite, mac: string): string {
  const { address } = site.storm.phones.get(parseMac(mac)) ?? {};
  return address?.replace(/\d+$/, '0/24') ?? '';
}
