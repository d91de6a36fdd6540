import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { memoryTree } from '../../../core/testing/memory-tree.ts';
import type { ImportedTree } from '../../../model/import.ts';
import { importTree } from './import-tree.ts';

const mac = '0013C4A1B2C3';
const other = '0013C4A1B2C4';

type Files = Readonly<Record<string, string | Uint8Array>>;

function read(files: Files, models: readonly string[] = []): ImportedTree {
  return importTree(memoryTree(files), { models });
}

function file(tree: ImportedTree, path: string) {
  const found = tree.files.find((each) => each.path === path);
  assert.ok(found, `${path} is told of`);
  return found;
}

/** The phone alone. */
function only({ phones }: ImportedTree) {
  assert.equal(phones.length, 1);
  return phones[0]!;
}

const sep = (content: string) => `<device>${content}</device>`;

test('a phone has what its own file says, and the default file is for all', () => {
  const tree = read({
    'SIPDefault.cnf': 'image_version: P0S3-8-12-00\nproxy1_address: "192.0.2.1" ; here\n',
    [`SIP${mac}.cnf`]: 'line1_name: 100\nline1_name: "101"\nline2_name: UNPROVISIONED\n',
  });
  assert.deepEqual(tree.phones, [
    {
      ...{ mac, models: ['7940', '7960'], image: 'P0S3-8-12-00' },
      settings: { line1_name: '101', line2_name: '' },
    },
  ]);
  assert.deepEqual(tree.settings, { proxy1_address: '192.0.2.1' });
  assert.equal(file(tree, 'SIPDefault.cnf').became, 'common');
  const own = file(tree, `SIP${mac}.cnf`);
  assert.equal(own.became, 'phone');
  assert.deepEqual(
    own.notes.map(({ line, lost }) => [line, lost]),
    [[2, false]],
  );
});

test('what is not known has its place, and a hint where a word is near', () => {
  const text = 'line1_name: 1\n  phone_lable: "x"\nFoo: bar\nbaz: ""\nDNS Servers\n';
  const { notes } = file(read({ [`SIP${mac}.cnf`]: text }), `SIP${mac}.cnf`);
  assert.deepEqual(
    notes.filter(({ lost }) => lost).map(({ line, column, text: what }) => [line, column, what]),
    [
      [2, 3, 'phone_lable is not known; was phone_label meant?'],
      [3, 1, 'Foo is not known'],
    ],
  );
});

test('an image that is none is lost, and is told at the file that names it', () => {
  const tree = read({ [`SIP${mac}.cnf`]: 'image_version: "P003-08-12-00"\nline1_name: 1\n' });
  assert.equal(only(tree).image, undefined);
  assert.match(file(tree, `SIP${mac}.cnf`).notes[0]!.text, /"P003-08-12-00" is no image/);
});

test('a file in the folder of tftp_cfg_dir counts more than one in the root', () => {
  for (const folder of ['phones/', './phones', '/phones//']) {
    const tree = read({
      'SIPDefault.cnf': `tftp_cfg_dir: "${folder}"\n`,
      [`phones/SIP${mac}.cnf`]: 'line1_name: inside\n',
      [`SIP${mac}.cnf`]: 'line1_name: outside\n',
      [`SIP${other}.cnf`]: 'line1_name: other\n',
      [`elsewhere/SIP${other}.cnf`]: 'line1_name: never\n',
    });
    assert.deepEqual(
      tree.phones.map(({ settings }) => settings['line1_name']),
      ['inside', 'other'],
    );
    assert.match(file(tree, `SIP${mac}.cnf`).text, /look for it in phones\//);
    assert.equal(file(tree, `elsewhere/SIP${other}.cnf`).became, 'left-out');
  }
});

test('a name in other letters is read, unless the right one is there too', () => {
  const lower = `sip${mac.toLowerCase()}.cnf`;
  const one = read({ [lower]: 'line1_name: lower\n' });
  assert.equal(only(one).settings['line1_name'], 'lower');
  const both = read({ [lower]: 'line1_name: lower\n', [`SIP${mac}.cnf`]: 'line1_name: right\n' });
  assert.equal(only(both).settings['line1_name'], 'right');
  assert.equal(file(both, lower).became, 'left-out');
});

test('names that no phone asks for are left out with the reason', () => {
  const tree = read({
    'SIPXXXXXXXXXXXX.cnf': '',
    [`SIP${mac}.cnf.txt`]: '',
    'SIP0013C4A1B2CO.cnf': 'line1_name: 1\n',
    'backup/SIPDefault.cnf': 'image_version: x\n',
  });
  assert.deepEqual(tree.phones, []);
  assert.deepEqual(
    tree.files.map(({ became }) => became),
    Array(4).fill('left-out'),
  );
  assert.match(file(tree, 'SIP0013C4A1B2CO.cnf').text, /letter O/);
});

test('the load that the XML file names decides what the phone runs and reads', () => {
  const cnf = { [`SIP${mac}.cnf`]: 'image_version: P0S3-7-5-00\nline1_name: 1\n' };
  const load = (name: string) => ({
    ...cnf,
    [`SEP${mac}.cnf.xml`]: sep(
      `<deviceProtocol>x</deviceProtocol><loadInformation model="IP Phone 7940">${name}</loadInformation>` +
        '<networkLocale>Germany</networkLocale>',
    ),
  });
  const sip = read(load('P0S3-8-12-00'));
  assert.deepEqual(only(sip), {
    ...{ mac, models: ['7940'], image: 'P0S3-8-12-00', settings: { line1_name: '1' } },
  });
  assert.match(file(sip, `SEP${mac}.cnf.xml`).text, /names the image; a SIP load reads no more/);
  const sccp = read(load('P00308010200'));
  assert.deepEqual(only(sccp).settings['networkLocale'], 'Germany');
  assert.match(file(sccp, `SIP${mac}.cnf`).text, /runs SCCP, which does not read it/);
});

test('beside SCCP phones, what is for all SIP phones becomes their own', () => {
  const tree = read({
    'SIPDefault.cnf': 'services_url: "http://192.0.2.1/a"\nsync: 1\n',
    [`SIP${mac}.cnf`]: 'line1_name: 1\nsync: 2\n',
    [`SEP${other}.cnf.xml`]: sep('<loadInformation>P00308010200</loadInformation>'),
  });
  assert.deepEqual(
    tree.phones.map(({ settings }) => Object.keys(settings).length),
    [3, 0],
  );
  assert.equal(tree.phones[0]?.settings['sync'], '2');
  assert.deepEqual(tree.settings, {});
});

test('an XML file alone is a phone of this family by its load, its model, or what is asked', () => {
  const path = `SEP${mac}.cnf.xml`;
  const loads: readonly (readonly [content: string, models: readonly string[] | undefined])[] = [
    ['<loadInformation>P00308010200</loadInformation>', ['7940', '7960']],
    ['<loadInformation model="CP-7960G"></loadInformation>', ['7960']],
    ['<loadInformation8>P00308010200</loadInformation8>', ['7940']],
    ['<loadInformation>SIP41.9-4-2SR3-1S</loadInformation>', undefined],
    ['<loadInformation></loadInformation>', undefined],
  ];
  for (const [content, models] of loads)
    assert.deepEqual(read({ [path]: sep(content) }).phones[0]?.models, models, content);
  const asked = read({ [path]: sep('<networkLocale>x</networkLocale>') }, ['7960']);
  assert.equal(asked.phones.length, 1);
  assert.equal(read({ [path]: sep('<sipProfile></sipProfile>') }, ['7960']).phones.length, 0);
});

test('lines beyond the second are those of a 7960', () => {
  const own = (text: string) => read({ [`SIP${mac}.cnf`]: `line1_name: 1\n${text}` });
  assert.deepEqual(only(own('line3_name: 3\n')).models, ['7960']);
  assert.deepEqual(only(own('line3_name: ""\n')).models, ['7940', '7960']);
});

test('MGCP phones have an image and no more', () => {
  const tree = read({
    'MGCDefault.cnf': 'image_version: P0M3-07-4-00\n',
    [`MGC${mac}.cnf`]: 'secret_key: 1\n',
  });
  assert.deepEqual(only(tree), {
    ...{ mac, models: ['7940', '7960'], image: 'P0M3-07-4-00', settings: {} },
  });
  assert.deepEqual(
    file(tree, `MGC${mac}.cnf`).notes.map(({ lost }) => lost),
    [true],
  );
});

test('what Hookflash makes itself is not copied; the rest is not its business', () => {
  const common = { 'OS79XX.TXT': 'P003-8-12-00', 'XMLDefault.cnf.xml': '', 'syncinfo.xml': '' };
  const tree = read({ ...common, 'dialplan.xml': '', 'RINGLIST.DAT': '', 'P0S3-8-12-00.sb2': '' });
  assert.deepEqual(
    Object.keys(common).map((path) => file(tree, path).became),
    ['generated', 'generated', 'left-out'],
  );
  assert.equal(tree.files.length, 3);
  const withSync = read({ 'SIPDefault.cnf': 'sync: 1\n', 'syncinfo.xml': '' });
  assert.equal(file(withSync, 'syncinfo.xml').became, 'generated');
});

test('files that cannot be read are told of with the place', () => {
  const utf16 = Buffer.from('\uFEFFline1_name: 1', 'utf16le');
  const tree = read({
    [`SIP${mac}.cnf`]: utf16,
    [`SIP${other}.cnf`]: 'line1_name: 1\n',
    [`SEP${other}.cnf.xml`]: '<device>\n<a></b></device>',
  });
  assert.deepEqual(
    tree.phones.map((phone) => phone.mac),
    [other],
  );
  const [note] = file(tree, `SIP${mac}.cnf`).notes;
  assert.deepEqual([note?.lost, /UTF-8/.test(note?.text ?? '')], [true, true]);
  const broken = file(tree, `SEP${other}.cnf.xml`);
  assert.deepEqual([broken.became, broken.notes[0]?.line], ['left-out', 2]);
});

test('any files give phones, settings and reports, and never an error', () => {
  const name = fc.constantFrom(
    ...['SIPDefault.cnf', `SIP${mac}.cnf`, `SEP${mac}.cnf.xml`, `MGC${mac}.cnf`],
    ...[`phones/SIP${mac}.cnf`, 'XMLDefault.cnf.xml', 'OS79XX.TXT', 'SIP.cnf', 'a'],
  );
  const content = fc.oneof(
    fc.string(),
    fc.uint8Array(),
    fc.constantFrom('tftp_cfg_dir: phones/\n', 'line1_name: 1\n', sep('<loadInformation/>')),
  );
  fc.assert(
    fc.property(fc.dictionary(name, content), (files) => {
      const { phones, files: told } = read(files);
      for (const { path } of told) assert.ok(Object.hasOwn(files, path), path);
      assert.equal(new Set(told.map(({ path }) => path)).size, told.length);
      for (const phone of phones) assert.equal(phone.mac, mac);
    }),
  );
});
