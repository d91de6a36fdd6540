import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planSteps } from '../src/core/plan.ts';
import { cisco7900 } from '../src/families/cisco-7900/cisco-7900.ts';

/** `image by procedure` for each hop, or the code of the reason. */
function hops(from: string, to: string): readonly string[] | string {
  const plan = planSteps(cisco7900, from, to);
  if (!plan.possible) return plan.reason.code;
  return plan.steps.map((step) => `${step.image} by ${step.procedure}`);
}

type Row = readonly [from: string, to: string, expected: readonly string[] | string];

const mfg = 'P0030301MFG2';
/** Table 3 of the upgrade matrix row by row, and table 3-10 of the SIP Administrator Guide 4.4. */
const rows: readonly Row[] = [
  [mfg, 'P00308000900', ['P00308000900 by A']],
  [mfg, 'P0S3-06-3-00', ['P0S3-06-3-00 by B']],
  [mfg, 'P0M3-07-4-00', ['P0M3-07-4-00 by C']],
  ['P00303020600', 'P00305000200', ['P00305000200 by A']],
  ['P00303020600', 'P0S3-04-4-00', ['P0S3-04-4-00 by B']],
  ['P00303020600', 'P0S3-08-12-00', ['P0S3-08-12-00 by C']],
  ['P00305000200', 'P00306000100', ['P00306000100 by A']],
  ['P00305000200', 'P0S3-05-1-00', ['P0S3-05-1-00 by B']],
  ['P00305000200', 'P0S3-07-4-00', ['P0S3-07-4-00 by C']],
  ['P00307010100', 'P00305000100', ['P00305000100 by A']],
  ['P00307010100', 'P0S3-06-0-00', ['P0S3-06-0-00 by C']],
  ['P00308000900', 'P0S3-08-12-00', ['P0S3-08-12-00 by C']],
  ['P0S3-04-4-00', 'P00305000100', ['P00305000100 by B']],
  ['P0S3-04-4-00', 'P00308000900', ['P0S3-06-3-00 by B', 'P00308000900 by D']],
  ['P0S3-04-4-00', 'P0M3-06-1-00', ['P0M3-06-1-00 by B']],
  ['P0S3-04-4-00', 'P0S3-07-4-00', ['P0S3-06-3-00 by B', 'P0S3-07-4-00 by D']],
  ['P0S3-05-2-00', 'P00308000900', ['P00308000900 by D']],
  ['P0S3-05-2-00', 'P0S3-06-2-00', ['P0S3-06-2-00 by B']],
  ['P0S3-05-2-00', 'P0S3-07-4-00', ['P0S3-06-3-00 by B', 'P0S3-07-4-00 by D']],
  ['P0S3-06-3-00', 'P0S3-08-12-00', ['P0S3-08-12-00 by D']],
  ['P0S3-07-5-00', 'P00308000900', ['P00308000900 by E']],
  ['P0S3-07-5-00', 'P0S3-08-12-00', ['P0S3-08-12-00 by E']],
  ['P0S3-07-5-00', 'P0S3-06-3-00', ['P0S3-06-3-00 by E']],
  ['P0M3-04-2-00', 'P0M3-07-4-00', ['P0M3-06-3-00 by B', 'P0M3-07-4-00 by D']],
  ['P0M3-06-1-00', 'P0S3-07-4-00', ['P0M3-06-3-00 by B', 'P0S3-07-4-00 by D']],
  ['P0M3-07-4-00', 'P0S3-05-0-00', ['P0S3-05-0-00 by E']],
  ['P0S30200', 'P0S30202', ['P0S30202 by B']],
  ['P0S30200', 'P0S3-04-4-00', ['P0S30202 by B', 'P0S3-04-4-00 by B']],
  ['P0S30200', 'P0S3-08-12-00', ['P0S30202 by B', 'P0S3-06-3-00 by B', 'P0S3-08-12-00 by D']],
  ['P0S3-08-12-00', 'P0S3-08-12-00', []],
  ['POS3-08-12-00', 'P0S3-08-12-00', []],
  ['P0S3-05-0-00', 'P0S3-04-4-00', 'signed-no-downgrade'],
  ['P0S3-08-12-00', 'P00303030400', 'signed-no-downgrade'],
  ['P00305000100', mfg, 'signed-no-downgrade'],
  ['P0S3-07-5-00', 'P003-07-5-00', 'loader-is-no-target'],
  ['P0S3-07-5-00', 'SIP41.8-5-2S', 'unknown-image'],
];

for (const [from, to, expected] of rows)
  test(`${from} to ${to}: ${typeof expected === 'string' ? expected : expected.join(', ')}`, () => {
    assert.deepEqual(hops(from, to), expected);
  });

test('every hop names its rule and the document that states it', () => {
  const plan = planSteps(cisco7900, 'P0S30200', 'P0S3-08-12-00');
  assert.ok(plan.possible);
  for (const step of plan.steps)
    for (const { rule, source } of step.why) {
      assert.match(rule, /\w/);
      assert.match(source, /matrix|Guide/);
    }
});

test('a phone that should be past 5.0 finds no unsigned loader', () => {
  const plan = planSteps(cisco7900, 'P0S3-06-3-00', 'P0S3-08-12-00');
  assert.ok(plan.possible);
  assert.ok(plan.steps[0]?.absent.includes('P003-08-12-00.bin'));
  assert.ok(plan.steps[0]?.firmware.includes('P003-08-12-00.sbn'));
});

test('an unsigned phone is given the unsigned loader', () => {
  const plan = planSteps(cisco7900, 'P00303020600', 'P0S3-08-12-00');
  assert.ok(plan.possible);
  assert.ok(plan.steps[0]?.firmware.includes('P003-08-12-00.bin'));
  assert.ok(!plan.steps[0]?.absent.includes('P003-08-12-00.bin'));
});
