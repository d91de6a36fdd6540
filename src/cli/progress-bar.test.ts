import assert from 'node:assert/strict';
import { test } from 'node:test';
import { progressBar } from './progress-bar.ts';

function drawn(columns = 80) {
  const lines: (string | undefined)[] = [];
  let now = 0;
  const io = { columns, progress: (line: string | undefined) => void lines.push(line) };
  const bar = progressBar(io, () => now);
  const at = (ms: number, done: number, what = 'a.zip') => {
    now = ms;
    bar.onAdvance({ done, total: 1000, what });
  };
  return { lines, at, done: bar.done };
}

test('work of a second shows nothing', () => {
  const { lines, at, done } = drawn();
  at(10, 1);
  at(999, 900);
  done();
  assert.deepEqual(lines, []);
});

test('longer work shows how far it is, ten times a second, and clears up', () => {
  const { lines, at, done } = drawn();
  at(1000, 500);
  at(1050, 600);
  at(1100, 1000, 'b\x1b.zip');
  done();
  done();
  assert.deepEqual(lines, [
    '[############------------]  50 %  a.zip',
    '[########################] 100 %  b\\u{1b}.zip',
    undefined,
  ]);
});

test('a line stays within the terminal', () => {
  const { lines, at } = drawn(40);
  at(2000, 1, 'x'.repeat(200));
  assert.equal(lines[0]?.length, 39);
});

test('nothing is drawn where stderr is no terminal', () => {
  const bar = progressBar({ columns: 80 }, () => 5000);
  bar.onAdvance({ done: 1, total: 2, what: 'x' });
  bar.done();
});
