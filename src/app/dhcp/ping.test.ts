import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requirePeer } from '../../../test/peers.ts';
import { createPing } from './ping.ts';

const unexpected = (error: Error) => {
  throw error;
};

test('an address of this machine is in use', (t) => {
  const busybox = requirePeer(t, 'busybox');
  if (busybox === undefined) return;
  const isUsed = createPing(unexpected, [busybox, 'ping']);
  return isUsed('127.0.0.1').then((used) => assert.equal(used, true));
});

test('no answer is no problem', async () => {
  assert.equal(await createPing(unexpected, ['false'])('127.0.0.1'), false);
});

test('without the program nothing is in use, and that is told', async () => {
  const problems: string[] = [];
  const isUsed = createPing((error) => problems.push(error.message), ['/nowhere/ping']);
  assert.equal(await isUsed('127.0.0.1'), false);
  assert.match(problems.join(), /^addresses are offered without a ping: .*ENOENT/);
});

test('what goes beyond a number at once is not tried', async () => {
  const isUsed = createPing(() => undefined, ['true']);
  const tried = await Promise.all(Array.from({ length: 40 }, () => isUsed('127.0.0.1')));
  assert.equal(tried.filter(Boolean).length, 32);
  assert.equal(await isUsed('127.0.0.1'), true);
});
