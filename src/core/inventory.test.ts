import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Mac } from '../wire/mac.ts';
import { familyOfModel, InventoryError, phoneFrom } from './inventory.ts';
import { fakeFamily } from './testing/fake-family.ts';

const mac = '020000000001' as Mac;
const second = { ...fakeFamily, id: 'second', models: [{ name: 'U', lines: 1 }] };
const families = [fakeFamily, second];

test('a model belongs to the family that has it', () => {
  assert.equal(familyOfModel(families, 'U').family, second);
  assert.deepEqual(familyOfModel(families, 'T').model, { name: 'T', lines: 2 });
});

test('an unknown model is refused, with all that there are', () => {
  for (const name of ['V', '', 't', '__proto__'])
    assert.throws(
      () => familyOfModel(families, name),
      (error) => error instanceof InventoryError && /"\w*" is not known.*T, U/.test(error.message),
    );
});

test('a phone needs no more than its MAC and model', () => {
  assert.deepEqual(phoneFrom(families, { mac, model: 'T' }), {
    phone: { mac, family: 'fake', model: 'T', labels: {}, settings: {} },
    findings: [],
  });
});

test('images are kept as they are called, and what was mended is said', () => {
  const draft = { mac, model: 'T', image: '+3', running: '+1' };
  const { phone, findings } = phoneFrom(families, draft);
  assert.deepEqual([phone.image, phone.running], ['3', '1']);
  assert.deepEqual(
    findings.map(({ code }) => code),
    ['plus', 'plus'],
  );
});

test('what is no image of the family is refused', () => {
  for (const draft of [{ image: 'bad' }, { running: 'bad' }])
    assert.throws(
      () => phoneFrom(families, { mac, model: 'T', ...draft }),
      (error) => error instanceof InventoryError && /"bad".*fake/.test(error.message),
    );
});

test('labels and settings are kept as given', () => {
  const given = { labels: { site: 'a' }, settings: { name: '', line1_password: 'x' } };
  const { phone } = phoneFrom(families, { mac, model: 'T', ...given });
  assert.deepEqual([phone.labels, phone.settings], [given.labels, given.settings]);
});
