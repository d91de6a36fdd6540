import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Mac } from '../../wire/mac.ts';
import { type Evidence, evidenceKinds, type EvidenceKind } from './evidence.ts';
import { weigh } from './weigh.ts';

const a = '0200000000AA' as Mac;
const b = '0200000000BB' as Mac;
const kinds = Object.keys(evidenceKinds) as EvidenceKind[];

const evidence = fc.array(
  fc.record({ kind: fc.constantFrom(...kinds), mac: fc.constantFrom(a, b) }),
);

function of(...list: readonly (readonly [EvidenceKind, Mac])[]): readonly Evidence[] {
  return list.map(([kind, mac]) => ({ kind, mac }));
}

test('what holds an address, what is only said there, and both', () => {
  const table: readonly (readonly [
    Evidence[] | readonly Evidence[],
    Mac | undefined,
    boolean,
    boolean,
  ])[] = [
    // evidence, who it is, verified, verified in a trusted network
    [[], undefined, false, false],
    [of(['file-name', a]), a, false, true],
    [of(['earlier-request', a]), a, false, true],
    [of(['register', a], ['file-name', a], ['earlier-request', a]), a, false, true],
    [of(['lease', a]), a, true, true],
    [of(['neighbour', a], ['file-name', a]), a, true, true],
    [of(['lease', a], ['neighbour', a], ['file-name', a]), a, true, true],
    // B's holder asks for A's file.
    [of(['lease', b], ['file-name', a]), b, false, false],
    [of(['neighbour', b], ['file-name', a]), b, false, false],
    [
      of(['neighbour', b], ['file-name', a], ['register', a], ['earlier-request', a]),
      b,
      false,
      false,
    ],
    // One of the two is wrong.
    [of(['lease', b], ['neighbour', a]), b, false, false],
    [of(['lease', b], ['neighbour', a], ['file-name', a]), a, false, false],
    [of(['lease', b], ['neighbour', a], ['file-name', b]), b, false, false],
    // What was said there before takes nothing from who holds it now.
    [of(['lease', b], ['earlier-request', a], ['register', a]), b, true, true],
    [of(['switch-port', a]), a, false, true],
  ];
  for (const [list, mac, verified, trusted] of table) {
    const words = JSON.stringify(list);
    assert.equal(weigh(list, false).mac, mac, words);
    assert.equal(weigh(list, false).verified, verified, words);
    assert.equal(weigh(list, true).verified, trusted, words);
  }
});

test('contradictions lower the score, and the reasons say so', () => {
  const agreed = weigh(of(['lease', a], ['file-name', a]), false);
  const lease = weigh(of(['lease', a]), false);
  const contradicted = weigh(of(['lease', a], ['file-name', b]), false);
  assert.deepEqual([agreed.score, lease.score, contradicted.score], [96, 90, 36]);
  assert.deepEqual(contradicted.reasons, [
    'lease of this server',
    'but MAC in the file name: 02:00:00:00:00:BB',
  ]);
});

test('nobody is verified whom a lease or the neighbour table contradicts, in any network', () => {
  fc.assert(
    fc.property(evidence, fc.boolean(), (list, trusted) => {
      const { mac, verified, score, reasons, holder } = weigh(list, trusted);
      assert.ok(score >= 0 && score <= 100);
      assert.equal(reasons.length, list.length);
      const holds = list.filter(({ kind }) => evidenceKinds[kind].holds);
      const others = holds.filter((each) => each.mac !== mac);
      if (verified) assert.equal(others.length, 0);
      if (verified && !trusted) assert.ok(holds.length > 0);
      if (verified && holds.length > 0) assert.equal(holder, mac);
      const named = list.filter(({ kind }) => kind === 'file-name');
      if (verified && holds.length > 0) assert.ok(named.every((each) => each.mac === mac));
      // The order in which things are known changes nothing.
      const turned = weigh(list.toReversed(), trusted);
      assert.deepEqual([turned.mac, turned.verified, turned.score], [mac, verified, score]);
    }),
  );
});

test('every kind of evidence says its source', () => {
  for (const { source, text, score } of Object.values(evidenceKinds)) {
    assert.ok(source.length > 10 && text.length > 5);
    assert.ok(score > 0 && score < 100);
  }
});
