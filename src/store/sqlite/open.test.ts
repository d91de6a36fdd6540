import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import type { TestContext } from 'node:test';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Lease } from '../../model/lease.ts';
import type { Store } from '../../model/store.ts';
import { memoryStore } from '../memory.ts';
import { macOf, phone, progress, request, storeError } from '../testing/fixtures.ts';
import { storeContract } from '../testing/store-contract.ts';
import { openSqliteStore } from './open.ts';

function newFile(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'hookflash-store-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return join(folder, 'hookflash.db');
}

async function using<T>(file: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openSqliteStore(file);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

describe('sqlite store', () => {
  for (const { name, run } of storeContract)
    test(name, async (t) => {
      const store = await openSqliteStore(newFile(t));
      await run(store);
      await store.close();
    });
});

test('everything is there after closing and opening again', async (t) => {
  const file = newFile(t);
  const bootId = await using(file, async (store) => {
    await store.phonePut(phone(1, { settings: { a: 'é' } }));
    await store.progressPut(progress(1));
    await store.tiePut({ address: '127.0.7.1', mac: macOf(1), seenAt: 3 });
    const id = await store.bootStart(macOf(1), 4);
    await store.requestsAppend([{ bootId: id, request: request('a') }]);
    return id;
  });
  await using(file, async (store) => {
    assert.deepEqual(await store.phoneList(), [phone(1, { settings: { a: 'é' } })]);
    assert.deepEqual(await store.progressList(), [progress(1)]);
    assert.equal((await store.tieList()).length, 1);
    assert.deepEqual(await store.requestList(bootId), [request('a')]);
    await store.phoneDelete(macOf(1));
  });
  await using(file, async (store) => assert.ok((await store.bootStart(macOf(1), 5)) > bootId));
});

test('the file is its owner’s alone, in WAL, with every commit synced', async (t) => {
  const file = newFile(t);
  await using(file, () => Promise.resolve());
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const raw = new DatabaseSync(file);
  assert.deepEqual({ ...raw.prepare('pragma journal_mode').get() }, { journal_mode: 'wal' });
  raw.close();
});

test('of leases that cannot all be put none is; the writer goes on', async (t) => {
  const file = newFile(t);
  const lease: Lease = {
    address: '192.0.2.7',
    clientId: '01',
    state: 'bound',
    startedAt: 1,
    expiresAt: Infinity,
  };
  await using(file, async (store) => {
    const broken = { ...lease, address: '192.0.2.8', state: undefined } as unknown as Lease;
    await assert.rejects(store.leasesPut([lease, broken]), storeError('unavailable', ''));
    assert.deepEqual(await store.leaseList(), []);
    const later = [store.leasesPut([lease]), store.leasesDelete(['192.0.2.8'])];
    await Promise.all(later);
  });
  await using(file, async (store) => assert.deepEqual(await store.leaseList(), [lease]));
});

test('leases wait for another process that writes, and say so when it does not end', async (t) => {
  const file = newFile(t);
  const store = await openSqliteStore(file, { busyTimeoutMs: 50, durability: 'process' });
  await store.leasesPut([]);
  const other = new DatabaseSync(file);
  other.exec('begin immediate');
  await assert.rejects(
    store.leasesDelete(['192.0.2.1']),
    storeError('unavailable', `${file} is in use`),
  );
  other.exec('rollback');
  other.close();
  await store.leasesDelete(['192.0.2.1']);
  await store.close();
});

test('any series of calls gives what the memory store gives', async (t) => {
  const call = fc.oneof(
    fc.record({ verb: fc.constant('put' as const), n: fc.nat(3), text: fc.string() }),
    fc.record({ verb: fc.constant('delete' as const), n: fc.nat(3), text: fc.string() }),
    fc.record({ verb: fc.constant('boot' as const), n: fc.nat(3), text: fc.string() }),
    fc.record({ verb: fc.constant('append' as const), n: fc.nat(8), text: fc.string() }),
    fc.record({ verb: fc.constant('tie' as const), n: fc.nat(3), text: fc.ipV4() }),
  );
  type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;
  const perform = (store: Store, { verb, n, text }: Call, at: number): Promise<unknown> => {
    switch (verb) {
      case 'put':
        return store.phonePut(phone(n, { labels: { [text]: text } }));
      case 'delete':
        return store.phoneDelete(macOf(n));
      case 'boot':
        return store.bootStart(macOf(n), at);
      case 'append':
        return store.requestsAppend([{ bootId: n, request: request(text.toWellFormed(), at) }]);
      case 'tie':
        return store.tiePut({ address: text, mac: macOf(n), seenAt: at });
    }
  };
  const outcome = (store: Store, each: Call, at: number) =>
    perform(store, each, at).catch((error: unknown) => (error as Error).message);
  const everything = async (store: Store) => ({
    phones: await store.phoneList(),
    ties: await store.tieList(),
    boots: await Promise.all([0, 1, 2, 3].map((n) => store.bootList(macOf(n), 99))),
    requests: await Promise.all(Array.from({ length: 9 }, (_, id) => store.requestList(id))),
  });
  const property = fc.asyncProperty(fc.array(call, { maxLength: 25 }), async (calls) => {
    const memory = memoryStore();
    const sqlite = await openSqliteStore(newFile(t));
    for (const [at, each] of calls.entries())
      assert.deepEqual(await outcome(sqlite, each, at), await outcome(memory, each, at));
    assert.deepEqual(await everything(sqlite), await everything(memory));
    await sqlite.close();
  });
  await fc.assert(property, { numRuns: 60 });
});

describe('a file that cannot be used is refused by name', () => {
  test('a folder that is not there', async (t) => {
    const file = join(newFile(t), 'nowhere', 'hookflash.db');
    await assert.rejects(openSqliteStore(file), storeError('unavailable', file));
  });

  test('a folder in its place', async (t) => {
    const file = newFile(t);
    mkdirSync(file);
    await assert.rejects(openSqliteStore(file), storeError('unavailable', file));
  });

  for (const text of ['servers:\n  tftp: 127.0.0.1:69\n', 'no database '.repeat(1000)])
    test(`${text.length} bytes of text`, async (t) => {
      const file = newFile(t);
      writeFileSync(file, text);
      await assert.rejects(openSqliteStore(file), storeError('unreadable', `${file} is not`));
      assert.equal(readFileSync(file, 'utf8'), text, 'it is left as it was');
    });

  test('a database of another program', async (t) => {
    const file = newFile(t);
    const other = new DatabaseSync(file);
    other.exec('create table places (url text)');
    other.close();
    const before = readFileSync(file);
    await assert.rejects(openSqliteStore(file), storeError('foreign', file));
    assert.deepEqual(readFileSync(file), before, 'it is left as it was');
  });

  test('pages overwritten in the middle', async (t) => {
    const file = newFile(t);
    await using(file, async (store) => {
      const settings = Object.fromEntries(
        Array.from({ length: 200 }, (_, index) => [`setting-${index}`, 'x'.repeat(50)]),
      );
      for (let n = 0; n < 20; n++) await store.phonePut(phone(n, { settings }));
    });
    const size = statSync(file).size;
    const handle = openSync(file, 'r+');
    writeSync(handle, Buffer.alloc(size - 4096, 0xa5), 0, size - 4096, 4096);
    const all = async () => using(file, (store) => store.phoneList());
    await assert.rejects(all, storeError('unreadable', `${file} is damaged`));
  });

  test('a schema that a later Hookflash wrote: both versions are named', async (t) => {
    const file = newFile(t);
    await using(file, (store) => store.phonePut(phone(1)));
    const later = new DatabaseSync(file);
    later.exec(`insert into schema_version (version, name) values (4711, 'from the future')`);
    later.close();
    await assert.rejects(openSqliteStore(file), (error: Error) => {
      storeError('newer', file)(error);
      return /version 4711.*up to \d+:/.test(error.message);
    });
  });

  test('a lock that is never released', async (t) => {
    const file = newFile(t);
    await using(file, () => Promise.resolve());
    const other = new DatabaseSync(file);
    other.exec('begin immediate');
    const opening = openSqliteStore(file, { busyTimeoutMs: 50 });
    await assert.rejects(opening, storeError('unavailable', `${file} is in use`));
    other.close();
  });
});

/** Runs source text in another process; `store` is open on `file`. Yields its lines. */
function inAnotherProcess(t: TestContext, file: string, source: string) {
  const url = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const program = `
    import { writeSync } from 'node:fs';
    import { openSqliteStore } from ${url('./open.ts')};
    import { macOf, phone, request } from ${url('../testing/fixtures.ts')};
    const say = (text) => writeSync(1, text + '\\n');
    const store = await openSqliteStore(${JSON.stringify(file)});
    ${source}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  return { child, lines: createInterface(child.stdout) };
}

describe('kill -9', () => {
  for (const killAfter of [1, 40, 200])
    test(`after ${killAfter} acknowledged writes loses none of them`, async (t) => {
      const file = newFile(t);
      const { child, lines } = inAnotherProcess(
        t,
        file,
        `for (let n = 1; ; n++) {
          await store.phonePut(phone(n));
          const bootId = await store.bootStart(macOf(n), n);
          const rows = ['a', 'b', 'c'].map((path) => ({ bootId, request: request(path) }));
          await store.requestsAppend(rows);
          say(String(n));
        }`,
      );
      let acknowledged = 0;
      for await (const line of lines) {
        acknowledged = Number(line);
        if (acknowledged === killAfter) child.kill('SIGKILL');
      }
      assert.ok(acknowledged >= killAfter);
      await using(file, async (store) => {
        const phones = await store.phoneList();
        assert.ok(phones.length >= acknowledged, `${phones.length} of ${acknowledged} phones`);
        for (const [index, { mac }] of phones.entries()) {
          assert.equal(mac, macOf(index + 1));
          const [boot] = await store.bootList(mac, 1);
          if (index < acknowledged) assert.equal(boot?.requests, 3);
          else assert.ok([undefined, 0, 3].includes(boot?.requests), 'all or none');
        }
      });
    });
});

test('processes that open and write one new file at once do not fail each other', async (t) => {
  const file = newFile(t);
  const write = `
    for (let n = 0; n < 20; n++) {
      const bootId = await store.bootStart(macOf(1), n);
      await store.requestsAppend([{ bootId, request: request('a') }]);
    }
    await store.close();
    say('done');`;
  const runs = await Promise.all(
    [1, 2, 3].map(async () => {
      const said: string[] = [];
      for await (const line of inAnotherProcess(t, file, write).lines) said.push(line);
      return said;
    }),
  );
  assert.deepEqual(runs, [['done'], ['done'], ['done']]);
  await using(file, async (store) => {
    assert.equal((await store.bootList(macOf(1), 99)).filter((b) => b.requests === 1).length, 60);
  });
});
