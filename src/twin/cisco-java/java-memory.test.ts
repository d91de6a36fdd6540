import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { flashCodec } from '../cisco-7900/flash-file.ts';
import { flashWith } from '../cisco-7900/flash.ts';
import { modelNamed } from '../testing/java-trial.ts';
import { javaMemoryCodec, javaMemoryInFile } from './java-memory-file.ts';
import { type JavaMemory, memoryWithLoad, withLoad } from './java-memory.ts';
import { javaModels } from './models.ts';

const { encode, decode } = javaMemoryCodec;
const m7961 = modelNamed('7961');

test('from the factory: boot code is as old as the load, or as is said', () => {
  const memory = memoryWithLoad(m7961, 'SIP41.8-3-3S');
  assert.deepEqual([memory.load?.name, memory.bootCode], ['SIP41.8-3-3S', '8-3-3S']);
  assert.equal(memoryWithLoad(m7961, 'SIP41.8-3-3S', '8-0-1').bootCode, '8-0-1');
  const fresh = memoryWithLoad(m7961, 'term61.default', '8-3-3');
  assert.deepEqual([fresh.load, fresh.bootCode], [undefined, '8-3-3']);
});

test('what the model does not run is an error that names it', () => {
  for (const name of ['SIP70.8-3-3S', 'P0S3-8-12-00', 'term41.default', ''])
    assert.throws(() => memoryWithLoad(m7961, name), { name: 'CodecError', message: /7961/ });
  assert.throws(() => memoryWithLoad(m7961, 'SIP41.8-3-3S', 'new'), CodecError);
});

test('a load brings its boot code with it', () => {
  const memory = memoryWithLoad(m7961, 'SIP41.8-3-3S');
  const next = withLoad(memory, { name: 'SIP41.8-5-2S', components: ['a'] });
  assert.deepEqual([next.load?.components, next.bootCode], [['a'], '8-5-2S']);
});

test('every model of one hardware runs its loads', () => {
  for (const model of javaModels) {
    assert.ok(memoryWithLoad(model, `SCCP${model.hardware}.9-4-2S`).load);
    assert.equal(memoryWithLoad(model, `term${model.terminal}.default`).load, undefined);
  }
  assert.equal(new Set(javaModels.map(({ number }) => number)).size, javaModels.length);
});

const text = fc.string();
const texts = fc.dictionary(
  text.filter((name) => name !== '__proto__'),
  text,
  { noNullPrototype: true },
);
const trust = fc.record(
  { signer: text, tftpCertificate: fc.base64String() },
  { requiredKeys: ['signer'], noNullPrototype: true },
);
const memories: fc.Arbitrary<JavaMemory> = fc.record(
  {
    load: fc.record(
      { name: fc.string({ minLength: 1 }), components: fc.array(text) },
      { noNullPrototype: true },
    ),
    bootCode: fc.constantFrom('8-3-3', '8-5-2SR1S'),
    settings: texts,
    network: fc.record({ tftp: text }, { requiredKeys: [], noNullPrototype: true }),
    trust: fc.record({ ctl: trust, itl: trust }, { requiredKeys: [], noNullPrototype: true }),
    locales: texts,
  },
  {
    requiredKeys: ['bootCode', 'settings', 'network', 'trust', 'locales'],
    noNullPrototype: true,
  },
);

test('a memory comes back from its text', () => {
  fc.assert(fc.property(memories, (memory) => assert.deepEqual(decode(encode(memory)), memory)));
});

test('text that is no memory is a CodecError; so is the memory of another phone', () => {
  fc.assert(fc.property(fc.json(), (json) => assert.throws(() => decode(json), CodecError)));
  assert.throws(() => decode(flashCodec.encode(flashWith('P0S30202'))), CodecError);
  const other = encode(memoryWithLoad(m7961, 'SIP41.8-3-3S'));
  assert.throws(() => flashCodec.decode(other), /7940\/7960/);
  const wrong = other.replace('8-3-3S",', 'new",');
  assert.throws(() => decode(wrong.replace('"8-3-3S"', '"new"')), /memory\.bootCode/);
});

test('a memory in a file is made, kept and found again', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'hookflash-twin-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'phone.json');
  const memory = javaMemoryInFile(path, () => memoryWithLoad(m7961, 'SIP41.8-3-3S'));
  memory.write({ ...memory.read(), locales: { US: '1' } });
  const again = javaMemoryInFile(path, () => assert.fail('the factory is not asked again'));
  assert.deepEqual(again.read(), memory.read());
  writeFileSync(path, 'broken');
  assert.throws(() => javaMemoryInFile(path, () => memory.read()), CodecError);
});
