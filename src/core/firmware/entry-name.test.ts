import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { isPlainName, pathProblem } from './entry-name.ts';

test('paths that lead out, and what is wrong with them', () => {
  for (const [path, problem] of [
    ['', 'empty'],
    ['/a', 'absolute'],
    ['C:/a', 'absolute'],
    ['c:a', 'absolute'],
    ['..', 'parent'],
    ['a/../b', 'parent'],
    ['a/..', 'parent'],
    ['a\\b', 'backslash'],
    ['a\0b', 'control character'],
    ['a\nb', 'control character'],
    ['a/..b/c..', undefined],
    ['a/b c/ü.sbn', undefined],
  ] as const)
    assert.equal(pathProblem(path), problem, JSON.stringify(path));
});

test('a path without problem stays below its folder', () => {
  const part = fc.constantFrom('..', '.', '', 'a', '/', '\\', 'C:', '\0', '...', ' ');
  fc.assert(
    fc.property(fc.array(part), fc.boolean(), (parts, slashed) => {
      const path = parts.join(slashed ? '/' : '');
      if (pathProblem(path) !== undefined) return;
      assert.ok(posix.join('/root', path).startsWith('/root'), path);
    }),
  );
});

test('a name of firmware is plain and short', () => {
  for (const name of [
    'P0S3-8-12-00.sbn',
    'term41.default.loads',
    'cvm41sip.9-4-2ES26.sbn',
    'S00105000400.sbn',
  ])
    assert.ok(isPlainName(name), name);
  for (const name of [
    '',
    '.',
    '..',
    '.x',
    'a/b',
    'a\\b',
    'a b',
    'a\0',
    'ü',
    '-x',
    'x.',
    'x'.repeat(121),
  ])
    assert.ok(!isPlainName(name), name);
});

test('a plain name is one part of a path', () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      if (isPlainName(name)) assert.equal(posix.normalize(`/root/${name}`), `/root/${name}`);
    }),
  );
});
