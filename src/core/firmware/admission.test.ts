import assert from 'node:assert/strict';
import { test } from 'node:test';
import { admit, type Holder } from './admission.ts';
import type { LibraryFile } from './library-file.ts';
import { damaged, shelfFile } from './testing/shelf.ts';

const file = shelfFile('pkg.zip/a/7.app', { ownName: '7.app' });
const nobody = () => undefined;

function outcome(each: LibraryFile, holder?: Holder, replace = false) {
  const admission = admit(
    each,
    (name) => (name.toLowerCase() === '7.app' ? holder : undefined),
    replace,
  );
  const codes = 'findings' in admission ? admission.findings.map(({ code }) => code) : [];
  return [admission.kind, 'name' in admission ? admission.name : '', ...codes];
}

test('a file goes by its own name, else by the one that it has', () => {
  assert.deepEqual(outcome(file), ['store', '7.app']);
  assert.deepEqual(outcome(shelfFile('x/8.app')), ['store', '8.app']);
});

test('what is no firmware is left out', () => {
  assert.deepEqual(outcome({ path: 'README', size: 1, sha256: '' }), ['left out', '']);
});

test('what phones would reject is refused', () => {
  assert.deepEqual(outcome(damaged('7.app')), ['refused', '', 'image-damaged']);
});

test('a wrong name is mended and told as less', () => {
  const wrong = [{ code: 'image-renamed', severity: 'error', text: 'it is 7.app' }] as const;
  const renamed = shelfFile('b.app', { ownName: '7.app', findings: wrong });
  const admission = admit(renamed, nobody, false);
  const [finding] = admission.kind === 'store' ? admission.findings : [];
  assert.deepEqual([finding?.severity, finding?.place?.file], ['warning', 'b.app']);
});

test('a name that is none is refused, whatever else is right', () => {
  const strange = shelfFile('7.app', { ownName: '../7.app' });
  assert.deepEqual(outcome(strange), ['refused', '', 'file-name-strange']);
});

test('the same content is kept, other content refused or put in its place', () => {
  const same = { path: '7.APP', sha256: file.sha256 };
  const other = { path: '7.APP', sha256: 'else' };
  assert.deepEqual(outcome(file, same), ['kept', '7.APP']);
  assert.deepEqual(outcome(file, other), ['refused', '', 'name-clash']);
  const admission = admit(file, () => other, true);
  assert.deepEqual(
    [admission.kind, 'replaces' in admission && admission.replaces],
    ['store', '7.APP'],
  );
});

test('another variant of the same name goes into a folder of its own', () => {
  const variantOf = (path: string, variant: string) =>
    shelfFile(path, { ownName: '7.app', variant });
  const first = { ...variantOf('7.app', 'one') };
  const next = { ...variantOf('pkg/7.app', 'two'), sha256: 'else' };
  assert.deepEqual(outcome(next, first), ['store', 'two/7.app']);
  assert.deepEqual(outcome(next, first, true), ['store', 'two/7.app']);
  const same = { ...next, firmware: first.firmware! };
  assert.deepEqual(outcome(same, first), ['refused', '', 'name-clash']);
  const strange = { ...variantOf('7.app', '../x'), sha256: 'else' };
  assert.deepEqual(outcome(strange, first), ['refused', '', 'name-clash']);
  const holders = (name: string) => (name === '7.app' ? first : { ...next, path: name });
  assert.equal(admit(next, holders, false).kind, 'kept');
});
