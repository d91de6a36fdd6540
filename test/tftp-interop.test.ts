import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openFileTree } from '../src/servers/file-tree.ts';
import { startTftpServer } from '../src/servers/tftp/server.ts';
import type { TftpServer } from '../src/servers/tftp/server.ts';
import { randomBytes, seededRandom } from '../src/servers/tftp/testing/random.ts';
import { treeFiles } from '../src/servers/tftp/testing/tree-files.ts';
import { requirePeer } from './peers.ts';

/** Arguments with which a program reads a file from a server on loopback. */
type Client = {
  readonly name: string;
  readonly program: string;
  readonly get: (port: number, path: string, local: string) => readonly string[];
};

const host = '127.0.0.1';
/** curl only says so by its exit code. */
const notFound = /not found|curl: \(68\)/i;

const clients: readonly Client[] = [
  {
    name: 'tftp-hpa',
    program: 'tftp',
    get: (port, path, local) => ['-m', 'binary', host, `${port}`, '-c', 'get', path, local],
  },
  ...[[], ['blksize 1428'], ['windowsize 8'], ['blksize 1428', 'windowsize 8', 'tsize enable']].map(
    (options): Client => ({
      name: ['atftp', ...options].join(', '),
      program: 'atftp',
      get: (port, path, local) => [
        ...options.flatMap((option) => ['--option', option]),
        ...['--get', '--remote-file', path, '--local-file', local, host, `${port}`],
      ],
    }),
  ),
  ...[[], ['--tftp-blksize', '1400'], ['--tftp-no-options']].map((options): Client => ({
    name: ['curl', ...options].join(' '),
    program: 'curl',
    get: (port, path, local) => [
      ...['--silent', '--show-error', '--path-as-is', ...options],
      ...['--output', local, `tftp://${host}:${port}/${path}`],
    ],
  })),
  ...[[], ['-b', '1400']].map((options): Client => ({
    name: ['busybox tftp', ...options].join(' '),
    program: 'busybox',
    get: (port, path, local) => {
      return ['tftp', ...options, '-g', '-r', path, '-l', local, host, `${port}`];
    },
  })),
];

/** More than 65535 blocks of 512 bytes: block numbers roll over. */
const bigLength = 40 * 1000 * 1000;
const files = {
  'small.cnf': randomBytes(1000, seededRandom(1)),
  'empty.cnf': new Uint8Array(),
  'whole-blocks.bin': randomBytes(512 * 20, seededRandom(2)),
  'folder/SEP00AA11BB22CC.cnf.xml': new Uint8Array(Buffer.from('<device/>\n')),
  'big.bin': new Uint8Array(bigLength).map((_, index) => index ^ (index >>> 9) ^ (index >>> 17)),
};

type Run = { readonly failed: boolean; readonly output: string };

function run(program: string, args: readonly string[], cwd: string): Promise<Run> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd, timeout: 120_000 }, (error, stdout, stderr) =>
      resolve({ failed: error !== null, output: stdout + stderr }),
    );
  });
}

let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'hookflash-interop-'));
  mkdirSync(join(folder, 'root/folder'), { recursive: true });
  for (const [name, bytes] of Object.entries(files))
    writeFileSync(join(folder, 'root', name), bytes);
  writeFileSync(join(folder, 'secret'), 'secret');
});
after(() => rmSync(folder, { recursive: true }));

for (const workers of [1, 4])
  describe(`with ${workers} threads`, () => {
    let server: TftpServer;
    let port: number;

    before(async () => {
      const limits = { maxFileBytes: 100_000_000, cacheBytes: 100_000_000 };
      const handler = treeFiles(await openFileTree(join(folder, 'root'), limits));
      server = await startTftpServer({ host, port: 0, workers, handler });
      port = server.addresses[0]!.port;
    });
    after(() => server.stop());

    for (const client of clients)
      describe(client.name, () => {
        for (const [name, bytes] of Object.entries(files))
          test(`reads ${name}`, async (t) => {
            const program = requirePeer(t, client.program);
            if (!program) return;
            const local = join(mkdtempSync(join(folder, 'got-')), 'file');
            const { output, failed } = await run(program, client.get(port, name, local), folder);
            assert(!failed, output);
            assert(Buffer.compare(readFileSync(local), bytes) === 0, output);
            rmSync(local);
          });

        test('is told of a missing file', async (t) => {
          const program = requirePeer(t, client.program);
          if (!program) return;
          const { output } = await run(program, client.get(port, 'none', 'got-none'), folder);
          assert.match(output, notFound);
        });

        test('does not get out of the tree', async (t) => {
          const program = requirePeer(t, client.program);
          if (!program) return;
          for (const path of ['../secret', 'folder/../../secret', join(folder, 'secret')]) {
            const { output } = await run(program, client.get(port, path, 'got-secret'), folder);
            assert.match(output, notFound, path);
          }
        });
      });

    test('tftp-hpa reads text in netascii', async (t) => {
      const program = requirePeer(t, 'tftp');
      if (!program) return;
      const text = 'one\ntwo\r\nthree\rfour\n'.repeat(100);
      writeFileSync(join(folder, 'root/text'), text);
      const local = join(folder, 'got-text');
      const args = ['-m', 'netascii', host, `${port}`, '-c', 'get', 'text', local];
      const { output, failed } = await run(program, args, folder);
      assert(!failed, output);
      assert.equal(readFileSync(local, 'utf8'), text);
    });

    const puts: readonly [string, (local: string) => readonly string[], RegExp][] = [
      ['tftp', (local) => [host, `${port}`, '-c', 'put', local, 'put'], /takes no files/],
      ['curl', (local) => ['-sS', '-T', local, `tftp://${host}:${port}/put`], /\(69\)|takes no/],
      [
        'busybox',
        (local) => ['tftp', '-p', '-l', local, '-r', 'put', host, `${port}`],
        /takes no files/,
      ],
      ['atftp', (local) => ['-p', '-l', local, '-r', 'put', host, `${port}`], /takes no files/],
    ];
    for (const [name, args, expected] of puts)
      test(`${name} is refused to put a file`, async (t) => {
        const program = requirePeer(t, name);
        if (!program) return;
        const { output } = await run(program, args(join(folder, 'secret')), folder);
        assert.match(output, expected);
        assert.throws(() => readFileSync(join(folder, 'root/put')), /ENOENT/);
      });
  });
