import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeCsv, encodeCsv } from '../codec/text/csv.ts';
import type { Phone } from '../model/phone.ts';
import { looksSecret } from '../model/secret-names.ts';
import type { Mac } from '../wire/mac.ts';
import { importInventory } from './inventory-import.ts';
import { columnOf, columnTitle, decodeCell, inventoryTable } from './inventory-table.ts';
import { fakeFamily } from './testing/fake-family.ts';

const mac = '020000000001' as Mac;
const phone: Phone = { mac, family: 'fake', model: 'T', labels: {}, settings: {} };

test('a row a phone; columns of labels and settings in the order of their numbers', () => {
  const phones: readonly Phone[] = [
    { ...phone, image: '3', labels: { site: 'a,b' }, settings: { line10: 'x', line2: '' } },
    { ...phone, mac: '020000000002' as Mac, running: '2' },
  ];
  assert.deepEqual(inventoryTable(phones, { secrets: false, isSecret: looksSecret }), {
    rows: [
      ['mac', 'model', 'image', 'running', 'label:site', 'line2', 'line10'],
      ['02:00:00:00:00:01', 'T', '3', '', 'a,b', '(empty)', 'x'],
      ['02:00:00:00:00:02', 'T', '', '2', '', '', ''],
    ],
    leftOut: [],
  });
});

test('passwords are in it when they are asked for', () => {
  const phones = [{ ...phone, settings: { line1_password: 'x', name: 'y' } }];
  const { rows, leftOut } = inventoryTable(phones, { secrets: false, isSecret: looksSecret });
  assert.deepEqual(leftOut, ['line1_password']);
  assert.ok(!JSON.stringify(rows).includes('password'));
  const all = inventoryTable(phones, { secrets: true, isSecret: looksSecret });
  assert.deepEqual([all.leftOut, all.rows[1]?.includes('x')], [[], true]);
});

for (const [title, column] of [
  [' MAC ', { kind: 'mac' }],
  ['Image', { kind: 'image' }],
  ['label: site', { kind: 'label', name: 'site' }],
  ['Label:a:b', { kind: 'label', name: 'a:b' }],
  ['line1_name ', { kind: 'setting', name: 'line1_name' }],
  ['setting:mac', { kind: 'setting', name: 'mac' }],
  ['  ', undefined],
] as const)
  test(`the title ${JSON.stringify(title)} is read`, () =>
    assert.deepEqual(columnOf(title), column));

test('a title of any setting is read as that setting', () => {
  const name = fc.oneof(
    fc.string(),
    fc.constantFrom('mac', 'MODEL', 'label:x', 'setting:x', ' x', '__proto__'),
  );
  fc.assert(
    fc.property(name, (setting) => {
      const column = { kind: 'setting', name: setting } as const;
      assert.deepEqual(columnOf(columnTitle(column)), column);
    }),
  );
});

test('a cell says nothing, takes away, or is a value', () => {
  assert.deepEqual(decodeCell(''), { kind: 'nothing' });
  assert.deepEqual(decodeCell('(none)'), { kind: 'none' });
  assert.deepEqual(decodeCell('(empty)'), { kind: 'value', value: '' });
  assert.deepEqual(decodeCell('((none)'), { kind: 'value', value: '(none)' });
  assert.deepEqual(decodeCell('(others)'), { kind: 'value', value: '(others)' });
});

const text = fc.oneof(
  fc.string({ unit: 'binary' }).filter((value) => value.isWellFormed()),
  fc.constantFrom('', '(none)', '(empty)', '((none)', ' a ', '0123', 'a\r\nb', '"', ';', '=1+1'),
);
const plain = { noNullPrototype: true };
const anyPhone = fc.record({
  mac: fc.stringMatching(/^[0-9A-F]{12}$/).map((value) => value as Mac),
  model: fc.constantFrom('T', 'U'),
  image: fc.option(fc.constantFrom('1', '8'), { nil: undefined }),
  running: fc.option(fc.constantFrom('1', '8'), { nil: undefined }),
  labels: fc.dictionary(fc.stringMatching(/^[\w.-]{1,8}$/), text, plain),
  settings: fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('mac', 'Label:a')), text, plain),
});

test('what is exported and read again changes nothing, and makes the same phones anew', () => {
  const second = { ...fakeFamily, id: 'second', models: [{ name: 'U', lines: 1 }] };
  const families = [fakeFamily, second];
  const phones = fc.uniqueArray(anyPhone, { selector: (each) => each.mac });
  const separator = fc.constantFrom(',' as const, ';' as const, '\t' as const);
  fc.assert(
    fc.property(phones, separator, (drafts, between) => {
      const list = drafts.map((each): Phone => {
        const { image, running, ...rest } = each;
        return {
          ...{ ...rest, family: each.model === 'T' ? 'fake' : 'second' },
          ...(image !== undefined && { image }),
          ...(running !== undefined && { running }),
        };
      });
      const { rows } = inventoryTable(list, { secrets: true, isSecret: looksSecret });
      const file = decodeCsv(Buffer.from(encodeCsv(rows, between)));
      const known = new Map(list.map((each) => [each.mac, each]));
      const again = importInventory(file, { families, known, force: false });
      assert.deepEqual(again.phones, []);
      assert.ok(again.lines.every(({ result }) => result === 'unchanged'));
      const anew = importInventory(file, { families, known: new Map(), force: true });
      assert.deepEqual(anew.phones, list);
    }),
  );
});
