import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AppError } from '../errors.ts';
import { keyValue, macArgument, numberBetween, positiveNumber, wholeNumber } from './command.ts';

const isWrongUsage = (error: unknown) => error instanceof AppError && error.exitCode === 2;

test('a MAC is read however it is written, and refused with an example', () => {
  for (const text of ['00:0e:84:c0:60:a6', '000E.84C0.60A6', '00-0e-84-c0-60-a6', '000e84c060a6'])
    assert.equal(macArgument(text), '000E84C060A6');
  for (const text of ['', 'xyz', '00:0e:84:c0:60', '00:0e:84:c0:60:a6:00', '00:0g:84:c0:60:a6'])
    assert.throws(() => macArgument(text), {
      ...{ code: 'wrong-usage', exitCode: 2 },
      message: `"${text}" is not a MAC address: write 12 hexadecimal digits, e.g. 00:11:22:33:44:55`,
    });
});

test('NAME=VALUE may be repeated; the last one of a name wins', () => {
  const read = ['a=1', 'b=', 'c=x=y', 'a=2'].reduce<Readonly<Record<string, string>> | undefined>(
    (before, text) => keyValue(text, before),
    undefined,
  );
  assert.deepEqual(read, { a: '2', b: '', c: 'x=y' });
  for (const text of ['', 'a', '=1', '=']) assert.throws(() => keyValue(text, {}), isWrongUsage);
});

test('a name like __proto__ is a name like any other', () => {
  const read = keyValue('__proto__=x', undefined);
  assert.deepEqual(Object.entries(read), [['__proto__', 'x']]);
});

test('numbers are read whole', () => {
  assert.equal(wholeNumber('0'), 0);
  assert.equal(wholeNumber('250'), 250);
  for (const text of ['', '-1', '1.5', '1e3', ' 1', '0x10', '9'.repeat(17), 'NaN'])
    assert.throws(() => wholeNumber(text), isWrongUsage, text);
});

test('numbers in a range, both ends included', () => {
  const read = numberBetween(1, 64);
  assert.deepEqual([read('1'), read('64')], [1, 64]);
  for (const text of ['0', '65', 'x']) assert.throws(() => read(text), isWrongUsage, text);
});

test('numbers from 0 up', () => {
  assert.deepEqual(['0', '0.04', '2', '1e3'].map(positiveNumber), [0, 0.04, 2, 1000]);
  for (const text of ['', ' ', '-1', 'x', 'Infinity', 'NaN'])
    assert.throws(() => positiveNumber(text), isWrongUsage, text);
});

test('any text is a value or wrong usage, and nothing else', () => {
  const readers = [macArgument, wholeNumber, positiveNumber, numberBetween(1, 9)];
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(...readers), (text, read) => {
      try {
        read(text);
      } catch (error) {
        assert.ok(isWrongUsage(error), String(error));
      }
    }),
  );
});
