import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { startHookflashUnder, temporaryFolder } from './hookflash-process.ts';
import { requirePeer } from './peers.ts';
import { SipPhone } from './sip-phone.ts';
import { sipWorkspace, watchSip, type SipSite } from './sip-site.ts';

/** A disk of a few megabytes that a test can fill, seen by nobody else. */
type SmallDisk = {
  readonly dir: string;
  /** What starts a program that sees it. */
  readonly starter: readonly string[];
  /** Takes what space is left, to the last byte. */
  fill(): void;
  free(): void;
};

/** In a mount namespace that ends with the test. */
async function smallDisk(t: TestContext, from: string): Promise<SmallDisk | undefined> {
  const programs = ['unshare', 'nsenter'].map((name) => requirePeer(t, name));
  const [unshare, nsenter] = programs;
  if (!unshare || !nsenter) return undefined;
  if (process.getuid?.() !== 0) {
    t.skip('SKIPPED: mounting a disk needs root');
    return undefined;
  }
  const dir = join(await temporaryFolder(t), 'disk');
  await mkdir(dir);
  const script =
    'mount -t tmpfs -o size=8m none "$0" && cp -r "$1/." "$0" && echo ready && exec sleep 3600';
  const keeper = spawn(unshare, ['-m', 'sh', '-c', script, dir, from], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(keeper, 'exit');
  t.after(async () => {
    keeper.kill('SIGKILL');
    await exited;
  });
  await Promise.race([
    once(keeper.stdout, 'data'),
    exited.then(() => Promise.reject(new Error('the disk cannot be mounted'))),
  ]);
  const starter = [nsenter, '-m', '-t', String(keeper.pid)];
  const run = (words: string) => {
    const [, ...seen] = starter;
    execFileSync(nsenter, [...seen, 'sh', '-c', words, join(dir, 'ballast')], { stdio: 'ignore' });
  };
  return {
    ...{ dir, starter },
    fill: () => run('dd if=/dev/zero of="$0" bs=4k; dd if=/dev/zero bs=1 >> "$0"; true'),
    free: () => run('rm "$0"'),
  };
}

function serve(t: TestContext, { dir, starter }: SmallDisk): Promise<SipSite> {
  const words = ['serve', '--dir', dir, '--sip', '127.0.0.1:0', '--tftp', '127.0.0.1:0'];
  return watchSip(dir, startHookflashUnder(t, starter, ...words));
}

const contact = (text: string) => ({ name: 'Contact', value: text });

test('a full disk: 500, nothing is kept by half, and it goes on when there is space', async (t) => {
  const disk = await smallDisk(t, await sipWorkspace(t));
  if (!disk) return;
  const site = await serve(t, disk);
  const open = ({ port }: SipSite) =>
    SipPhone.open(t, {
      ...{ address: '127.0.0.5', user: '7001', password: 'p7001' },
      server: { address: '127.0.0.1', port },
    });
  const phone = await open(site);
  const one = 'sip:7001@127.0.0.5:5060';
  const two = 'sip:7001@127.0.0.5:5070';
  assert.equal((await phone.register([contact(`<${one}>`)])).status, 200);
  assert.deepEqual(await phone.bound(), [one]);

  disk.fill();
  const moves = contact(`<${one}>;expires=0, <${two}>`);
  assert.equal((await phone.register([moves])).status, 500);
  assert.deepEqual(await phone.bound(), [one], 'neither half of it');
  const all = [contact('*'), { name: 'Expires', value: '0' }];
  assert.equal((await phone.register(all)).status, 500);
  assert.deepEqual(await phone.bound(), [one]);
  const told = site.events('registration').filter(({ outcome }) => outcome === 'not-saved');
  assert.deepEqual(
    told.map(({ status, because }) => [status, /full/.test(String(because))]),
    [500, 500].map((status) => [status, true]),
  );

  disk.free();
  assert.equal((await phone.register([moves])).status, 200);
  assert.deepEqual(await phone.bound(), [two]);
  disk.fill();
  assert.equal((await phone.register([contact(`<${one}>`)])).status, 500);
  await site.server.end('SIGKILL');
  disk.free();

  const again = await serve(t, disk);
  assert.deepEqual(await (await open(again)).bound(), [two], 'what was answered 200, no more');
  assert.equal(await again.server.end(), 0);
});
