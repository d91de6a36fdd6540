import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Phone } from '../model/phone.ts';
import type { Progress } from '../model/progress.ts';
import type { Mac } from '../wire/mac.ts';
import { standingOf, startsAnew } from './standing.ts';

const mac = '020000000001' as Mac;
const phone: Phone = { mac, family: 'fake', model: 'T', image: '3', labels: {}, settings: {} };

function progress(parts: Partial<Progress> = {}): Progress {
  return {
    ...{ mac, from: '1', because: '', target: '3', steps: [], step: 0, state: 'stopped' },
    ...{ attempts: 3, reason: '', updatedAt: 0 },
    ...parts,
  };
}

test('a plan for another image says nothing of a phone', () => {
  assert.equal(standingOf(phone, progress()), 'stopped');
  assert.equal(standingOf(phone, progress({ target: '4' })), 'none');
  assert.equal(standingOf(phone, undefined), 'none');
  assert.equal(standingOf({ ...phone, image: '4' }, progress({ state: 'done' })), 'none');
});

test('what was said decides whether a plan starts anew', () => {
  const nothing = { image: false, running: false };
  const image = { ...nothing, image: true };
  const running = { ...nothing, running: true };
  const moved = { ...phone, running: '2' };
  const underWay = progress({ state: 'under-way' });
  assert.equal(startsAnew(phone, phone, image, undefined), false);
  assert.equal(startsAnew(phone, phone, nothing, progress()), false);
  assert.equal(startsAnew(phone, phone, image, progress()), true);
  assert.equal(startsAnew(phone, phone, running, progress()), true);
  assert.equal(startsAnew(phone, phone, image, underWay), false);
  assert.equal(startsAnew(phone, phone, running, underWay), false);
  assert.equal(startsAnew(phone, moved, running, underWay), true);
  assert.equal(startsAnew(phone, { ...phone, model: 'U' }, nothing, underWay), true);
});
