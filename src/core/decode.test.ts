import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileFormat } from '../model/family.ts';
import { CodecError } from '../wire/codec-error.ts';
import { decodeFile } from './decode.ts';
import { fakeFamily } from './testing/fake-family.ts';

function format(name: string, ending: string): FileFormat {
  return {
    format: name,
    matches: (file, bytes) => file.endsWith(ending) && bytes.length > 0,
    decode: (file, bytes) => ({ file, size: bytes.length }),
  };
}

const families = [
  { ...fakeFamily, formats: [format('first', '.a'), format('general', '.b')] },
  { ...fakeFamily, formats: [format('second', '.a'), format('other', '.c')] },
];
const bytes = Uint8Array.of(1, 2);

test('the first format of the first family that knows the file reads it', () => {
  assert.deepEqual(decodeFile(families, 'x.a', bytes), {
    ...{ format: 'first', file: 'x.a', size: 2 },
    findings: [],
  });
  assert.equal(decodeFile(families, 'x.c', bytes).format, 'other');
});

test('what nobody knows has a size and a finding', () => {
  const { findings, ...rest } = decodeFile(families, 'x.d', bytes);
  assert.deepEqual(rest, { format: 'unknown', size: 2 });
  assert.deepEqual(
    findings.map(({ code, severity, place }) => ({ code, severity, place })),
    [{ code: 'unknown-format', severity: 'error', place: { file: 'x.d' } }],
  );
  assert.equal(decodeFile(families, 'x.a', new Uint8Array()).format, 'unknown');
});

test('notes are warnings at their place', () => {
  const notes = [{ code: 'odd', text: 'an odd thing', line: 2, column: 3 }];
  const family = { ...fakeFamily, formats: [{ ...format('a', '.a'), decode: () => ({ notes }) }] };
  assert.deepEqual(decodeFile([family], 'x.a', bytes), {
    format: 'a',
    findings: [
      {
        code: 'odd',
        severity: 'warning',
        text: 'an odd thing',
        place: { file: 'x.a', line: 2, column: 3 },
      },
    ],
  });
});

test('what a codec refuses is an error at its place', () => {
  const decodeWith = (error: Error) => {
    const broken = {
      ...format('broken', '.a'),
      decode: () => {
        throw error;
      },
    };
    return decodeFile([{ ...fakeFamily, formats: [broken] }], 'x.a', bytes);
  };
  const fault = { field: 'line 4, column 5', offset: 40, claimed: 'this', actual: 'that' };
  const expected = { code: 'unreadable-file', severity: 'error' };
  assert.deepEqual(decodeWith(new CodecError(fault)), {
    format: 'broken',
    findings: [
      {
        ...expected,
        text: 'expected this, found that',
        place: { file: 'x.a', line: 4, column: 5 },
      },
    ],
  });
  const binary = new CodecError({ ...fault, field: 'header length' });
  assert.deepEqual(decodeWith(binary).findings, [
    {
      ...expected,
      text: 'header length at offset 40: expected this, found that',
      place: { file: 'x.a' },
    },
  ]);
  assert.throws(() => decodeWith(new TypeError('a mistake of ours')), TypeError);
});
