import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Phone } from '../model/phone.ts';
import type { Mac } from '../wire/mac.ts';
import { phoneFilter, type PhoneFilter } from './phone-filter.ts';
import { fakeFamily } from './testing/fake-family.ts';

const phone: Phone = {
  ...{ mac: '020000000001' as Mac, family: 'fake', model: 'T', image: '3', settings: {} },
  labels: { site: 'berlin', group: 'lobby, night', empty: '' },
};

const rows: readonly (readonly [filter: PhoneFilter, isMeant: boolean])[] = [
  [{}, true],
  [{ model: 'CP-T' }, true],
  [{ model: 'U' }, false],
  [{ image: '+3' }, true],
  [{ image: '4' }, false],
  [{ state: 'done' }, true],
  [{ state: 'none' }, false],
  [{ labels: { site: 'berlin', group: 'night' } }, true],
  [{ labels: { group: 'lobby, night' } }, true],
  [{ labels: { group: 'lob' } }, false],
  [{ labels: { site: 'berlin', floor: '1' } }, false],
  [{ labels: { empty: '' } }, true],
  [{ labels: { constructor: '' } }, false],
  [{ model: 'T', image: '4' }, false],
];

for (const [filter, isMeant] of rows)
  test(`${JSON.stringify(filter)} means it: ${isMeant}`, () =>
    assert.equal(phoneFilter([fakeFamily], filter)(phone, 'done'), isMeant));
