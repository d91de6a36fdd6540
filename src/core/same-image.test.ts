import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PhoneFamily } from '../model/family.ts';
import type { ImageName } from '../model/firmware.ts';
import type { Phone } from '../model/phone.ts';
import type { UpgradeStep } from '../model/plan.ts';
import type { Progress } from '../model/progress.ts';
import { isMac, type Mac } from '../wire/mac.ts';
import { execute } from './execute.ts';
import { planSteps } from './plan.ts';
import { imageKey, sameImage } from './same-image.ts';
import { fakeFamily, fakeStep } from './testing/fake-family.ts';
import { ordersFor } from './view.ts';

const mac = '020000000001' as Mac;
assert.ok(isMac(mac));

/** Images `8-12` and `08-12` are one release. One step leads from any release to any other. */
const family: PhoneFamily = {
  ...fakeFamily,
  parseImage: spelling,
  step: (from, to): UpgradeStep => {
    assert.notEqual(from.key, to.key, 'no hop between spellings');
    return fakeStep(to.canonical);
  },
  intermediates: () => ['8-12', '08-12'].flatMap((text) => spelling(text) ?? []),
  sortOf: () => 'any',
};

function spelling(text: string): ImageName | undefined {
  const image = fakeFamily.parseImage('1');
  if (!image || !/^\d+-\d+$/.test(text)) return undefined;
  return { ...image, text, canonical: text, key: text.replace(/^0+/, '') };
}

const phone: Phone = {
  ...{ mac, family: 'fake', model: 'T', labels: {}, settings: {} },
  image: '08-12',
};

test('spellings of one release are one image, other names are not', () => {
  assert.ok(sameImage(family, '8-12', '08-12'));
  assert.ok(!sameImage(family, '8-12', '8-11'));
  assert.equal(imageKey(family, 'what'), 'what');
  assert.ok(sameImage(family, 'what', 'what'));
});

test('there is no hop between two spellings', () => {
  assert.deepEqual(planSteps(family, '8-12', '08-12'), { possible: true, steps: [] });
});

describe('a phone that spells its image in another way than the operator', () => {
  const because = 'proof';
  const situation = { phone, family, progress: undefined, now: 1 };

  test('has arrived, and is told to run what it calls its image', () => {
    const { progress, running } = execute(situation, { kind: 'runs', image: '8-12', because });
    assert.deepEqual([progress?.state, progress?.target, running], ['done', '08-12', '8-12']);
    const orders = ordersFor({ ...phone, running: '8-12' }, family, progress);
    assert.deepEqual(orders.order, { load: '8-12' });
  });

  test('is not planned for again when it says so again', () => {
    const { progress } = execute(situation, { kind: 'runs', image: '8-12', because });
    const known = { ...phone, running: '8-12' };
    const again = { ...situation, phone: known, progress };
    assert.deepEqual(execute(again, { kind: 'runs', image: '8-12', because }), { news: [] });
  });
});

test('a wish that is spelled anew is a new plan: its files have other names', () => {
  const progress: Progress = {
    ...{ mac, from: '7-1', because: '', target: '8-12', steps: [fakeStep('8-12')], step: 0 },
    ...{ state: 'under-way', attempts: 0, reason: '', updatedAt: 0 },
  };
  const fact = { kind: 'runs', image: '7-1', because: 'b' } as const;
  const { progress: next } = execute({ phone, family, progress, now: 1 }, fact);
  assert.deepEqual([next?.target, next?.steps[0]?.image], ['08-12', '08-12']);
});
