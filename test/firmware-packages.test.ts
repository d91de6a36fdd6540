import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { runHere } from '../src/cli/testing/run-app.ts';
import { signedByLab } from '../src/families/cisco-shared/synthetic.ts';
import { ciscoJava } from '../src/families/cisco-java/cisco-java.ts';
import { temporaryFolder } from './hookflash-process.ts';
import { requirePeer } from './peers.ts';

/** Packages as real programs make them: Info-ZIP's zip, GNU tar, gzip. */
const sip = 'P0S3-8-12-00';
const java = 'SIP41.9-4-2SR3-1S';
const sipFiles = ['P003-8-12-00.bin', 'P003-8-12-00.sbn', `${sip}.loads`, `${sip}.sb2`];

async function site(t: TestContext, image: string) {
  const home = await temporaryFolder(t);
  const [dir, from] = [join(home, 'w'), join(home, 'from')];
  await runHere('init', dir);
  await runHere('firmware', 'synth', image, '--out', from);
  const names = (await readdir(from)).sort();
  return {
    ...{ home, dir, from, names },
    run: (program: string, ...args: readonly string[]) =>
      execFileSync(program, args, { cwd: from, stdio: ['pipe', 'pipe', 'pipe'] }),
    async importing(...paths: readonly string[]) {
      const words = paths.map((path) => join(home, path));
      const ran = await runHere('firmware', 'import', ...words, '--dir', dir, '--json');
      const report = JSON.parse(ran.out[0] ?? '{}') as {
        readonly findings: readonly { readonly code: string; readonly severity: string }[];
      };
      const codes = report.findings.filter(({ severity }) => severity !== 'note');
      return { code: ran.code, codes: codes.map(({ code }) => code) };
    },
    inLibrary: async () => (await readdir(join(dir, 'firmware'))).sort(),
    /** Every file of the library is one of those that were packed, byte for byte. */
    async assertSame(files: readonly string[]) {
      assert.deepEqual((await readdir(join(dir, 'firmware'))).sort(), files);
      for (const name of files)
        assert.equal(await hashOf(join(dir, 'firmware', name)), await hashOf(join(from, name)));
    },
  };
}

async function hashOf(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

describe('zip', () => {
  for (const [what, ...flags] of [
    ['compressed', '-9'],
    ['stored', '-0'],
    ['with 64 bit sizes', '-fz'],
    ['without extra fields', '-X'],
  ] as const)
    test(what, async (t) => {
      if (!requirePeer(t, 'zip')) return;
      const { run, importing, assertSame, names } = await site(t, sip);
      run('zip', '-q', ...flags, '../sip.zip', ...names);
      assert.deepEqual(await importing('sip.zip'), { code: 0, codes: [] });
      await assertSame(sipFiles);
    });

  test('written to a pipe: sizes stand behind the data', async (t) => {
    if (!requirePeer(t, 'zip')) return;
    const { home, run, importing, assertSame, names } = await site(t, sip);
    await writeFile(join(home, 'sip.zip'), run('zip', '-q', '-', ...names));
    assert.deepEqual(await importing('sip.zip'), { code: 0, codes: [] });
    await assertSame(sipFiles);
  });

  test('with folders, in any script', async (t) => {
    if (!requirePeer(t, 'zip')) return;
    const { from, run, importing, inLibrary } = await site(t, sip);
    await mkdir(join(from, 'ファームウェア/ü'), { recursive: true });
    await rename(join(from, `${sip}.sb2`), join(from, 'ファームウェア/ü', `${sip}.sb2`));
    run('zip', '-q', '-r', '../sip.zip', '.');
    assert.deepEqual(await importing('sip.zip'), { code: 0, codes: [] });
    assert.deepEqual(await inLibrary(), sipFiles);
  });

  test('with a link in it', async (t) => {
    if (!requirePeer(t, 'zip')) return;
    const { from, run, importing, inLibrary } = await site(t, sip);
    await symlink('/etc/passwd', join(from, 'P003-9-9-00.sbn'));
    run('zip', '-q', '-y', '-r', '../sip.zip', '.');
    assert.deepEqual(await importing('sip.zip'), { code: 1, codes: ['package-link'] });
    assert.deepEqual(await inLibrary(), sipFiles);
  });

  test('encrypted', async (t) => {
    if (!requirePeer(t, 'zip')) return;
    const { run, importing, inLibrary, names } = await site(t, sip);
    run('zip', '-q', '-P', 'secret', '../sip.zip', ...names);
    assert.deepEqual(await importing('sip.zip'), { code: 1, codes: ['package-broken'] });
    assert.deepEqual(await inLibrary(), []);
  });

  test('a bomb', async (t) => {
    if (!requirePeer(t, 'zip')) return;
    const { home, from, run, importing, inLibrary } = await site(t, sip);
    await writeFile(join(from, 'zeros.bin'), Buffer.alloc(200_000_000));
    run('zip', '-q', '../bomb.zip', 'zeros.bin');
    assert.deepEqual(await importing('bomb.zip'), { code: 1, codes: ['package-too-large'] });
    assert.deepEqual(await inLibrary(), []);
    assert.deepEqual((await readdir(home)).sort(), ['bomb.zip', 'from', 'w']);
  });
});

describe('tar and gzip', () => {
  for (const format of ['ustar', 'pax', 'gnu', 'oldgnu'])
    test(`a .cop of ${format}`, async (t) => {
      if (!requirePeer(t, 'tar') || !requirePeer(t, 'gzip')) return;
      const { run, importing, assertSame, names } = await site(t, java);
      run('tar', `--format=${format}`, '-czf', '../java.cop', ...names);
      assert.deepEqual(await importing('java.cop'), { code: 0, codes: [] });
      await assertSame(names);
    });

  test('a .cop.sgn', async (t) => {
    if (!requirePeer(t, 'tar') || !requirePeer(t, 'gzip')) return;
    const { home, run, importing, assertSame, names } = await site(t, java);
    run('tar', '-czf', '../java.cop', ...names);
    const { bytes } = signedByLab('java.cop.sgn', await readFile(join(home, 'java.cop')));
    await writeFile(join(home, 'java.cop.sgn'), bytes);
    assert.deepEqual(await importing('java.cop.sgn'), { code: 0, codes: [] });
    await assertSame(names);
  });

  test('paths longer than a header holds', async (t) => {
    if (!requirePeer(t, 'tar') || !requirePeer(t, 'gzip')) return;
    for (const format of ['pax', 'gnu']) {
      const { run, importing, inLibrary } = await site(t, sip);
      const long = 'x'.repeat(120);
      run(
        'tar',
        `--format=${format}`,
        `--transform=s,^,${long}/,`,
        '-czf',
        '../sip.tgz',
        ...sipFiles,
      );
      assert.deepEqual(await importing('sip.tgz'), { code: 0, codes: [] });
      assert.deepEqual(await inLibrary(), sipFiles);
    }
  });

  test('paths that lead out, links, FIFOs', async (t) => {
    if (!requirePeer(t, 'tar') || !requirePeer(t, 'gzip') || !requirePeer(t, 'mkfifo')) return;
    const { home, from, run, importing, inLibrary } = await site(t, sip);
    await symlink('../../escaped.sbn', join(from, 'link.sbn'));
    run('ln', `${sip}.sb2`, 'hard.sb2');
    run('mkfifo', 'pipe.sbn');
    run('tar', '-czPf', '../evil.cop', `--transform=s,^P003-8-12-00.bin,../../escaped.bin,`, '.');
    run('tar', '-czPf', '../evil2.cop', `--transform=s,^,/tmp/escaped/,`, ...sipFiles);
    const { code, codes } = await importing('evil.cop', 'evil2.cop');
    assert.equal(code, 1);
    assert.ok(codes.filter((each) => each === 'package-link').length >= 2, codes.join());
    assert.ok(codes.includes('package-path'), codes.join());
    assert.ok(!existsSync('/tmp/escaped') && !existsSync(join(home, 'escaped.bin')));
    assert.ok((await inLibrary()).every((name) => sipFiles.includes(name)));
  });

  test('cut off in the middle: nothing of it is in the library', async (t) => {
    if (!requirePeer(t, 'tar') || !requirePeer(t, 'gzip')) return;
    const { home, run, importing, inLibrary, names } = await site(t, java);
    run('tar', '-czf', '../java.cop', ...names);
    const whole = await readFile(join(home, 'java.cop'));
    await writeFile(join(home, 'java.cop'), whole.subarray(0, whole.length / 2));
    assert.deepEqual(await importing('java.cop'), { code: 1, codes: ['package-broken'] });
    assert.deepEqual(await inLibrary(), []);
  });
});

const corpus = process.env.HOOKFLASH_CORPUS;

test('what real packages say that they are for', async (t) => {
  if (corpus === undefined) return t.skip('SKIPPED: HOOKFLASH_CORPUS names no folder');
  const paths = globSync('**/load[0-9]*.txt', { cwd: corpus });
  assert.ok(paths.length > 0);
  const told = await Promise.all(
    paths.map(async (path) =>
      ciscoJava.firmware.intended(basename(path), await readFile(join(corpus, path))),
    ),
  );
  const of7911 = told.flat().filter(({ model }) => model === '7911');
  assert.match(of7911[0]?.image ?? '', /^SIP11\./);
});
