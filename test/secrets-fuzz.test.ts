import assert from 'node:assert/strict';
import { test } from 'node:test';
import { temporaryFolder } from './hookflash-process.ts';
import { fuzzSecrets } from './secrets-fuzz.ts';

test('10,000 attempts from wrong addresses bring no byte of a secret to light', async (t) => {
  const seed = Number(process.env.HOOKFLASH_SEED ?? Date.now() % 2 ** 31);
  t.diagnostic(`seed ${seed} (HOOKFLASH_SEED)`);
  const folder = await temporaryFolder(t);
  const { attempts, answered, bytes, failures } = await fuzzSecrets({
    ...{ attempts: 10_000, seed, folder },
  });
  t.diagnostic(`${attempts} attempts, ${answered} answered with a file, ${bytes} bytes looked at`);
  assert.deepEqual(failures, []);
  assert.ok(attempts >= 10_000 && answered > attempts / 10, 'files were served');
});

test('where every name is believed the same attempts do bring secrets to light', async (t) => {
  const folder = await temporaryFolder(t);
  const { failures } = await fuzzSecrets({
    ...{ attempts: 2000, seed: 1, folder, believesNames: true },
  });
  assert.ok(
    failures.some((failure) => failure.includes('" at ')),
    'a piece of a secret',
  );
  assert.ok(failures.length > 10);
});
