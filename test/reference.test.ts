import assert from 'node:assert/strict';
import { globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { decodeCnf } from '../src/codec/config/cnf.ts';
import { referencePages } from '../src/core/reference.ts';
import { networkMenuTable } from '../src/families/cisco-7900/parameters/network-menu.ts';
import { sipTable } from '../src/families/cisco-7900/parameters/sip.ts';
import { families } from '../src/families/index.ts';
import { parameterLookup } from '../src/model/parameter-lookup.ts';
import { valueProblem } from '../src/model/parameter-value.ts';
import type { Parameter } from '../src/model/parameter.ts';
import {
  dateAndTime,
  table31,
  table32,
  table33,
  table34,
  table35,
  table36,
} from './guide-parameters.ts';

const folder = join(import.meta.dirname, '..', 'docs', 'reference');

describe('docs/reference', () => {
  const tables = families.flatMap(({ parameters }) => parameters);
  const pages = referencePages([...new Map(tables.map((each) => [each.id, each])).values()]);
  if (process.env['UPDATE'] === '1') {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const { path, content } of pages) writeFileSync(join(folder, path), content);
  }

  test('has a page for each table, an index, and nothing else', () => {
    assert.deepEqual(readdirSync(folder).sort(), pages.map(({ path }) => path).sort());
  });

  for (const { path, content } of pages)
    test(`${path} is what the tables say (UPDATE=1 writes it)`, () => {
      assert.equal(readFileSync(join(folder, path), 'utf8'), content);
    });
});

const known = new Map<string, Parameter>(
  [sipTable, networkMenuTable].flatMap(({ parameters }) =>
    parameters.map((row) => [row.name, row] as const),
  ),
);

function rowOf(name: string): Parameter {
  const row = known.get(name);
  assert.ok(row, `${name} is in no table`);
  return row;
}

/** Values that a range of the guide takes, and some that it does not. */
function samples(range: string): readonly [good: readonly string[], bad: readonly string[]] {
  const [, low = '', high = ''] = /^(\d+)\.\.(\d*)$/.exec(range) ?? [];
  if (low !== '' && high !== '')
    return [
      [low, high],
      [`${Number(low) - 1}`, `${Number(high) + 1}`, 'x', `${low}.5`],
    ];
  if (low !== '')
    return [
      [low, '999999'],
      [`${Number(low) - 1}`, 'x'],
    ];
  const [, most] = /^text<=(\d+)$/.exec(range) ?? [];
  if (most !== undefined) return [['x'.repeat(Number(most))], ['x'.repeat(Number(most) + 1)]];
  const named = namedRanges[range];
  return named ?? [range.split('|'), ['4711', 'perhaps']];
}

const namedRanges: Readonly<Record<string, readonly [readonly string[], readonly string[]]>> = {
  text: [['text', '5551212'], []],
  IP: [['192.0.2.1'], ['192.0.2.256', '192.0.2', 'proxy.example.com']],
  'IP or name': [
    ['192.0.2.1', 'proxy.example.com'],
    ['192.0.2.256', 'a b'],
  ],
  URL: [['http://192.0.2.1/CiscoServices/Directory.asp'], ['192.0.2.1']],
  image: [['P0S3-04-4-00', 'P0S30202'], ['P0S3 04']],
  MAC: [['00503EFFD842'], ['00503EFFD84', '00:50:3E:FF:D8:42']],
  offset: [
    ['01/00', '-01/00', '+01/30', '1', '-1', '+1'],
    ['24', '1/60', '1:00:00', 'one'],
  ],
  time: [
    ['02/00', '02:00', '2', '23/59'],
    ['24', '2/60', '2 am', '-1'],
  ],
  month: [
    ['January', 'february', 'MARCH', 'April', 'May', 'June', 'July', 'August', '1', '12', 'Oct'],
    ['0', '13', 'Octember'],
  ],
  weekday: [
    ['Sunday', 'Sun', 'Monday', 'mon', 'Tuesday', 'Wednesday', 'Thu', 'friday', 'SAT', '1', '7'],
    ['0', '8', 'Someday'],
  ],
  zone: [
    ['PST', 'EST', 'CET', 'ZP4', 'NZST', 'GMT'],
    ['cet', 'Europe/Berlin', 'XYZ'],
  ],
};

function checkRange(row: Parameter, range: string): void {
  const [good, bad] = samples(range);
  for (const value of good)
    assert.equal(valueProblem(row, value), undefined, `${row.name} ${value}`);
  for (const value of bad)
    assert.notEqual(valueProblem(row, value), undefined, `${row.name} takes ${value}`);
  if (!range.includes('|') || row.type.kind !== 'choice') return;
  const values = row.type.values
    .filter(([, meaning]) => !meaning.includes('in no document'))
    .map(([value]) => value);
  assert.deepEqual(values.toSorted(), range.split('|').toSorted(), row.name);
}

function checkDefault(row: Parameter, fallback: string): void {
  assert.equal(row.default ?? '', fallback, `default of ${row.name}`);
}

describe(`the guide's ${table31.length} network parameters (table 3-1) are in the tables`, () => {
  for (const [item, edit, fallback, range, key] of table31)
    test(item, () => {
      const row = rowOf(key === '' ? item : key);
      assert.equal(row.menu, `Network Configuration > ${item}`);
      assert.equal(row.place === 'menu', key === '');
      assert.equal(row.userMayChange, edit);
      checkDefault(row, fallback);
      checkRange(row, range);
    });
});

test(`the guide's ${table32.length} SIP parameters (table 3-2) have their menus`, () => {
  for (const [key, menu] of table32) assert.equal(rowOf(key).menu ?? '', menu, key);
  assert.equal(rowOf('proxy1_address').menu, rowOf('proxyN_address').menu);
});

const files = [
  [table33, 'table 3-3', 'common'],
  [table34, 'table 3-4', 'phone'],
  [dateAndTime, 'date and time', 'common'],
] as const;

for (const [rows, title, place] of files)
  describe(`the guide's ${rows.length} parameters of ${title} are in the tables`, () => {
    for (const [key, required, fallback, range] of rows)
      test(key, () => {
        const row = rowOf(key);
        assert.equal(row.required !== undefined, required === 'required');
        assert.equal(row.place, place);
        checkDefault(row, fallback);
        checkRange(row, range);
      });
  });

const menus = [
  [table35, 'table 3-5', 'SIP Configuration > Line N Settings > '],
  [table36, 'table 3-6', 'SIP Configuration > '],
] as const;

for (const [rows, title, menu] of menus)
  describe(`the guide's ${rows.length} menu items of ${title} set the keys of the files`, () => {
    for (const [label, fallback, range, key] of rows)
      test(label, () => {
        const row = rowOf(key);
        assert.equal(row.menu, `${menu}${label}`);
        checkDefault(row, fallback);
        checkRange(row, range);
      });
  });

test('the guide is complete: as many rows as counted in it, and no others are said to be its', () => {
  const lengths = [table31, table32, table33, table34, table35, table36, dateAndTime].map(
    (rows) => rows.length,
  );
  // Table 3-1 has 21 rows; one is for two servers.
  assert.deepEqual(lengths, [22, 70, 75, 6, 7, 19, 15]);
  const listed = new Set<string>([
    ...table31.map(([item, , , , key]) => (key === '' ? item : key)),
    ...[table32, table33, table34, dateAndTime].flatMap((rows) => rows.map(([key]) => key)),
  ]);
  const said = [...known.values()].filter(({ source }) => source.includes('Release 4.4'));
  const unlisted = said.map(({ name }) => name).filter((name) => !listed.has(name));
  assert.deepEqual(unlisted, []);
});

test('values of the 0/1/2/3 kind say who may change them', () => {
  const byValue = [...known.values()].filter(({ userMayChange }) => userMayChange === 'by value');
  assert.deepEqual(byValue.map(({ name }) => name).toSorted(), [
    'anonymous_call_block',
    'call_hold_ringback',
    'call_waiting',
    'callerid_blocking',
    'dnd_control',
    'time_format_24hr',
  ]);
});

test('every key of real files is known', (t) => {
  const corpus = process.env['HOOKFLASH_CORPUS'];
  if (corpus === undefined) return t.skip('HOOKFLASH_CORPUS is not set');
  const paths = globSync('cisco/**/*.cnf', { cwd: corpus });
  assert.ok(paths.length > 0, 'the files are found');
  const lookup = parameterLookup(sipTable);
  const unknown = paths.flatMap((path) =>
    decodeCnf(readFileSync(join(corpus, path), 'utf8')).lines.flatMap((line) =>
      line.kind === 'entry' && !lookup.find(line.key) ? [`${path}:${line.line} ${line.key}`] : [],
    ),
  );
  assert.deepEqual(unknown, []);
});

test('dynamic DNS and TFTP are not kept in flash', () => {
  const forgotten = [...known.values()].filter(({ stored, place }) => !stored && place !== 'menu');
  assert.deepEqual(forgotten.map(({ name }) => name).toSorted(), [
    'dyn_dns_addr_1',
    'dyn_dns_addr_2',
    'dyn_tftp_addr',
  ]);
});
