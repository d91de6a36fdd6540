import assert from 'node:assert/strict';
import { test } from 'node:test';
import { modelNamed } from './model-name.ts';

const names = ['7940', '7960', '7941', '7941G-GE'];

for (const [text, name] of [
  ['7960', '7960'],
  ['CP-7960G', '7960'],
  ['cp-7941g-ge', '7941G-GE'],
  ['Cisco 7941G', '7941'],
  ['IP Phone\n7940', '7940'],
  ['7960 IP Phone 7960', '7960'],
  ['7940/7960', undefined],
  ['79600', undefined],
  ['796', undefined],
  ['', undefined],
] as const)
  test(`${JSON.stringify(text)} is ${name ?? 'no one model'}`, () =>
    assert.equal(modelNamed(names, text), name));
