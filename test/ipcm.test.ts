import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { runHere } from '../src/cli/testing/run-app.ts';

async function site(t: TestContext) {
  const dir = await mkdtemp(join(tmpdir(), 'ipcm-'));
  t.after(() => rm(dir, { recursive: true, force: true }));
  await runHere('init', dir);
  const ipcm = (...words: readonly string[]) => runHere('ipcm', ...words, '--dir', dir);
  const shown = async () =>
    JSON.parse((await ipcm('show', '--json', '--history')).out[0] ?? '') as Shown;
  return { dir, ipcm, shown };
}

type Shown = {
  readonly state: string;
  readonly values: Readonly<Record<string, string>>;
  readonly images: Readonly<Record<string, string>>;
  readonly pointers: readonly string[];
  readonly problems: readonly string[];
  readonly history: readonly { readonly state: string; readonly text: string }[];
};

const all = [
  ...['--sip-firmware', 'D93', '--transitional-firmware', 'd97'],
  ...['--unistim-firmware', '2004=D98', '--unistim-firmware', '2002=D98'],
  ...['--2004-sip-upgrade', 'on'],
];

test('the service is modified only while it is locked, and every change is kept', async (t) => {
  const { ipcm, shown, dir } = await site(t);
  assert.deepEqual((await shown()).state, 'unlocked');
  const early = await ipcm('modify', ...all);
  assert.equal(early.code, 1);
  assert.match(early.err.join(), /it is unlocked: hookflash ipcm lock/);
  assert.equal((await ipcm('lock')).code, 0);
  assert.equal((await ipcm('modify', ...all)).code, 0);
  const { values, images } = await shown();
  assert.equal(values['transitional-firmware'], 'D97', 'letters are put right');
  assert.deepEqual(images, {
    'sip-firmware': '0692D93',
    'transitional-firmware': 'CT12D97',
    'unistim-firmware/2004': '0604D98',
    'unistim-firmware/2002': '0604D98',
  });
  await ipcm('modify', '--sip-firmware', 'D94');
  await writeFile(join(dir, 'files', 'SipUpgradeConfigFile.txt'), 'S1.Server.IP=192.0.2.10\n');
  assert.equal((await ipcm('unlock')).code, 0);
  const after = await shown();
  assert.deepEqual(
    [after.state, after.values['sip-firmware'], after.values['2004-sip-upgrade']],
    ['unlocked', 'D94', 'on'],
  );
  assert.deepEqual(
    after.history.map(({ state }) => state),
    ['locked', 'locked', 'locked', 'unlocked'],
  );
  assert.match(after.history[2]?.text ?? '', /sip-firmware D94/);
});

test('values that mean nothing are refused, and change nothing', async (t) => {
  const { ipcm, shown } = await site(t);
  await ipcm('lock');
  const wrong = [
    [['--sip-firmware', '0692D93'], /version id: three characters/],
    [['--unistim-firmware', '1140E=C8A'], /none of the models 2004/],
    [['--2004-sip-upgrade', 'perhaps'], /neither on nor off/],
    [[], /name what to change/],
  ] as const;
  for (const [words, text] of wrong) {
    const { code, err } = await ipcm('modify', ...words);
    assert.equal(code, 2);
    assert.match(err.join(), text);
  }
  assert.deepEqual((await shown()).values, {});
});

test('with the upgrade on, it is unlocked only if phones can be told their servers', async (t) => {
  const { dir, ipcm, shown } = await site(t);
  await ipcm('lock');
  await ipcm('modify', ...all);
  const missing = await ipcm('unlock');
  assert.equal(missing.code, 1);
  assert.match(missing.err.join(), /SipUpgradeConfigFile\.txt is missing: hookflash ipcm template/);
  assert.equal((await ipcm('template')).code, 0);
  assert.equal((await ipcm('template')).code, 1, 'it overwrites nothing');
  assert.match((await ipcm('unlock')).err.join(), /S1\.Server\.IP is missing/);
  const file = join(dir, 'files', 'SipUpgradeConfigFile.txt');
  await writeFile(
    file,
    'S1.Server.IP=192.0.2.10\nS1.Server.Port=70000\nTFTP.Server.IP=192.0.2.5\n',
  );
  const wrong = await ipcm('unlock');
  assert.match(wrong.err.join(), /SipUpgradeConfigFile\.txt:2:16: S1\.Server\.Port is "70000"/);
  assert.equal((await shown()).state, 'locked');
  await writeFile(file, 'S1.Server.IP=192.0.2.10\nTFTP.Server.IP=192.0.2.5\n');
  assert.equal((await ipcm('unlock')).code, 0);
  assert.deepEqual((await shown()).pointers, ['S1  192.0.2.10:5060 SIP', 'S3  192.0.2.5:69']);
});
