import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Mac } from '../wire/mac.ts';
import { serveWorkspace } from './serve.ts';
import { initWorkspace, openWorkspace } from './workspace.ts';

/** For what must not be told of. */
function refuse(told: unknown): never {
  throw new assert.AssertionError({ message: JSON.stringify(told) });
}

const clock = { now: () => Date.now(), after: () => () => undefined };

async function folder(t: TestContext): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'hookflash-'));
  t.after(() => rm(made, { recursive: true, force: true }));
  return made;
}

async function workspace(t: TestContext) {
  const dir = join(await folder(t), 'site');
  await initWorkspace(dir);
  const opened = await openWorkspace(dir, { onProblem: refuse });
  t.after(() => opened.close());
  return opened;
}

test('a workspace is made once, and a file of the operator is never overwritten', async (t) => {
  const dir = join(await folder(t), 'deep', 'site');
  await initWorkspace(dir);
  assert.deepEqual((await readdir(dir)).sort(), ['files', 'firmware', 'hookflash.yaml']);
  await assert.rejects(initWorkspace(dir), { code: 'workspace-exists' });
});

test('a folder without a workspace file is no workspace, and stays as it is', async (t) => {
  const dir = await folder(t);
  await assert.rejects(openWorkspace(dir, { onProblem: refuse }), {
    ...{ code: 'workspace-missing', message: /hookflash init/ },
  });
  assert.deepEqual(await readdir(dir), []);
});

test('what the files and the library hold is read anew', async (t) => {
  const { dir, firmware } = await workspace(t);
  assert.equal(await firmware('a.bin'), undefined);
  await writeFile(join(dir, 'firmware', 'a.bin'), 'image');
  assert.equal(Buffer.from((await firmware('A.BIN'))!).toString(), 'image');
});

test('settings come from the file and the phone, the phone last', async (t) => {
  const dir = join(await folder(t), 'site');
  await initWorkspace(dir);
  await writeFile(join(dir, 'hookflash.yaml'), 'settings:\n  name: all\n');
  const { layersFor, close } = await openWorkspace(dir, { onProblem: refuse });
  const phone = { mac: '020000000001' as Mac, family: 'x', model: 'y', labels: {} };
  const layers = layersFor({ ...phone, settings: { name: 'own' } });
  assert.deepEqual(
    layers.map(({ scope, values }) => [scope, values.name]),
    [
      ['fleet', 'all'],
      ['phone', 'own'],
    ],
  );
  await close();
});

const wrong: readonly (readonly [listen: string, code: string, message: RegExp])[] = [
  ['127.0.0.1', 'wrong-usage', /--tftp.*HOST:PORT/],
  ['192.0.2.250:6969', 'not-found', /192\.0\.2\.250:6969 is not an address of this machine/],
];

for (const [tftp, code, message] of wrong)
  test(`serving on ${tftp} is refused: ${code}`, async (t) => {
    const serving = serveWorkspace(await workspace(t), { tftp }, clock, refuse);
    await assert.rejects(serving, { code, message });
  });

test('a port that another server has is said so', async (t) => {
  const first = await serveWorkspace(await workspace(t), { tftp: '127.0.0.1:0' }, clock, refuse);
  t.after(() => first.stop());
  const tftp = first.listen.tftp!;
  await assert.rejects(serveWorkspace(await workspace(t), { tftp }, clock, refuse), {
    ...{ code: 'port-in-use', message: `another program listens on ${tftp}` },
  });
});
