import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { memoryTree } from '../../../core/testing/memory-tree.ts';
import type { ImportedTree } from '../../../model/import.ts';
import { importTree } from './import-tree.ts';

const mac = '0025459538B5';
const path = `SEP${mac}.cnf.xml`;

function read(files: Readonly<Record<string, string | Uint8Array>>): ImportedTree {
  return importTree(memoryTree(files), { models: [] });
}

function device(content: string): Readonly<Record<string, string>> {
  return { [path]: `<device>\n${content}\n</device>` };
}

const load = (name: string, model = '') =>
  `<loadInformation model="${model}">${name}</loadInformation>`;
const line = (button: number, content: string) => `<line button="${button}">${content}</line>`;
const lines = (...all: readonly string[]) =>
  `<sipProfile><sipLines>${all.join('')}</sipLines></sipProfile>`;

function modelsOf(content: string, more: Readonly<Record<string, string>> = {}) {
  return read({ ...device(content), ...more }).phones[0]?.models;
}

test('elements become settings by their paths, the load the image', () => {
  const name = '<featureID>9</featureID><name>100</name>';
  const tree = read(
    device(
      `<fullConfig>true</fullConfig><deviceProtocol>SIP</deviceProtocol>${load('SIP41.9-4-2SR3-1S')}` +
        lines(line(1, name), line(2, '<featureID>2</featureID>')),
    ),
  );
  const [phone] = tree.phones;
  assert.equal(phone?.image, 'SIP41.9-4-2SR3-1S');
  assert.deepEqual(phone.settings, {
    'loadInformation/@model': '',
    'sipProfile/sipLines/line[1]/@button': '1',
    'sipProfile/sipLines/line[1]/featureID': '9',
    'sipProfile/sipLines/line[1]/name': '100',
    'sipProfile/sipLines/line[2]/@button': '2',
    'sipProfile/sipLines/line[2]/featureID': '2',
  });
  assert.deepEqual(tree.files, [{ path, became: 'phone', text: '', notes: [] }]);
});

test('what is not known has its place; what is empty is not lost', () => {
  const content = [
    '<networkLocale>Germany</networkLocale>',
    '  <secretSauce>1</secretSauce>',
    '<hollow></hollow>',
    '<networklocale>Spain</networklocale>',
    '<networkLocale>Italy</networkLocale>',
    '<vendorConfig uuid="{1}" odd="x"></vendorConfig>',
  ].join('\n');
  const { phones, files } = read(device(content));
  assert.equal(phones[0]?.settings['networkLocale'], 'Germany');
  assert.deepEqual(
    files[0]?.notes.map(({ line: at, column, text, lost }) => [at, column, text, lost]),
    [
      [3, 3, 'secretSauce is not known', true],
      [4, 1, 'hollow is not known', false],
      [5, 1, 'networklocale is not known; was networkLocale meant?', true],
      [6, 1, 'networkLocale is there already; the first one counts', false],
      [7, 26, 'vendorConfig/@odd is not known', true],
      [7, 1, 'vendorConfig is not known', false],
    ],
  );
});

test('a key of which nothing is said but its number does not become a line', () => {
  const { phones, files } = read(
    device(lines(line(1, '<name>1</name>'), line(2, '<featureID></featureID><name></name>'))),
  );
  const keys = Object.keys(phones[0]?.settings ?? {});
  assert.ok(keys.every((key) => !key.includes('line[2]')));
  assert.match(files[0]!.notes[0]!.text, /line\[2\] is empty/);
});

test('without a load the file says itself what the phone speaks', () => {
  const { phones } = read(device('<deviceProtocol>SCCP</deviceProtocol><userId>x</userId>'));
  assert.deepEqual(phones[0]?.settings, { deviceProtocol: 'SCCP', userId: 'x' });
  assert.equal('image' in phones[0], false);
});

test('the model is told by load, words, keys and default file', () => {
  const three = lines(...[1, 2, 3].map((button) => line(button, '<name>x</name>')));
  assert.deepEqual(modelsOf(load('SIP75.9-4-2SR3-1S')), ['7975']);
  assert.deepEqual(modelsOf(load('SIP42.9-4-2SR3-1S')), ['7942', '7962']);
  assert.deepEqual(modelsOf(load('SIP42.9-4-2SR3-1S', 'Cisco 7962')), ['7962']);
  assert.deepEqual(modelsOf(load('SIP42.9-4-2SR3-1S', 'Cisco 7975')), ['7942', '7962']);
  assert.deepEqual(modelsOf(load('SIP42.9-4-2SR3-1S') + three), ['7962']);
  const module = '<addOnModules><addOnModule idx="1"></addOnModule></addOnModules>';
  assert.deepEqual(modelsOf(load('SIP42.9-4-2SR3-1S') + three + module), ['7942', '7962']);
  const xml =
    '<Default><loadInformation404 model="x">SIP42.9-4-2SR3-1S</loadInformation404></Default>';
  assert.deepEqual(modelsOf(load('SIP42.9-4-2SR3-1S'), { 'XMLDefault.cnf.xml': xml }), ['7962']);
  assert.equal(modelsOf('<userId>x</userId>', { 'XMLDefault.cnf.xml': xml })?.length, 14);
  assert.equal(modelsOf('<userId>x</userId>', { 'XMLDefault.cnf.xml': '<' })?.length, 14);
});

test('a load of another model makes no phone that is known, and is told', () => {
  const { phones, files } = read(device(load('SIP88.12-0-1S')));
  assert.deepEqual(phones[0]?.models, []);
  assert.match(files[0]!.notes[0]!.text, /"SIP88\.12-0-1S" is no load/);
  const byDefault = read(device(load('term61.default')));
  assert.deepEqual(byDefault.phones[0]?.models, ['7941', '7941G-GE', '7961', '7961G-GE']);
  assert.equal(byDefault.phones[0].image, undefined);
  assert.equal(byDefault.files[0]?.notes[0]?.lost, true);
});

test('phones of the other family, other places and other names are none', () => {
  const content = '<device><userId>x</userId></device>';
  const tree = read({
    ...device(load('P0S3-8-12-00')),
    'SEP000E84C060A6.cnf.xml': content,
    'SIP000E84C060A6.cnf': '',
    'sub/SEP0025459538B6.cnf.xml': content,
    'SEPMAC.cnf.xml': content,
    'SEP0025459538B7.cnf.xml.sgn': content,
    'Ringlist.xml': '',
  });
  assert.deepEqual(tree.phones, []);
  assert.deepEqual(
    tree.files.map((each) => [each.path, each.became]),
    [
      ['sub/SEP0025459538B6.cnf.xml', 'left-out'],
      ['SEPMAC.cnf.xml', 'left-out'],
    ],
  );
});

test('a file in the root and with the right letters counts more than others', () => {
  const lower = `sep${mac.toLowerCase()}.cnf.xml`;
  const content = (text: string) => `<device><userId>${text}</userId></device>`;
  const files = {
    [lower]: content('lower'),
    [path]: content('right'),
    [`a/${path}`]: content('a'),
  };
  const { phones, files: told } = read(files);
  assert.deepEqual(
    phones.map(({ settings }) => settings['userId']),
    ['right'],
  );
  assert.deepEqual(told.map((each) => [each.path, each.became]).sort(), [
    [path, 'phone'],
    [`a/${path}`, 'left-out'],
    [lower, 'left-out'],
  ]);
});

test('files that cannot be read, or hold nothing, are told of', () => {
  const [broken] = read({ [path]: '<device>\n  <a>' }).files;
  assert.deepEqual([broken?.became, broken?.notes[0]?.lost], ['left-out', true]);
  const [strange] = read({ [path]: '<html><p>Not found</p></html>' }).files;
  assert.equal(strange?.became, 'left-out');
});

test('any text gives phones and reports, and never an error', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom(load('SIP41.9-4-2SR3-1S'), lines(line(1, ''), line(9, '<name>x</name>'))),
    fc.stringMatching(/^(<[a-c]( [xy]="1")?>([0-9]|<\/[a-c]>)){0,5}$/),
  );
  fc.assert(
    fc.property(text, fc.boolean(), (content, wrapped) => {
      const { phones, files } = read(wrapped ? device(content) : { [path]: content });
      assert.equal(files.length, 1);
      assert.ok(phones.length <= 1);
    }),
  );
});
