import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, test, type TestContext } from 'node:test';
import { sip75, sip812, up, type LastingFault, type PassingFault } from './fault-row.ts';
import { faultySite, type FaultySite } from './faulty-site.ts';
import { followCure, power } from './operator.ts';
import { fewestLasting, lastingFaults, passingFaults } from './upgrade-fault-rows.ts';
import { mac } from './virtual-site.ts';

/** A phone that is late is told of after minutes. */
const longRest = 20 * 60_000;
const mostBootsToForget = 2;

type Counts = Map<string, number>;

/** The site with the fault, after the boots that show it. */
async function faulty(row: LastingFault) {
  const site = await faultySite(row);
  await row.fault(site);
  let end = await site.boot(longRest);
  for (let boot = 1; boot < (row.boots ?? 3); boot++) end = await site.boot(longRest);
  return { site, end };
}

async function lasting(t: TestContext, row: LastingFault, counts: Counts): Promise<void> {
  const to = row.ends ?? row.to;
  const { site, end } = await faulty(row);
  const { findings, progress } = await site.state();
  const told = `${end.state} with ${end.image}: ${progress?.state}, ${progress?.reason}; ${findings
    .map(({ code }) => code)
    .join()}`;
  t.diagnostic(told);
  const named = findings.find(({ code }) => code === row.named);
  assert.ok(named, told);
  assertWhole(named);
  assert.ok(end.image !== to || progress?.state !== 'done', `nothing is wrong: ${told}`);

  await assertNeeded(row, to);
  const done = await followCure(site, named, end, to);
  t.diagnostic(`${named.code}: ${done.join(', ')}`);
  assert.deepEqual(done, row.by, named.cure);
  await assertForgotten(site, row.named);
  counts.set(row.named, (counts.get(row.named) ?? 0) + 1);
}

type Told = Awaited<ReturnType<FaultySite['state']>>['findings'][number];

function assertWhole({ code, text, consequence = '', cure = '' }: Told): void {
  for (const part of [text, consequence, cure]) assert.ok(part.length > 10, `${code}: "${part}"`);
  assert.ok(existsSync(new URL(`../docs/diagnoses/${code}.md`, import.meta.url)), code);
}

/** Without the cure it stays as it is, however often it is switched off and on. */
async function assertNeeded(row: LastingFault, to: string): Promise<void> {
  if (row.by.every((deed) => deed === 'power')) return;
  const { site } = await faulty(row);
  const { isThere } = await power(site, to);
  // A second server lets it come to its image, and takes it away again.
  const stays = isThere ? (await site.boot()).image === to : false;
  assert.equal(stays, false, `${row.name} needs no cure`);
}

/** The finding is gone when the phone has booted without trouble. */
async function assertForgotten(site: FaultySite, code: string): Promise<void> {
  for (let boot = 0; boot < mostBootsToForget; boot++) await site.boot();
  const { findings, progress } = await site.state();
  assert.equal(progress?.state, 'done');
  assert.ok(!findings.some((each) => each.code === code), `${code} stands`);
}

async function passing(row: PassingFault): Promise<void> {
  const site = await faultySite(row);
  await row.fault(site);
  const { isThere, cycles, end } = await power(site, row.ends ?? row.to);
  assert.ok(isThere, `${end.state} with ${end.image}`);
  assert.equal(cycles, row.boots);
  assert.deepEqual((await site.state()).findings.filter(isSerious), []);
}

function isSerious({ severity }: Told): boolean {
  return severity !== 'note';
}

describe('a fault is named and its cure, followed to the letter, brings the phone back', () => {
  const counts: Counts = new Map();
  for (const row of lastingFaults) test(row.name, (t) => lasting(t, row, counts));

  test('a table of them, as in docs/upgrades.md', async (t) => {
    const page = await readFile(new URL('../docs/upgrades.md', import.meta.url), 'utf8');
    const told = [...page.matchAll(/^\| \[`([a-z-]+)`\]\(diagnoses\S+ +\| (\d+) +\|/gm)];
    assert.deepEqual(
      told.map(([, code = '', count]) => `${code}: ${count}`).sort(),
      [...counts].map(([code, count]) => `${code}: ${count}`).sort(),
    );
    for (const [code, count] of [...counts].sort()) t.diagnostic(`${code}: ${count}`);
    const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
    t.diagnostic(`${all} faults that last, ${passingFaults.length} that pass by themselves`);
    assert.equal(all, lastingFaults.length);
    assert.ok(all >= fewestLasting);
    assert.equal(new Set(lastingFaults.map(({ name }) => name)).size, all);
  });
});

describe('a fault that passes by itself', () => {
  for (const row of passingFaults)
    test(`${row.name}: after ${row.boots} boots`, () => passing(row));
});

test('a loader without application is given what the library has whole, and goes on from there', async () => {
  const site = await faultySite(up);
  site.replace('P003-07-5-00');
  const missing = site.library.get(`${sip812}.sb2`)!;
  site.library.delete(`${sip812}.sb2`);
  for (let boot = 0; boot < 2; boot++) assert.equal((await site.boot()).image, undefined);
  const end = await site.boot();
  assert.deepEqual([end.state, end.image], ['idle', sip75]);
  const told = site.events.flatMap((event) =>
    event.kind === 'finding' && event.finding.code === 'in-loader' ? [event.finding.cure] : [],
  );
  assert.equal(told.length, 1);
  assert.ok(!(await site.state()).findings.some(({ code }) => code === 'in-loader'));
  site.library.set(`${sip812}.sb2`, missing);
  assert.equal((await power(site, sip812)).isThere, true);
});

test('a phone that nobody knows and that sits in its loader is told of with the command', async () => {
  const site = await faultySite(up);
  site.replace('P003-07-5-00');
  await site.store.phoneDelete(mac);
  for (let boot = 0; boot < 4; boot++) await site.boot();
  const told = site.events.filter(({ kind }) => kind === 'stranger');
  assert.equal(told.length, 1);
  assert.match(JSON.stringify(told), /in-loader.*phone add 02:00:00:00:00:01 --model 79/);
});
