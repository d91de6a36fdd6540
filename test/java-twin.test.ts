import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { hookflash, jsonLines, startHookflash, temporaryFolder } from './hookflash-process.ts';

const mac = '020000000061';
const wanted = 'SIP41.8-5-2S';

type Line = Readonly<Record<string, unknown>>;

/** A workspace that serves a 7961 by TFTP and by HTTP. */
async function serving(t: TestContext) {
  const dir = join(await temporaryFolder(t), 'phones');
  for (const args of [
    ['init', dir],
    ['firmware', 'synth', wanted, '--out', join(dir, 'files')],
    ['phone', 'add', mac, '--model', '7961', '--image', wanted, '--dir', dir],
  ])
    assert.equal((await hookflash(...args)).code, 0);
  const flags = ['--tftp', '127.0.0.1:0', '--files', '127.0.0.1:0'];
  const server = startHookflash(t, 'serve', '--dir', dir, ...flags);
  const { listen } = await server.line((line) => line.event === 'ready');
  return { server, dir, ...(listen as { readonly tftp: string; readonly files: string }) };
}

async function boot(tftp: string, ...more: readonly string[]) {
  const args = ['--model', '7961', '--mac', mac, '--tftp', tftp, '--time-scale', '0', '--json'];
  const { code, out, err } = await hookflash('twin', 'boot', ...args, ...more);
  const lines = jsonLines(out) as readonly Line[];
  const requests = lines.filter(({ event }) => event === 'request');
  return { code, err, requests, end: lines.at(-1) ?? {} };
}

test('a virtual 7961 comes from 8.3(3) to 8.5(2), by TFTP and by HTTP', async (t) => {
  const { tftp, files, server } = await serving(t);
  const byTftp = await boot(tftp, '--image', 'SIP41.8-3-3S');
  assert.equal(byTftp.code, 0, byTftp.err);
  assert.deepEqual([byTftp.end.state, byTftp.end.image, byTftp.end.boots], ['idle', wanted, 2]);
  assert.ok(byTftp.requests.every(({ protocol }) => protocol === undefined));
  const byHttp = await boot(tftp, '--image', 'SIP41.8-3-3S', '--http', files);
  assert.deepEqual([byHttp.end.state, byHttp.end.image], ['idle', wanted]);
  const fetched = byHttp.requests.filter(({ outcome }) => outcome === 'sent');
  assert.ok(fetched.length > 6);
  assert.ok(fetched.every(({ protocol }) => protocol === 'http'));
  assert.equal(await server.end(), 0);
});

test('a reset 7961 is brought up by its default loads file', async (t) => {
  const { tftp, dir } = await serving(t);
  const flash = join(dir, 'phone.json');
  const fresh = await boot(tftp, '--flash', flash, '--boot-code', '8-3-3');
  assert.deepEqual([fresh.end.state, fresh.end.image], ['idle', wanted]);
  assert.equal(fresh.requests[0]?.path, 'term61.default.loads');
  const again = await boot(tftp, '--flash', flash);
  assert.deepEqual([again.end.state, again.end.boots], ['idle', 1]);
});

test('faults by name', async (t) => {
  const { tftp } = await serving(t);
  const image = ['--image', 'SIP41.8-3-3S'];
  const cut = await boot(tftp, ...image, '--fault', 'power-cut-while-flashing=300000');
  assert.deepEqual([cut.end.state, cut.end.image], ['idle', wanted]);
  assert.ok(cut.requests.some(({ path }) => path === 'term61.default.loads'));
  const refusing = await boot(tftp, ...image, '--fault', 'refuses-image', 'duplicate-requests');
  assert.deepEqual([refusing.end.state, refusing.end.image], ['idle', 'SIP41.8-3-3S']);
  for (const [fault, text] of [
    ['loses', /there is no fault "loses"/],
    ['never-idle=3', /takes no number/],
  ] as const) {
    const { code, err } = await boot(tftp, '--fault', fault);
    assert.equal(code, 2);
    assert.match(err, text);
  }
});

test('twin faults lists every one with what it does', async () => {
  const { out, code } = await hookflash('twin', 'faults');
  assert.equal(code, 0);
  assert.match(
    out,
    /^loses-packets\[=0\.1\] +loses a share .* cisco-7900, cisco-java, nortel-2004$/m,
  );
  assert.match(out, /^old-boot-code .* cisco-java$/m);
  const json = JSON.parse((await hookflash('twin', 'faults', '--json')).out) as readonly Line[];
  assert.equal(json.length, out.trim().split('\n').length - 1);
  assert.ok(json.every(({ name, help, ends }) => name && help && ends));
});

test('what cannot be is wrong usage', async () => {
  const boots = (...more: readonly string[]) =>
    hookflash('twin', 'boot', '--tftp', '127.0.0.1:1', '--time-scale', '0', ...more);
  const model = await boots('--model', '7912');
  assert.deepEqual([model.code, /there are 7940, 7960, 2004, 7906,/.test(model.err)], [2, true]);
  const bootCode = await boots('--model', '7960', '--boot-code', '8-3-3');
  assert.equal(bootCode.code, 2);
  const fault = await boots('--model', '7960', '--fault', 'old-boot-code');
  assert.match(fault.err, /cannot have the fault/);
  const http = await boots('--model', '7961', '--http', 'nowhere');
  assert.match(http.err, /--http "nowhere": write it as HOST:PORT/);
});
