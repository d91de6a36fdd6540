import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '../src/twin/seeded-random.ts';
import { temporaryFolder } from './hookflash-process.ts';
import {
  assertCaps,
  assertImages,
  assertNamed,
  assertNotifies,
  causes,
  causesAfterKills,
  reported,
  type Caps,
} from './rollout-wire-proofs.ts';
import { target, wireSite, type WirePlan, type WireSite } from './rollout-wire-site.ts';

export type StoryPlan = WirePlan &
  Caps & {
    /** Phones of the first group. */
    readonly canary: number;
    readonly kills: number;
    /** Milliseconds between the start of a server and its kill, at the most. */
    readonly mostBetween: number;
  };

/** An operator's words; times in seconds, short as the phones' are. */
function wish({ atOnce, perSubnet }: Caps): readonly string[] {
  const caps = ['--at-once', String(atOnce), '--per-subnet', String(perSubnet)];
  return ['--image', target, ...caps, '--steady', '0.5', '--retry-wait', '1'];
}

/** Resolves when it is over or waits for a person. */
async function untilRest(site: WireSite, name: string): Promise<string> {
  await site.run('rollout', 'show', name, '--watch');
  return (await site.rollout(name)).state;
}

/** The canaries of a careful rollout stop it; a bolder one takes all others to the image. */
export async function canariesStopIt(t: TestContext, plan: StoryPlan): Promise<void> {
  const site = await wireSite(t, plan);
  const careful = ['--canary', String(plan.canary), '--errors', '1', '--retries', '8'];
  await site.run('rollout', 'create', 'careful', ...wish(plan), ...careful);
  await site.run('rollout', 'start', 'careful');
  assert.equal(await untilRest(site, 'careful'), 'paused');
  const { reason, phones } = await site.rollout('careful');
  const name = `group 1 \\(${plan.canary} of ${plan.phones}\\)`;
  assert.match(reason, new RegExp(`^\\d+ of \\d+ phones of ${name} failed, more than 1 %$`));
  await site.run('rollout', 'abort', 'careful');
  await untilNobodyIsUnderWay(site, 'careful');
  const asked = phones
    .filter(({ group }) => group > 0)
    .map(({ mac }) => site.storm.phones.get(mac));
  assert.equal(asked.length, plan.phones - plan.canary);
  for (const phone of asked) assert.equal(phone?.notified.size, 0, 'nobody but canaries');

  const list = join(await temporaryFolder(t), 'others.txt');
  const seen = await reported(site, 'careful');
  const others = [...site.storm.phones.keys()].filter((mac) => !seen.has(mac));
  await writeFile(list, others.join('\n'));
  const bold = ['--macs', list, '--errors', '100', '--success', '0', '--retries', '8'];
  await site.run('rollout', 'create', 'bold', ...wish(plan), ...bold);
  await rm(list);
  await site.run('rollout', 'start', 'bold');
  assert.equal(await untilRest(site, 'bold'), 'done');
  const rollouts = [await site.rollout('careful'), await site.rollout('bold')];
  const report = await reported(site, 'careful', 'bold');
  const [, most] = rollouts.map((rollout) => assertCaps(site, rollout, plan));
  t.diagnostic(
    `${others.length} phones, at most ${most?.all} at once, ${most?.subnet} in a subnet`,
  );
  await site.end();
  assertNamed(site, report, causes);
  assertNotifies(site, rollouts);
  // A phone that a busy machine kept from its files comes back on the old image and is asked again.
  const again = [...site.storm.phones.values()].filter(({ notified }) => notified.size > 1);
  t.diagnostic(`${again.length} phones were asked more than once`);
  assertImages(site);
  assert.deepEqual(site.problems, []);
}

async function untilNobodyIsUnderWay(site: WireSite, name: string): Promise<void> {
  for (;;) {
    const { phones } = await site.rollout(name);
    if (!phones.some(({ state }) => ['asked', 'restarting', 'upgrading', 'back'].includes(state)))
      return;
    await delay(200);
  }
}

/** The server is killed at random moments of the rollout of them all. */
export async function killsChangeNothing(t: TestContext, plan: StoryPlan): Promise<void> {
  const site = await wireSite(t, plan);
  const bold = ['--errors', '100', '--success', '0', '--retries', '8'];
  await site.run('rollout', 'create', 'all', ...wish(plan), ...bold);
  await site.run('rollout', 'start', 'all');
  const ended = new AbortController();
  const over = untilRest(site, 'all').finally(() => ended.abort());
  // It may fail while nobody waits for it, and is waited for at the end.
  over.catch(() => undefined);
  const random = seededRandom(plan.seed);
  let kills = 0;
  while (kills < plan.kills && !ended.signal.aborted) {
    await Promise.race([delay(Math.floor(random() * plan.mostBetween)), over]);
    await site.kill();
    kills++;
  }
  const { phones } = await site.rollout('all');
  const finished = phones.filter(({ state }) => state === 'done' || state === 'failed').length;
  t.diagnostic(`killed ${kills} times; ${finished} of ${phones.length} were finished by then`);
  assert.equal(await over, 'done');
  const rollout = await site.rollout('all');
  const report = await reported(site, 'all');
  const most = assertCaps(site, rollout, plan);
  const notified = [...site.storm.phones.values()].reduce(
    (sum, each) => sum + each.notified.size,
    0,
  );
  t.diagnostic(`at most ${most.all} at once, ${most.subnet} in a subnet; ${notified} NOTIFYs`);
  await site.end();
  assertNamed(site, report, causesAfterKills);
  assertNotifies(site, [rollout]);
  assertImages(site);
}
