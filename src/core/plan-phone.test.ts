import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Phone } from '../model/phone.ts';
import type { Mac } from '../wire/mac.ts';
import { planPhone } from './plan-phone.ts';
import { fakeFamily } from './testing/fake-family.ts';

const mac = '020000000001' as Mac;
const phone: Phone = { mac, family: 'fake', model: 'T', labels: {}, settings: {} };
const layers = [{ scope: 'fleet', name: '', values: { server: 's' } }] as const;

test('each hop has the files of its step and the phone, its MAC in all paths', () => {
  const plan = planPhone(phone, fakeFamily, layers, '1', '3');
  assert.ok(plan.possible);
  assert.deepEqual(
    plan.hops.map(({ image, absent, files }) => [image, absent, files]),
    ['2', '3'].map((image) => [
      image,
      [`hidden-${mac}`],
      ['common', `phone-${mac}`].map((path) => ({ path, content: `load=${image} server=s` })),
    ]),
  );
});

test('no plan, no files: the reason', () => {
  const plan = planPhone(phone, fakeFamily, layers, '1', '9');
  assert.equal(plan.possible, false);
});
