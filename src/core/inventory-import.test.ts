import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeCsv } from '../codec/text/csv.ts';
import { choice, integer, parameterRows } from '../model/parameter-rows.ts';
import type { Phone } from '../model/phone.ts';
import type { Mac } from '../wire/mac.ts';
import { importInventory, type InventoryImportOptions } from './inventory-import.ts';
import { fakeFamily } from './testing/fake-family.ts';

const parameters = parameterRows({ source: 'a test', place: 'phone', stored: false }, [
  { name: 'lineN_port', indexes: [1, 2], type: integer(1, 9), help: '' },
  { name: 'Volume', type: choice({ 0: 'off', 1: 'on' }), help: '' },
  { name: 'phone_password', type: integer(1), help: '' },
]);
const table = { id: 'a', title: '', files: '', parameters };
const first = { ...fakeFamily, parameters: [table] };
const second = { ...fakeFamily, id: 'second', models: [{ name: 'U', lines: 1 }], parameters: [] };
const families = [first, second];

const known: Phone = {
  mac: '020000000001' as Mac,
  family: 'fake',
  model: 'T',
  image: '3',
  labels: { site: 'a' },
  settings: { line1_port: '5', odd: 'forced' },
};

function read(text: string, options: Partial<InventoryImportOptions> = {}) {
  const file = decodeCsv(Buffer.from(text));
  const map = new Map([[known.mac, known]]);
  return importInventory(file, { families, known: map, force: false, ...options });
}

/** The refused cells as `LINE:COLUMN NAME text`. */
function refusals(text: string, options?: Partial<InventoryImportOptions>): readonly string[] {
  return read(text, options).lines.flatMap((line) =>
    line.result === 'refused'
      ? line.problems.map((each) => `${line.line}:${each.column ?? ''} ${each.text}`)
      : [],
  );
}

test('a new phone is added, with what it says and no more', () => {
  const { lines, phones } = read(
    'mac,model,image,label:site,line2_port\n02-00-00-00-00-02,T,+4,,\n',
  );
  assert.deepEqual(phones, [
    {
      ...{ mac: '020000000002', family: 'fake', model: 'T', image: '4' },
      ...{ labels: {}, settings: {} },
    },
  ]);
  assert.deepEqual(
    lines.map(({ line, result, notes }) => [line, result, notes.map(({ code }) => code)]),
    [[2, 'added', ['plus']]],
  );
});

test('a known phone keeps what the cells say nothing of', () => {
  const { lines, phones } = read('mac,model,LINE1_port,label:site\n020000000001,,6,(none)\n');
  assert.deepEqual(phones, [
    { ...known, labels: {}, settings: { line1_port: '6', odd: 'forced' } },
  ]);
  const [line] = lines;
  assert.ok(line?.result === 'changed');
  assert.deepEqual(line.changes, [
    { what: 'label:site', from: 'a' },
    { what: 'line1_port', from: '5', to: '6' },
  ]);
});

test('values of passwords are not in the report', () => {
  const [line] = read('mac,phone_password\n020000000001,77\n').lines;
  assert.ok(line?.result === 'changed');
  assert.deepEqual(line.changes, [{ what: 'phone_password', to: '********' }]);
});

test('(none) takes an image away, and the same values change nothing', () => {
  const [phone] = read('mac,image\n020000000001,(none)\n').phones;
  assert.equal(phone && 'image' in phone, false);
  const { lines, phones } = read('mac,image,odd\n020000000001,3,forced\n');
  assert.deepEqual([lines[0]?.result, phones], ['unchanged', []]);
});

test('each line is refused with the cell that is wrong', () => {
  const lines = [
    'mac,model,image,label:a b,line1_port,Volume',
    '0200000000,T,,,,',
    '1122334455,T,,,,',
    '"1,12E+09",T,,,,',
    ',T,,,,',
    '020000000002,,,,,',
    '020000000003,TT,,,,',
    '020000000004,T,bad,,99,',
    '020000000005,T,,x,,2',
    '020000000001,,,,,',
    '020000000001,,,,,',
    '020000000006,T,,,,,more',
    '020000000007,U,,,1,',
  ];
  const found = refusals(lines.join('\n'));
  const expected = [
    /^2:1 "0200000000" is not a MAC address.*digits; a spreadsheet/,
    /^3:1 .*; a spreadsheet has made a number of it/,
    /^4:1 .*; a spreadsheet/,
    /^5:1 there is no MAC address/,
    /^6:2 a new phone needs its model/,
    /^7:2 model "TT" is not known/,
    /^8:3 "bad" is not an image name/,
    /^8:5 "line1_port": "99" is not/,
    /^9:4 label "a b"/,
    /^9:6 "Volume": "2" is not/,
    /^11: 02:00:00:00:00:01 stands on line 10 too/,
    /^12:7 the header ends before it/,
    /^13:5 "line1_port" is no parameter/,
  ];
  assert.equal(found.length, expected.length, found.join('\n'));
  for (const [index, pattern] of expected.entries()) assert.match(found[index]!, pattern);
});

test('a header that cannot be meant refuses the file as one', () => {
  assert.deepEqual(refusals('model,image\nT,3\n'), ['1: there is no column "mac"']);
  assert.deepEqual(refusals('mac,model,Model,,x\n020000000002,T,T,a,\n'), [
    '1:3 column 2 has this title too',
    '1:4 it has no title',
    '1:5 "x" is no parameter of these phones',
  ]);
  const [near] = refusals('mac,line1_prot\n020000000001,1\n');
  assert.match(near!, /^1:2 "line1_prot" .*did you mean line1_port/);
});

test('what is forced is taken, but for what no phone can have', () => {
  const text = 'mac,model,image,x,line1_port\n020000000002,T,,y,99\n020000000003,T,bad,,\n';
  const { phones } = read(text, { force: true });
  assert.deepEqual(phones[0]?.settings, { x: 'y', line1_port: '99' });
  assert.equal(refusals(text, { force: true }).length, 1);
});

test('a column of forced settings is known by the phones that have it', () => {
  assert.deepEqual(refusals('mac,odd\n020000000001,forced\n'), []);
  assert.equal(refusals('mac,odd\n020000000001,other\n').length, 1);
});

test('another model is checked with all settings that the phone has', () => {
  const found = refusals('mac,model\n020000000001,U\n');
  assert.equal(found.length, 2, found.join('\n'));
});
