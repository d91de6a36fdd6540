import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import {
  hookflash,
  jsonLines,
  startHookflash,
  startInWords,
  temporaryFolder,
  type Finished,
} from './hookflash-process.ts';

/** Serving, and virtual phones against a server that is there, and one that is not. */

const mac = '02:00:00:00:00:61';
const from = 'P0S3-07-5-00';
const image = 'P0S3-8-12-00';
const twin = ['twin', 'boot', '--model', '7960', '--mac', mac, '--time-scale', '0'];

type Line = Readonly<Record<string, unknown>>;

async function done(...words: readonly string[]): Promise<Finished> {
  const finished = await hookflash(...words);
  assert.equal(finished.code, 0, `${words.join(' ')}: ${finished.err}`);
  return finished;
}

async function site(t: TestContext): Promise<string> {
  const dir = join(await temporaryFolder(t), 'site');
  await done('init', dir);
  await done('firmware', 'synth', image, '--out', join(dir, 'firmware'));
  await done('phone', 'add', mac, '--model', '7960', '--image', image, '--dir', dir);
  return dir;
}

/** A server on a port of its own; its address. */
async function serve(t: TestContext, dir: string) {
  const server = startHookflash(t, 'serve', '--dir', dir, '--tftp', '127.0.0.1:0');
  const lines: Line[] = [];
  server.each((line) => lines.push(line));
  const { listen } = await server.line((line) => line.event === 'ready');
  return { server, lines, tftp: (listen as { readonly tftp: string }).tftp };
}

describe('serve', { concurrency: 3 }, () => {
  test('in words: where it listens, what a phone asks for and proves, in columns', async (t) => {
    const dir = await site(t);
    const server = startInWords(t, 'serve', '--dir', dir, '--tftp', '127.0.0.1:0');
    const lines: string[] = [];
    server.each((line) => lines.push(line));
    const listening = await server.line((line) => line.startsWith('TFTP on '));
    const tftp = listening.replace('TFTP on ', '');
    await done(...twin, '--image', from, '--tftp', tftp);
    assert.equal(await server.end(), 0);
    assert.equal(lines[1], `1 phone in ${dir}. Ctrl-C stops.`);
    assert.equal(lines.at(-1), 'Stopped; all is on disk.');
    const told = lines.slice(2, -1);
    for (const line of told) assert.match(line, /^(02:00:00:00:00:61|127\.0\.0\.1 {8}) {2}\S+ +\S/);
    const column = told.map((line) => /^.{19}\S+ +/.exec(line)?.[0].length);
    assert.deepEqual(new Set(column), new Set([32]), 'the third column begins at one place');
    const inOrder = [
      /boot +the loader asked for its trust list$/,
      /missing +CTLSEP020000000061\.tlv +\(MAC in the file name\)$/,
      /plan +from an image like P003-07-5-99 to P0S3-8-12-00: asked for CTLSEP/,
      /sent +SIP020000000061\.cnf +\(MAC in the file name, generated, \d+ bytes\)$/,
      /sent +P0S3-8-12-00\.sb2 +\(address of its earlier request, library, \d+ bytes\)$/,
      /runs +P0S3-8-12-00$/,
      /plan +done, 1 of 1 steps$/,
    ];
    for (const pattern of inOrder)
      assert.ok(
        told.some((line) => pattern.test(line)),
        `${String(pattern)}\n${told.join('\n')}`,
      );
    const proofs = told.filter((line) => /the SIP application asked/.test(line));
    assert.equal(proofs.length, 1, 'a reason is said once');
  });

  test('as JSON: the first line says where, every line is an event', async (t) => {
    const dir = await site(t);
    const { server, lines, tftp } = await serve(t, dir);
    await done(...twin, '--image', image, '--tftp', tftp);
    assert.equal(await server.end('SIGTERM'), 0);
    assert.deepEqual(lines[0], { event: 'ready', listen: { tftp } });
    assert.match(tftp, /^127\.0\.0\.1:\d+$/);
    for (const { event } of lines) assert.equal(typeof event, 'string');
    for (const event of ['request', 'fact', 'news', 'progress'])
      assert.ok(
        lines.some((line) => line.event === event),
        event,
      );
  });

  test('from the workspace file alone', async (t) => {
    const dir = await site(t);
    await writeFile(join(dir, 'hookflash.yaml'), 'servers:\n  tftp: 127.0.0.1:0\nworkers: 2\n');
    const server = startHookflash(t, 'serve', '--dir', dir);
    await server.line((line) => line.event === 'ready');
    assert.equal(await server.end(), 0);
  });

  test('on a port that another program has: said, and exit 1', async (t) => {
    const dir = await site(t);
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    t.after(() => socket.close());
    const tftp = `127.0.0.1:${socket.address().port}`;
    const { code, out, err } = await hookflash('serve', '--dir', dir, '--tftp', tftp);
    assert.deepEqual([code, out, err], [1, '', `hookflash: another program listens on ${tftp}\n`]);
  });
});

describe('twin boot', { concurrency: 3 }, () => {
  test('with a flash file: what it took it keeps', async (t) => {
    const { tftp } = await serve(t, await site(t));
    const flash = join(await temporaryFolder(t), 'flash.json');
    const words = [...twin, '--tftp', tftp, '--flash', flash];
    const first = await done(...words, '--image', from);
    assert.match(first.out, /^flash: application P0S3-8-12-00$/m);
    assert.match(first.out, /^idle with SIP P0S3-8-12-00, loader P003-8-12-00, after \d boots?; /m);
    const second = await done(...words, '--json');
    const lines = jsonLines(second.out) as readonly Line[];
    const end = lines.at(-1);
    assert.deepEqual([end?.event, end?.state, end?.image, end?.boots], ['end', 'idle', image, 1]);
    const firmware = lines.filter(({ path }) => /\.(sbn|sb2|bin)$/.test(String(path)));
    assert.deepEqual(firmware, [], 'it asks for nothing that it has');
    assert.match(await readFile(flash, 'utf8'), /P0S3-8-12-00/);
    await done(...words, '--image', from);
    await writeFile(flash, 'tea');
    const broken = await hookflash(...words);
    assert.equal(broken.code, 1);
    assert.match(broken.err, /phone memory/);
  });

  test('the same seed, the same source ports', async (t) => {
    const { lines, tftp } = await serve(t, await site(t));
    for (let times = 0; times < 2; times++)
      await done(...twin, '--image', image, '--tftp', tftp, '--seed', '7');
    const [before, after] = Map.groupBy(
      lines.filter(({ event }) => event === 'request'),
      ({ request }) => (request as { readonly path: string }).path,
    ).get('CTLSEP020000000061.tlv')!;
    const port = (line: Line | undefined) => (line?.request as { readonly port: number }).port;
    assert.equal(port(before), port(after));
  });

  test('a phone that gets nothing is stuck: why, and exit 1', async (t) => {
    const { tftp } = await serve(t, await site(t));
    const stranger = ['--mac', '02:00:00:00:00:62', '--image', image, '--tftp', tftp];
    const { code, out, err } = await hookflash(...twin, ...stranger);
    assert.equal(code, 1);
    assert.match(out, /^stuck \(no SIP020000000062\.cnf\) with SIP P0S3-8-12-00, loader /m);
    assert.match(err, /^seed \d+\n$/);
  });

  test('a server that is not there: said, and exit 1', async (t) => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    t.after(() => socket.close());
    const tftp = `127.0.0.1:${socket.address().port}`;
    const { code, out, err } = await hookflash(...twin, '--image', from, '--tftp', tftp);
    assert.equal(code, 1);
    assert.match(err, new RegExp(`^hookflash: no TFTP server answers at ${tftp}$`, 'm'));
    assert.match(out, /^stuck \(.*\) with SIP P0S3-07-5-00/m);
    assert.match(out, /^ {2}silent {3}CTLSEP020000000061\.tlv\n {11}and \d+ times more$/m);
  });

  test('an address that this machine has not is said', async () => {
    const elsewhere = ['--tftp', '127.0.0.1:6969', '--address', '192.0.2.250'];
    const { code, err } = await hookflash(...twin, '--image', image, ...elsewhere);
    assert.equal(code, 1);
    assert.match(err, /192\.0\.2\.250 is not an address of this machine/);
  });
});
