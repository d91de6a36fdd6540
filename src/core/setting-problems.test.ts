import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settingProblems } from './setting-problems.ts';
import { keyTable, pathTable } from './testing/fake-parameters.ts';

const tables = [keyTable, pathTable];
const problems = (values: Readonly<Record<string, string>>) =>
  settingProblems(tables, values).map(({ code, text }) => `${code}: ${text}`);

test('right settings have no problems', () => {
  assert.deepEqual(
    problems({
      volume: '9',
      ringing: 'ON',
      line1_secret: '12345678',
      line2_pin: '1',
      'line[7]/name': 'Anna',
      'line/volume': '',
    }),
    [],
  );
});

test('a value that means none is right for every setting', () => {
  assert.deepEqual(problems({ volume: 'UNPROVISIONED', ringing: ' ' }), []);
});

test('an unknown setting says what was meant', () => {
  assert.deepEqual(problems({ volumne: '1', colour: 'red' }), [
    'unknown-setting: "volumne" is no parameter of these phones; did you mean volume?',
    'unknown-setting: "colour" is no parameter of these phones',
  ]);
});

test('the end of a path is not the path', () => {
  assert.deepEqual(
    settingProblems(tables, { name: 'Anna' }).map(({ cure }) => cure),
    ['Write line/name.'],
  );
});

test('a bad value says what is right, a secret one is not shown', () => {
  assert.deepEqual(problems({ volume: '10', line1_secret: '123456789' }), [
    'bad-setting-value: "volume": "10" is not a whole number from 0 to 9',
    'bad-setting-value: "line1_secret": its value is not at most 8 characters',
  ]);
});

test('a value that one of the tables takes is right', () => {
  const louder = {
    ...pathTable,
    parameters: [{ ...keyTable.parameters[1]!, type: { kind: 'text' } }],
  };
  assert.deepEqual(settingProblems([keyTable, louder as typeof pathTable], { volume: 'loud' }), []);
});

test('what can be set on the phone only is no setting', () => {
  assert.deepEqual(problems({ 'Reset Now': 'Yes' }), [
    'menu-only-setting: "Reset Now" can be set on the phone only',
  ]);
});
