import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { hookflash, startHookflash, temporaryFolder } from './hookflash-process.ts';

const mac = '020000000001';

test('serve --files gives a phone over HTTP what it gets over TFTP', async (t) => {
  const dir = join(await temporaryFolder(t), 'phones');
  for (const args of [
    ['init', dir],
    ['firmware', 'synth', 'SIP41.8-5-2S', '--out', join(dir, 'firmware')],
    ['phone', 'add', mac, '--model', '7961', '--dir', dir],
  ])
    assert.equal((await hookflash(...args)).code, 0);
  await writeFile(join(dir, 'files', 'RINGLIST.DAT'), 'Chime\tchime.pcm\n');
  const server = startHookflash(t, 'serve', '--dir', dir, '--files', '127.0.0.1:0');
  const { listen } = await server.line((line) => line.event === 'ready');
  const { files = '', ...others } = listen as Readonly<Record<string, string>>;
  assert.deepEqual(others, {});
  const get = (path: string) => fetch(`http://${files}/${path}`);

  assert.equal((await get(`CTLSEP${mac}.tlv`)).status, 404);
  const settings = await get(`SEP${mac}.cnf.xml`);
  assert.equal(settings.status, 200);
  assert.equal(settings.headers.get('last-modified'), null);
  const { out } = await hookflash('render', mac, `SEP${mac}.cnf.xml`, '--dir', dir);
  assert.equal(await settings.text(), out);
  const rings = await get('ringlist.dat');
  assert.equal(await rings.text(), 'Chime\tchime.pcm\n');
  assert.ok(rings.headers.get('last-modified') !== null);
  assert.equal((await get('SIP41.8-5-2S.loads')).status, 200);
  assert.equal((await get('../hookflash.yaml')).status, 404);

  const told = await server.line(
    (line) => line.event === 'request' && JSON.stringify(line).includes('8-5-2S.loads'),
  );
  assert.match(JSON.stringify(told), /"protocol":"http".*"outcome":"sent"/);
  assert.equal(await server.end(), 0);
});
