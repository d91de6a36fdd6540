import assert from 'node:assert/strict';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '../src/servers/tftp/testing/random.ts';
import { formatIPv4 } from '../src/wire/ipv4.ts';
import { DhcpLoad, type Held } from './dhcp-load.ts';
import { hookflash, startHookflash, temporaryFolder } from './hookflash-process.ts';

export type DhcpKills = { readonly kills: number; readonly seed: number };

const section = `
dhcp:
  networks:
    10.64.0.0/16:
      pools: 10.64.1.0-10.64.40.255
`;

/**
 * Kills the server again and again under load, and starts it again. Every address that a client was
 * promised has to be on disk as its own, and is never promised to another one.
 */
export async function killUnderDhcpLoad(t: TestContext, options: DhcpKills): Promise<void> {
  const { kills, seed } = options;
  const random = seededRandom(seed);
  const dir = join(await temporaryFolder(t), 'site');
  assert.equal((await hookflash('init', dir)).code, 0);
  await appendFile(join(dir, 'hookflash.yaml'), section);
  const load = await DhcpLoad.start({ network: '10.64.0.0', clients: 40, most: 500, random });
  t.after(() => load.stop());
  let port = 0;
  for (let kill = 0; kill < kills; kill++) {
    const server = startHookflash(t, 'serve', '--dir', dir, '--dhcp', `127.0.0.1:${port}`);
    const { listen } = await server.line(({ event }) => event === 'ready');
    port = Number((listen as { readonly dhcp: string }).dhcp.split(':')[1]);
    checkDisk(dir, load.held, `seed ${seed}, after kill ${kill}`);
    const before = load.promises;
    load.to(port);
    const moment = 30 + random() * 270;
    while (load.promises === before) await delay(1);
    await delay(moment);
    await server.end('SIGKILL');
    load.to(0);
    // What the dead server has sent is still promised.
    await delay(20);
    assert.deepEqual(load.faults, [], `seed ${seed}, kill ${kill}`);
  }
  assert(load.promises > kills * 20, `${load.promises} promises`);
  checkDisk(dir, load.held, `seed ${seed}, in the end`);
  t.diagnostic(`${load.promises} promises through ${kills} kills, seed ${seed}`);
}

/** Every promised address is bound to the client that has the promise. */
function checkDisk(dir: string, held: Held, when: string): void {
  const database = new DatabaseSync(join(dir, 'hookflash.db'), { timeout: 5000 });
  try {
    const rows = database.prepare('select address, state, mac from leases').all();
    const kept = new Map(rows.map(({ address, state, mac }) => [Number(address), { state, mac }]));
    for (const [address, client] of held) {
      const mac = `020000${client.toString(16).padStart(6, '0').toUpperCase()}`;
      const what = `${formatIPv4(address)} of ${mac}, ${when}`;
      assert.deepEqual(kept.get(address), { state: 'bound', mac }, what);
    }
  } finally {
    database.close();
  }
}
