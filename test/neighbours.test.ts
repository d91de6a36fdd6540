import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { BootRequest } from '../src/model/boot.ts';
import {
  hookflash,
  hookflashUnder,
  jsonLines,
  startHookflash,
  temporaryFolder,
} from './hookflash-process.ts';
import { requirePeer } from './peers.ts';

/** A phone on a link of its own: the server's table of neighbours has its MAC before any file name. */

const mac = '02:00:00:00:00:41';
const stranger = '02:00:00:00:00:42';
const image = 'P0S3-8-12-00';
const password = ['--set', 'line1_name=1', '--set', 'line1_password=geh3im'];
/** RFC 5737: for documentation, on no network. */
const net = { server: '198.51.100.1', phone: '198.51.100.2' };

type Line = Readonly<Record<string, unknown>>;
/** A request as `serve --json` tells of it. */
type Asked = BootRequest & { readonly mac?: string };
type Ip = (...args: readonly string[]) => void;
type Link = { readonly ip: string; readonly namespace: string };

/** Two ends of a wire, one in a network namespace: undefined where that cannot be made. */
function wire(t: TestContext, phoneMac: string): Link | undefined {
  const program = requirePeer(t, 'ip');
  if (program === undefined) return undefined;
  const ip: Ip = (...args) => void execFileSync(program, args, { stdio: 'pipe' });
  const namespace = `hookflash-${process.pid}`;
  const [here, there] = [`hf${process.pid}a`, `hf${process.pid}b`];
  try {
    ip('netns', 'add', namespace);
  } catch (error) {
    return cannot(t, `no network namespace can be made here: ${messageOf(error)}`);
  }
  t.after(() => ip('netns', 'delete', namespace));
  try {
    ip('link', 'add', here, 'type', 'veth', 'peer', 'name', there, 'netns', namespace);
  } catch (error) {
    return cannot(t, `no pair of interfaces can be made here: ${messageOf(error)}`);
  }
  ip('address', 'add', `${net.server}/30`, 'dev', here);
  ip('link', 'set', here, 'up');
  ip('-n', namespace, 'link', 'set', there, 'address', phoneMac);
  ip('-n', namespace, 'address', 'add', `${net.phone}/30`, 'dev', there);
  ip('-n', namespace, 'link', 'set', there, 'up');
  return { ip: program, namespace };
}

function cannot(t: TestContext, why: string): undefined {
  if (process.env.HOOKFLASH_REQUIRE_PEERS === '1') throw new Error(why);
  t.skip(`SKIPPED: ${why}`);
  return undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.split('\n').slice(-2)[0]!.trim() : String(error);
}

async function site(t: TestContext): Promise<string> {
  const dir = join(await temporaryFolder(t), 'site');
  for (const words of [
    ['init', dir],
    ['firmware', 'synth', image, '--out', join(dir, 'firmware')],
    [...['phone', 'add', mac, '--model', '7960', '--image', image], ...password, '--dir', dir],
  ]) {
    const { code, err } = await hookflash(...words);
    assert.equal(code, 0, err);
  }
  return dir;
}

/** What a server on the link says while a phone boots in the namespace. */
async function bootOverWire(
  t: TestContext,
  { ip, namespace }: Link,
  phoneMac: string,
  runs = 'P00303020600',
): Promise<{
  readonly asked: readonly Asked[];
  readonly end: Line;
  readonly seen: readonly Line[];
}> {
  const dir = await site(t);
  const server = startHookflash(t, 'serve', '--dir', dir, '--tftp', `${net.server}:0`);
  const seen: Line[] = [];
  server.each((line) => seen.push(line));
  const { listen } = await server.line((line) => line.event === 'ready');
  const { tftp } = listen as { readonly tftp: string };
  const phone = ['--model', '7960', '--mac', phoneMac, '--image', runs, '--tftp', tftp];
  const inside = [ip, 'netns', 'exec', namespace];
  const words = ['twin', 'boot', ...phone, '--time-scale', '0', '--json'];
  const { out, err } = await hookflashUnder(inside, ...words);
  const end = jsonLines(out).at(-1) as Line | undefined;
  assert.ok(end, err);
  await server.end();
  const asked = seen.flatMap((line) =>
    line.event === 'request' ? [{ mac: line.mac, ...(line.request as BootRequest) } as Asked] : [],
  );
  return { asked, end, seen };
}

test('the first request of a phone on the same link is known for the phone’s', async (t) => {
  const link = wire(t, mac);
  if (!link) return;
  const { asked, end, seen } = await bootOverWire(t, link, mac);
  assert.deepEqual([end.state, end.image], ['idle', image]);
  const [first] = asked;
  assert.deepEqual(
    [first?.path, first?.address, first?.tie, first?.mac],
    ['OS79XX.TXT', net.phone, 'neighbour table', mac.replaceAll(':', '')],
  );
  for (const { mac: tied, path } of asked) assert.equal(tied, first?.mac, path);
  assert.doesNotMatch(JSON.stringify(seen), /secret-withheld/);
  const own = asked.find(({ path }) => path.includes('SIP020000000041'));
  assert.equal(own?.tie, 'MAC in the file name, neighbour table');
});

test('a computer on the link that plays the phone gets its files without the password', async (t) => {
  const link = wire(t, stranger);
  if (!link) return;
  const { seen, end } = await bootOverWire(t, link, mac, image);
  assert.equal(end.state, 'idle');
  const found = seen.filter((line) => line.event === 'finding').map((line) => line.finding);
  const { code, text, severity } = found[0] as Line & { readonly text: string };
  assert.deepEqual([code, severity], ['secret-withheld', 'warning']);
  assert.match(text, /without line1_password: 02:00:00:00:00:42 holds this address$/);
});

test('a phone on the same link that is not in the workspace gets no phone’s files', async (t) => {
  const link = wire(t, stranger);
  if (!link) return;
  const { asked, end } = await bootOverWire(t, link, stranger);
  assert.deepEqual([end.state, end.image], ['stuck', 'P00303020600']);
  assert.match(asked[0]?.tie ?? '', /^02:00:00:00:00:42 is not a known phone: neighbour table$/);
  for (const { mac: tied, outcome } of asked)
    assert.deepEqual([tied, outcome], [undefined, 'missing']);
});
