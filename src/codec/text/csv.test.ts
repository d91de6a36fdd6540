import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { decodeCsv, encodeCsv } from './csv.ts';

const read = (text: string) => decodeCsv(Buffer.from(text));

test('a header and records, each with the line that it begins on', () => {
  const { separator, header, records } = read('mac,model\r\n1,"a\r\nb"\r\n2,"say ""x"""\r\n');
  assert.equal(separator, ',');
  assert.deepEqual(header, { line: 1, cells: ['mac', 'model'] });
  assert.deepEqual(records, [
    { line: 2, cells: ['1', 'a\r\nb'] },
    { line: 4, cells: ['2', 'say "x"'] },
  ]);
});

test('the last line counts without a line end, whatever the line ends', () => {
  const { records } = read('a\r\n1\n\n2\r3');
  assert.deepEqual(records, [
    { line: 2, cells: ['1'] },
    { line: 4, cells: ['2'] },
    { line: 5, cells: ['3'] },
  ]);
});

for (const [name, text] of [
  ['semicolons', 'a;b\n1;2\n'],
  ['tabs', 'a\tb\n1\t2\n'],
  ['a byte order mark', '\uFEFFa,b\n1,2\n'],
  ['a byte order mark and quotes', '\uFEFF"a","b"\n1,2\n'],
  ['a line that names the separator', '\uFEFFsep=;\r\na;b\r\n1;2\r\n'],
  ['separators inside quotes', '"a,,,";b\n1;2'],
  ['empty lines and lines of separators', '\n,,\na,b\n,\n\n1,2\n,,,\n'],
] as const)
  test(`of spreadsheets: ${name}`, () => {
    const { header, records } = read(text);
    assert.equal(header.cells.length, 2);
    assert.deepEqual(
      records.map(({ cells }) => cells),
      [['1', '2']],
    );
  });

test('lines are counted from the start of the file, letters of several bytes or not', () => {
  const { records } = read('sep=,\r\nä,ö\r\n\r\n"ü\n€",🕿\r\nx,y');
  assert.deepEqual(
    records.map(({ line }) => line),
    [4, 6],
  );
});

for (const [text, message] of [
  ['', 'line 1, column 1 at offset 0: expected a header line, found nothing'],
  ['\n,\n', 'line 1, column 1 at offset 0: expected a header line, found nothing'],
  ['a;b\nü;"q" \n', 'line 2, column 3 at offset 6: expected the cell to end with its quote'],
  ['a,b\n"x', 'line 2, column 1 at offset 4: expected a quote at the end of the cell'],
  ['a,b\n1,x"y"z\n', 'line 2, column 3 at offset 6: expected quotes around the whole cell'],
] as const)
  test(`refused with its place: ${JSON.stringify(text)}`, () => {
    assert.throws(
      () => read(text),
      (error) => {
        assert.ok(error instanceof CodecError);
        assert.ok(error.message.startsWith(message), error.message);
        return true;
      },
    );
  });

test('another character set is refused, with the first character that shows it', () => {
  const latin1 = Buffer.from('mac,label\n1,Köln\n', 'latin1');
  assert.throws(() => decodeCsv(latin1), /line 2, column 4 .*CSV UTF-8/);
  assert.throws(() => decodeCsv(Buffer.from('\uFEFFmac', 'utf16le')), /UTF-16/);
});

const cell = fc.oneof(
  fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
  fc.string({ unit: fc.constantFrom('"', ',', ';', '\r', '\n', ' ', 'a', '\t') }),
);

test('decode(encode(x)) = x', () => {
  const first = fc.constantFrom('mac', 'a b', 'x"y');
  const records = fc.array(fc.tuple(fc.string({ minLength: 1 }), cell, cell));
  fc.assert(
    fc.property(first, records, fc.constantFrom(',', ';', '\t'), (name, rows, separator) => {
      const header = [name, 'model', 'image'];
      const bytes = Buffer.from(encodeCsv([header, ...rows], separator));
      const read = decodeCsv(bytes);
      assert.equal(read.separator, separator);
      assert.deepEqual(
        [read.header, ...read.records].map(({ cells }) => cells),
        [header, ...rows],
      );
    }),
  );
});

test('any bytes give records or a CodecError', () => {
  const bytes = fc.oneof(
    fc.uint8Array(),
    fc.string({ unit: fc.constantFrom('"', ',', ';', '\r', '\n', 'a', '\t', '\uFEFF') }),
  );
  fc.assert(
    fc.property(bytes, (value) => {
      try {
        decodeCsv(Buffer.from(value as string));
      } catch (error) {
        assert.ok(error instanceof CodecError, String(error));
      }
    }),
  );
});
