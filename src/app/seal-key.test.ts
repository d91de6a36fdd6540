import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { memoryStore } from '../store/memory.ts';
import { sealedStore } from '../store/sealed-store.ts';
import { storeError, phone } from '../store/testing/fixtures.ts';
import { keyName, workspaceSealer } from './seal-key.ts';

function folder(t: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), 'hookflash-key-'));
  t.after(() => rmSync(made, { recursive: true }));
  return made;
}

const withPassword = (value: string) => phone(1, { settings: { line1_password: value } });

function openIn(dir: string, inner = memoryStore(), fromEnvironment?: string) {
  const store = sealedStore(inner, workspaceSealer(dir, inner, fromEnvironment), (name) =>
    name.endsWith('password'),
  );
  return { inner, store };
}

test('the key is made when the first secret is stored, for its owner alone', async (t) => {
  const dir = folder(t);
  const { inner, store } = openIn(dir);
  await store.phonePut(phone(1, { settings: { line1_name: '1' } }));
  assert.deepEqual(readdirSync(dir), []);
  await store.phonePut(withPassword('geheim'));
  assert.deepEqual(readdirSync(dir), [keyName]);
  const path = join(dir, keyName);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.match(readFileSync(path, 'utf8'), /^[\w-]{43}\n$/);
  const again = openIn(dir, inner).store;
  assert.deepEqual(await again.phoneGet(phone(1).mac), withPassword('geheim'));
  const other = openIn(folder(t)).store;
  await other.phonePut(withPassword('geheim'));
});

test('of two that make a key at once both use the one that is there then', async (t) => {
  const dir = folder(t);
  const inner = memoryStore();
  const stores = [openIn(dir, inner).store, openIn(dir, inner).store];
  await Promise.all(
    stores.map((store, at) =>
      store.phonePut({ ...withPassword(`p${at}`), mac: phone(at + 1).mac }),
    ),
  );
  for (const store of stores) assert.equal((await store.phoneList()).length, 2);
  assert.deepEqual(readdirSync(dir), [keyName]);
});

test('a key that others may read is refused, with what to do', async (t) => {
  const dir = folder(t);
  const { inner, store } = openIn(dir);
  await store.phonePut(withPassword('x'));
  for (const mode of [0o640, 0o604, 0o660]) {
    chmodSync(join(dir, keyName), mode);
    const later = openIn(dir, inner).store;
    const expected = { code: 'key-unusable', message: /other users may read .*chmod 600/ };
    await assert.rejects(later.phoneList(), expected);
    await assert.rejects(later.phonePut(withPassword('y')), expected);
  }
  chmodSync(join(dir, keyName), 0o600);
  assert.equal((await openIn(dir, inner).store.phoneList()).length, 1);
});

test('a lost key is asked for, and no second one is made in its place', async (t) => {
  const dir = folder(t);
  const { inner, store } = openIn(dir);
  await store.phonePut(withPassword('x'));
  const key = readFileSync(join(dir, keyName), 'utf8');
  rmSync(join(dir, keyName));
  const later = openIn(dir, inner).store;
  await assert.rejects(later.phoneList(), storeError('sealed', 'its key is missing: put back'));
  await assert.rejects(later.phonePut({ ...withPassword('z'), mac: phone(2).mac }), {
    code: 'key-unusable',
    message: /is missing, and the database holds passwords/,
  });
  assert.deepEqual(readdirSync(dir), []);
  // It is looked for again: nothing has to be started anew.
  writeFileSync(join(dir, keyName), key, { mode: 0o600 });
  assert.deepEqual(await later.phoneList(), [withPassword('x')]);
  await later.phonePut(withPassword('z'));
});

test('the environment goes before the file, and writes none', async (t) => {
  const dir = folder(t);
  const key = Buffer.alloc(32, 3).toString('base64url');
  const { inner, store } = openIn(dir, memoryStore(), key);
  await store.phonePut(withPassword('x'));
  assert.deepEqual(readdirSync(dir), []);
  assert.equal((await openIn(dir, inner, key).store.phoneList()).length, 1);
  const other = Buffer.alloc(32, 4).toString('base64url');
  await assert.rejects(
    openIn(dir, inner, other).store.phoneList(),
    storeError('sealed', 'and HOOKFLASH_KEY is key'),
  );
});

test('what is no key is refused', async (t) => {
  for (const text of ['', 'short', 'x'.repeat(44), `${'x'.repeat(42)}!`])
    await assert.rejects(openIn(folder(t), memoryStore(), text).store.phonePut(withPassword('x')), {
      message: /HOOKFLASH_KEY is not a key: 32 bytes in base64url/,
    });
});
