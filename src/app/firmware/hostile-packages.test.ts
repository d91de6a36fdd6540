import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { tarOf, zipOf, type TarEntry, type ZipEntry } from './testing/archives.ts';
import { codes, fileOf, importing, limits, testLibrary } from './testing/library-folder.ts';

const sip = 'P0S3-8-12-00';
const loads = fileOf(sip, `${sip}.loads`);

/** Of the archive nothing at all may be in the library or anywhere else. */
async function assertRefused(t: TestContext, name: string, bytes: Uint8Array, code: string) {
  const { report, names, beside } = await importing(t, name, bytes);
  assert.deepEqual(codes(report), [code], name);
  assert.deepEqual(await names(), [], 'nothing half written');
  assert.deepEqual(await beside(), [name, 'firmware'].sort());
  return report.findings[0]?.text ?? '';
}

describe('hostile zips', () => {
  const good: ZipEntry = { name: `${sip}.loads`, data: loads };
  const paths = [
    '../evil.loads',
    'a/../../evil.loads',
    '/etc/evil.loads',
    'C:/evil.loads',
    '..',
    'a\\b.loads',
    '..\\evil.loads',
    'a\0.loads',
    'a\x1b[2J.loads',
    '',
  ];
  for (const path of paths)
    test(`the path ${JSON.stringify(path)} is refused, what else is in it is taken`, async (t) => {
      const evil = { name: path, data: loads };
      const { report, names, beside } = await importing(t, 'x.zip', zipOf([evil, good]));
      assert.deepEqual(codes(report), ['package-path']);
      assert.deepEqual(await names(), [`${sip}.loads`]);
      assert.deepEqual(await beside(), ['firmware', 'x.zip']);
    });

  for (const [kind, mode] of [
    ['link', 0o120777],
    ['FIFO', 0o010644],
    ['device', 0o020644],
  ] as const)
    test(`a ${kind} is refused`, async (t) => {
      const entry = { name: 'P003-8-12-00.sbn', data: Buffer.from('/etc/passwd'), mode };
      const { report, names } = await importing(t, 'x.zip', zipOf([entry, good]));
      assert.deepEqual(codes(report), ['package-link']);
      assert.deepEqual(await names(), [`${sip}.loads`]);
    });

  test('cut off at any place', async (t) => {
    const whole = zipOf([good, { name: 'b.txt', data: Buffer.alloc(3000, 'x') }]);
    for (const length of [4, 30, 60, 200, whole.length - 40, whole.length - 1])
      await assertRefused(t, 'x.zip', whole.subarray(0, length), 'package-broken');
  });

  test('a wrong checksum', async (t) => {
    const text = await assertRefused(t, 'x.zip', zipOf([{ ...good, crc: 1 }]), 'package-broken');
    assert.match(text, /P0S3-8-12-00\.loads does not fit its checksum/);
  });

  test('sizes that are not true', async (t) => {
    for (const size of [1, loads.length - 1, loads.length + 1])
      await assertRefused(t, 'x.zip', zipOf([{ ...good, size }]), 'package-broken');
  });

  test('a size that is claimed beyond the limit, in 32 and in 64 bits', async (t) => {
    await assertRefused(t, 'x.zip', zipOf([{ ...good, size: 0xfffffff0 }]), 'package-too-large');
    for (const size64 of [2n ** 40n, 2n ** 62n, 2n ** 64n - 1n])
      await assertRefused(t, 'x.zip', zipOf([{ ...good, size64 }]), 'package-too-large');
  });

  test('a bomb is stopped by what comes out of it, also in many files', async (t) => {
    const zeros = { name: 'a.txt', data: Buffer.alloc(3_000_000) };
    await assertRefused(t, 'x.zip', zipOf([zeros]), 'package-too-large');
    const many = Array.from({ length: 40 }, (_, index) => ({
      name: `${index}.txt`,
      data: Buffer.alloc(50_000),
    }));
    const text = await assertRefused(t, 'y.zip', zipOf(many), 'package-too-large');
    assert.match(text, /more than 20 bytes come out of each/);
  });

  test('a file larger than the limit', async (t) => {
    const data = Buffer.alloc(limits.fileBytes + 1, 'abc');
    await assertRefused(
      t,
      'x.zip',
      zipOf([{ name: 'a', data, deflate: false }]),
      'package-too-large',
    );
  });

  test('more bytes in all than the limit', async (t) => {
    const entries = ['a', 'b', 'c'].map((name) => ({
      name,
      data: Buffer.alloc(3_000_000, name),
      deflate: false,
    }));
    const text = await assertRefused(t, 'x.zip', zipOf(entries), 'package-too-large');
    assert.match(text, /more than 8000000 bytes/);
  });

  test('too many files', async (t) => {
    const entries = Array.from({ length: 51 }, (_, index) => ({
      ...{ name: `${index}`, data: Buffer.alloc(0), deflate: false },
    }));
    await assertRefused(t, 'x.zip', zipOf(entries), 'package-too-large');
  });

  test('a count that is not true', async (t) => {
    await assertRefused(t, 'x.zip', zipOf([good], 7), 'package-broken');
  });

  test('an encrypted file', async (t) => {
    await assertRefused(t, 'x.zip', zipOf([{ ...good, flags: 0x801 }]), 'package-broken');
  });

  test('a zip in a zip', async (t) => {
    const inner = { name: 'in.zip', data: zipOf([good]) };
    await assertRefused(t, 'x.zip', zipOf([good, inner]), 'package-nested');
  });

  test('three packages in one another', async (t) => {
    const inner = gzipSync(tarOf([{ name: 'a.loads', data: loads }]));
    const middle = gzipSync(tarOf([{ name: 'in.tgz', data: inner }]));
    await assertRefused(t, 'x.zip', zipOf([{ name: 'm.tgz', data: middle }]), 'package-nested');
    await assertRefused(t, 'y.tgz', middle, 'package-nested');
  });
});

describe('hostile tars', () => {
  const good: TarEntry = { name: `${sip}.loads`, data: loads };
  for (const path of ['../evil.loads', '/evil.loads', 'a/../../x', 'a\\b', './../x'])
    test(`the path ${JSON.stringify(path)} is refused`, async (t) => {
      const bytes = gzipSync(tarOf([{ name: path, data: loads }, good]));
      const { report, names, beside } = await importing(t, 'x.cop', bytes);
      assert.deepEqual(codes(report), ['package-path']);
      assert.deepEqual(await names(), [`${sip}.loads`]);
      assert.deepEqual(await beside(), ['firmware', 'x.cop']);
    });

  for (const [kind, type] of Object.entries({
    'hard link': '1',
    link: '2',
    character: '3',
    block: '4',
    FIFO: '6',
    odd: 'S',
  }))
    test(`a ${kind} entry is refused`, async (t) => {
      const entry = { name: 'P003-8-12-00.sbn', type, linkname: '../../etc/passwd' };
      const { report, names } = await importing(t, 'x.tgz', gzipSync(tarOf([entry, good])));
      assert.deepEqual(codes(report), ['package-link']);
      assert.deepEqual(await names(), [`${sip}.loads`]);
    });

  test('cut off, in gzip and in tar', async (t) => {
    const tar = tarOf([good, { name: 'b', data: Buffer.alloc(2000) }]);
    const zipped = gzipSync(tar);
    for (const length of [20, 100, zipped.length - 1])
      await assertRefused(t, 'x.tgz', zipped.subarray(0, length), 'package-broken');
    for (const length of [700, 1600])
      await assertRefused(t, 'x.tar', tar.subarray(0, length), 'package-broken');
  });

  test('damage in gzip', async (t) => {
    const bytes = gzipSync(tarOf([good]));
    bytes.writeUInt32LE(1, bytes.length - 8);
    await assertRefused(t, 'x.tgz', bytes, 'package-broken');
  });

  test('gzip around something else', async (t) => {
    await assertRefused(t, 'x.tgz', gzipSync(Buffer.alloc(5000, 'text')), 'package-broken');
  });

  test('a bomb of zeros, in a file and behind the last one', async (t) => {
    const bomb = tarOf([{ name: 'a', data: Buffer.alloc(3_000_000) }]);
    await assertRefused(t, 'x.tgz', gzipSync(bomb), 'package-too-large');
    const trailing = Buffer.concat([tarOf([good]), Buffer.alloc(4_000_000)]);
    await assertRefused(t, 'y.tgz', gzipSync(trailing), 'package-too-large');
  });

  test('a hundred thousand entries', async (t) => {
    const entries = Array.from({ length: 100_000 }, (_, index) => ({ name: `${index}` }));
    await assertRefused(t, 'x.tar', tarOf(entries), 'package-too-large');
  });

  test('a size beyond all bounds', async (t) => {
    const entry = { name: 'a', size: 0o77777777777 };
    await assertRefused(t, 'x.tar', tarOf([entry]), 'package-too-large');
  });
});

describe('any damage', () => {
  const files = [
    { name: `${sip}.loads`, data: loads },
    { name: 'P003-8-12-00.sbn', data: fileOf(sip, 'P003-8-12-00.sbn') },
    { name: 'notes/README.txt', data: Buffer.from('read me') },
  ];
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    // The directory of a zip is at its end.
    isLate: fc.boolean(),
    bits: fc.integer({ min: 1, max: 255 }),
  });

  for (const [name, whole] of [
    ['x.zip', zipOf(files)],
    ['x.tgz', gzipSync(tarOf(files))],
  ] as const)
    test(`of ${name} is found, or what comes in is what it was`, async (t) => {
      const { file, folder, names, bytesOf, root } = await testLibrary(t, { limits });
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
          const bytes = Buffer.from(whole);
          for (const { at, isLate, bits } of changes) {
            const from = isLate ? Math.max(0, bytes.length - 300) : 0;
            const offset = from + Math.floor(at * (bytes.length - from));
            bytes[offset] = (bytes[offset] ?? 0) ^ bits;
          }
          await folder.importFrom([await file(name, bytes)]);
          for (const stored of await names()) {
            const original = files.find((each) => each.name === stored);
            assert.deepEqual(await bytesOf(stored), Buffer.from(original?.data ?? []), stored);
            await rm(join(root, stored));
          }
        }),
        { numRuns: 150 },
      );
    });
});
