import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readTarget } from './target.ts';

const paths: readonly (readonly [target: string, path: string])[] = [
  ['/SEP001122334455.cnf.xml', 'SEP001122334455.cnf.xml'],
  ['/a/b/c.jar', 'a/b/c.jar'],
  ['/English%20US/7960-font.xml', 'English US/7960-font.xml'],
  ['/r%C3%A9seau.xml', 'réseau.xml'],
  ['//7960-font.xml', '/7960-font.xml'],
  ['/./SIP001122334455.cnf', './SIP001122334455.cnf'],
  ['/a%2Fb', 'a/b'],
  // Decoded once: what comes out is a name, not another encoding.
  ['/%252e%252e/a', '%2e%2e/a'],
  ['/a?b=c', 'a'],
  ['/a..b', 'a..b'],
];

for (const [target, path] of paths)
  test(`${target} names ${path}`, () => {
    assert.deepEqual(readTarget(target), { kind: 'path', path });
  });

const barred: readonly (readonly [target: string, reason: RegExp])[] = [
  ['', /no path/],
  ['SEP.xml', /no path/],
  ['*', /no path/],
  ['http://127.0.0.1/SEP.xml', /no path/],
  ['/', /names no file/],
  ['/./', /names no file/],
  ['/?a', /names no file/],
  ['/../secret', /upwards/],
  ['/a/%2e%2e/secret', /upwards/],
  ['/a%2f..%2fsecret', /upwards/],
  ['/..', /upwards/],
  ['/a\\..\\b', /backslash/],
  ['/a%5Cb', /backslash/],
  ['/a%00.xml', /control/],
  ['/a%0d%0aSet-Cookie:b', /control/],
  ['/100%', /percent/],
  ['/%zz', /percent/],
  ['/%c0%ae%c0%ae/secret', /percent/],
];

for (const [target, reason] of barred)
  test(`${JSON.stringify(target)} is barred`, () => {
    const read = readTarget(target);
    assert.match(read.kind === 'barred' ? read.reason : '', reason);
  });

test('every name comes back from its percent-encoding, and none leads upwards', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
      const read = readTarget(`/${encodeURIComponent(name)}`);
      if (read.kind === 'path') assert.equal(read.path, name);
      else assert.match(name, /[\\\0-\x1f\x7f]|^\.{1,2}$|^[./]+$|\.\./);
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      const read = readTarget(text);
      if (read.kind === 'path') assert.ok(!read.path.split(/[\\/]/).includes('..'));
    }),
  );
});
