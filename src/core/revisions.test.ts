import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PhoneFamily } from '../model/family.ts';
import type { Rendered } from '../model/render.ts';
import type { Revisions } from '../model/revision.ts';
import { memoryStore } from '../store/memory.ts';
import { fakeFamily } from './testing/fake-family.ts';
import { fakePhone, mac } from './testing/fake-site.ts';
import { markForced, previewRevised, renderRevised } from './revisions.ts';

const family: PhoneFamily = { ...fakeFamily, revised: ['data'] };
const phone = fakePhone();
const clock = { now: () => 5 };

/** A file of this text, and one that tells its version. */
function renders(text: string) {
  return (revisions: Revisions): Rendered => {
    const { revision = 0, forced = false } = revisions.get('data') ?? {};
    const files = [
      { path: 'data', content: text, values: [] },
      { path: 'control', content: `${revision}${forced ? ' forced' : ''}`, values: [] },
    ];
    return { files, defaults: [], findings: [] };
  };
}

const control = ({ files }: Rendered) => files.find(({ path }) => path === 'control')?.content;

test('a version is raised with each change, on disk, and never lowered', async () => {
  const store = memoryStore();
  const at = async (text: string) =>
    control(await renderRevised({ store, clock }, phone, family, renders(text)));
  assert.deepEqual(
    [await at('a'), await at('a'), await at('b'), await at('a')],
    ['1', '1', '2', '3'],
  );
  const [kept] = await store.revisionList(mac);
  assert.deepEqual(
    { ...kept, sha256: '' },
    { mac, path: 'data', revision: 3, forced: false, at: 5, sha256: '' },
  );
  const preview = await previewRevised(store, phone, family, renders('c'));
  assert.equal(control(preview), '4');
  assert.equal((await store.revisionList(mac))[0]?.revision, 3, 'a look keeps nothing');
  await store.close();
});

test('what was passed over is forced until it is taken', async () => {
  const store = memoryStore();
  const now = async () =>
    control(await renderRevised({ store, clock }, phone, family, renders('a')));
  await now();
  assert.equal(await markForced({ store, clock }, mac, 'data', true), true);
  assert.equal(await markForced({ store, clock }, mac, 'data', true), false);
  assert.equal(await now(), '1 forced');
  await markForced({ store, clock }, mac, 'data', false);
  assert.equal(await now(), '1');
  await store.close();
});

test('a family that counts nothing costs nothing', async () => {
  const store = { revisionList: () => assert.fail(), revisionPut: () => assert.fail() };
  assert.equal(
    control(await renderRevised({ store, clock }, phone, fakeFamily, renders('a'))),
    '0',
  );
});
