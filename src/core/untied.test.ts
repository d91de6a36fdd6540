import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createUntied } from './untied.ts';

const limits = { lasts: 100, each: 3, all: 2 };

type Asked = { readonly path: string; readonly at: number };

function paths(requests: readonly Asked[]): readonly string[] {
  return requests.map(({ path }) => path);
}

test('requests are claimed once, in their order, by their address alone', () => {
  const untied = createUntied<Asked>(limits);
  untied.remember('a', { path: 'one', at: 0 });
  untied.remember('b', { path: 'other', at: 0 });
  untied.remember('a', { path: 'two', at: 1 });
  assert.deepEqual(paths(untied.claim('a', 1)), ['one', 'two']);
  assert.deepEqual(untied.claim('a', 1), []);
  assert.deepEqual(paths(untied.claim('b', 1)), ['other']);
});

test('old ones are left out, to the millisecond', () => {
  const untied = createUntied<Asked>(limits);
  for (const at of [0, 1, 2]) untied.remember('a', { path: String(at), at });
  assert.deepEqual(paths(untied.claim('a', 101)), ['1', '2']);
});

test('of many from one address the last are kept', () => {
  const untied = createUntied<Asked>(limits);
  for (const path of ['1', '2', '3', '4']) untied.remember('a', { path, at: 0 });
  assert.deepEqual(paths(untied.claim('a', 0)), ['2', '3', '4']);
});

test('of many addresses the one that was quiet longest goes', () => {
  const untied = createUntied<Asked>(limits);
  untied.remember('a', { path: '1', at: 0 });
  untied.remember('b', { path: '2', at: 0 });
  untied.remember('a', { path: '3', at: 0 });
  untied.remember('c', { path: '4', at: 0 });
  assert.deepEqual(untied.claim('b', 0), []);
  assert.deepEqual(paths(untied.claim('a', 0)), ['1', '3']);
  assert.deepEqual(paths(untied.claim('c', 0)), ['4']);
});
