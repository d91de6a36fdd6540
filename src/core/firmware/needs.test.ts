import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Phone } from '../../model/phone.ts';
import type { Progress } from '../../model/progress.ts';
import { fakeFamily, fakeStep } from '../testing/fake-family.ts';
import { fakePhone, mac } from '../testing/fake-site.ts';
import { firmwareNeeds, needing, needingFile } from './needs.ts';
import { shelf, shelfFamily, shelfFile, shelfList } from './testing/shelf.ts';

function needs(more: Partial<Phone>, progress?: Partial<Progress>) {
  const whole: Progress = {
    ...{ mac, from: '1', because: '', target: '3', steps: [], step: 0, state: 'under-way' },
    ...{ attempts: 0, reason: '', updatedAt: 0, ...progress },
  };
  const known = { phone: fakePhone(more), progress: progress && whole };
  return firmwareNeeds([fakeFamily], [known]).map(({ image, when }) => `${image} ${when}`);
}

test('what a phone runs and the hops to what it should run', () => {
  assert.deepEqual(needs({ running: '1' }), ['1 now', '2 hop', '3 hop']);
  assert.deepEqual(needs({ running: '3' }), ['3 now']);
  assert.deepEqual(needs({}), ['3 wanted'], 'nothing is known of it');
  const noWish = fakePhone({ running: '2' });
  const { image: _, ...phone } = noWish;
  const all = firmwareNeeds([fakeFamily], [{ phone, progress: undefined }]);
  assert.deepEqual(
    all.map((need) => need.image),
    ['2'],
  );
});

test('on its way: the present step now, the others later, those behind it no more', () => {
  const steps = ['2', '3'].map(fakeStep);
  assert.deepEqual(needs({ running: '1' }, { steps }), ['1 now', '2 now', '3 hop']);
  assert.deepEqual(needs({ running: '2' }, { steps, step: 1 }), ['2 now', '3 now']);
});

test('a stopped plan is still wanted; a way that is not there too', () => {
  assert.deepEqual(needs({ running: '1' }, { state: 'stopped' }), ['1 now', '3 wanted']);
  assert.deepEqual(needs({ running: '1', image: '9' }), ['1 now', '9 wanted']);
});

test('a phone of no known family needs nothing', () => {
  assert.deepEqual(needs({ family: 'gone', running: '1' }), []);
});

test('an image is needed in any spelling, a file by the images that it is part of', () => {
  const phone = fakePhone({ running: '07', image: '07' });
  const all = firmwareNeeds([shelfFamily], [{ phone, progress: undefined }]);
  assert.equal(needing(shelfFamily, all, '7').length, 1);
  assert.equal(needing(shelfFamily, all, '8').length, 0);
  const library = shelf(shelfList('7.list', 'x.app'), shelfFile('x.app'), shelfFile('y.app'));
  const of = (path: string) => needingFile([shelfFamily], library, all, path).length;
  assert.deepEqual([of('x.app'), of('7.list'), of('y.app')], [1, 1, 0]);
});

test('a file is needed by a step that names it', () => {
  const steps = [{ ...fakeStep('2'), firmware: ['Y.app'] }];
  const progress: Progress = {
    ...{ mac, from: '1', because: '', target: '3', steps, step: 0, state: 'under-way' },
    ...{ attempts: 0, reason: '', updatedAt: 0 },
  };
  const all = firmwareNeeds([shelfFamily], [{ phone: fakePhone(), progress }]);
  assert.equal(needingFile([shelfFamily], shelf(shelfFile('y.app')), all, 'y.app').length, 1);
});
