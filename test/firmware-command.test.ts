import assert from 'node:assert/strict';
import { copyFile, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { runHere, type Ran } from '../src/cli/testing/run-app.ts';
import { temporaryFolder } from './hookflash-process.ts';

const sip = 'P0S3-8-12-00';
const mac = '02:00:00:00:00:01';

type Row = Readonly<Record<string, unknown>> & {
  readonly image?: string;
  readonly complete?: boolean;
  readonly lacks: readonly string[];
  readonly phones: readonly { readonly mac: string; readonly when: string }[];
};

/** A workspace, and synthetic packages' files beside it. */
async function workspace(t: TestContext, ...images: readonly string[]) {
  const home = await temporaryFolder(t);
  const [dir, from] = [join(home, 'w'), join(home, 'from')];
  await ok('init', dir);
  await mkdir(from);
  if (images.length > 0) await ok('firmware', 'synth', ...images, '--out', from);
  const firmware = (...words: readonly string[]) => runHere('firmware', ...words, '--dir', dir);
  const run = (...words: readonly string[]) => runHere(...words, '--dir', dir);
  const inLibrary = async () => (await readdir(join(dir, 'firmware'))).sort();
  return { home, dir, from, firmware, run, inLibrary };
}

async function ok(...words: readonly string[]): Promise<Ran> {
  const ran = await runHere(...words);
  assert.equal(ran.code, 0, ran.err.join('\n'));
  return ran;
}

function rows({ out }: Ran): readonly Row[] {
  return out.map((line) => JSON.parse(line) as Row);
}

function json({ out }: Ran): Row & { readonly findings: readonly { readonly code: string }[] } {
  assert.equal(out.length, 1);
  return JSON.parse(out[0]!) as ReturnType<typeof json>;
}

describe('import', () => {
  test('says what went in, what not, and what the images lack', async (t) => {
    const { from, firmware } = await workspace(t, sip);
    await rm(join(from, 'P003-8-12-00.sbn'));
    const { code, out, err } = await firmware('import', from);
    assert.equal(code, 1);
    assert.ok(out.includes('imported  P0S3-8-12-00.sb2  757 kB'), out.join('\n'));
    assert.ok(out.some((line) => /^left out {2}.*OS79XX\.TXT/.test(line)));
    assert.equal(out.at(-1), `${sip}  lacks P003-8-12-00.sbn`);
    assert.match(err.join('\n'), /image-incomplete\)\n {2}Its files were copied one by one/);
  });

  test('as JSON', async (t) => {
    const { from, firmware } = await workspace(t, sip);
    const ran = await firmware('import', from, '--json');
    const report = json(ran) as unknown as Record<string, readonly Record<string, unknown>[]>;
    assert.equal(ran.code, 0);
    assert.deepEqual(
      report.stored?.map(({ name }) => name),
      ['P003-8-12-00.bin', 'P003-8-12-00.sbn', `${sip}.loads`, `${sip}.sb2`],
    );
    assert.deepEqual(
      report.images?.map(({ image, lacks }) => [image, lacks]),
      [[sip, []]],
    );
    assert.deepEqual(
      report.findings?.map(({ code }) => code),
      ['image-synthetic'],
    );
  });

  test('of what is not there, and of nothing', async (t) => {
    const { firmware } = await workspace(t);
    const { code, err } = await firmware('import', '/no/such.zip');
    assert.equal(code, 1);
    assert.match(err.join(), /\/no\/such\.zip: there is no such file or folder/);
    assert.equal((await firmware('import')).code, 2);
  });

  test('names of strangers do nothing to the terminal', async (t) => {
    const { home, firmware } = await workspace(t);
    const path = join(home, 'a\x1b[2J.txt');
    await writeFile(path, 'x');
    const { out, err } = await firmware('import', path);
    assert.ok(![...out, ...err].join('').includes('\x1b'));
    assert.match(out.join(), /a\\u\{1b\}\[2J\.txt/);
  });
});

describe('list and show', () => {
  test('an empty library', async (t) => {
    const { firmware } = await workspace(t);
    assert.deepEqual((await firmware('list')).out, [
      'The library is empty: hookflash firmware import PACKAGE',
    ]);
    assert.deepEqual((await firmware('list', '--json')).out, []);
  });

  test('images, what they lack, who needs them now and later', async (t) => {
    const { from, firmware, run } = await workspace(t, sip, 'P0S3-06-3-00', 'P0S3-07-5-00');
    await firmware('import', from);
    await run('phone', 'add', mac, '--model', '7960', '--running', 'P0S3-04-4-00', '--image', sip);
    const list = rows(await firmware('list', '--json'));
    const needed = list.map(({ image, complete, phones }) => [
      ...[image, complete],
      phones.map((phone) => phone.when).join(),
    ]);
    assert.deepEqual(needed, [
      ['P0S3-06-3-00', true, 'hop'],
      ['P0S3-07-5-00', true, ''],
      [sip, true, 'hop'],
    ]);
    const out = (await firmware('list')).out.join('\n').split('\n');
    assert.match(out[0]!, /^image +size +state +needed by$/);
    assert.match(
      out.find((line) => line.startsWith(sip))!,
      /1\.0 MB +complete +02:00:00:00:00:01 \(hop\)/,
    );
  });

  test('files copied by hand are seen, packages and folders told', async (t) => {
    const { dir, from, firmware } = await workspace(t, sip);
    const library = join(dir, 'firmware');
    await copyFile(join(from, `${sip}.loads`), join(library, `${sip}.loads`));
    await writeFile(join(library, 'cmterm.zip'), 'PK\x03\x04');
    await mkdir(join(library, 'sub'));
    await copyFile(join(from, `${sip}.sb2`), join(library, 'sub', `${sip}.sb2`));
    const { out, err } = await firmware('list');
    assert.match(out.join('\n'), /lacks P0S3-8-12-00\.sb2, P003-8-12-00\.sbn, P003-8-12-00\.bin/);
    assert.match(out.join('\n'), / {2}cmterm\.zip {2}4 bytes, package\n/);
    for (const code of ['package-unopened', 'firmware-in-folder', 'image-incomplete'])
      assert.ok(err.join('\n').includes(code), code);
  });

  test('an image in any spelling, and a file', async (t) => {
    const { from, firmware, run } = await workspace(t, sip);
    await firmware('import', from);
    await run('phone', 'add', mac, '--model', '7960', '--running', sip);
    const image = await firmware('show', 'P0S3-08-12-00');
    assert.equal(image.out[0], `${sip}  complete`);
    assert.ok(image.out.includes(`  needed by ${mac} (now)`));
    const file = json(await firmware('show', 'p003-8-12-00.SBN', '--json'));
    assert.deepEqual(
      [file.path, file.kind, file.internalVersion, file.images, file.phones],
      ['P003-8-12-00.sbn', 'loader', 'PAS30830', [sip], [{ mac, when: 'now' }]],
    );
    assert.equal((file.signature as { verdict: string }).verdict, 'good');
    const lines = (await firmware('show', `${sip}.loads`)).out.join('\n');
    assert.match(lines, /lists +P003-8-12-00\.sbn, P0S3-8-12-00\.sb2\n +wants loader +PAS30830\n/);
    assert.match(lines, /signature +good, by the lab's key\n +of image +P0S3-8-12-00\n/);
    const none = await firmware('show', 'P0S3-09-1-00');
    assert.deepEqual([none.code, none.err.length], [1, 1]);
  });
});

describe('verify', () => {
  test('a library in order', async (t) => {
    const { from, firmware } = await workspace(t, sip, 'SIP41.9-4-2SR3-1S');
    await firmware('import', from);
    const { code, out } = await firmware('verify');
    assert.deepEqual([code, out.at(-1)], [0, '12 files, 2 images, 2.3 MB: nothing wrong']);
  });

  test('what is wrong, all from disk', async (t) => {
    const { dir, from, firmware } = await workspace(t, sip);
    await firmware('import', from);
    const library = join(dir, 'firmware');
    await truncate(join(library, `${sip}.sb2`), 700_000);
    await copyFile(join(library, `${sip}.loads`), join(library, 'P0S3-9-9-00.loads'));
    await writeFile(join(library, 'P0S3-05-1-00.sbn'), '');
    const ran = await firmware('verify', '--json');
    assert.equal(ran.code, 1);
    const codes = json(ran).findings.map(({ code }) => code);
    for (const code of ['signature-wrong', 'image-renamed', 'image-damaged', 'image-incomplete'])
      assert.ok(codes.includes(code), `${code} in ${codes.join()}`);
  });
});

describe('remove', () => {
  test('files that no other image has', async (t) => {
    const { from, firmware, inLibrary } = await workspace(t, sip, 'P0M3-8-12-00');
    await firmware('import', from);
    const { code, out } = await firmware('remove', sip);
    assert.equal(code, 0);
    assert.deepEqual(out, [
      ...['removed  P0S3-8-12-00.loads', 'removed  P0S3-8-12-00.sb2'],
      'stays    P003-8-12-00.sbn  of P0M3-8-12-00',
      'stays    P003-8-12-00.bin  of P0M3-8-12-00',
    ]);
    assert.equal((await inLibrary()).length, 4);
    await firmware('remove', 'P0M3-8-12-00', '--json');
    assert.deepEqual(await inLibrary(), []);
    assert.equal((await firmware('remove', sip)).code, 1);
  });

  test('a file that is part of no image', async (t) => {
    const { dir, from, firmware, inLibrary } = await workspace(t, sip);
    await firmware('import', from);
    await writeFile(join(dir, 'firmware', 'cmterm.zip'), 'PK\x03\x04');
    assert.deepEqual((await firmware('remove', 'cmterm.zip')).out, ['removed  cmterm.zip']);
    const { code, err } = await firmware('remove', `${sip}.sb2`);
    assert.deepEqual([code, err], [2, [`hookflash: ${sip}.sb2 is part of ${sip}: remove that`]]);
    assert.equal((await inLibrary()).length, 4);
  });

  test('not while a phone needs it, unless forced', async (t) => {
    const { from, firmware, run, inLibrary } = await workspace(t, sip, 'P0S3-06-3-00');
    await firmware('import', from);
    await run('phone', 'add', mac, '--model', '7960', '--running', 'P0S3-04-4-00', '--image', sip);
    const before = await inLibrary();
    for (const image of [sip, 'P0S3-06-3-00', 'P0S3-08-12-00']) {
      const { code, err } = await firmware('remove', image);
      assert.deepEqual([code, await inLibrary()], [1, before]);
      assert.match(err.join(), /is needed by 02:00:00:00:00:01 \(hop\): --force/);
    }
    assert.equal((await firmware('remove', sip, '--force')).code, 0);
    assert.deepEqual(await inLibrary(), ['P0S3-06-3-00.bin', 'P0S3-06-3-00.sbn']);
  });
});

describe('plans and phones', () => {
  const plan = ['plan', '--model', '7960', '--from', 'P0S30200', '--to'];

  test('a plan says what the library lacks and how far it leads', async (t) => {
    const { from, firmware, run } = await workspace(t, 'P0S30202', sip);
    const none = (await run(...plan, sip)).out.at(-1);
    assert.equal(
      none,
      'Nothing can start yet. With P0S30202 imported it starts and goes as far as hop 1.',
    );
    await firmware('import', from);
    const { out } = await run(...plan, sip);
    assert.ok(out.includes('Hop 2 needs P0S3-06-3-00: the library lacks P0S3-06-3-00.bin'));
    assert.equal(
      out.at(-1),
      'As it is, the way ends after hop 1. With P0S3-06-3-00 imported it goes on from hop 1 and goes to its end.',
    );
    const { library } = json(await run(...plan, sip, '--json')) as unknown as Record<
      string,
      unknown
    >;
    assert.deepEqual(library, {
      ...{ hops: 3, reach: 1 },
      lacking: [
        { hop: 2, image: 'P0S3-06-3-00', files: ['P0S3-06-3-00.bin'], unusable: [], faults: [] },
      ],
      next: { image: 'P0S3-06-3-00', steps: 3 },
    });
  });

  test("the library's spelling is offered", async (t) => {
    const { from, firmware, run } = await workspace(t, sip);
    await firmware('import', from);
    const { out } = await run(...plan, 'P0S3-08-12-00');
    assert.match(out.join('\n'), /It has P0S3-8-12-00, the same release/);
    const spelt = ['phone', 'add', mac, '--model', '7960', '--image', 'P0S3-08-12-00'];
    const { code, err } = await run(...spelt);
    assert.equal(code, 0);
    assert.match(err.join(), /the library has P0S3-08-12-00 as P0S3-8-12-00, .*\(image-spelling\)/);
    const set = await run('phone', 'set', mac, '--image', sip);
    assert.deepEqual(
      set.err.filter((line) => line.includes('library')),
      [],
    );
  });

  test('a phone whose image the library lacks is told of', async (t) => {
    const { run } = await workspace(t);
    const add = await run('phone', 'add', mac, '--model', '7960', '--image', sip);
    assert.match(add.err.join(), /note: the library lacks P0S3-8-12-00: .*\(image-lacking\)/);
    const set = await run('phone', 'set', mac, '--set', 'phone_label=x');
    assert.doesNotMatch(set.err.join(), /library/);
  });

  test('a plan without workspace says nothing of a library', async (t) => {
    const home = await temporaryFolder(t);
    const { out } = await runHere(...plan, sip, '--dir', home, '--json');
    assert.ok(!('library' in (JSON.parse(out[0]!) as object)));
    assert.deepEqual(await readdir(home), []);
  });
});

test('the index is kept beside the library and is no file of it', async (t) => {
  const { dir, from, firmware, inLibrary } = await workspace(t, 'P0S30202');
  await firmware('import', join(from, 'P0S30202.bin'));
  await firmware('list');
  assert.deepEqual(await inLibrary(), ['P0S30202.bin']);
  const names = await readdir(dir);
  const index = names.find((name) => name === '.firmware-index.json');
  if (index !== undefined)
    assert.match(await readFile(join(dir, index), 'utf8'), /P0S30202|"files":\[\]/);
});
