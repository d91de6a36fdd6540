import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { download, TestClient } from '../src/servers/tftp/testing/client.ts';
import { hookflash, startHookflash, temporaryFolder } from './hookflash-process.ts';

const image = 'P0S3-8-12-00';
const mac = '020000000001';
/** Milliseconds after which the server looks at its library again, and some more. */
const libraryLasts = 600;

async function served(t: TestContext, ...images: readonly string[]) {
  const home = await temporaryFolder(t);
  const dir = join(home, 'w');
  await ok('init', dir);
  if (images.length > 0) {
    await ok('firmware', 'synth', ...images, '--out', join(home, 'from'));
    await ok('firmware', 'import', join(home, 'from'), '--dir', dir);
  }
  await ok('phone', 'add', mac, '--model', '7960', '--image', image, '--dir', dir);
  const server = startHookflash(t, 'serve', '--dir', dir, '--tftp', '127.0.0.1:0');
  const { listen } = await server.line((line) => line.event === 'ready');
  const [address = '', port] = (listen as { tftp: string }).tftp.split(':');
  return { dir, home, server, at: { address, port: Number(port) } };
}

async function ok(...words: readonly string[]): Promise<void> {
  const { code, err } = await hookflash(...words);
  assert.equal(code, 0, `${words.join(' ')}: ${err}`);
}

test('a file that is being sent survives its removal, and is gone after that', async (t) => {
  const { dir, at } = await served(t, image);
  const name = `${image}.sb2`;
  const whole = await readFile(join(dir, 'firmware', name));
  await using client = await TestClient.open();
  client.ask(name, at);
  const parts: Uint8Array[] = [];
  for (let block = 1; ; block++) {
    const { packet, from } = await client.next();
    assert.ok(packet.kind === 'data', packet.kind);
    if (packet.block !== block % 0x10000) {
      block--;
      continue;
    }
    parts.push(Uint8Array.from(packet.data));
    if (block === 5) {
      await ok('firmware', 'remove', image, '--force', '--dir', dir);
      assert.deepEqual(await readdir(join(dir, 'firmware')), []);
      const other = await download(at, name);
      assert.ok('kind' in other && other.code === 1, 'who asks now does not find it');
    }
    client.send({ kind: 'ack', block: packet.block }, from);
    if (packet.data.length < 512) break;
  }
  assert.deepEqual(Buffer.concat(parts), whole);
});

test('what is imported while the server runs is served at once', async (t) => {
  const { dir, home, at } = await served(t);
  assert.ok('kind' in (await download(at, `${image}.loads`)));
  await ok('firmware', 'synth', image, '--out', join(home, 'later'));
  await ok('firmware', 'import', join(home, 'later'), '--dir', dir);
  const answer = await download(at, `${image}.loads`);
  assert.ok('bytes' in answer);
  assert.deepEqual(
    Buffer.from(answer.bytes),
    await readFile(join(dir, 'firmware', `${image}.loads`)),
  );
});

test('the server tells of firmware that a phone asks for and the library lacks', async (t) => {
  const { server, at } = await served(t, 'P0S3-08-12-00');
  await download(at, `CTLSEP${mac}.tlv`);
  await download(at, `${image}.loads`);
  const { text } = await server.line(
    ({ event, text: said }) => event === 'news' && /asks for/.test(String(said)),
  );
  assert.equal(
    text,
    'asks for P0S3-8-12-00.loads, which the library lacks; it has P0S3-08-12-00.loads, the same release',
  );
});

test('a phone that waits for firmware goes on when another process has imported it', async (t) => {
  const { dir, home, server, at } = await served(t);
  const tftp = `${at.address}:${at.port}`;
  const flash = join(home, 'flash.json');
  const boot = (...more: readonly string[]) =>
    hookflash(
      ...['twin', 'boot', '--model', '7960', '--mac', mac, '--address', '127.0.0.33'],
      ...['--tftp', tftp, '--flash', flash, '--time-scale', '0', ...more],
    );
  const { out } = await boot('--image', 'P0S3-07-5-00');
  assert.match(out, /idle with SIP P0S3-07-5-00/);
  const { finding } = await server.line(({ event }) => event === 'finding');
  const { code, cure } = finding as { readonly code: string; readonly cure: string };
  assert.equal(code, 'firmware-missing');
  assert.match(cure, /import the package of P0S3-8-12-00 with .*P0S3-8-12-00\.sb2/);
  const listed = await hookflash('phone', 'list', '--state', 'waiting', '--dir', dir);
  assert.match(listed.out, /02:00:00:00:00:01/);
  await ok('firmware', 'synth', image, '--out', join(home, 'later'));
  await ok('firmware', 'import', join(home, 'later'), '--dir', dir);
  await new Promise((resolve) => setTimeout(resolve, libraryLasts));
  assert.match((await boot()).out, /idle with SIP P0S3-8-12-00/);
  await server.line(({ event, code: mended }) => event === 'mended' && mended === code);
  assert.equal(await server.end(), 0);
});
