import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AnswerPace } from './answer-pace.ts';

describe('the pace of answers', () => {
  function paceFrom(start: number) {
    const clock = { now: start };
    const pace = new AnswerPace(() => clock.now);
    const allowedAt = (now: number) => {
      clock.now = now;
      const count = pace.allowed();
      pace.sent(count);
      return count;
    };
    return { pace, allowedAt };
  }

  test('80 at once, then 80 in a millisecond', () => {
    const { allowedAt } = paceFrom(1000);
    const counts = [1000, 1000, 1001, 1001.5, 1003].map(allowedAt);
    assert.deepEqual(counts, [80, 0, 80, 40, 80]);
  });

  test('half a millisecond allows half, a long silence saves no more than 80', () => {
    const { allowedAt } = paceFrom(0);
    assert.deepEqual([0, 0.5, 100, 100].map(allowedAt), [80, 40, 80, 0]);
  });

  test('what is allowed and not used is left', () => {
    const { pace } = paceFrom(0);
    pace.sent(pace.allowed() - 50);
    assert.equal(pace.allowed(), 50);
  });

  test('parts of an answer add up', () => {
    const { allowedAt } = paceFrom(0);
    allowedAt(0);
    let sent = 0;
    for (let step = 1; step <= 1000; step++) sent += allowedAt(step / 128);
    assert.equal(sent, Math.floor((1000 / 128) * 80));
  });
});
