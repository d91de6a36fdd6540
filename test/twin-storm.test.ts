import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { startTftpServer } from '../src/servers/tftp/server.ts';
import { hookflash, jsonLines, temporaryFolder } from './hookflash-process.ts';

type Line = Readonly<Record<string, unknown>>;
type Files = (path: string) => string | undefined;

const image = 'P0S3-8-12-00';

async function serve(t: TestContext, host: string, files: Files): Promise<string> {
  const server = await startTftpServer({
    ...{ host, port: 0, workers: 1 },
    handler: {
      open({ path }) {
        const text = files(path.replace(/^\.?\//, ''));
        if (text === undefined) return Promise.resolve({ kind: 'missing', ticket: path });
        return Promise.resolve({ kind: 'found', bytes: Buffer.from(text), ticket: path });
      },
      closed: () => undefined,
    },
  });
  t.after(() => server.stop());
  return `${host}:${server.addresses[0]?.port ?? 0}`;
}

const configured: Files = (path) => {
  if (path === 'SIPDefault.cnf') return `image_version: ${image}\n`;
  const [, mac] = /^SIP([0-9A-F]{12})\.cnf$/.exec(path) ?? [];
  if (mac === undefined) return undefined;
  return `line1_name: ${mac.slice(-3)}\nproxy1_address: 192.0.2.1\nproxy_register: 0\n`;
};

async function storm(tftp: string, ...words: readonly string[]) {
  const common = [
    '--tftp',
    tftp,
    '--image',
    image,
    '--no-sntp',
    '--time-scale',
    '0',
    '--seed',
    '4',
  ];
  const ran = await hookflash('twin', 'storm', ...common, ...words, '--json');
  const lines = jsonLines(ran.out) as readonly Line[];
  return { ...ran, lines, end: lines.at(-1) ?? {} };
}

const of = (lines: readonly Line[], event: string) => lines.filter((line) => line.event === event);

test('many phones at once, and what came of them', async (t) => {
  const tftp = await serve(t, '127.50.0.1', configured);
  const words = ['--phones', '60', '--address', '127.50.1.240', '--mac', '02:00:00:00:0F:F0'];
  const { code, lines, end } = await storm(tftp, ...words);
  assert.equal(code, 0);
  assert.deepEqual([end.event, end.phones, end.ends], ['storm', 60, { idle: 60 }]);
  assert.deepEqual(end.images, { [image]: 60 });
  const on = of(lines, 'on');
  assert.equal(new Set(on.map(({ address }) => address)).size, 60);
  assert.equal(on[1]?.mac, '020000000FF1');
  assert.deepEqual([on[14]?.address, on[15]?.address], ['127.50.1.254', '127.50.2.1']);
  assert.equal(of(lines, 'end').length, 60);
  const answers = end.answers as Readonly<Record<string, number>>;
  const { sent = 0, missing = 0 } = end.requests as Readonly<Record<string, number>>;
  assert.equal(answers.count, sent + missing);
  assert.ok(answers.p50! > 0 && answers.p50! <= answers.p99! && answers.p99! <= answers.max!);
});

test('so many are faulty, each with a fault in its turn; a stuck one ends with code 1', async (t) => {
  const tftp = await serve(t, '127.50.0.2', configured);
  const words = ['--phones', '20', '--address', '127.50.4.1', '--faulty', '20%'];
  const { code, lines, end } = await storm(
    tftp,
    ...words,
    '--fault',
    'never-idle',
    'refuses-image',
  );
  assert.equal(code, 1);
  const faults = of(lines, 'on').flatMap(({ fault }) => fault ?? []);
  assert.deepEqual(faults.toSorted(), [
    ...['never-idle', 'never-idle', 'refuses-image', 'refuses-image'],
  ]);
  assert.deepEqual(end.ends, { idle: 18, stuck: 2 });
});

test('a stuck one is switched off and on; memories are kept', async (t) => {
  const flash = join(await temporaryFolder(t), 'flash');
  let isThere = false;
  const tftp = await serve(t, '127.50.0.3', (path) => (isThere ? configured(path) : undefined));
  const words = ['--phones', '2', '--address', '127.50.5.1', '--flash', flash];
  const stuck = await storm(tftp, ...words);
  assert.deepEqual([stuck.code, stuck.end.ends], [1, { stuck: 2 }]);
  const running = storm(tftp, ...words, '--power-cycles', '9');
  setTimeout(() => (isThere = true), 2000);
  const { lines, end } = await running;
  assert.deepEqual(end.ends, { idle: 2 });
  assert.ok(of(lines, 'on').length > 2);
  assert.equal((await readdir(flash)).length, 2);
});

test('what makes no sense is told of before anything is switched on', async (t) => {
  const flash = join(await temporaryFolder(t), 'flash');
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['--power-cycles', '2'], /--power-cycles goes with --flash/],
    [['--stay'], /--stay goes with --sip/],
    [['--address', 'here'], /"here" is not an IPv4 address/],
    [['--faulty', '120%'], /"120%": write a number of phones or N%/],
    [['--fault', 'no-such-thing', '--flash', flash], /there is no fault "no-such-thing"/],
  ];
  for (const [words, message] of cases) {
    const ran = await storm('127.0.0.1:9', '--phones', '3', ...words);
    assert.equal(ran.code, 2, words.join(' '));
    assert.match(ran.err, message);
  }
  const nowhere = await hookflash('twin', 'storm', '--phones', '3', '--model', '2004');
  assert.equal(nowhere.code, 2);
  assert.match(nowhere.err, /say which server: --tftp HOST:PORT, or --unistim/);
  assert.ok(!existsSync(join(flash, '020000000001.json')));
});
