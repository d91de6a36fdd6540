import { firmwareLibrary, type Library } from '../src/core/firmware/library.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planSteps, type Planning } from '../src/core/plan.ts';
import { cisco7900 } from '../src/families/cisco-7900/cisco-7900.ts';

/** `image by procedure` for each hop, or the code of the reason. */
function hops(from: string, to: string, planning: Planning): readonly string[] | string {
  const plan = planSteps(cisco7900, from, to, planning);
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
    assert.deepEqual(hops(from, to, { mode: 'direct' }), expected);
  });

/** Where reports from the field say more than the documents. */
const cautiousRows: readonly Row[] = [
  ['P00303020600', 'P0S3-08-12-00', ['P00305000500 by A', 'P0S3-08-12-00 by C']],
  ['P00303020600', 'P0S3-07-5-00', ['P0S3-07-5-00 by C']],
  ['P00303020600', 'P00308000900', ['P00305000500 by A', 'P00308000900 by A']],
  ['P0030200', 'P00308000900', ['P00303010102 by A', 'P00305000500 by A', 'P00308000900 by A']],
  ['P00305000200', 'P0S3-08-12-00', ['P0S3-08-12-00 by C']],
  ['P00308000900', 'P0030801SR02', ['P00308010100 by A', 'P0030801SR02 by A']],
  ['P00308010100', 'P0030801SR02', ['P0030801SR02 by A']],
  ['P0S3-08-12-00', 'P00308010200', ['P00308010100 by E', 'P00308010200 by A']],
  ['P0S3-04-4-00', 'P0S3-08-12-00', ['P0S3-06-3-00 by B', 'P0S3-08-12-00 by D']],
  ['P0S3-05-0-00', 'P0S3-04-4-00', 'signed-no-downgrade'],
];

for (const [from, to, expected] of cautiousRows)
  test(`cautiously from ${from} to ${to}`, () => {
    assert.deepEqual(hops(from, to, { mode: 'cautious' }), expected);
  });

/** All files of these images, good ones. */
function libraryOf(...images: readonly string[]): Library {
  const facts = { kind: 'application', findings: [] } as const;
  const files = images
    .flatMap((image) => cisco7900.imageFiles(image))
    .map((path) => ({ path, size: 1, sha256: path, firmware: { family: cisco7900.id, facts } }));
  return firmwareLibrary([cisco7900], files);
}

test('a library that has only the images of the direct way is enough for it', () => {
  const planning: Planning = { mode: 'cautious', library: libraryOf('P0S3-08-12-00') };
  const plan = planSteps(cisco7900, 'P00303020600', 'P0S3-08-12-00', planning);
  assert.ok(plan.possible);
  assert.deepEqual(
    plan.steps.map(({ image }) => image),
    ['P0S3-08-12-00'],
  );
  assert.deepEqual(plan.preferred?.images, ['P00305000500', 'P0S3-08-12-00']);
  assert.deepEqual(plan.preferred.lacks, ['P00305000500.bin']);
  assert.equal(plan.preferred.rule?.code, 'five-first');
});

test('another release of the kind that a rule names does as well', () => {
  const planning: Planning = {
    mode: 'cautious',
    library: libraryOf('P00303030400', 'P00305000200', 'P00308000900'),
  };
  assert.deepEqual(hops('P0030200', 'P00308000900', planning), [
    ...['P00303030400 by A', 'P00305000200 by A', 'P00308000900 by A'],
  ]);
});

test('where no way has all its images the safe one is planned', () => {
  const planning: Planning = { mode: 'cautious', library: libraryOf() };
  assert.deepEqual(hops('P00303020600', 'P00308000900', planning), [
    ...['P00305000500 by A', 'P00308000900 by A'],
  ]);
});

test('no way names every rule that was met', () => {
  const plan = planSteps(cisco7900, 'P0S30200', 'P0S3-08-12-99');
  assert.ok(plan.possible);
  const none = planSteps(cisco7900, 'P0S3-06-3-00', 'P0S3-04-4-00');
  assert.ok(!none.possible);
  assert.deepEqual(
    none.rules.map(({ code, confidence }) => [code, confidence]),
    [['signed-no-downgrade', 'high']],
  );
});

test('every hop names its rule and the document that states it', () => {
  const plan = planSteps(cisco7900, 'P0S30200', 'P0S3-08-12-00');
  assert.ok(plan.possible);
  for (const step of plan.steps)
    for (const { rule, source } of step.why) {
      assert.match(rule, /\w/);
      assert.match(source, /matrix|Guide|blog/);
    }
});

test('a phone that should be past 5.0 finds no unsigned loader', () => {
  const plan = planSteps(cisco7900, 'P0S3-06-3-00', 'P0S3-08-12-00');
  assert.ok(plan.possible);
  assert.ok(plan.steps[0]?.absent.includes('P003-08-12-00.bin'));
  assert.ok(plan.steps[0]?.firmware.includes('P003-08-12-00.sbn'));
});

test('an unsigned phone is given the unsigned loader', () => {
  const plan = planSteps(cisco7900, 'P00303020600', 'P0S3-08-12-00', { mode: 'direct' });
  assert.ok(plan.possible);
  assert.ok(plan.steps[0]?.firmware.includes('P003-08-12-00.bin'));
  assert.ok(!plan.steps[0]?.absent.includes('P003-08-12-00.bin'));
});
