import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Phone } from '../model/phone.ts';
import { looksSecret } from '../model/secret-names.ts';
import type { Mac } from '../wire/mac.ts';
import { phoneChanges } from './inventory-changes.ts';

const phone: Phone = {
  ...{ mac: '020000000001' as Mac, family: 'fake', model: 'T', image: '3' },
  ...{ labels: { site: 'a' }, settings: { name: '1', password: 'x' } },
};

test('a phone has no changes from itself', () => {
  assert.deepEqual(phoneChanges(phone, { ...phone }, looksSecret), []);
});

test('what is not as it was, in one order, passwords hidden', () => {
  const after: Phone = {
    ...{ ...phone, image: undefined, running: '2' },
    ...{ labels: { floor: '1' }, settings: { name: '', password: 'y', more: 'z' } },
  };
  assert.deepEqual(phoneChanges(phone, after, looksSecret), [
    { what: 'image', from: '3' },
    { what: 'running', to: '2' },
    { what: 'label:site', from: 'a' },
    { what: 'name', from: '1', to: '' },
    { what: 'password', from: '********', to: '********' },
    { what: 'label:floor', to: '1' },
    { what: 'more', to: 'z' },
  ]);
});

test('a setting that is called as something else is told apart from it', () => {
  const after = { ...phone, settings: { ...phone.settings, image: '3', 'label:site': 'b' } };
  assert.deepEqual(phoneChanges(phone, after, looksSecret), [
    { what: 'setting:image', to: '3' },
    { what: 'setting:label:site', to: 'b' },
  ]);
});
