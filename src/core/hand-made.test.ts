import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handMadeInTheWay } from './hand-made.ts';
import { fakeFamily } from './testing/fake-family.ts';

/** A file names the images behind `load=`. */
const family = {
  ...fakeFamily,
  namedImages: (_path: string, text: string) =>
    [...text.matchAll(/load=([+\d]+)/g)].map(([, image]) => image!),
};
const step = { files: [{ path: 'common', content: 'load=3' }], absent: ['hidden'] };

function problem(path: string, content: string, source: 'hand-made' | 'generated' = 'hand-made') {
  return handMadeInTheWay(family, path, { source, bytes: Buffer.from(content) }, step)?.text;
}

test('a file that names what its step names, in any spelling, is in nobody’s way', () => {
  assert.equal(problem('common', 'load=3 name=x'), undefined);
  assert.equal(problem('./Common', 'load=+3'), undefined);
  assert.equal(problem('rings', 'load=2'), undefined);
  assert.equal(problem('common', 'load=2', 'generated'), undefined);
  assert.equal(handMadeInTheWay(family, 'common', undefined, step), undefined);
});

test('a file that names another image, or none, is', () => {
  assert.match(problem('./common', 'load=2') ?? '', /^files\/common .*names 2, where .*names 3$/);
  assert.match(problem('common', '') ?? '', /names no image, where its step names 3$/);
});

test('so is one that the step wants missing', () => {
  assert.match(problem('hidden', 'load=3') ?? '', /wants it missing$/);
});
