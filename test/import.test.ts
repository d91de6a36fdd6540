import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { runHere } from '../src/cli/testing/run-app.ts';
import { loadConfig } from '../src/config.ts';
import { temporaryFolder } from './hookflash-process.ts';

const mac = '0013C4A1B2C3';
const sepMac = '0025459538B5';

const site: Readonly<Record<string, string>> = {
  'SIPDefault.cnf':
    '# our site\nimage_version: "P0S3-8-12-00"\nproxy1_address: "192.0.2.1"\n' +
    'tftp_cfg_dir: "phones/"\ndial_template: dialplan\nvolumne: "5"\n',
  [`phones/SIP${mac}.cnf`]: 'line1_name: "100"\nline1_password: "geheim"\nline3_name: "102"\n',
  'dialplan.xml': '<DIALTEMPLATE><TEMPLATE MATCH="9*" Timeout="0"/></DIALTEMPLATE>\n',
  'RINGLIST.DAT': 'Bell\tbell.raw\n',
  'rings/bell.raw': 'pcm',
  'OS79XX.TXT': 'P003-8-12-00',
  'P0S3-8-12-00.loads': 'image',
  '.hidden/x': '',
};

const other: Readonly<Record<string, string>> = {
  [`SEP${sepMac}.cnf.xml`]:
    '<device><loadInformation>SIP75.9-4-2SR3-1S</loadInformation><userId>x</userId></device>',
};

async function made(t: TestContext, files: Readonly<Record<string, string>>) {
  const home = await temporaryFolder(t);
  const [root, dir] = [join(home, 'tftpboot'), join(home, 'workspace')];
  mkdirSync(root);
  put(root, files);
  await runHere('init', dir);
  const config = () => readFileSync(join(dir, 'hookflash.yaml'), 'utf8');
  return {
    root,
    dir,
    config,
    move: (...flags: readonly string[]) => runHere('import', root, '--dir', dir, ...flags),
  };
}

function put(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

function filesIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

test('a site moves in: phones, fleet settings, files, firmware, and a report of each', async (t) => {
  const { dir, config, move } = await made(t, site);
  const before = config();
  const { code, out } = await move();
  assert.equal(code, 1, 'something is lost');
  assert.deepEqual(out, [
    'OS79XX.TXT  not copied, generated: each phone gets its own',
    'P0S3-8-12-00.loads  to firmware/',
    'RINGLIST.DAT  to files/',
    'SIPDefault.cnf  read: 3 settings, image P0S3-8-12-00',
    '  ! 6:1 volumne is not known',
    'dialplan.xml  to files/',
    `phones/SIP${mac}.cnf  read`,
    'rings/bell.raw  to files/',
    '',
    '00:13:C4:A1:B2:C3  added  7960, P0S3-8-12-00, 3 settings',
    '',
    'hookflash.yaml: 3 settings of the fleet',
    '',
    '1 phone added, 0 changed, 0 unchanged, 0 refused',
    '1 thing is lost, marked with "!" above: --keep-files keeps their files as they are',
  ]);
  assert.deepEqual(loadConfig(config(), 'a').settings, {
    ...{ proxy1_address: '192.0.2.1', tftp_cfg_dir: 'phones/', dial_template: 'dialplan' },
  });
  const kept = config().split('\n');
  assert.ok(before.split('\n').every((line) => kept.includes(line)));
  assert.deepEqual(filesIn(join(dir, 'files')), ['RINGLIST.DAT', 'dialplan.xml', 'rings/bell.raw']);
  assert.deepEqual(filesIn(join(dir, 'firmware')), ['P0S3-8-12-00.loads']);
  const rendered = await runHere('render', mac, `phones/SIP${mac}.cnf`, '--dir', dir);
  assert.match(rendered.written, /line1_password: "geheim"\n/);
});

test('a second time nothing is left to do', async (t) => {
  const { config, move } = await made(t, { ...site, 'SIPDefault.cnf': 'tftp_cfg_dir: phones/\n' });
  await move('--model', '7960');
  const before = config();
  const { code, out } = await move();
  assert.equal(code, 0);
  assert.match(out.at(-1)!, /^0 phones added, 0 changed, 1 unchanged, 0 refused$/);
  assert.equal(config(), before);
});

test('a dry run says the same and changes nothing', async (t) => {
  const { dir, config, move } = await made(t, site);
  const [before, files] = [config(), filesIn(dir)];
  const dry = await move('--dry-run');
  assert.match(dry.out.join('\n'), /1 phone added, .*; nothing is stored on a dry run/);
  assert.equal(config(), before);
  const there = filesIn(dir).filter((path) => !path.startsWith('hookflash.db'));
  assert.deepEqual(there, files);
  const { out } = await runHere('phone', 'list', '--json', '--dir', dir);
  assert.deepEqual(out, []);
});

test('--no-copy leaves files where they are, --keep-files keeps what is not understood', async (t) => {
  const { dir, move } = await made(t, site);
  await move('--no-copy', '--keep-files');
  assert.deepEqual(filesIn(join(dir, 'files')), ['SIPDefault.cnf']);
  assert.equal(readFileSync(join(dir, 'files/SIPDefault.cnf'), 'utf8'), site['SIPDefault.cnf']);
});

test('files that are there already stay, unless they may be replaced', async (t) => {
  const { dir, move } = await made(t, { 'dialplan.xml': 'new', 'RINGLIST.DAT': 'same' });
  put(dir, { 'files/DIALPLAN.xml': 'old', 'files/RINGLIST.DAT': 'same' });
  const { code, out } = await move();
  assert.equal(code, 1);
  assert.match(out.join('\n'), /dialplan\.xml {2}left out: files\/dialplan\.xml is there already/);
  assert.equal(existsSync(join(dir, 'files/dialplan.xml')), false);
  assert.equal((await move('--replace')).code, 0);
  assert.equal(readFileSync(join(dir, 'files/dialplan.xml'), 'utf8'), 'new');
});

test('beside phones of another family common settings are written for the models', async (t) => {
  const { config, move } = await made(t, { ...site, ...other });
  await move();
  const { settings, models } = loadConfig(config(), 'a');
  assert.deepEqual(settings, {});
  assert.deepEqual(Object.keys(models).sort(), ['7940', '7960']);
});

test('settings that the workspace file has otherwise go to the phones, and this is said', async (t) => {
  const { dir, config, move } = await made(t, site);
  const text = 'settings: # ours\n  proxy1_address: 192.0.2.9 # stays\n';
  writeFileSync(join(dir, 'hookflash.yaml'), text);
  const { out } = await move();
  assert.ok(out.some((line) => /hookflash\.yaml says otherwise.*: proxy1_address$/.test(line)));
  assert.ok(config().startsWith(text));
  const shown = await runHere('phone', 'show', mac, '--dir', dir);
  assert.ok(shown.out.some((line) => line.endsWith('proxy1_address=192.0.2.1')));
});

test('settings in braces stop the import before anything is changed', async (t) => {
  const { dir, move } = await made(t, site);
  writeFileSync(join(dir, 'hookflash.yaml'), 'settings: {a: b}\n');
  const { code, err } = await move();
  assert.equal(code, 1);
  assert.match(err.join(), /write settings in lines, not in braces/);
  assert.deepEqual(filesIn(join(dir, 'files')), []);
});

test('as JSON: a line for each file, phone and scope, and no password', async (t) => {
  const { move } = await made(t, { ...site, ...other });
  const { out } = await move('--json', '--dry-run');
  const lines = out.map((line) => JSON.parse(line) as { readonly event: string });
  const count = (event: string) => lines.filter((line) => line.event === event).length;
  assert.deepEqual(['file', 'phone', 'settings', 'end'].map(count), [8, 2, 2, 1]);
  assert.doesNotMatch(out.join(), /geheim/);
});

test('a workspace inside the folder is no part of it; a folder that is none is told', async (t) => {
  const { root } = await made(t, { 'RINGLIST.DAT': 'x' });
  const inside = join(root, 'hookflash-data');
  await runHere('init', inside);
  const { out } = await runHere('import', root, '--dir', inside);
  assert.deepEqual(out.slice(0, 2), ['RINGLIST.DAT  to files/', '']);
  assert.equal((await runHere('import', inside, '--dir', inside)).code, 0);
  const missing = await runHere('import', join(root, 'none'), '--dir', inside);
  assert.deepEqual([missing.code, missing.err.length], [1, 1]);
  const file = await runHere('import', join(root, 'RINGLIST.DAT'), '--dir', inside);
  assert.match(file.err.join(), /is no folder/);
});
