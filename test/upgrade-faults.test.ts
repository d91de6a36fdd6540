import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { faultySite, type FaultySite } from './faulty-site.ts';
import { mac } from './virtual-site.ts';
import { faultRows } from './upgrade-fault-rows.ts';
import { sip75, sip812, type FaultRow } from './upgrade-file-faults.ts';

const mostCycles = 5;
/** A phone that is late is told of after minutes. */
const longRest = 20 * 60_000;

async function follow(t: TestContext, row: FaultRow): Promise<void> {
  const site = await faultySite(row.from, row.to);
  await row.fault(site);
  for (let boot = 0; boot < (row.boots ?? 3); boot++) {
    const end = await site.boot(longRest);
    t.diagnostic(`${end.state} with ${end.image ?? 'nothing'}: ${end.because ?? end.display}`);
  }
  const { findings, progress } = await site.state();
  const serious = findings.filter(({ severity }) => severity !== 'note');
  const told = `${progress?.state}: ${progress?.reason}; ${serious.map(({ code }) => code).join()}`;
  t.diagnostic(told);
  if (row.named === undefined) assert.deepEqual(serious, [], told);
  else {
    const found = serious.find(({ code }) => code === row.named);
    assert.ok(found, told);
    assert.match(found.cure ?? '', row.cure ?? /./);
  }
  site.faults = [];
  await row.mend?.(site);
  if (progress?.state === 'stopped') await site.want(row.ends ?? row.to);
  await assertThere(site, row.ends ?? row.to);
}

async function assertThere(site: FaultySite, to: string): Promise<void> {
  for (let cycle = 0; ; cycle++) {
    const end = await site.boot();
    const { progress, findings } = await site.state();
    const isThere = end.state === 'idle' && progress?.state === 'done';
    if (!isThere && cycle < mostCycles) continue;
    const told = `${end.state} with ${end.image}: ${progress?.state}, ${progress?.reason}`;
    assert.ok(isThere, `${told}; ${findings.map(({ code }) => code).join()}`);
    assert.equal(end.image, to, told);
    return;
  }
}

describe('a fault is named and its cure brings the phone back', () => {
  for (const row of faultRows) test(row.name, (t) => follow(t, row));
});

test('a loader without application is given what the library has whole, and goes on from there', async () => {
  const site = await faultySite(sip75, sip812);
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
  await assertThere(site, sip812);
});

test('a phone that nobody knows and that sits in its loader is told of with the command', async () => {
  const site = await faultySite(sip75, sip812);
  site.replace('P003-07-5-00');
  await site.store.phoneDelete(mac);
  for (let boot = 0; boot < 4; boot++) await site.boot();
  const told = site.events.filter(({ kind }) => kind === 'stranger');
  assert.equal(told.length, 1);
  assert.match(JSON.stringify(told), /in-loader.*phone add 02:00:00:00:00:01 --model 79/);
});
