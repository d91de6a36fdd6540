import assert from 'node:assert/strict';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { ImportReport } from '../../core/firmware/firmware-folder.ts';
import { signedByLab } from '../../families/cisco-shared/synthetic.ts';
import { tarOf, zipOf, type TarEntry, type ZipEntry } from './testing/archives.ts';
import {
  codes,
  fileOf,
  imageOf,
  importing,
  limits,
  testLibrary,
} from './testing/library-folder.ts';

const sip = 'P0S3-8-12-00';
const loads = fileOf(sip, `${sip}.loads`);
function stored({ stored: files }: ImportReport): readonly string[] {
  return files.map(({ name }) => name).sort();
}

function zipEntries(image: string): readonly ZipEntry[] {
  return imageOf(image).map(({ name, bytes }) => ({ name, data: bytes }));
}

function tarEntries(image: string): readonly TarEntry[] {
  return imageOf(image).map(({ name, bytes }) => ({ name: `./${name}`, data: bytes }));
}

const sipFiles = [
  ...['P003-8-12-00.bin', 'P003-8-12-00.sbn'],
  ...['P0S3-8-12-00.loads', 'P0S3-8-12-00.sb2'],
];

describe('packages', () => {
  test('a zip: firmware goes in under its names, the rest is left out', async (t) => {
    const { report, names, bytesOf } = await importing(t, 'sip.zip', zipOf(zipEntries(sip)));
    assert.deepEqual(stored(report), sipFiles);
    assert.deepEqual(await names(), sipFiles);
    assert.match(report.leftOut.join(), /^\S+sip\.zip\/OS79XX\.TXT$/);
    assert.deepEqual(codes(report), []);
    assert.deepEqual(await bytesOf(`${sip}.loads`), Buffer.from(loads));
  });

  test('a .cop.sgn: signed header, gzip, tar', async (t) => {
    const load = Buffer.from('115\tSIP41.9-4-2SR3-1S\t11\t// IP Phone 7941 SIP\r\n');
    const entries = [...tarEntries('SIP41.9-4-2SR3-1S'), { name: 'load115.txt', data: load }];
    const { bytes } = signedByLab('cmterm.cop.sgn', gzipSync(tarOf(entries)));
    const { report } = await importing(t, 'cmterm.cop.sgn', bytes);
    assert.equal(report.stored.length, 8);
    const [opened] = report.packages;
    assert.equal(opened?.type, 'tar.gz');
    assert.match(opened.signer ?? '', /HookflashLab/);
    assert.deepEqual(opened.intended, [{ model: '7941', image: 'SIP41.9-4-2SR3-1S' }]);
    assert.deepEqual(codes(report), []);
  });

  for (const name of ['cmterm.cop', 'cmterm.tar.gz', 'cmterm.tgz', 'anything'])
    test(`tar and gzip without header, called ${name}`, async (t) => {
      const { report } = await importing(t, name, gzipSync(tarOf(tarEntries(sip))));
      assert.deepEqual(stored(report), sipFiles);
    });

  test('a tar alone', async (t) => {
    const { report } = await importing(t, 'sip.tar', tarOf(tarEntries(sip)));
    assert.deepEqual(stored(report), sipFiles);
  });

  test('folders inside are flattened', async (t) => {
    const entries = zipEntries(sip).map((entry) => ({
      ...entry,
      name: `a/b c/${String(entry.name)}`,
    }));
    const { report, names } = await importing(t, 'sip.zip', zipOf(entries));
    assert.equal(report.stored.length, 4);
    assert.deepEqual(await names(), sipFiles);
  });

  test('a zip of a .cop is opened to the bottom', async (t) => {
    const cop = gzipSync(tarOf(tarEntries(sip)));
    const { report } = await importing(t, 'x.zip', zipOf([{ name: 'in/a.cop', data: cop }]));
    assert.deepEqual(stored(report), sipFiles);
    assert.deepEqual(
      report.packages.map(({ type }) => type),
      ['zip', 'tar.gz'],
    );
  });

  test('a package that does not have what it says it is for', async (t) => {
    const load = Buffer.from('307 SIP11.9-4-2SR1-1S 11\n');
    const entries = [...tarEntries(sip), { name: 'load307.txt', data: load }];
    const { report } = await importing(t, 'x.cop', gzipSync(tarOf(entries)));
    assert.deepEqual(codes(report), ['package-incomplete']);
    assert.match(report.findings[0]?.text ?? '', /SIP11\.9-4-2SR1-1S on the 7911/);
  });

  test('texts only: there is no firmware in it', async (t) => {
    const entries = [{ name: 'README.txt', data: Buffer.from('read me') }];
    const { report } = await importing(t, 'x.zip', zipOf(entries));
    assert.deepEqual(codes(report), ['no-firmware']);
  });

  test('an empty file', async (t) => {
    const { report } = await importing(t, 'x.zip', Buffer.alloc(0));
    assert.deepEqual(codes(report), ['no-firmware']);
  });

  test('a file of 40 MB goes through', async (t) => {
    const body = Buffer.alloc(40_000_000, 'not compressible? '.repeat(7));
    const { name, bytes } = signedByLab('big41sip.9-4-2.sbn', body);
    const library = await testLibrary(t);
    const path = await library.file('big.zip', zipOf([{ name, data: bytes, deflate: false }]));
    const report = await library.folder.importFrom([path]);
    assert.deepEqual(stored(report), [name]);
    assert.deepEqual(await library.bytesOf(name), Buffer.from(bytes));
  });
});

describe('names', () => {
  test('a renamed file goes in under its own name, and that is told', async (t) => {
    const { report } = await importing(
      t,
      'P0S3-8-12-00.sb2',
      fileOf('P0S3-06-3-00', 'P0S3-06-3-00.sbn'),
    );
    assert.deepEqual(stored(report), ['P0S3-06-3-00.sbn']);
    assert.deepEqual(codes(report), ['image-renamed']);
    assert.match(report.findings[0]?.text ?? '', /it is P0S3-06-3-00\.sbn under another name/);
  });

  test('letter case is put right', async (t) => {
    const { report } = await importing(t, 'p0s3-8-12-00.LOADS', loads);
    assert.deepEqual(stored(report), ['P0S3-8-12-00.loads']);
    assert.deepEqual(codes(report), ['file-name-case']);
  });

  test('names in any script', async (t) => {
    const entries = [
      { name: 'ファームウェア/ローダー.sbn', data: fileOf(sip, 'P003-8-12-00.sbn') },
      { name: 'Lies mich – bitte.txt', data: Buffer.from('x') },
    ];
    const { report } = await importing(t, 'ü.zip', zipOf(entries));
    assert.deepEqual(stored(report), ['P003-8-12-00.sbn']);
    assert.match(report.findings[0]?.place?.file ?? '', /ü\.zip\/ファームウェア\/ローダー\.sbn$/);
  });

  test('a header cannot lead out of the library', async (t) => {
    for (const own of [
      '../../P003.sbn',
      '/etc/P003.sbn',
      'a/b.sbn',
      '.hidden.sbn',
      'x'.repeat(121),
    ]) {
      const { bytes } = signedByLab(own, Buffer.from('body'));
      const { report, names, beside } = await importing(t, 'P003-8-12-00.sbn', bytes);
      assert.ok(codes(report).includes('file-name-strange'), own);
      assert.deepEqual(await names(), [], own);
      assert.deepEqual(await beside(), ['P003-8-12-00.sbn', 'firmware']);
    }
  });

  test('the same file again stays as it is', async (t) => {
    const { folder, path } = await importing(t, 'sip.zip', zipOf(zipEntries(sip)));
    const again = await folder.importFrom([path]);
    assert.deepEqual([again.stored.length, again.kept.length], [0, 4]);
    assert.deepEqual(codes(again), []);
  });

  test('another file of the same name is refused, unless it may be replaced', async (t) => {
    const library = await testLibrary(t);
    const name = 'SIP41.9-4-2SR3-1S.loads';
    const { bytes } = signedByLab(name, Buffer.from('jar41sip.8-5-2.sbn\r\n'));
    const old = await library.file(name, bytes);
    const other = fileOf('SIP41.9-4-2SR3-1S', name);
    const next = await library.file(`next/${name}`, other);
    await library.folder.importFrom([old]);
    const refused = await library.folder.importFrom([next]);
    assert.deepEqual(codes(refused), ['name-clash']);
    assert.deepEqual(await library.bytesOf(name), Buffer.from(bytes));
    const replaced = await library.folder.importFrom([next], { replace: true });
    assert.deepEqual(stored(replaced), [name]);
    assert.deepEqual(await library.bytesOf(name), Buffer.from(other));
  });

  test('default loads of several releases stay beside each other', async (t) => {
    const library = await testLibrary(t);
    const name = 'term41.default.loads';
    const paths: string[] = [];
    for (const image of ['SIP41.9-4-2SR3-1S', 'SIP41.8-5-2S', 'SCCP41.8-5-2S'])
      paths.push(await library.file(`${image}/${name}`, fileOf(image, name)));
    const report = await library.folder.importFrom(paths);
    assert.deepEqual(
      [codes(report), report.stored.map((file) => file.name)],
      [[], [name, `jar41sip.8-5-2/${name}`, `jar41sccp.8-5-2/${name}`]],
    );
    const again = await library.folder.importFrom(paths);
    assert.deepEqual([again.stored.length, again.kept.length], [0, 3]);
    const { bytes } = signedByLab(name, Buffer.from('jar41sip.8-5-2.sbn\r\nmore.sbn\r\n'));
    const odd = await library.file(`odd/${name}`, bytes);
    assert.deepEqual(codes(await library.folder.importFrom([odd])), ['name-clash']);
  });

  test('of two files of one name in a package the second is refused', async (t) => {
    const { name, bytes } = signedByLab('P0S3-8-12-00.loads', Buffer.from('other.sbn\n'));
    const entries = [
      { name, data: loads },
      { name: `x/${name}`, data: bytes },
    ];
    const { report, bytesOf } = await importing(t, 'x.zip', zipOf(entries));
    assert.deepEqual(codes(report), ['name-clash']);
    assert.deepEqual(await bytesOf(name), Buffer.from(loads));
  });

  test('a file that differs in letter case only is replaced, not doubled', async (t) => {
    const library = await testLibrary(t);
    await writeFile(join(library.root, 'p0s3-8-12-00.LOADS'), 'something');
    const path = await library.file(`${sip}.loads`, loads);
    assert.deepEqual(codes(await library.folder.importFrom([path])), ['name-clash']);
    await library.folder.importFrom([path], { replace: true });
    assert.deepEqual(await library.names(), [`${sip}.loads`]);
  });
});

describe('folders', () => {
  test('all files below, packages opened; links are not followed', async (t) => {
    const library = await testLibrary(t, { limits });
    await library.file('in/a/sip.zip', zipOf(zipEntries(sip)));
    await library.file('in/a/b/P0S3-06-3-00.bin', fileOf('P0S3-06-3-00', 'P0S3-06-3-00.bin'));
    await library.file('in/notes.txt', Buffer.from('x'));
    await symlink('/etc/passwd', join(library.home, 'in/link.sbn'));
    const report = await library.folder.importFrom([join(library.home, 'in')]);
    assert.deepEqual(stored(report), [
      ...sipFiles.slice(0, 2),
      'P0S3-06-3-00.bin',
      ...sipFiles.slice(2),
    ]);
    assert.deepEqual(codes(report), ['package-link']);
    assert.equal(report.leftOut.length, 2);
  });

  test('a broken package in a folder does not keep the others out', async (t) => {
    const library = await testLibrary(t, { limits });
    await library.file('in/a.zip', zipOf(zipEntries(sip)).subarray(0, 5000));
    await library.file('in/b.zip', zipOf(zipEntries(sip)));
    const report = await library.folder.importFrom([join(library.home, 'in')]);
    assert.deepEqual(codes(report), ['package-broken']);
    assert.equal(report.stored.length, 4);
  });

  test('a path that is not there ends the import before it begins', async (t) => {
    const library = await testLibrary(t);
    const path = await library.file(`${sip}.loads`, loads);
    await assert.rejects(library.folder.importFrom([path, join(library.home, 'no')]), /ENOENT/);
    assert.deepEqual(await library.names(), []);
  });
});
