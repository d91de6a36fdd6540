import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { temporaryFolder } from '../../test/hookflash-process.ts';
import { openWorkspace } from '../app/workspace.ts';
import type { Progress } from '../model/progress.ts';
import type { Store } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';
import { runHere } from './testing/run-app.ts';

const mac = '020000000001';
const shown = '02:00:00:00:00:01';
const image = 'P0S3-8-12-00';

async function workspace(t: TestContext, ...settings: readonly string[]): Promise<string> {
  const dir = join(await temporaryFolder(t), 'phones');
  await runHere('init', dir);
  if (settings.length > 0) writeFileSync(join(dir, 'hookflash.yaml'), settings.join('\n'));
  return dir;
}

async function phone(dir: string, ...words: readonly string[]) {
  return runHere('phone', ...words, '--dir', dir);
}

function noProblem(text: string): never {
  throw new Error(text);
}

async function inStore<T>(dir: string, task: (store: Store) => Promise<T>): Promise<T> {
  const { store, close } = await openWorkspace(dir, { onProblem: noProblem });
  try {
    return await task(store);
  } finally {
    await close();
  }
}

function progress(parts: Partial<Progress>): Progress {
  return {
    ...{ mac: mac as Mac, from: 'P0S3-07-5-00', because: 'it asked for it', target: image },
    ...{ steps: [], step: 0, state: 'stopped', attempts: 3, reason: 'asked again', updatedAt: 1 },
    ...parts,
  };
}

test('a phone is added as it is written on its box, with settings by any spelling', async (t) => {
  const dir = await workspace(t);
  const words = ['add', mac, '--model', 'CP-7960G', '--image', 'POS3-8-12-00'];
  const { code, out, err } = await phone(dir, ...words, '--set', 'LINE1_Name=100');
  assert.deepEqual([code, out], [0, [`${shown} (7960) should run ${image}`]]);
  assert.match(err.join('\n'), /image-name-letter-o/);
  const stored = await inStore(dir, (store) => store.phoneGet(mac as Mac));
  assert.deepEqual(stored?.settings, { line1_name: '100' });
});

test('what no phone takes is refused with all that is wrong, and nothing is stored', async (t) => {
  const dir = await workspace(t);
  const sets = ['--set', 'line1_nme=1', '--set', 'proxy1_port=99999', '--label', 'a b=c'];
  const { code, err } = await phone(dir, 'add', mac, '--model', '7960', ...sets);
  assert.equal(code, 2);
  const text = err.join('\n');
  assert.match(text, /"line1_nme" is no parameter .*did you mean line1_name\?/);
  assert.match(text, /"proxy1_port": "99999" is not/);
  assert.match(text, /label "a b"/);
  assert.match((await phone(dir, 'list')).out.join(), /No phones yet/);
});

test('a password that is refused is not shown', async (t) => {
  const dir = await workspace(t);
  const set = ['--set', 'phone_password=much-longer-than-the-phones-take-it-0123456789'];
  const { code, err } = await phone(dir, 'add', mac, '--model', '7960', ...set);
  assert.equal(code, 2);
  assert.doesNotMatch(err.join(), /longer-than/);
});

test('--force takes settings that are not known, and later changes leave them alone', async (t) => {
  const dir = await workspace(t);
  const add = ['add', mac, '--model', '7960', '--set', 'odd=1'];
  assert.match((await phone(dir, ...add)).err.join(), /--force takes it/);
  assert.equal((await phone(dir, ...add, '--force')).code, 0);
  assert.equal((await phone(dir, 'set', mac, '--label', 'a=b')).code, 0);
  assert.equal((await phone(dir, 'set', mac, '--set', 'odd=2')).code, 2);
  assert.equal((await phone(dir, 'set', mac, '--model', '7911')).code, 2);
  const changed = ['--model', '7911', '--unset', 'odd'];
  assert.equal((await phone(dir, 'set', mac, ...changed, '--set', 'line1_name=1')).code, 0);
  await phone(dir, 'set', mac, '--unset', 'LINE1_name');
  const stored = await inStore(dir, (store) => store.phoneGet(mac as Mac));
  assert.deepEqual(stored?.settings, {});
});

test('a model that is none is refused with the near one', async (t) => {
  const dir = await workspace(t);
  const { code, err } = await phone(dir, 'add', mac, '--model', '796O');
  assert.equal(code, 2);
  assert.match(err.join(), /"796O" is not known; did you mean "7960"\?/);
  assert.equal((await phone(dir, 'add', mac, '--model', '7960', '--image', 'SIP41')).code, 2);
});

test('a label of a site that the workspace file does not have is told', async (t) => {
  const dir = await workspace(t, 'sites:', '  berlin:', '    settings:', '      time_zone: CET');
  const add = ['add', mac, '--model', '7960', '--label', 'site=berln', '--label', 'group=x'];
  const { code, err } = await phone(dir, ...add);
  assert.equal(code, 0);
  assert.deepEqual(err, [
    'warning: the workspace file has no site "berln"; did you mean "berlin"? (label-without-scope)',
  ]);
});

test('a plan that has stopped starts anew when its image is asked for again', async (t) => {
  const dir = await workspace(t);
  await phone(dir, 'add', mac, '--model', '7960', '--image', image, '--running', 'P0S3-07-5-00');
  const stop = () => inStore(dir, (store) => store.progressPut(progress({})));
  const kept = () => inStore(dir, (store) => store.progressGet(mac as Mac));
  await stop();
  await phone(dir, 'set', mac, '--label', 'a=b');
  assert.ok(await kept(), 'a label is not about the plan');
  const { err } = await phone(dir, 'set', mac, '--image', image);
  assert.match(err.join(), /starts anew/);
  assert.equal(await kept(), undefined);
  await stop();
  await phone(dir, 'set', mac, '--running', 'P0S3-06-3-00');
  assert.equal(await kept(), undefined);
  await inStore(dir, (store) => store.progressPut(progress({ state: 'under-way' })));
  await phone(dir, 'set', mac, '--image', image);
  assert.ok(await kept(), 'what is under way goes on');
  await phone(dir, 'set', mac, '--model', '7940');
  assert.equal(await kept(), undefined);
});

test('list and show say what has stopped and how to go on', async (t) => {
  const dir = await workspace(t);
  await phone(dir, 'add', mac, '--model', '7960', '--image', image);
  await inStore(dir, (store) => store.progressPut(progress({})));
  const again = `hookflash phone set ${shown} --image ${image}`;
  const list = (await phone(dir, 'list')).out.join('\n');
  assert.match(list, /1 stopped:\n {2}02:00:00:00:00:01 {2}asked again\nTo try again: /);
  assert.ok(list.includes(again));
  const show = (await phone(dir, 'show', mac)).out.join('\n');
  assert.match(show, /plan +stopped, 0 of 0 steps: asked again/);
  assert.ok(show.includes(again));
  const { state, reason } = JSON.parse((await phone(dir, 'list', '--json')).out[0]!) as Progress;
  assert.deepEqual([state, reason], ['stopped', 'asked again']);
});

test('phones are listed by label, model, image and state, all of them together', async (t) => {
  const dir = await workspace(t);
  const csv = join(dir, 'phones.csv');
  const rows = [
    'mac,model,image,label:site,label:group',
    `020000000003,7960,${image},berlin,"lobby, night"`,
    `020000000002,7940,${image},berlin,lobby`,
    '020000000004,7911,,rome,',
    `${mac},7960,P0S3-07-5-00,rome,`,
  ];
  writeFileSync(csv, rows.join('\n'));
  await phone(dir, 'import', csv);
  await inStore(dir, (store) => store.progressPut(progress({ target: 'P0S3-07-5-00' })));
  const found = async (...flags: readonly string[]) => {
    const { out } = await phone(dir, 'list', '--json', ...flags);
    return out.map((line) => (JSON.parse(line) as { mac: string }).mac.slice(-1)).join('');
  };
  assert.equal(await found(), '1234');
  assert.equal(await found('--label', 'site=berlin'), '23');
  assert.equal(await found('--label', 'group=night'), '3');
  assert.equal(await found('--label', 'site=berlin', '--label', 'group=lobby'), '23');
  assert.equal(await found('--model', 'CP-7960G'), '13');
  assert.equal(await found('--image', 'POS3-8-12-00'), '23');
  assert.equal(await found('--state', 'stopped'), '1');
  assert.equal(await found('--state', 'none'), '234');
  assert.equal(await found('--model', '7960', '--label', 'site=rome'), '1');
  assert.deepEqual((await phone(dir, 'list', '--model', '7999')).out, ['No such phones.']);
  assert.equal((await phone(dir, 'list', '--state', 'gone')).code, 2);
});

const table = [
  '\uFEFFmac;model;image;label:site;line1_name;line1_password',
  `${shown};7960;${image};berlin;100;secret`,
  '02:00:00:00:00:02;7940;;;200;',
].join('\r\n');

test('import adds, then finds nothing to change; a dry run changes nothing', async (t) => {
  const dir = await workspace(t);
  const csv = join(dir, 'phones.csv');
  writeFileSync(csv, table);
  const dry = await phone(dir, 'import', csv, '--dry-run');
  assert.deepEqual(dry.out.slice(-1), [
    '2 added, 0 changed, 0 unchanged, 0 refused; nothing is stored on a dry run',
  ]);
  assert.deepEqual((await phone(dir, 'list', '--json')).out, []);
  const first = await phone(dir, 'import', csv);
  assert.deepEqual(first.out, [
    'phones.csv:2  added  02:00:00:00:00:01',
    'phones.csv:3  added  02:00:00:00:00:02',
    '2 added, 0 changed, 0 unchanged, 0 refused',
  ]);
  const second = await phone(dir, 'import', csv, '--json');
  assert.deepEqual(JSON.parse(second.out.at(-1)!), {
    ...{ event: 'end', added: 0, changed: 0, unchanged: 2, refused: 0, stored: true },
  });
});

test('one line that is wrong keeps all from being stored, unless --partial is said', async (t) => {
  const dir = await workspace(t);
  const csv = join(dir, 'phones.csv');
  writeFileSync(csv, `${table}\r\n02:00:00:00:00:03;7960;${image};;;`.replace('7940;;', '7940;x;'));
  const all = await phone(dir, 'import', csv);
  assert.equal(all.code, 1);
  assert.match(all.out.join('\n'), /phones\.csv:3:3 {2}refused {2}image: "x" is not an image name/);
  assert.match(all.out.at(-1)!, /nothing is stored: mend/);
  assert.deepEqual((await phone(dir, 'list', '--json')).out, []);
  const partial = await phone(dir, 'import', csv, '--partial');
  assert.equal(partial.code, 1);
  assert.equal((await phone(dir, 'list', '--json')).out.length, 2);
});

test('a file that is no table is refused with its name and place', async (t) => {
  const dir = await workspace(t);
  const csv = join(dir, 'phones.csv');
  writeFileSync(csv, 'mac,model\n"02');
  const { code, err } = await phone(dir, 'import', csv);
  assert.equal(code, 1);
  assert.match(err.join(), /phones\.csv: line 2, column 1 .*a quote at the end of the cell/);
});

test('export leaves passwords out and says so; what it writes changes nothing', async (t) => {
  const dir = await workspace(t);
  const csv = join(dir, 'phones.csv');
  writeFileSync(csv, table);
  await phone(dir, 'import', csv);
  const { written, err } = await phone(dir, 'export');
  assert.equal(written.split('\r\n')[0], 'mac,model,image,running,label:site,line1_name');
  assert.doesNotMatch(written, /secret/);
  assert.deepEqual(err, ['passwords are left out (line1_password): --secrets writes them']);
  const out = join(dir, 'out.csv');
  const all = await phone(dir, 'export', out, '--secrets', '--separator', ';');
  assert.deepEqual([all.out, all.err], [[`2 phones in ${out}`], []]);
  assert.match(readFileSync(out, 'utf8'), /;secret\r\n/);
  assert.match((await phone(dir, 'import', out)).out.at(-1)!, /^0 added, 0 changed, 2 unchanged/);
  const some = await phone(dir, 'export', '--model', '7940');
  assert.equal(
    some.written,
    'mac,model,image,running,line1_name\r\n02:00:00:00:00:02,7940,,,200\r\n',
  );
  assert.equal((await phone(dir, 'export', '--separator', 'x')).code, 2);
});

test('import plans anew what goes to another image', async (t) => {
  const dir = await workspace(t);
  const csv = join(dir, 'phones.csv');
  await phone(dir, 'add', mac, '--model', '7960', '--image', image);
  await inStore(dir, (store) => store.progressPut(progress({})));
  writeFileSync(csv, `mac,label:a\n${mac},b\n`);
  await phone(dir, 'import', csv);
  assert.ok(await inStore(dir, (store) => store.progressGet(mac as Mac)));
  writeFileSync(csv, `mac,running\n${mac},P0S3-06-3-00\n`);
  await phone(dir, 'import', csv);
  assert.equal(await inStore(dir, (store) => store.progressGet(mac as Mac)), undefined);
});
