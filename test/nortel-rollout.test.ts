import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { runHere } from '../src/cli/testing/run-app.ts';
import type { RolloutPhone } from '../src/model/rollout.ts';
import { hookflash, temporaryFolder } from './hookflash-process.ts';
import { sipImage } from './ipcm-site.ts';
import {
  nortelRolloutSite,
  unistimImage,
  type NortelRolloutSite,
  type RolledPhone,
} from './nortel-rollout-site.ts';

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

const times = ['--steady', '0.5', '--retry-wait', '0.5', '--errors', '100', '--success', '0'];

/** State, cause, and image shown of each phone in its order. */
async function endsOf({ run }: NortelRolloutSite, phones: readonly RolloutPhone[]) {
  return Promise.all(
    phones.map(async ({ mac, state, cause }) => {
      const text = (await run('phone', 'show', mac, '--json')).join('');
      const { running } = JSON.parse(text) as { readonly running: string };
      return [state, cause, running] as const;
    }),
  );
}

const texts = ({ seen }: RolledPhone) => seen.map(({ text = '' }) => String(text));
const fetched = ({ seen }: RolledPhone) =>
  seen.flatMap(({ event, path }) => (event === 'request' ? [String(path)] : []));

describe('a rollout over sessions of UNIStim', { concurrency: true }, () => {
  test('offer: at-registration: reset in their turn, done when they are back on the image', async (t) => {
    const site = await nortelRolloutSite(t, {
      ...{ address: '127.48.0.1', offer: 'at-registration', patience: 0.05 },
      flags: [[], [], []],
    });
    const order: string[] = [];
    for (const { mac, twin } of site.phones)
      twin.each(({ text, path }) => {
        if (/told to reset/.test(String(text))) order.push(`${mac} reset`);
        if (path === '2004tftp.cfg') order.push(`${mac} SIP`);
      });
    const phones = await site.rollOut('--at-once', '1', ...times);
    const done = ['done', undefined, sipImage];
    assert.deepEqual(await endsOf(site, phones), [done, done, done]);
    const inTurn = phones
      .toSorted((a, b) => (a.askedAt ?? 0) - (b.askedAt ?? 0))
      .flatMap(({ mac }) => [`${mac} reset`, `${mac} SIP`]);
    assert.deepEqual(order, inTurn, 'one after the other, and nobody is asked twice');
    for (const phone of site.phones) {
      const files = ['CT12D97.bin', '0692D93.bin', '2004tftp.cfg', '2004sysConfig.dat'];
      assert.deepEqual(fetched(phone), files);
      const said = texts(phone);
      const reset = said.findIndex((text) => /told to reset \(soft\)/.test(text));
      const offered = said.findIndex((text) => text.startsWith('download of CT12D97.bin'));
      assert.ok(reset > 0 && offered > reset, 'nothing before its turn');
    }
    assert.deepEqual(site.problems, []);
  });

  test('offer: on-request: nobody presses, and nothing is heard: each by its cause', async (t) => {
    const site = await nortelRolloutSite(t, {
      ...{ address: '127.48.1.1', offer: 'on-request', patience: 0.03 },
      flags: [[], ['--fault', 'never-comes-back']],
    });
    const [nobody] = site.phones;
    const phones = await site.rollOut('--retries', '0', ...times);
    assert.deepEqual(await endsOf(site, phones), [
      ['failed', 'held-up', unistimImage],
      ['failed', 'never-came-back', unistimImage],
    ]);
    assert.ok(nobody && texts(nobody).some((text) => /told to reset/.test(text)));
    assert.deepEqual(fetched(nobody), []);
    const report = await hookflash('rollout', 'report', 'up', '--dir', site.dir);
    assert.match(report.out, /held-up,.*nobody has pressed FirmW yet/);
    const shown = (await site.run('phone', 'show', nobody.mac)).join('\n');
    assert.match(shown, /rollout-held-up/);
    assert.match(shown, /software-key-not-pressed/);
    assert.deepEqual(site.problems, []);
  });
});
