import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { families } from '../src/families/index.ts';
import { rulesOf } from '../src/core/lint/lint.ts';
import { lints } from '../src/families/lints.ts';
import { baseTree } from './lint-base-tree.ts';
import { lintMemory, placed } from './lint-memory.ts';
import { seeds } from './lint-seeds.ts';

const rules = rulesOf(lints);

test('in a clean folder nothing is found, not even a note', () => {
  assert.deepEqual(lintMemory(baseTree()).map(placed), []);
});

describe('each seeded fault is found in its line, and nothing else', () => {
  for (const { code, file, at, changes } of seeds)
    test(`${code} in ${file}${at === '' ? '' : ` at ${JSON.stringify(at)}`}`, () => {
      const tree = baseTree();
      for (const change of changes) change(tree);
      const lines = String(tree.get(file)).split('\n');
      const line = lines.findIndex((text) => `${text}\n`.includes(at)) + 1;
      assert(at === '' || line > 0, `${file} has no line with "${at}"`);
      const expected = at === '' ? `${file} ${code}` : `${file}:${line} ${code}`;
      assert.deepEqual(lintMemory(tree).map(placed), [expected]);
    });
});

test('every rule has a seeded fault', () => {
  const seeded = new Set(seeds.map(({ code }) => code));
  assert.deepEqual(
    rules.map(({ code }) => code).filter((code) => !seeded.has(code)),
    [],
  );
  assert(seeds.length >= 60);
});

test('every rule has its page, and every page its rule', () => {
  const folder = new URL('../docs/diagnoses/', import.meta.url);
  for (const { code, severity, title } of rules) {
    const page = new URL(`${code}.md`, folder);
    assert(existsSync(page), `docs/diagnoses/${code}.md is missing`);
    const text = readFileSync(page, 'utf8');
    for (const part of [`# ${code}`, title, severity, '## The phone', '## Cure', '## Source'])
      assert(text.includes(part), `docs/diagnoses/${code}.md lacks "${part}"`);
  }
});

test('codes are stable words, told once by a family, and mean the same to all', () => {
  for (const { rules: own } of lints) {
    const codes = own.map(({ code }) => code);
    assert.equal(new Set(codes).size, codes.length);
    for (const code of codes) assert.match(code, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    for (const rule of own)
      assert.deepEqual(
        rule,
        rules.find(({ code }) => code === rule.code),
      );
  }
});

test('threads lint with the lints of all families', () => {
  assert.deepEqual(new Set(families.map(({ lint }) => lint)), new Set(lints));
});
