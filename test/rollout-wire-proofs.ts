import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import { isUnderWay, type RolloutPhoneChange } from '../src/model/rollout.ts';
import { subnetOf, target, type WireRollout, type WireSite } from './rollout-wire-site.ts';

export type Caps = { readonly atOnce: number; readonly perSubnet: number };

/** What each fault may be called, by name of the fault. */
export type Causes = Readonly<Record<string, readonly string[]>>;

export const causes: Causes = {
  'refuses-image': ['refused-image'],
  'never-comes-back': ['never-came-back'],
  'boots-old-application': ['came-back-on-old'],
  flaps: ['flaps'],
};

/**
 * Where the server was away for a part of the story, it may have missed how it ended: what it did not
 * see it does not say.
 */
export const causesAfterKills: Causes = {
  'refuses-image': ['refused-image', 'came-back-on-old', 'did-not-restart'],
  'never-comes-back': ['never-came-back'],
  'boots-old-application': ['came-back-on-old', 'refused-image', 'flaps', 'never-came-back'],
  flaps: ['flaps', 'registers-no-more', 'never-came-back'],
};

/** From the decision to ask a phone until it is done or failed, as the store has it, in its order. */
export function assertCaps(site: WireSite, { history }: WireRollout, caps: Caps): Most {
  const underWay = new Set<string>();
  const most = { all: 0, subnet: 0 };
  for (const change of history) {
    if (isUnderWay(change)) underWay.add(change.mac);
    else underWay.delete(change.mac);
    const near = subnetOf(site, change.mac);
    const inSubnet = [...underWay].filter((mac) => subnetOf(site, mac) === near).length;
    most.all = Math.max(most.all, underWay.size);
    most.subnet = Math.max(most.subnet, inSubnet);
  }
  assert.ok(most.all <= caps.atOnce, `${most.all} at once`);
  assert.ok(most.subnet <= caps.perSubnet, `${most.subnet} in one subnet`);
  return most;
}

export type Most = { readonly all: number; readonly subnet: number };

/**
 * Each NOTIFY that a phone got, by its own record, was decided before by the server's; none came
 * after the phone had proved what it was asked for.
 */
export function assertNotifies(site: WireSite, rollouts: readonly WireRollout[]): void {
  const byMac = Map.groupBy(
    rollouts.flatMap(({ history }) => history),
    ({ mac }) => mac as string,
  );
  for (const { mac, notified } of site.storm.phones.values()) {
    const history = (byMac.get(mac) ?? []).toSorted((a, b) => a.at - b.at);
    const decisions = decisionsIn(history);
    const story = history.map(({ at, state, reason }) => `${at} ${state} ${reason}`).join('\n');
    const times = [...notified.values()].toSorted((a, b) => a - b);
    assert.ok(times.length <= decisions.length, `${mac} got ${times.length} NOTIFYs:\n${story}`);
    for (const [at, time] of times.entries()) {
      const decided = decisions[at]?.at ?? Infinity;
      assert.ok(decided <= time, `${mac}: ${time} is before its decision\n${story}`);
      const known = history.findLast(({ at: then }) => then <= time);
      const isProved = known === undefined || known.hop >= known.hops;
      assert.ok(!isProved, `${mac}: ${time} for what was proved\n${story}`);
    }
    for (const { hop, hops } of decisions) assert.ok(hop < hops, `${mac}: asked for nothing`);
  }
}

/** The first line of each decision to ask. */
function decisionsIn(history: readonly RolloutPhoneChange[]): readonly RolloutPhoneChange[] {
  return history.filter(
    ({ state, asked }, at) =>
      state === 'asked' && !history.slice(0, at).some((other) => isSame(other, asked)),
  );
}

function isSame(other: RolloutPhoneChange, asked: number): boolean {
  return other.state === 'asked' && other.asked === asked;
}

type ReportLine = Readonly<Record<'mac' | 'state' | 'cause' | 'reason', string>>;

/** What the reports of rollouts, one after the other, say of each phone in the end. */
export async function reported(
  site: WireSite,
  ...names: readonly string[]
): Promise<ReadonlyMap<string, ReportLine>> {
  const all = new Map<string, ReportLine>();
  for (const name of names) {
    const text = await site.run('rollout', 'report', name);
    const lines: ReportLine[] = parse(text, { columns: true });
    for (const line of lines)
      if (line.state === 'done' || line.state === 'failed') all.set(line.mac, line);
  }
  return all;
}

/** None is forgotten: every sound phone is done, every faulty one is named with a cause. */
export function assertNamed(
  site: WireSite,
  report: ReadonlyMap<string, ReportLine>,
  allowed: Causes,
): void {
  for (const { mac, fault } of site.storm.phones.values()) {
    const { state, cause = '', reason } = report.get(mac) ?? {};
    const told = `${mac} ${fault ?? 'sound'}: ${state ?? 'forgotten'} ${cause}, ${reason ?? ''}`;
    assert.equal(state, fault === undefined ? 'done' : 'failed', told);
    if (fault !== undefined) assert.ok(allowed[fault]?.includes(cause), told);
  }
}

/** By the phones' own flash, once they were switched off. */
export function assertImages(site: WireSite): void {
  for (const { mac, fault, end } of site.storm.phones.values()) {
    if (fault !== undefined) continue;
    assert.deepEqual([end?.state, end?.image], ['idle', target], mac);
  }
}
