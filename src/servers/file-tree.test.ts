import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import fc from 'fast-check';
import { openFileTree } from './file-tree.ts';
import type { FileProblem, FileTree, FileTreeOptions } from './file-tree.ts';

const limits = { maxFileBytes: 1_000_000, cacheBytes: 1_000_000 };
/** File times are settled long ago for a clock that is ahead. */
const laterOn = () => Date.now() + 60_000;

let base: string;
let root: string;
let problems: FileProblem[];

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'hookflash-tree-'));
  root = join(base, 'root');
  problems = [];
  mkdirSync(root);
});
afterEach(() => rmSync(base, { recursive: true }));

function put(path: string, content = path): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

function openTree(options: Partial<FileTreeOptions> = {}): Promise<FileTree> {
  const onProblem = (problem: FileProblem) => problems.push(problem);
  return openFileTree(root, { ...limits, onProblem, ...options });
}

async function textOf(tree: FileTree, path: string): Promise<string | undefined> {
  const file = await tree.read(path);
  return file && Buffer.from(file.bytes).toString();
}

describe('paths', () => {
  test('leading ./ and / are ignored, and so are empty parts', async () => {
    put('a/b.txt');
    const tree = await openTree();
    for (const path of ['a/b.txt', './a/b.txt', '/a/b.txt', '//./a//./b.txt'])
      assert.equal(await textOf(tree, path), 'a/b.txt', path);
    assert.deepEqual(problems, []);
  });

  test('parts that could escape are missing', async () => {
    writeFileSync(join(base, 'secret'), 'secret');
    put('a/b.txt');
    const tree = await openTree();
    const escapes = [
      '../secret',
      '/../secret',
      './../secret',
      'a/../b.txt',
      '..\\secret',
      'a\\b.txt',
    ];
    escapes.push('a/b.txt\0', '..', join(base, 'secret'));
    for (const path of escapes) assert.equal(await tree.read(path), undefined, path);
    assert.equal(problems.length, escapes.length - 1, 'the last one is just not there');
  });

  test('nothing that is asked for leads out of the tree', async () => {
    writeFileSync(join(base, 'secret'), 'secret');
    put('inside/file', 'public');
    symlinkSync('..', join(root, 'up'));
    const tree = await openTree();
    const part = fc.constantFrom('..', '.', '', '\\', 'up', 'UP', 'inside', 'file', 'secret', '\0');
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 6 }), async (parts) => {
        assert.notEqual(await textOf(tree, parts.join('/')), 'secret');
      }),
    );
  });

  test('a path that is absurdly long is missing', async () => {
    const tree = await openTree();
    assert.equal(await tree.read('x'.repeat(60_000)), undefined);
    assert.equal(await tree.read('x/'.repeat(30_000)), undefined);
  });
});

describe('what is not a file of the tree is missing, with a reason', () => {
  test('a link out of the tree', async () => {
    writeFileSync(join(base, 'secret'), 'secret');
    symlinkSync(join(base, 'secret'), join(root, 'link'));
    symlinkSync(base, join(root, 'folder'));
    const tree = await openTree();
    assert.equal(await tree.read('link'), undefined);
    assert.equal(await tree.read('folder/secret'), undefined);
    assert.deepEqual(
      problems.map(({ reason }) => reason),
      ['leads out of the tree', 'leads out of the tree'],
    );
  });

  test('a folder whose name starts like the root is outside', async () => {
    mkdirSync(`${root}-other`);
    writeFileSync(`${root}-other/file`, 'secret');
    symlinkSync(`${root}-other`, join(root, 'other'));
    assert.equal(await (await openTree()).read('other/file'), undefined);
  });

  test('links that go round in a circle', async () => {
    symlinkSync('b', join(root, 'a'));
    symlinkSync('a', join(root, 'b'));
    assert.equal(await (await openTree()).read('a'), undefined);
    assert.match(problems[0]?.reason ?? '', /ELOOP/);
  });

  test('a folder, a FIFO and a device', async () => {
    mkdirSync(join(root, 'folder'));
    execFileSync('mkfifo', [join(root, 'fifo')]);
    const tree = await openTree();
    for (const path of ['folder', 'fifo', '/', '']) assert.equal(await tree.read(path), undefined);
    assert.deepEqual(
      problems.map(({ reason }) => reason),
      ['is a folder', 'is not a regular file', 'names no file', 'names no file'],
    );
  });

  test('a file that is too large', async () => {
    put('large', 'x'.repeat(11));
    put('fits', 'x'.repeat(10));
    const tree = await openTree({ maxFileBytes: 10 });
    assert.equal(await tree.read('large'), undefined);
    assert.equal((await tree.read('fits'))?.bytes.length, 10);
    assert.deepEqual(problems, [
      { path: 'large', reason: 'is of 11 bytes, more than the limit of 10' },
    ]);
  });

  test('a file that may not be read', async (t) => {
    if (process.getuid?.() === 0) return t.skip('SKIPPED: root may read every file');
    put('locked');
    chmodSync(join(root, 'locked'), 0);
    assert.equal(await (await openTree()).read('locked'), undefined);
    assert.match(problems[0]?.reason ?? '', /EACCES/);
  });

  test('a root that is no folder is refused', async () => {
    put('file');
    await assert.rejects(openFileTree(join(root, 'file'), limits), /is not a folder/);
    await assert.rejects(openFileTree(join(root, 'none'), limits), /ENOENT/);
  });
});

describe('case', () => {
  test('the exact name comes first', async () => {
    put('jar11sip.sbn');
    put('Jar11sip.sbn');
    const tree = await openTree();
    assert.equal(await textOf(tree, 'Jar11sip.sbn'), 'Jar11sip.sbn');
    assert.equal(await textOf(tree, 'jar11sip.sbn'), 'jar11sip.sbn');
  });

  test('else the first in order that differs in case only', async () => {
    put('jar11sip.sbn');
    put('JAR11sip.sbn');
    const file = await (await openTree()).read('jar11SIP.SBN');
    assert.equal(file?.name, 'JAR11sip.sbn');
  });

  test('folders too, even where two differ in case only', async () => {
    put('US/tones.xml');
    put('us/font.xml');
    const tree = await openTree();
    assert.equal(await textOf(tree, 'Us/FONT.xml'), 'us/font.xml');
    assert.equal(await textOf(tree, 'US/font.XML'), 'us/font.xml');
    assert.equal(await textOf(tree, 'us/none.xml'), undefined);
  });

  test('a name that comes up later is found', async () => {
    const tree = await openTree({ now: laterOn });
    assert.equal(await tree.read('os79xx.txt'), undefined);
    put('OS79XX.TXT');
    assert.equal(await textOf(tree, 'os79xx.txt'), 'OS79XX.TXT');
    rmSync(join(root, 'OS79XX.TXT'));
    assert.equal(await tree.read('os79xx.txt'), undefined);
  });
});

describe('contents', () => {
  test('links inside the tree are followed', async () => {
    put('firmware/image.bin');
    symlinkSync('firmware', join(root, 'current'));
    symlinkSync(join(root, 'firmware/image.bin'), join(root, 'image'));
    const tree = await openTree();
    assert.equal(await textOf(tree, 'current/image.bin'), 'firmware/image.bin');
    assert.deepEqual((await tree.read('image'))?.name, 'image');
  });

  test('are in shared memory, read once and kept', async () => {
    put('file');
    put('empty', '');
    const tree = await openTree({ now: laterOn });
    const first = await tree.read('file');
    assert(first?.bytes.buffer instanceof SharedArrayBuffer);
    assert.equal((await tree.read('FILE'))?.bytes, first.bytes);
    assert.equal((await tree.read('empty'))?.bytes.length, 0);
  });

  test('are read once for all that ask at the same time', async () => {
    put('file');
    const tree = await openTree();
    const files = await Promise.all(Array.from({ length: 20 }, () => tree.read('file')));
    assert(new Set(files.map((file) => file?.bytes)).size < 20);
  });

  test('of a changed file are new, and the old ones stay as they were', async () => {
    put('file', 'one');
    const tree = await openTree({ now: laterOn });
    const before = await tree.read('file');
    put('file', 'two');
    assert.equal(await textOf(tree, 'file'), 'two');
    put('new', 'six');
    renameSync(join(root, 'new'), join(root, 'file'));
    assert.equal(await textOf(tree, 'file'), 'six');
    assert.equal(Buffer.from(before!.bytes).toString(), 'one');
  });

  test('of a file that has just changed are not trusted to stay', async () => {
    put('file', 'one');
    const tree = await openTree();
    const before = await tree.read('file');
    assert.notEqual((await tree.read('file'))?.bytes, before?.bytes);
  });

  test('of a file beyond 32 MB are whole', async () => {
    put('big', '');
    truncateSync(join(root, 'big'), 40_000_001);
    const tree = await openTree({ maxFileBytes: 50_000_000 });
    assert.equal((await tree.read('big'))?.bytes.length, 40_000_001);
  });
});

test('list names every file that read takes', async () => {
  writeFileSync(join(base, 'secret'), 'secret');
  for (const path of ['b', 'a/c', 'a/b/d', 'back\\slash']) put(path);
  put('large', 'x'.repeat(200));
  symlinkSync('..', join(root, 'a/up'));
  symlinkSync('a/b', join(root, 'link'));
  symlinkSync(base, join(root, 'out'));
  linkSync(join(root, 'b'), join(root, 'hard'));
  execFileSync('mkfifo', [join(root, 'fifo')]);
  const tree = await openTree({ maxFileBytes: 100 });
  const names = await tree.list();
  assert.deepEqual(names, ['a/b/d', 'a/c', 'b', 'hard', 'link/d']);
  for (const name of names) assert.equal((await tree.read(name))?.name, name);
});

test('a closed tree is empty', async () => {
  put('file');
  const tree = await openTree();
  tree.close();
  assert.equal(await tree.read('file'), undefined);
});
