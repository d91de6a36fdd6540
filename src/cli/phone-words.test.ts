import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Phone } from '../model/phone.ts';
import type { Progress } from '../model/progress.ts';
import type { Mac } from '../wire/mac.ts';
import { nextSteps } from './phone-words.ts';

const mac = '020000000001' as Mac;
const phone: Phone = { mac, family: 'f', model: 'T', image: '2', labels: {}, settings: {} };
const progress: Progress = {
  ...{ mac, from: '1', because: '', target: '2', steps: [], step: 0, attempts: 0 },
  ...{ state: 'under-way', reason: '', updatedAt: 0 },
};
const finding = { mac, at: 0, code: 'a', severity: 'error', text: 'b', cure: 'pull it' } as const;

test('a person is told what to do next in every state', () => {
  const { image: _, ...unwished } = phone;
  assert.match(nextSteps(unwished, undefined, [])[0]!, /^nothing: it stays as it is/);
  assert.match(nextSteps(phone, undefined, [])[0]!, /^plug it in/);
  assert.match(nextSteps({ ...phone, running: '1' }, undefined, [])[0]!, /^switch it off and on/);
  assert.match(nextSteps(phone, progress, [])[0]!, /^wait/);
  assert.match(nextSteps(phone, { ...progress, state: 'done' }, [])[0]!, /^nothing: it runs/);
  const stopped = nextSteps(phone, { ...progress, state: 'stopped' }, [finding]);
  assert.equal(stopped[0], 'pull it');
  assert.match(stopped[1]!, /hookflash phone set 02:00:00:00:00:01 --image 2/);
  assert.deepEqual(nextSteps(phone, progress, [finding]), ['pull it']);
});
