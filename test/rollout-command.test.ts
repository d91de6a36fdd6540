import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { hookflash, startHookflash, temporaryFolder } from './hookflash-process.ts';

const mac = '00:11:22:33:44:55';

test('a rollout is planned, carried out by serve as far as it can be, told and forgotten', async (t) => {
  const dir = join(await temporaryFolder(t), 'site');
  const run = async (...args: readonly string[]) => hookflash(...args, '--dir', dir);
  await hookflash('init', dir);
  for (const [address, image] of [
    [mac, 'P0S3-07-4-00'],
    ['00:11:22:33:44:56', 'P00308000400'],
  ] as const)
    await run('phone', 'add', address, '--model', '7960', '--running', image);
  await hookflash('firmware', 'synth', 'P0S3-8-12-00', '--out', join(dir, 'firmware'));
  const list = join(dir, 'macs.txt');
  await writeFile(list, `# two phones\n${mac}, 0011.2233.4456\n`);

  const wish = ['--image', 'P0S3-8-12-00', '--macs', list, '--retries', '0'];
  const dry = await run('rollout', 'create', 'eight', ...wish, '--dry-run', '--json');
  const { phones } = JSON.parse(dry.out) as { phones: readonly { refusal?: { code: string } }[] };
  assert.deepEqual(
    phones.map(({ refusal }) => refusal?.code),
    [undefined, 'no-notify'],
  );
  assert.match((await run('rollout', 'list')).out, /No rollouts yet/);

  assert.equal((await run('rollout', 'create', 'eight', ...wish)).code, 0);
  const again = await run('rollout', 'create', 'nine', ...wish);
  assert.match(again.out, /in-another-rollout: the rollout eight has it/);
  assert.equal(again.code, 1);
  const wrong = await run('rollout', 'resume', 'eight');
  assert.match(wrong.err, /eight is created: resume is for rollouts that are paused/);
  const secret = await run('rollout', 'create', 'x', '--set', 'line1_password=a');
  assert.match(secret.err, /line1_password is a secret/);

  const noted = await run('rollout', 'start', 'eight');
  assert.match(noted.out, /start is noted: hookflash serve takes it up when it runs/);
  const server = startHookflash(t, 'serve', '--tftp', '127.0.0.1:0', '--dir', dir);
  await server.line(({ event, state }) => event === 'rollout' && state === 'failed');
  await server.line(({ event, state }) => event === 'rollout' && state === 'paused');
  const shown = await run('rollout', 'show', 'eight', '--watch');
  assert.equal(shown.code, 1);
  assert.match(
    shown.out,
    /eight is paused: 1 of 1 phones of group 1 \(all\) failed, more than 5 %/,
  );
  assert.match(shown.out, /00:11:22:33:44:55 {2}unreachable: it could not be reached/);
  assert.match((await run('phone', 'show', mac)).out, /rollout-unreachable/);
  const resumed = await run('rollout', 'resume', 'eight');
  assert.match(resumed.out, /eight is done/, 'serve takes it up at once');
  assert.equal(await server.end(), 0);

  const report = await run('rollout', 'report', 'eight');
  assert.match(report.out, /^mac,group,state,cause,/);
  assert.match(
    report.out,
    /001122334455,1,failed,unreachable,it could not be reached,P0S3-07-4-00/,
  );
  assert.match((await run('rollout', 'remove', 'eight')).out, /eight is removed/);
  assert.equal((await run('rollout', 'show', 'eight')).code, 1);
});
