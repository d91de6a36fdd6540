import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../model/finding.ts';
import type { FamilyLint, TreeFile } from '../../model/lint.ts';
import { joinFacts, lintFiles, lintTree, rulesOf, sortFindings } from './lint.ts';

function finding(code: string, file: string, line?: number, column?: number): Finding {
  const place = { file, ...(line && { line }), ...(column && { column }) };
  return { code, severity: 'note', text: code, place };
}

/** Takes files of one extension and says how many there were. */
function lintOf(extension: string): FamilyLint<string> {
  return {
    rules: [{ code: extension, severity: 'note', title: extension }],
    file({ path, read }) {
      if (!path.endsWith(extension)) return undefined;
      return { findings: [finding('seen', path)], facts: Buffer.from(read()).toString() };
    },
    tree: (files) => [finding('count', String(files.length))],
  };
}

function fileOf(path: string, read: () => Uint8Array = () => Buffer.from(path)): TreeFile {
  return { path, size: path.length, read };
}

test('a file goes to the first lint that takes it', () => {
  const lints = [lintOf('.a'), lintOf('')];
  const linted = lintFiles(lints, [fileOf('x.a'), fileOf('y.b')]);
  const { findings } = linted;
  const facts = joinFacts([linted]);
  assert.deepEqual(
    facts.map(({ path, lint }) => [path, lint]),
    [
      ['x.a', 0],
      ['y.b', 1],
    ],
  );
  assert.equal(findings.length, 2);
  assert.deepEqual(
    lintTree(lints, facts).map(({ place }) => place?.file),
    ['1', '1'],
  );
});

test('facts that are the same are kept once', () => {
  const batch = () =>
    lintFiles(
      [lintOf('')],
      ['a', 'b', 'c'].map((name) => fileOf(name, same)),
    );
  const same = () => Buffer.from('same');
  assert.equal(batch().facts.length, 1);
  const joined = joinFacts([batch(), batch()]);
  assert.deepEqual(
    joined.map(({ path }) => path),
    ['a', 'b', 'c', 'a', 'b', 'c'],
  );
  assert(joined.every(({ facts }) => facts === joined[0]?.facts));
});

test('a file that cannot be read is told of and does no harm to the others', () => {
  const refused = () => {
    throw Object.assign(new Error('EACCES: permission denied'), { syscall: 'open' });
  };
  const { paths, problems } = lintFiles([lintOf('')], [fileOf('x', refused), fileOf('y')]);
  assert.deepEqual(problems, ['x: EACCES: permission denied']);
  assert.deepEqual(paths, ['y']);
});

test('a fault of a rule is not taken for one of a file', () => {
  const broken = () => {
    throw new TypeError('a bug');
  };
  assert.throws(() => lintFiles([lintOf('')], [fileOf('x', broken)]), TypeError);
});

test('findings are in the order of paths, lines, columns and codes', () => {
  const sorted = [
    finding('z', 'a'),
    finding('b', 'a', 1, 2),
    finding('a', 'a', 2, 1),
    finding('a', 'a', 2, 3),
    finding('b', 'a', 2, 3),
    finding('a', 'b', 1, 1),
  ];
  assert.deepEqual(sortFindings(sorted.toReversed()), sorted);
});

test('each code is listed once', () => {
  const lint = lintOf('.a');
  assert.equal(rulesOf([lint, lint]).length, 1);
});
