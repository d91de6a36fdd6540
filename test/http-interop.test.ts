import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test, type TestContext } from 'node:test';
import fc from 'fast-check';
import { openFileTree } from '../src/servers/file-tree.ts';
import { startHttpFileServer, type HttpFileServer } from '../src/servers/http/server.ts';
import { randomBytes, seededRandom } from '../src/servers/tftp/testing/random.ts';
import { treeFiles } from '../src/servers/tftp/testing/tree-files.ts';
import { requirePeer } from './peers.ts';

/** Arguments with which a program reads a URL into a file. */
type Client = {
  readonly name: string;
  readonly program: string;
  readonly get: (url: string, local: string) => readonly string[];
  /** Goes on where a file that was cut short ends. */
  readonly resume: (url: string, local: string) => readonly string[];
};

const curl = ['--silent', '--show-error', '--fail', '--path-as-is'];
const wget = ['--quiet', '--tries=1', '--no-verbose'];

const clients: readonly Client[] = [
  ...[[], ['--http1.0'], ['--no-keepalive']].map((options): Client => ({
    name: ['curl', ...options].join(' '),
    program: 'curl',
    get: (url, local) => [...curl, ...options, '--output', local, url],
    resume: (url, local) => [...curl, ...options, '--continue-at', '-', '--output', local, url],
  })),
  {
    name: 'wget',
    program: 'wget',
    get: (url, local) => [...wget, '--output-document', local, url],
    resume: (url, local) => [...wget, '--continue', '--output-document', local, url],
  },
  {
    name: 'busybox wget',
    program: 'busybox',
    get: (url, local) => ['wget', '-q', '-O', local, url],
    resume: (url, local) => ['wget', '-q', '-c', '-O', local, url],
  },
];

const files = {
  'small.cnf': randomBytes(1000, seededRandom(1)),
  'empty.cnf': new Uint8Array(),
  'English US/SEP00AA11BB22CC.cnf.xml': new Uint8Array(Buffer.from('<device/>\n')),
  'big.bin': new Uint8Array(40 * 1000 * 1000).map(
    (_, index) => index ^ (index >>> 9) ^ (index >>> 17),
  ),
};

type Run = { readonly code: number; readonly stdout: string; readonly stderr: string };

function run(program: string, args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: 120_000 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

let folder: string;
let server: HttpFileServer;
let base: string;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hookflash-http-'));
  mkdirSync(join(folder, 'root/English US'), { recursive: true });
  for (const [name, bytes] of Object.entries(files))
    writeFileSync(join(folder, 'root', name), bytes);
  utimesSync(join(folder, 'root/small.cnf'), 1e9, 1e9);
  writeFileSync(join(folder, 'secret'), 'secret');
  const limits = { maxFileBytes: 100_000_000, cacheBytes: 100_000_000 };
  const handler = treeFiles(await openFileTree(join(folder, 'root'), limits));
  server = await startHttpFileServer({ host: '127.0.0.1', port: 0, handler });
  base = `http://127.0.0.1:${server.address.port}`;
});
after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

function localFile(): string {
  return join(mkdtempSync(join(folder, 'got-')), 'file');
}

for (const client of clients)
  describe(client.name, () => {
    for (const [name, bytes] of Object.entries(files))
      test(`reads ${name}`, async (t) => {
        const program = requirePeer(t, client.program);
        if (program === undefined) return;
        const local = localFile();
        const { code, stderr } = await run(
          program,
          client.get(`${base}/${encodeURI(name)}`, local),
        );
        assert.equal(code, 0, stderr);
        assert.equal(Buffer.compare(readFileSync(local), bytes), 0);
        rmSync(local);
      });

    test('goes on where it was cut short', async (t) => {
      const program = requirePeer(t, client.program);
      if (program === undefined) return;
      const local = localFile();
      writeFileSync(local, files['big.bin'].subarray(0, 39_000_000));
      const before = server.stats();
      const { code, stderr } = await run(program, client.resume(`${base}/big.bin`, local));
      assert.equal(code, 0, stderr);
      assert.equal(Buffer.compare(readFileSync(local), files['big.bin']), 0);
      assert.ok(server.stats().partial > before.partial);
      rmSync(local);
    });

    test('is told of a missing file and does not get out of the tree', async (t) => {
      const program = requirePeer(t, client.program);
      if (program === undefined) return;
      for (const path of ['none', '../secret', '%2e%2e/secret', 'English%20US/..%2f..%2fsecret'])
        assert.notEqual((await run(program, client.get(`${base}/${path}`, localFile()))).code, 0);
    });
  });

/** curl with these arguments; undefined where there is none. */
async function withCurl(t: TestContext, ...args: readonly string[]): Promise<Run | undefined> {
  const program = requirePeer(t, 'curl');
  return program === undefined ? undefined : run(program, ['--silent', '--show-error', ...args]);
}

test('curl sees a head with length, tag and time', async (t) => {
  const got = await withCurl(t, '--head', `${base}/small.cnf`);
  if (got === undefined) return;
  assert.match(got.stdout, /^HTTP\/1\.1 200 OK\r\n/);
  assert.match(got.stdout, /^Content-Length: 1000\r$/m);
  assert.match(got.stdout, /^ETag: "[\w-]{43}"\r$/m);
  assert.match(got.stdout, /^Last-Modified: Sun, 09 Sep 2001 01:46:40 GMT\r$/m);
});

test('curl does not fetch again what it has', async (t) => {
  const tag = localFile();
  const first = await withCurl(t, '--etag-save', tag, '--output', localFile(), `${base}/small.cnf`);
  if (first === undefined) return;
  const status = ['--write-out', '%{http_code} %{size_download}', '--output', localFile()];
  const second = await withCurl(t, '--etag-compare', tag, ...status, `${base}/small.cnf`);
  assert.equal(second?.stdout, '304 0');
  const date = 'Sun, 09 Sep 2001 01:46:40 GMT';
  const third = await withCurl(t, '--time-cond', date, ...status, `${base}/small.cnf`);
  assert.equal(third?.stdout, '304 0');
});

test('curl is refused to put a file', async (t) => {
  const source = join(folder, 'secret');
  const status = ['--write-out', '%{http_code}', '--output', localFile()];
  const got = await withCurl(t, '--upload-file', source, ...status, `${base}/put`);
  if (got === undefined) return;
  assert.equal(got.stdout, '405');
  assert.throws(() => readFileSync(join(folder, 'root/put')), /ENOENT/);
});

test('every range is the part of the file that it names', async () => {
  const bytes = files['small.cnf'];
  const place = fc.nat(1100);
  await fc.assert(
    fc.asyncProperty(place, place, fc.boolean(), async (first, more, open) => {
      const range = `bytes=${first}-${open ? '' : first + more}`;
      const answer = await fetch(`${base}/small.cnf`, { headers: { Range: range } });
      const body = Buffer.from(await answer.arrayBuffer());
      assert.equal(Number(answer.headers.get('content-length')), body.length);
      if (first >= bytes.length) return assert.equal(answer.status, 416);
      const end = open ? bytes.length : first + more + 1;
      assert.equal(answer.status, 206);
      assert.equal(Buffer.compare(body, bytes.subarray(first, end)), 0);
    }),
    { numRuns: 200 },
  );
});
