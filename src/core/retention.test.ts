import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRetention } from './retention.ts';
import { fakeClock } from './testing/fake-clock.ts';

const options = { keepMs: 1000, everyMs: 60_000, batch: 2, pauseMs: 100 };

function setUp(answers: (number | Error)[]) {
  const clock = fakeClock();
  const asked: (readonly [before: number, most: number])[] = [];
  const problems: unknown[] = [];
  const bootsPrune = (before: number, most: number): Promise<number> => {
    asked.push([before - clock.now(), most]);
    const answer = answers.shift() ?? 0;
    return typeof answer === 'number' ? Promise.resolve(answer) : Promise.reject(answer);
  };
  const onProblem = (error: unknown) => problems.push(error);
  const retention = createRetention({ bootsPrune }, clock, options, onProblem);
  return { clock, asked, problems, retention };
}

test('old boots go in batches with a pause between, then once in a while', async () => {
  const { clock, asked, retention } = setUp([2, 2, 1]);
  retention.start();
  await clock.pass(99);
  assert.equal(asked.length, 0);
  await clock.pass(1);
  await clock.pass(100);
  await clock.pass(100);
  assert.deepEqual(asked, [
    [-1000, 2],
    [-1000, 2],
    [-1000, 2],
  ]);
  await clock.pass(59_000);
  assert.equal(asked.length, 3);
  await clock.pass(1000);
  assert.equal(asked.length, 4);
});

test('a batch that fails is told, and tried again later', async () => {
  const { clock, asked, problems, retention } = setUp([new Error('locked'), 0]);
  retention.start();
  await clock.pass(100);
  assert.equal(problems.length, 1);
  await clock.pass(60_000);
  assert.equal(asked.length, 2);
});

test('nothing is done after the end', async () => {
  const { clock, asked, retention } = setUp([]);
  retention.start();
  retention.stop();
  await clock.pass(1_000_000);
  assert.equal(asked.length, 0);
  assert.equal(clock.pending, 0);
});
