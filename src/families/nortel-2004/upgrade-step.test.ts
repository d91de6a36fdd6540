import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planSteps } from './testing/plan-steps.ts';
import { imageName } from './image-name.ts';
import { upgradeStep } from './upgrade-step.ts';

const kinds = { unistim: '0604D98', sip: '0692D93c08', transitional: 'CT12D97' };

/** The steps as `image by way`, or the code of the rule against it. */
function shown(from: string, to: string): string {
  const plan = planSteps(from, to);
  if ('code' in plan) return plan.code;
  return plan.map(({ image, order }) => `${image} ${order['via']} ${order['mode']}`).join(', ');
}

const rows: readonly (readonly [from: string, to: string, expected: string])[] = [
  ['0604D98', '0692D93c08', 'CT12D97 uftp AUTO, 0692D93c08 uftp AUTO'],
  ['0604D98', '0692D93', 'CT12D97 uftp AUTO, 0692D93 uftp AUTO'],
  ['0604D98', '0604DBG', '0604DBG uftp AUTO'],
  ['0604DBG', '0604D98', '0604D98 uftp AUTO'],
  ['CT12D97', '0692D93', '0692D93 uftp AUTO'],
  ['CT12D97', '0604D98', '0604D98 uftp AUTO'],
  ['0692D93c08', '0692D94', '0692D94 tftp AUTO'],
  ['0692D94', '0692D93c08', '0692D93c08 tftp FORCED'],
  ['0692D9H', '0692D99', '0692D99 tftp FORCED'],
  ['0692D93c08', '0604D98', '0604D98 tftp FORCED'],
  // No goal, whatever it runs.
  ['0604D98', 'CT12D97', 'transitional-is-no-goal'],
  ['CT12D97', 'CT12D98', 'transitional-is-no-goal'],
  ['0692D93', 'CT12D97', 'transitional-by-ipcm'],
  // Other phones' loads.
  ['0621C8A', '0692D93', 'no-sip-load'],
  ['0604D98', '0621C8A', 'image-of-other-hardware'],
];

for (const [from, to, expected] of rows)
  test(`${from} to ${to}: ${expected}`, () => assert.equal(shown(from, to), expected));

test('every step says its rule, a source and how sure that is', () => {
  for (const from of Object.values(kinds))
    for (const to of Object.values(kinds)) {
      const step = upgradeStep(imageName(from), { ...imageName(to), between: true });
      if ('code' in step) {
        assert.match(step.text, /\S/);
        assert.match(step.source ?? '', /NN42020-202/);
        assert.equal(step.confidence, 'high');
        continue;
      }
      const [why] = step.why;
      assert.match(why?.source ?? '', /NN42020-202/);
      assert.ok(why?.confidence);
      assert.equal(step.firmware.length, 1);
    }
});

test('the library decides on the transitional firmware, the newest of it', () => {
  const had = ['CT12D95', 'CT12D99', 'CT12D97'].map(imageName);
  const plan = planSteps('0604D98', '0692D93', had);
  assert.ok(!('code' in plan));
  assert.equal(plan[0]?.image, 'CT12D99');
});

test('with its suffix and without it is one release, in one file', () => {
  assert.equal(imageName('0692d93C08').canonical, '0692D93c08');
  assert.equal(imageName('0692D93c08').key, imageName('0692D93').key);
  assert.deepEqual(
    imageName('0692d93').findings.map(({ code }) => code),
    ['image-name-case'],
  );
});
