import assert from 'node:assert/strict';
import { isIPv4 as nodeIsIPv4 } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { isIPv4 } from '../wire/ipv4.ts';
import { valueProblem } from './parameter-value.ts';
import type { Parameter, ValueType } from './parameter.ts';

function parameter(type: ValueType): Parameter {
  return { name: 'x', type, place: 'common', stored: true, help: '', source: '' };
}

type Row = readonly [type: ValueType, good: readonly string[], bad: readonly string[]];

const rows: readonly Row[] = [
  [{ kind: 'integer', min: 1, max: 10 }, ['1', '10', '007'], ['0', '11', '1.5', 'a', ' 3', '1e1']],
  [{ kind: 'integer', min: -5 }, ['-5', '+9'], ['-6', '--1']],
  [{ kind: 'choice', values: [['Auto', '']] }, ['Auto'], ['auto', 'Full100']],
  [{ kind: 'choice', values: [['Auto', '']], anyCase: true }, ['auto'], ['automatic']],
  [{ kind: 'text', most: 3 }, ['abc', 'a b'], ['abcd']],
  [{ kind: 'text', blanks: false }, ['abc'], ['a b', 'a\tb']],
  [{ kind: 'address', names: false }, ['192.0.2.1'], ['example.com', '192.0.2', '192.0.2.256']],
  [
    { kind: 'address', names: true, words: ['USECALLMANAGER'] },
    ['192.0.2.1', 'proxy.example.com', 'USECALLMANAGER'],
    ['1.2.3', '1.2.3.4.5', 'a b', '-x', 'xxx.xxx..xxx'],
  ],
  [{ kind: 'url' }, ['http://example.com/a.bmp'], ['example', 'http://']],
  [{ kind: 'image' }, ['P0S3-8-12-00', 'SIP41.8-5-2S'], ['P0S3 8', '']],
  [{ kind: 'form', pattern: /^\d+$/, form: 'digits' }, ['1'], ['a']],
];

for (const [type, good, bad] of rows)
  test(`a value of kind ${type.kind}`, () => {
    for (const value of good) assert.equal(valueProblem(parameter(type), value), undefined, value);
    for (const value of bad.filter((text) => text !== ''))
      assert.equal(typeof valueProblem(parameter(type), value), 'string', value);
    assert.equal(valueProblem(parameter(type), ''), undefined);
  });

test('IPv4 addresses are those that Node knows', () => {
  const number = fc.oneof(
    fc.integer({ min: 0, max: 300 }).map(String),
    fc.constantFrom('00', '01', ''),
  );
  const text = fc.array(number, { minLength: 3, maxLength: 5 }).map((parts) => parts.join('.'));
  fc.assert(
    fc.property(fc.oneof(text, fc.string()), (value) => isIPv4(value) === nodeIsIPv4(value)),
  );
});
