import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { GroupRule } from '../../model/rollout.ts';
import { groupPhones } from './groups.ts';
import { phone } from './testing/words.ts';

const many = Array.from({ length: 100 }, (_, n) =>
  phone(n, {
    model: n < 2 ? 'U' : 'T',
    labels: { floor: String(n % 3), site: n % 2 === 0 ? 'b' : 'a', group: 'x,night' },
  }),
);

function sizes(...rules: readonly GroupRule[]): readonly string[] {
  const { names, groupOf } = groupPhones(rules, many);
  assert.equal(groupOf.size, many.length, 'every phone has a group');
  return names.map((name, index) => {
    const count = [...groupOf.values()].filter((group) => group === index).length;
    return `${name}: ${count}`;
  });
}

describe('groups', () => {
  const rows: readonly (readonly [string, readonly GroupRule[], readonly string[]])[] = [
    ['none', [], ['all: 100']],
    ['canaries', [{ kind: 'count', count: 5 }], ['5 of 100: 5', 'the rest: 95']],
    [
      'shares add up',
      [10, 50, 100].map((percent) => ({ kind: 'percent', percent })),
      ['up to 10 %: 10', 'up to 50 %: 40', 'up to 100 %: 50'],
    ],
    [
      'a share after canaries counts them',
      [
        { kind: 'count', count: 5 },
        { kind: 'percent', percent: 10 },
      ],
      ['5 of 100: 5', 'up to 10 %: 5', 'the rest: 90'],
    ],
    ['by label', [{ kind: 'label', label: 'floor', value: '2' }], ['floor=2: 33', 'the rest: 67']],
    [
      'a label with several values',
      [{ kind: 'label', label: 'group', value: 'night' }],
      ['group=night: 100'],
    ],
    ['each site', [{ kind: 'each', label: 'site' }], ['site=a: 50', 'site=b: 50']],
    ['a label that nobody has', [{ kind: 'each', label: 'zone' }], ['all: 100']],
  ];
  for (const [title, rules, expected] of rows)
    test(title, () => assert.deepEqual(sizes(...rules), expected));

  test('each kind of phone is among the canaries, and always the same ones', () => {
    const rules = [{ kind: 'count', count: 2 }] as const;
    const canaries = (phones: typeof many) => {
      const { groupOf } = groupPhones(rules, phones);
      return phones.filter(({ mac }) => groupOf.get(mac) === 0);
    };
    const first = canaries(many);
    assert.deepEqual(new Set(first.map(({ model }) => model)), new Set(['T', 'U']));
    const macs = (phones: typeof many) => phones.map(({ mac }) => mac).sort();
    assert.deepEqual(macs(canaries(many.toReversed())), macs(first));
  });
});
