import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import type { Plan, TextFile } from '../src/model/plan.ts';
import { hookflash, jsonLines, temporaryFolder, type Finished } from './hookflash-process.ts';

/** Plans, the files that phones get, and files that are read. */

const mac = '02:00:00:00:00:55';
const image = 'P0S3-8-12-00';
const atOnce = { concurrency: 4 };

async function done(...words: readonly string[]): Promise<Finished> {
  const finished = await hookflash(...words);
  assert.equal(finished.code, 0, `${words.join(' ')}: ${finished.err}`);
  return finished;
}

async function withPhone(t: TestContext, ...words: readonly string[]): Promise<string> {
  const dir = join(await temporaryFolder(t), 'site');
  await done('init', dir);
  await done('phone', 'add', mac, '--model', '7960', '--image', image, ...words, '--dir', dir);
  return dir;
}

function planWords(from: string, to: string): readonly string[] {
  return ['plan', '--model', '7960', '--from', from, '--to', to];
}

describe('plan', atOnce, () => {
  test('in words: the hops, why, what the phone must find and what it must miss', async () => {
    const { out } = await done(...planWords('P0S3-04-4-00', image));
    const lines = out.split('\n');
    assert.equal(lines[0], `From P0S3-04-4-00 to ${image} in 2 hops.`);
    const inOrder = [
      '1. P0S3-06-3-00  by procedure B',
      '   why          SIP 4.4 to SIP 6.3: procedure B',
      '   source       Cisco 7960/7940 firmware upgrade matrix, table 3 and procedure B',
      '   must find    OS79XX.TXT  names P0S3-06-3-00',
      '   must find    SIP<MAC>.cnf  names P0S3-06-3-00',
      '   must find    P0S3-06-3-00.bin',
      '   must miss    XMLDefault.cnf.xml',
      `2. ${image}  by procedure D`,
      '   must find    OS79XX.TXT  names P003-8-12-00',
      `   must find    ${image}.loads`,
      '   must miss    P003-8-12-00.bin',
    ];
    let at = 0;
    for (const line of inOrder) {
      at = lines.indexOf(line, at) + 1;
      assert.ok(at > 0, `in its place: ${line}`);
    }
    for (const line of lines) assert.equal(line, line.trimEnd());
  });

  test('as JSON', async () => {
    const [plan] = jsonLines((await done(...planWords('P0S3-04-4-00', image), '--json')).out);
    const { possible, hops } = plan as Extract<Plan, { possible: true }>;
    assert.equal(possible, true);
    assert.deepEqual(
      hops.map((hop) => [hop.image, hop.procedure]),
      [
        ['P0S3-06-3-00', 'B'],
        [image, 'D'],
      ],
    );
    const [bootText] = hops[0]?.files ?? [];
    assert.deepEqual(bootText, { path: 'OS79XX.TXT', content: 'P0S3-06-3-00\n' });
  });

  test('where there is no way: the rule, and exit 1', async () => {
    const words = planWords(image, 'P0S3-04-4-00');
    const said = await hookflash(...words);
    assert.equal(said.code, 1);
    assert.match(
      said.out,
      /^There is no way from P0S3-8-12-00 to P0S3-04-4-00\.\n {2}signed-no-downgrade: /,
    );
    const asJson = await hookflash(...words, '--json');
    const [plan] = jsonLines(asJson.out) as readonly Extract<Plan, { possible: false }>[];
    assert.equal(asJson.code, 1);
    assert.deepEqual([plan?.possible, plan?.reason.code], [false, 'signed-no-downgrade']);
  });

  test('an image name that is none is a reason, too', async () => {
    const { code, out } = await hookflash(...planWords(image, 'tea'));
    assert.equal(code, 1);
    assert.match(out, /unknown-image: "tea" is not an image name/);
  });

  test('nothing to do is a plan', async () => {
    const { out } = await done(...planWords(image, 'POS3-8-12-00'));
    assert.equal(out.split('\n')[0], `${image} is POS3-8-12-00: nothing to do.`);
  });

  test('of a phone: from what it runs, with its MAC', async (t) => {
    const dir = await withPhone(t);
    const unknown = await hookflash('plan', mac, '--dir', dir);
    assert.equal(unknown.code, 1);
    assert.match(unknown.err, /what it runs is not known yet: .*--from/);
    await done('phone', 'set', mac, '--running', 'P0S3-07-5-00', '--dir', dir);
    const { out } = await done('plan', mac, '--dir', dir);
    assert.match(out, /^From P0S3-07-5-00 to P0S3-8-12-00 in 1 hop\.\n/);
    assert.match(out, /must find {4}SIP020000000055\.cnf {2}names P0S3-8-12-00/);
  });
});

describe('render', atOnce, () => {
  test('all files, and the firmware that goes with them', async (t) => {
    const dir = await withPhone(t, '--set', 'line1_name=100');
    const { out } = await done('render', mac, '--dir', dir);
    const names = out.split('\n').filter((line) => line.startsWith('--- '));
    assert.deepEqual(names.slice(0, 3), [
      ...['--- OS79XX.TXT', '--- SIPDefault.cnf', '--- SIP020000000055.cnf'],
    ]);
    assert.ok(names.includes(`--- ${image}.sb2  (firmware)`));
    const [view] = jsonLines((await done('render', mac, '--json', '--dir', dir)).out);
    const { files } = view as { readonly files: readonly TextFile[] };
    assert.deepEqual(
      files.map(({ path }) => `--- ${path}`),
      names.slice(0, 3),
    );
  });

  test('one file byte for byte, as it is served', async (t) => {
    const dir = await withPhone(t, '--set', 'line1_displayname=Zoë', '--set', 'line1_name=100');
    const [view] = jsonLines((await done('render', mac, '--json', '--dir', dir)).out);
    for (const { path, content } of (view as { readonly files: readonly TextFile[] }).files)
      assert.equal((await done('render', mac, path, '--dir', dir)).out, content, path);
    const none = await hookflash('render', mac, 'tea.cnf', '--dir', dir);
    assert.deepEqual([none.code, none.out], [1, '']);
    assert.match(none.err, /"tea\.cnf" is not generated for this phone; it gets OS79XX\.TXT, /);
  });

  test('as of another image: the files of the first hop from it', async (t) => {
    const dir = await withPhone(t);
    const from = ['--from', 'P0S3-04-4-00', '--dir', dir];
    assert.equal((await done('render', mac, 'OS79XX.TXT', ...from)).out, 'P0S3-06-3-00\n');
    const wrong = await hookflash('render', mac, '--from', 'tea', '--dir', dir);
    assert.notEqual(wrong.code, 0);
    assert.match(wrong.err, /"tea" is not an image name/);
  });

  test('into a folder: what the library lacks is named, with exit 1', async (t) => {
    const dir = await withPhone(t);
    const folder = join(dir, '..', 'tftpboot');
    const lacking = await hookflash('render', mac, '--out', folder, '--dir', dir);
    assert.equal(lacking.code, 1);
    const firmware = [`${image}.loads`, `${image}.sb2`, 'P003-8-12-00.sbn', 'P003-8-12-00.bin'];
    for (const name of firmware) assert.ok(lacking.err.includes(name), name);
    assert.equal(await readFile(join(folder, 'OS79XX.TXT'), 'utf8'), 'P003-8-12-00\n');
    await done('firmware', 'synth', image, '--out', join(dir, 'firmware'));
    const whole = await done('render', mac, '--out', folder, '--json', '--dir', dir);
    const [{ written, missing }] = jsonLines(whole.out) as [
      { readonly written: readonly string[]; readonly missing: readonly string[] },
    ];
    assert.deepEqual(missing, []);
    for (const name of firmware) assert.ok(written.includes(join(folder, name)), name);
  });
});

describe('decode', atOnce, () => {
  /** A format for each file that a render and a package give, and one of each other kind. */
  const texts: readonly (readonly [name: string, text: string, format: string])[] = [
    ['RINGLIST.DAT', 'Bell\tbell.raw\n', 'ring list'],
    [
      'dialplan.xml',
      '<DIALTEMPLATE>\n<TEMPLATE MATCH="*" Timeout="5"/>\n</DIALTEMPLATE>\n',
      'dial plan',
    ],
    ['XMLDefault.cnf.xml', '<Default></Default>', 'XMLDefault'],
    [
      'syncinfo.xml',
      '<SYNCINFO version="1.0">\n<IMAGE VERSION="*" SYNC="1"/>\n</SYNCINFO>\n',
      'syncinfo',
    ],
  ];

  test('each kind of file of these phones', async (t) => {
    const dir = await withPhone(t);
    const folder = join(dir, '..', 'tftpboot');
    await done('firmware', 'synth', image, '--out', join(dir, 'firmware'));
    await done('render', mac, '--out', folder, '--dir', dir);
    for (const [name, text] of texts) await writeFile(join(folder, name), text);
    const expected = [
      ...texts.map(([name, , format]) => [name, format] as const),
      ...([
        ['OS79XX.TXT', 'OS79XX.TXT'],
        ['SIPDefault.cnf', 'cnf'],
      ] as const),
      ...(['sb2', 'loads'] as const).map(
        (ending) => [`${image}.${ending}`, ending === 'sb2' ? 'image' : 'loads'] as const,
      ),
      ...([
        ['P003-8-12-00.sbn', 'image'],
        ['P003-8-12-00.bin', 'image'],
      ] as const),
    ];
    for (const [name, format] of expected) {
      const { out } = await done('decode', join(folder, name), '--json');
      const [decoded] = jsonLines(out) as readonly { readonly format: string }[];
      assert.equal(decoded?.format, format, name);
    }
    const { out } = await done('decode', join(folder, `${image}.sb2`));
    assert.match(out, /^\{\n {2}"format": "image",\n {2}"name": "P0S3-8-12-00",/);
    assert.match(out, /"fileName": "P0S3-8-12-00\.sb2"/);
  });

  test('garbage is said to be so, with the file and the place, and exit 1', async (t) => {
    const folder = await temporaryFolder(t);
    for (const [name, bytes, said] of [
      ['a.bin', Buffer.alloc(10), /a\.bin.*exception vector at offset 0/],
      [
        'a.sbn',
        Buffer.from('010002010102000200', 'hex'),
        /a\.sbn: error: .* at offset \d+: expected /,
      ],
      ['SEP020000000055.cnf.xml', Buffer.from('<device'), /SEP020000000055\.cnf\.xml:1:\d+: error/],
      ['a.odd', Buffer.from('tea'), /a\.odd: .*file of this name/],
    ] as const) {
      await writeFile(join(folder, name), bytes);
      for (const json of [[], ['--json']]) {
        const { code, err, out } = await hookflash('decode', join(folder, name), ...json);
        assert.equal(code, 1, name);
        if (json.length === 0) assert.match(err, said);
        else assert.equal(jsonLines(out).length, 1);
      }
    }
  });
});

describe('firmware synth', atOnce, () => {
  test('the files of the images, and where they are', async (t) => {
    const folder = join(await temporaryFolder(t), 'new');
    const { out } = await done(
      'firmware',
      'synth',
      'P0S3-04-4-00',
      'P003-07-5-00',
      '--out',
      folder,
    );
    const names = ['P0S3-04-4-00.bin', 'P003-07-5-00.bin', 'P003-07-5-00.sbn'];
    assert.deepEqual(
      out.trimEnd().split('\n'),
      names.map((name) => join(folder, name)),
    );
    const [{ written }] = jsonLines(
      (await done('firmware', 'synth', 'P0S3-04-4-00', '--json', '--out', folder)).out,
    ) as [{ readonly written: readonly string[] }];
    assert.deepEqual(written, [join(folder, 'P0S3-04-4-00.bin')]);
  });
});
