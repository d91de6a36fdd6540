import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { bootTwin } from '../src/app/twin.ts';
import { randomDatagram } from '../src/codec/unistim/testing/rudp-fuzz.ts';
import { seededRandom } from '../src/twin/seeded-random.ts';
import { bindUdp, closeUdp } from '../src/servers/tftp/udp.ts';
import { ipcmSite, macsFrom, sha256, type IpcmSite } from './ipcm-site.ts';

export type ProcessFuzz = {
  /** Phones that came to SIP software while it went on. */
  readonly upgraded: number;
  /** Datagrams that the kernel dropped before the server had them. */
  readonly dropped: number;
  /** Bytes in memory, after the first half and at the end; undefined where nothing tells it. */
  readonly before: number | undefined;
  readonly after: number | undefined;
};

const address = '127.65.0.1';
const senders = 64;
const atOnce = 200;
/** Phones that upgrade at once. */
const lanes = 4;
const phones = macsFrom(0x0200_0020_5001, 1000);

/** Floods both ports of a server process with random datagrams, from many addresses; phones upgrade meanwhile. */
export async function fuzzServerProcess(
  t: TestContext,
  datagrams: number,
  seed: number,
): Promise<ProcessFuzz> {
  // All of them come to the readers: the limit for each address is far away.
  const config = 'limits: { requests_per_second: 1000000, burst: 1000000 }\n';
  const site = await ipcmSite(t, { address, imageBytes: 5000, phones, config });
  const sockets = await Promise.all(
    Array.from({ length: senders }, (_, at) => bindUdp(`127.65.1.${at + 1}`, 0)),
  );
  t.after(() => Promise.all(sockets.map(closeUdp)));
  const progress = { isOver: false };
  const upgrading = Promise.all(
    Array.from({ length: lanes }, (_, lane) => upgradeOnAndOn(site, lane, progress)),
  );
  const random = seededRandom(seed);
  const targets = [site.listen.unistim, site.listen.uftp].map(portOf);
  let before: number | undefined;
  try {
    for (let sent = 0; sent < datagrams; sent += atOnce) {
      for (let each = 0; each < atOnce; each++) {
        const socket = sockets[Math.floor(random() * senders)];
        socket?.send(randomDatagram(random), targets[random() < 0.5 ? 0 : 1] ?? 0, address);
      }
      await untilRead(targets);
      assert.equal(site.server.child.exitCode, null, `it crashed, seed ${seed}`);
      if (sent >= datagrams / 2) before ??= memoryOf(site);
    }
  } finally {
    progress.isOver = true;
  }
  const upgraded = (await upgrading).reduce((total, each) => total + each, 0);
  const dropped = sum(targets, ({ drops }) => drops);
  const after = memoryOf(site);
  assert.equal(await site.server.end(), 0, `it ends in order, seed ${seed}`);
  assert.deepEqual(
    site.problems.filter((text) => !isOfFuzz(String(text))),
    [],
  );
  return { upgraded, dropped, before, after };
}

/** A datagram that cannot be read is told of once a minute. */
function isOfFuzz(problem: string): boolean {
  return /cannot be read/.test(problem);
}

/** One phone after the other, at least one. */
async function upgradeOnAndOn(
  { listen, images }: IpcmSite,
  lane: number,
  progress: { readonly isOver: boolean },
): Promise<number> {
  const unistim = { address, port: portOf(listen.unistim) };
  const wanted = ['CT12D97.bin', '0692D93.bin'].map((name) => sha256(images[name]));
  for (let upgraded = 0; ; upgraded++) {
    const mac = phones[upgraded * lanes + lane];
    if (mac === undefined || (upgraded > 0 && progress.isOver)) return upgraded;
    const flashed: string[] = [];
    const { image } = await bootTwin({
      ...{ model: '2004', mac, timeScale: 0.05, seed: upgraded, press: 'FirmW', unistim },
      address: `127.65.2.${lane + 1}`,
      onLine: (line) => {
        if (line.event === 'flash') flashed.push(line.sha256 ?? '');
      },
    });
    assert.deepEqual([image, flashed], ['0692D93c08', wanted], `${mac} was not served`);
  }
}

type UdpRow = { readonly queued: number; readonly drops: number };

/** Rows of the kernel's table, whose numbers are in base 16 but for the drops. */
function udpRows(ports: readonly number[]): readonly UdpRow[] {
  const host = Buffer.from(address.split('.').map(Number)).reverse().toString('hex').toUpperCase();
  const wanted = ports.map((port) => `${host}:${port.toString(16).toUpperCase().padStart(4, '0')}`);
  return readFileSync('/proc/net/udp', 'latin1')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local = '']) => wanted.includes(local))
    .map((cells) => ({
      queued: Number.parseInt(cells[4]?.split(':')[1] ?? '0', 16),
      drops: Number(cells.at(-1)),
    }));
}

function sum(ports: readonly number[], of: (row: UdpRow) => number): number {
  return udpRows(ports).reduce((total, row) => total + of(row), 0);
}

/** So that the server gets all of them, however slow it is. */
async function untilRead(ports: readonly number[]): Promise<void> {
  await delay(1);
  while (sum(ports, ({ queued }) => queued) > 0) await delay(1);
}

function memoryOf({ server }: IpcmSite): number | undefined {
  const status = readFileSync(`/proc/${server.child.pid}/status`, 'latin1');
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(status) ?? [];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

function portOf(text: string): number {
  return Number(text.split(':')[1]);
}
