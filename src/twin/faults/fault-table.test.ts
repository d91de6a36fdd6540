import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chooseFault, faults } from './faults.ts';
import { rows } from './testing/fault-rows.ts';
import { unistimFaults } from './unistim-faults.ts';

/** Tested in unistim-faults.test.ts. */
const ofUnistim = unistimFaults.map(({ name }) => name);

/** Tested where there is somebody to speak SIP with: registration.test.ts, restart.test.ts. */
const ofSip: readonly string[] = [
  ...['never-registers', 'wrong-password', 'ignores-notify', 'busy', 'never-comes-back', 'flaps'],
];

describe('the table', () => {
  test('every fault is tested for every family that has it', () => {
    const tested = new Set(rows.map(({ fault }) => fault.replace(/=.*/, '')));
    for (const { name } of faults)
      assert.ok(tested.has(name) || [...ofSip, ...ofUnistim, 'old-boot-code'].includes(name), name);
  });

  test('names are words, each once; help is one line', () => {
    const names = faults.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    for (const { name, help, ends } of faults) {
      assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
      assert.ok(help.length > 0 && help.length <= 80 && !help.includes('\n'), name);
      assert.ok(ends.length > 0);
    }
  });

  test('a name or number that is none is told of', () => {
    const wrong: readonly (readonly [string, RegExp])[] = [
      ['loses', /no fault "loses"; there are loses-packets,/],
      ['', /no fault ""/],
      ['refuses-image=1', /takes no number/],
      ['loses-packets=', /NUMBER \(share/],
      ['loses-packets=-1', /NUMBER/],
      ['answers-late=soon', /NUMBER \(milliseconds/],
    ];
    for (const [text, message] of wrong) {
      const problem = chooseFault(text);
      assert.ok(typeof problem === 'string');
      assert.match(problem, message);
    }
    const right = chooseFault('power-cut-while-flashing=70000');
    assert.ok(typeof right === 'object');
    assert.deepEqual([right.fault.name, right.value], ['power-cut-while-flashing', 70_000]);
  });
});
