import assert from 'node:assert/strict';
import { createDecipheriv, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Phone } from '../model/phone.ts';
import type { Store } from '../model/store.ts';
import { memoryStore } from './memory.ts';
import { createSealer, isSealed, sealKey, type Sealer, type SealKey } from './seal.ts';
import { sealedStore } from './sealed-store.ts';
import { openSqliteStore } from './sqlite/open.ts';
import { macOf, phone, storeError } from './testing/fixtures.ts';
import { storeContract } from './testing/store-contract.ts';

const newKey = () => sealKey(randomBytes(32));
const isSecret = (name: string) => /password/.test(name);

function sealerWith(key: SealKey | undefined): Sealer {
  return createSealer({
    keyToSeal: () => Promise.resolve(key ?? newKey()),
    keyToOpen: () => Promise.resolve(key),
    random: randomBytes,
    where: 'hookflash.key',
  });
}

function over(inner: Store, key: SealKey | undefined = newKey()): Store {
  return sealedStore(inner, sealerWith(key), isSecret);
}

describe('a sealed store is a store', () => {
  for (const { name, run } of storeContract) {
    test(`in memory: ${name}`, async () => {
      const store = sealedStore(memoryStore(), sealerWith(newKey()), () => true);
      await run(store);
      await store.close();
    });
    test(`SQLite: ${name}`, async (t) => {
      const folder = mkdtempSync(join(tmpdir(), 'hookflash-sealed-'));
      t.after(() => rmSync(folder, { recursive: true }));
      const store = over(await openSqliteStore(join(folder, 'hookflash.db')));
      await run(store);
      await store.close();
    });
  }
});

const secret = 'geh3im-geh3im';
const file = {
  ...{ mac: macOf(1), path: 'SIP.cnf', at: 1, source: 'generated' as const, size: 9 },
  ...{ sha256: 'ab'.repeat(32), text: `line1_password: ${secret}` },
};

test('no secret stands in the files of the database, nor by what one could be guessed', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'hookflash-sealed-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const store = over(await openSqliteStore(join(folder, 'hookflash.db')));
  const settings = { line1_name: 'the lobby', line1_password: secret };
  await store.phonePut(phone(1, { settings }));
  await store.servedPut([file]);
  const all = () =>
    readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'latin1'))
      .join('');
  assert.doesNotMatch(all(), /geh3im|abababab/);
  assert.match(all(), /the lobby/);
  await store.close();
  assert.doesNotMatch(all(), /geh3im|abababab/);
});

test('plain values of older databases are read, and sealed when they are put again', async () => {
  const inner = memoryStore();
  const plain = phone(1, { settings: { line1_password: secret, line1_name: '1' } });
  await inner.phonePut(plain);
  await inner.servedPut([file]);
  const store = over(inner);
  assert.deepEqual(await store.phoneGet(macOf(1)), plain);
  assert.deepEqual(await store.servedList(macOf(1)), [file]);
  await store.phonePut(plain);
  const settings = (await inner.phoneGet(macOf(1)))?.settings;
  assert.ok(isSealed(settings?.line1_password ?? ''));
  assert.equal(settings?.line1_name, '1');
  assert.deepEqual(await store.phoneGet(macOf(1)), plain);
});

test('an empty secret, and a plain value that looks sealed, come back as they are', async () => {
  const store = over(memoryStore());
  const settings = { line1_password: '', line1_name: 'sealed:1:mine', a: 'sealed:' };
  await store.phonePut(phone(1, { settings }));
  assert.deepEqual((await store.phoneGet(macOf(1)))?.settings, settings);
});

test('without the key, and with another one, the error says which is wanted and where', async () => {
  const inner = memoryStore();
  const key = newKey();
  await over(inner, key).phonePut(phone(1, { settings: { line1_password: secret } }));
  const without = sealedStore(inner, sealerWith(undefined), isSecret);
  const place = `phones/${macOf(1)}/settings/line1_password cannot be read`;
  await assert.rejects(without.phoneGet(macOf(1)), (error) => {
    storeError('sealed', place)(error);
    return storeError('sealed', 'its key is missing: put back hookflash.key')(error);
  });
  const other = over(inner, newKey());
  await assert.rejects(other.phoneList(), storeError('sealed', `sealed with key ${key.id}`));
});

test('a value that was moved, cut or changed is not opened', async () => {
  const inner = memoryStore();
  const store = over(inner);
  for (const number of [1, 2])
    await store.phonePut(phone(number, { settings: { line1_password: `${secret}${number}` } }));
  const [one, two] = await inner.phoneList();
  const moved = one?.settings.line1_password ?? '';
  const wrong: readonly Phone[] = [
    { ...two!, settings: { line1_password: moved } },
    { ...one!, settings: { line2_password: moved } },
    { ...one!, settings: { line1_password: moved.slice(0, -4) } },
    { ...one!, settings: { line1_password: `${moved.slice(0, 40)}AAAA${moved.slice(44)}` } },
    { ...one!, settings: { line1_password: moved.slice(0, 30) } },
    { ...one!, settings: { line1_password: 'sealed:1:' } },
  ];
  for (const phoneWith of wrong) {
    await inner.phonePut(phoneWith);
    await assert.rejects(store.phoneGet(phoneWith.mac), storeError('sealed', 'cannot be read'));
  }
});

test('any text comes back, and no two sealings of one are the same', async () => {
  const sealer = sealerWith(newKey());
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.string(), async (text, place) => {
      const [one, two] = [await sealer.seal(text, place), await sealer.seal(text, place)];
      assert.notEqual(one, two);
      assert.equal(await sealer.open(one, place), text);
      await assert.rejects(sealer.open(one, `${place}x`), storeError('sealed', 'moved'));
    }),
  );
});

test('it is AES-256-GCM as others know it: nonce, text, tag', async () => {
  const key = sealKey(Buffer.alloc(32, 7));
  const sealed = await sealerWith(key).seal('abc', 'here');
  const [, , id, text = ''] = sealed.split(':');
  const whole = Buffer.from(text, 'base64url');
  const plain = createDecipheriv('aes-256-gcm', Buffer.alloc(32, 7), whole.subarray(0, 12));
  plain.setAAD(Buffer.from(`${id} here`)).setAuthTag(whole.subarray(15));
  assert.equal(whole.length, 12 + 3 + 16);
  assert.equal(
    plain.update(whole.subarray(12, 15), undefined, 'utf8') + plain.final('utf8'),
    'abc',
  );
});

test('what is put in an order arrives in that order, however long sealing takes', async () => {
  const inner = memoryStore();
  let slow = 3;
  const sealer = sealerWith(newKey());
  const store = sealedStore(
    inner,
    {
      ...sealer,
      async seal(value, place) {
        if (slow-- > 0) await new Promise((resolve) => setTimeout(resolve, 5));
        return sealer.seal(value, place);
      },
    },
    isSecret,
  );
  const first = store.phonePut(phone(1, { settings: { line1_password: 'old' } }));
  const second = store.phonePut(phone(1, { settings: { line1_name: 'new' } }));
  const third = store.phoneDelete(macOf(1));
  const fourth = store.phonePut(phone(2, { settings: { line1_password: 'x' } }));
  await Promise.all([first, second, third, fourth]);
  assert.deepEqual(
    (await store.phoneList()).map(({ mac }) => mac),
    [macOf(2)],
  );
});
