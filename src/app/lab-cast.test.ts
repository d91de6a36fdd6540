import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planSteps } from '../core/plan.ts';
import { families } from '../families/index.ts';
import { isMac } from '../wire/mac.ts';
import { familyOf, labCast } from './lab-cast.ts';

test('each phone of the lab has a MAC and an address of its own', () => {
  const cast = labCast(250);
  assert.equal(cast.length, 250);
  assert.equal(new Set(cast.map(({ mac }) => mac)).size, 250);
  assert.equal(new Set(cast.map(({ address }) => address)).size, 250);
  for (const { mac, address } of cast) {
    assert.ok(isMac(mac), mac);
    assert.match(address, /^127\.7\.9\.([1-9]\d{0,2})$/);
  }
  assert.deepEqual(labCast(3), cast.slice(0, 3), 'the same ones in a smaller lab');
});

test('each has a way to the image that it should run', () => {
  for (const phone of labCast(5)) {
    const plan = planSteps(familyOf(families, phone), phone.starts, phone.wanted);
    assert.ok(plan.possible && plan.steps.length > 0, phone.story);
  }
});
