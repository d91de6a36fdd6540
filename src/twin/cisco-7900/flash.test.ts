import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { flashCodec, flashInFile } from './flash-file.ts';
import { type Flash, flashWith } from './flash.ts';

test('from the factory: images before the loader have none', () => {
  const images = ['P00303020600', 'P0030301MFG2', 'P0S30202', 'P0S3-04-4-00', 'P00305000200'];
  for (const name of [...images, 'P0S3-06-3-00', 'P0M3-06-0-00'])
    assert.deepEqual(flashWith(name), { application: { name }, settings: {}, network: {} });
});

test('from the factory: later images have one, named as their package names it', () => {
  const loaders = {
    'P0S3-07-4-00': { name: 'P003-07-4-00' },
    'P0S3-8-12-00': { name: 'P003-8-12-00', internalVersion: 'PAS30830' },
    'P0M3-07-0-00': { name: 'P003-07-0-00' },
    P00306000100: { name: 'P00306000100' },
    P0030801SR02: { name: 'P0030801SR02', internalVersion: 'PAS30831' },
  };
  for (const [name, loader] of Object.entries(loaders))
    assert.deepEqual(flashWith(name), { loader, application: { name }, settings: {}, network: {} });
});

test("from the factory: a loader's name makes a phone without application", () => {
  const flash = flashWith('P003-07-4-00');
  assert.deepEqual(flash, { loader: { name: 'P003-07-4-00' }, settings: {}, network: {} });
});

test('a name that no image has is an error that names it', () => {
  assert.throws(() => flashWith('POS3-07-4-00'), {
    name: 'CodecError',
    message: /image name.*POS3-07-4-00/,
  });
});

const { decode: decodeFlash, encode: encodeFlash } = flashCodec;
const text = fc.string();
const key = text.filter((name) => name !== '__proto__');
const image = fc.record(
  { name: fc.string({ minLength: 1 }), internalVersion: text },
  { requiredKeys: ['name'], noNullPrototype: true },
);
const flashes: fc.Arbitrary<Flash> = fc.record(
  {
    loader: image,
    application: image,
    replaced: text,
    settings: fc.dictionary(key, text, { noNullPrototype: true }),
    network: fc.record({ tftp: text }, { requiredKeys: [], noNullPrototype: true }),
  },
  { requiredKeys: ['settings', 'network'], noNullPrototype: true },
);

test('a memory comes back from its text', () => {
  fc.assert(
    fc.property(flashes, (flash) => assert.deepEqual(decodeFlash(encodeFlash(flash)), flash)),
  );
});

test('text that is no memory is a CodecError, whatever it is', () => {
  for (const wrong of ['', '{', '[]', '{}', '{"format":2,"memory":{}}', '{"format":1}'])
    assert.throws(() => decodeFlash(wrong), CodecError, wrong);
  fc.assert(
    fc.property(fc.json(), (json) => {
      assert.throws(() => decodeFlash(json), CodecError);
    }),
  );
  const wrong = { format: 1, memory: { ...flashWith('P0S30202'), settings: { line1_name: 7 } } };
  assert.throws(() => decodeFlash(JSON.stringify(wrong)), /memory\.settings\.line1_name/);
});

test('a memory in a file is made, kept and found again', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'hookflash-twin-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'phone.json');
  const memory = flashInFile(path, () => flashWith('P0S30202'));
  assert.equal(memory.read().application?.name, 'P0S30202');
  memory.write({ ...memory.read(), settings: { line1_name: '100' } });
  const again = flashInFile(path, () => assert.fail('the factory is not asked again'));
  assert.deepEqual(again.read(), memory.read());
  assert.match(readFileSync(path, 'utf8'), /"format": 1/);
  writeFileSync(path, 'broken');
  assert.throws(() => flashInFile(path, () => flashWith('P0S30202')), CodecError);
});
