import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { runHere } from '../src/cli/testing/run-app.ts';
import { temporaryFolder } from './hookflash-process.ts';

test('the preview of a rollout tells the hops and the risk of phones with UNIStim', async (t) => {
  const dir = join(await temporaryFolder(t), 'site');
  const run = async (...words: readonly string[]) => {
    const { code, out, err } = await runHere(...words);
    assert.equal(code, 0, `${words.join(' ')}: ${err.join()}`);
    return out.join('\n');
  };
  await run('init', dir);
  const images = ['CT12D97', '0692D93c08', '0604D98'];
  await run('firmware', 'synth', ...images, '--out', join(dir, 'firmware'));
  for (const [mac, running] of [
    ['020000000001', '0604D98'],
    ['020000000002', '0692D93c08'],
  ] as const) {
    const words = ['--model', '2004', '--image', running, '--running', running];
    await run('phone', 'add', mac, ...words, '--dir', dir);
  }
  const out = await run('rollout', 'create', 'up', '--image', '0692D93c08', '--dir', dir);
  assert.match(out, /02:00:00:00:00:01 +2004 +1 +0604D98 +CT12D97, 0692D93c08 .* medium/);
  assert.doesNotMatch(out, /02:00:00:00:00:02 .*CT12D97/);
});
