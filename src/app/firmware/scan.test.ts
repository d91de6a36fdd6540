import assert from 'node:assert/strict';
import { chmod, mkdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { families } from '../../families/index.ts';
import type { PhoneFamily } from '../../model/family.ts';
import { fileOf, testLibrary } from './testing/library-folder.ts';

const loader = fileOf('P0S3-8-12-00', 'P003-8-12-00.sbn');

/** A library that counts what it reads. */
async function countingLibrary(t: TestContext, more: { now?: () => number } = {}) {
  const read: string[] = [];
  const counting = families.map((family): PhoneFamily => {
    const { identify } = family.firmware;
    const counted = (name: string, bytes: Uint8Array) => {
      if (family === families[0]) read.push(name);
      return identify(name, bytes);
    };
    return { ...family, firmware: { ...family.firmware, identify: counted } };
  });
  const library = await testLibrary(t, { families: counting, ...more });
  const put = async (name: string, bytes: Uint8Array, at = new Date(1_000_000)) => {
    await writeFile(join(library.root, name), bytes);
    await utimes(join(library.root, name), at, at);
  };
  const taken = () => read.splice(0);
  return { ...library, put, taken };
}

/** The time at which the system noted a change cannot be set; it has to have passed. */
const soon = { now: () => Date.now() + 10_000 };

describe('what lies in the folder', () => {
  test('files by hand are seen, with all that they say', async (t) => {
    const { folder, root } = await testLibrary(t);
    await mkdir(join(root, 'sub'));
    await writeFile(join(root, 'P003-8-12-00.sbn'), loader);
    await writeFile(join(root, 'sub', 'notes.txt'), 'x');
    const { files, findings } = await folder.scan();
    assert.deepEqual(findings, []);
    assert.deepEqual(
      files.map(({ path, size, firmware }) => [path, size, firmware?.facts.kind]),
      [
        ['P003-8-12-00.sbn', loader.length, 'loader'],
        ['sub/notes.txt', 1, undefined],
      ],
    );
  });

  test('links that lead out of it are none of it', async (t) => {
    const { folder, root } = await testLibrary(t);
    await symlink('/etc/passwd', join(root, 'a.bin'));
    assert.deepEqual((await folder.scan()).files, []);
  });

  test('an import that was killed leaves nothing that counts', async (t) => {
    const { folder, root, file, names } = await testLibrary(t);
    await mkdir(join(root, '.import-killed'));
    await writeFile(join(root, '.import-killed', '1'), loader.subarray(0, 100));
    assert.deepEqual((await folder.scan()).files, []);
    const long = new Date(Date.now() - 2 * 24 * 60 * 60 * 1000);
    await utimes(join(root, '.import-killed'), long, long);
    await folder.importFrom([await file('P003-8-12-00.sbn', loader)]);
    assert.deepEqual(await names(), ['P003-8-12-00.sbn']);
  });

  test('a file that may not be read is told', async (t) => {
    if (process.getuid?.() === 0) return t.skip('SKIPPED: root may read everything');
    const { folder, root } = await testLibrary(t);
    await writeFile(join(root, 'a.bin'), 'x');
    await chmod(join(root, 'a.bin'), 0);
    const { findings } = await folder.scan();
    assert.deepEqual(
      findings.map(({ code }) => code),
      ['file-unreadable'],
    );
  });

  test('a file beyond what is served is none of it', async (t) => {
    const { folder, root } = await testLibrary(t, { maxFileBytes: 1000 });
    await writeFile(join(root, 'P003-8-12-00.sbn'), loader);
    const { files, findings } = await folder.scan();
    assert.deepEqual([files, findings.map(({ code }) => code)], [[], ['file-unreadable']]);
  });
});

describe('what is read again', () => {
  test('new and changed files only', async (t) => {
    const { folder, put, taken, root } = await countingLibrary(t, soon);
    for (const name of ['a.sbn', 'b.sbn', 'd.sbn']) await put(name, loader);
    await folder.scan();
    assert.deepEqual(taken(), ['a.sbn', 'b.sbn', 'd.sbn']);
    await put('b.sbn', loader, new Date(2_000_000));
    await rm(join(root, 'a.sbn'));
    await put('c.sbn', loader);
    const { files } = await folder.scan();
    assert.deepEqual(taken(), ['b.sbn', 'c.sbn']);
    assert.deepEqual(
      files.map(({ path }) => path),
      ['b.sbn', 'c.sbn', 'd.sbn'],
    );
  });

  test('nothing that is remembered, in another run of the program too', async (t) => {
    const first = await countingLibrary(t, soon);
    await first.put('a.sbn', loader);
    await first.folder.scan();
    assert.deepEqual(first.taken(), ['a.sbn']);
    await first.folder.scan();
    assert.deepEqual(first.taken(), []);
  });

  test('a file that was changed just now is not trusted to stay', async (t) => {
    const { folder, put, taken } = await countingLibrary(t, { now: () => 0 });
    await put('a.sbn', loader);
    for (let scan = 0; scan < 2; scan++) await folder.scan();
    assert.deepEqual(taken(), ['a.sbn', 'a.sbn']);
  });

  test('an index that is broken, strange or of another program is as good as none', async (t) => {
    for (const text of [
      '{',
      '[]',
      '{"format":1,"program":"0","files":[]}',
      '{"format":1,"program":"1","files":[{"version":"x","file":{}}]}',
    ]) {
      const { folder, root, home } = await testLibrary(t, soon);
      await writeFile(join(home, 'index.json'), text);
      await writeFile(join(root, 'P003-8-12-00.sbn'), loader);
      const { files } = await folder.scan();
      assert.equal(files[0]?.firmware?.facts.kind, 'loader', text);
    }
  });

  test('an index that cannot be written does no harm', async (t) => {
    const { folder, root } = await testLibrary(t, { ...soon, index: '/proc/no/index.json' });
    await writeFile(join(root, 'P003-8-12-00.sbn'), loader);
    assert.equal((await folder.scan()).files.length, 1);
  });

  test('all of it when asked to, and a change without trace is told', async (t) => {
    const library = await testLibrary(t, soon);
    const { folder, root, home } = library;
    await writeFile(join(root, 'P003-8-12-00.sbn'), loader);
    await folder.scan();
    const index = join(home, 'index.json');
    const before = await readFile(index, 'utf8');
    await writeFile(index, before.replace(/"sha256":"../, '"sha256":"00'));
    assert.deepEqual((await folder.scan()).findings, [], 'the index is believed');
    const { files, findings } = await folder.scan({ afresh: true });
    assert.deepEqual(
      findings.map(({ code }) => code),
      ['file-changed'],
    );
    assert.equal(files[0]?.firmware?.facts.findings.length, 0);
    assert.deepEqual((await folder.scan({ afresh: true })).findings, []);
  });

  test('progress comes to its end', async (t) => {
    const { folder, root } = await testLibrary(t);
    for (const name of ['a.sbn', 'b.sbn']) await writeFile(join(root, name), loader);
    const seen: number[] = [];
    await folder.scan({ onAdvance: ({ done, total }) => seen.push(done / total) });
    assert.deepEqual(seen, [0.5, 1]);
  });
});
