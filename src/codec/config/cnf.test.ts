import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { type CnfDocument, cnfValues, decodeCnf, encodeCnf, writeCnf } from './cnf.ts';

test('the last of two values counts; null values are empty', () => {
  const text = 'A: 1\na: "2"\nb: UNPROVISIONED\nc: " "\nd:\ne: "x" ; f\n#g: 1\n';
  assert.deepEqual(
    [...cnfValues(decodeCnf(text))],
    [
      ['a', '2'],
      ['b', ''],
      ['c', ''],
      ['d', ''],
      ['e', 'x'],
    ],
  );
});

test('a changed value is written in its place', () => {
  const document = decodeCnf('# head\r\n  sync : "1" ; old\r\n');
  const lines = document.lines.map((line) =>
    line.kind === 'entry' ? { ...line, valueText: '2' } : line,
  );
  assert.equal(encodeCnf({ ...document, lines }), '# head\r\n  sync : "2" ; old\r\n');
});

test('a document that would read otherwise is refused', () => {
  const document = decodeCnf('sync: 1\nuser_info: none\n');
  const changed = (change: object): CnfDocument => ({
    ...document,
    lines: document.lines.map((line) => (line.line === 1 ? { ...line, ...change } : line)),
  });
  const changes = [
    { valueText: '1;2' },
    { valueText: '1\n2' },
    { valueText: '"1"' },
    { keyText: 'a:b' },
    { keyText: '#sync' },
    { tail: 'x' },
    { end: '' },
    { kind: 'comment', text: 'sync: 1' },
  ];
  for (const change of changes) assert.throws(() => encodeCnf(changed(change)), CodecError);
  const marked = { ...changed({ indent: '\uFEFF' }) };
  assert.throws(() => encodeCnf(marked), CodecError);
});

test('a new file has quotes, line feeds and its heading as comments', () => {
  const text = writeCnf(
    [
      ['image_version', 'P0S3-8-12-00'],
      ['line1_name', ''],
    ],
    'Written by a test\r\n\r\nDo not edit',
  );
  const heading = '# Written by a test\n#\n# Do not edit\n';
  assert.equal(text, `${heading}image_version: "P0S3-8-12-00"\nline1_name: ""\n`);
  assert.deepEqual(decodeCnf(text).notes, []);
});

test('what the syntax cannot hold is refused, without the value in the message', () => {
  for (const [key, value] of [
    ['', 'x'],
    ['a b', 'x'],
    ['1a', 'x'],
    ['a:', 'x'],
    ['line1_password', 'sec"ret'],
    ['line1_password', 'sec\nret'],
    ['line1_password', 'sec\0ret'],
  ] as const)
    assert.throws(
      () => writeCnf([[key, value]]),
      (error) => error instanceof CodecError && !error.message.includes('sec'),
    );
  assert.throws(
    () =>
      writeCnf([
        ['a', '1'],
        ['A', '2'],
      ]),
    CodecError,
  );
});

test('values written are the values read', () => {
  const key = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,12}$/);
  const value = fc
    .string({ unit: 'grapheme' })
    .filter((text) => !/[\x00-\x1f\x7f"]/.test(text) && !/^(UNPROVISIONED)?$/i.test(text.trim()));
  const pairs = fc.uniqueArray(fc.tuple(key, value), {
    selector: ([name]) => name.toLowerCase(),
  });
  fc.assert(
    fc.property(pairs, fc.option(fc.string(), { nil: undefined }), (values, heading) => {
      const read = [...cnfValues(decodeCnf(writeCnf(values, heading)))];
      assert.deepEqual(
        read,
        values.map(([name, text]) => [name.toLowerCase(), text]),
      );
    }),
  );
});
