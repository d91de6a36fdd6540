import assert from 'node:assert/strict';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { hookflash, jsonLines, startHookflash, temporaryFolder } from './hookflash-process.ts';

type Line = Readonly<Record<string, unknown>>;

const mac = '02:00:00:00:00:71';
const image = 'P0S3-8-12-00';

test('a virtual phone takes the time of serve --sntp, and both say so', async (t) => {
  const dir = join(await temporaryFolder(t), 'site');
  const settings = ['line1_name=1', 'proxy1_address=127.0.0.1', 'sntp_server=127.0.0.1'];
  const set = [...settings, 'sntp_mode=unicast'].flatMap((each) => ['--set', each]);
  for (const words of [
    ['init', dir],
    ['firmware', 'synth', image, '--out', join(dir, 'firmware')],
    ['phone', 'add', mac, '--model', '7960', '--image', image, ...set, '--dir', dir],
  ])
    assert.equal((await hookflash(...words)).code, 0, words.join(' '));
  await appendFile(join(dir, 'hookflash.yaml'), 'sntp: { local_stratum: 10 }\n');
  const where = ['--tftp', '127.0.0.1:0', '--sntp', '127.0.0.1:0'];
  const server = startHookflash(t, 'serve', '--dir', dir, ...where);
  const lines: Line[] = [];
  server.each((line) => lines.push(line));
  const { listen } = await server.line((line) => line.event === 'ready');
  const { tftp, sntp } = listen as { readonly tftp: string; readonly sntp: string };
  const phone = ['--model', '7960', '--mac', mac, '--image', image, '--time-scale', '0', '--json'];
  const { out, code } = await hookflash('twin', 'boot', ...phone, '--tftp', tftp, '--sntp', sntp);
  assert.equal(code, 0, out);
  const told = (jsonLines(out) as readonly Line[]).filter(({ event }) => event === 'time');
  assert.equal(told.length, 1, out);
  const { server: asked, outcome, stage } = told[0] ?? {};
  assert.deepEqual([asked, outcome, stage], ['127.0.0.1', 'set', 'application']);
  const never = ['--tftp', tftp, '--no-sntp'];
  assert.doesNotMatch((await hookflash('twin', 'boot', ...phone, ...never)).out, /"time"/);
  await server.line((line) => line.event === 'time');
  await server.end();
  const served = lines.find(({ event }) => event === 'time');
  assert.deepEqual([served?.address, served?.outcome], ['127.0.0.1', 'time']);
});

test('a server of time alone, and what is wrong with its section', async (t) => {
  const dir = join(await temporaryFolder(t), 'site');
  assert.equal((await hookflash('init', dir)).code, 0);
  const server = startHookflash(t, 'serve', '--dir', dir, '--sntp', '127.0.0.1:0');
  const { listen } = await server.line((line) => line.event === 'ready');
  assert.deepEqual(Object.keys(listen as object), ['sntp']);
  assert.equal(await server.end(), 0);
  await appendFile(join(dir, 'hookflash.yaml'), 'sntp: { local_stratum: 0 }\n');
  const wrong = await hookflash('serve', '--dir', dir, '--sntp', '127.0.0.1:0');
  assert.equal(wrong.code, 1);
  assert.match(wrong.err, /sntp\.local_stratum: "0" is not a stratum from 1 to 15/);
});
