import { shelf, shelfFile } from './firmware/testing/shelf.ts';
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { PhoneFamily } from '../model/family.ts';
import type { PlanMode, Refusal } from '../model/plan.ts';
import { planSteps } from './plan.ts';
import { fakeFamily, familyOfSteps } from './testing/fake-family.ts';

type Edges = Readonly<Record<string, readonly string[]>>;

/** The images of the hops, or the code of the reason. */
function hops(edges: Edges, intermediates: readonly string[], from = 'a', to = 'z') {
  const family = familyOfSteps(new Map(Object.entries(edges)), intermediates);
  const plan = planSteps(family, from, to);
  return plan.possible ? plan.steps.map(({ image }) => image) : plan.reason.code;
}

test('the direct step is taken where there is one', () => {
  assert.deepEqual(hops({ a: ['b', 'z'], b: ['z'] }, ['b']), ['z']);
});

test('else the shortest way through the intermediates', () => {
  const edges = { a: ['b', 'd'], b: ['c'], c: ['z'], d: ['z'] };
  assert.deepEqual(hops(edges, ['b', 'c', 'd']), ['d', 'z']);
});

test('of several that are as short, the one whose images come first in the list', () => {
  const edges = { a: ['b', 'c'], b: ['z'], c: ['z'] };
  assert.deepEqual(hops(edges, ['b', 'c']), ['b', 'z']);
  assert.deepEqual(hops(edges, ['c', 'b']), ['c', 'z']);
});

test('images that are no intermediates are not passed through', () => {
  assert.equal(hops({ a: ['b'], b: ['z'] }, ['c']), 'no-step');
});

test('where no way leads there, the reason is the rule against the direct step', () => {
  const plan = planSteps(fakeFamily, '1', '9');
  const reason = { code: 'too-far', text: '1 to 9 is not one step' };
  assert.deepEqual(plan, { possible: false, reason, rules: [reason] });
});

test('rings are no trap', () => {
  assert.equal(hops({ a: ['b'], b: ['c', 'a'], c: ['b', 'a'] }, ['a', 'b', 'c']), 'no-step');
});

test('an image is there already, however its name is written', () => {
  assert.deepEqual(planSteps(fakeFamily, '3', '3'), { possible: true, steps: [] });
  assert.deepEqual(planSteps(fakeFamily, '+3', '3'), { possible: true, steps: [] });
  assert.deepEqual(planSteps(fakeFamily, '3', '+3'), { possible: true, steps: [] });
});

test('a name that is none is said, with the models', () => {
  for (const [from, to] of [
    ['bad', '3'],
    ['3', 'bad'],
  ] as const) {
    const plan = planSteps(fakeFamily, from, to);
    assert.ok(!plan.possible);
    assert.equal(plan.reason.code, 'unknown-image');
    assert.match(plan.reason.text, /"bad".*T/);
  }
});

const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'z'] as const;
const letter = fc.constantFrom(...letters);
const graph = fc
  .array(fc.tuple(letter, letter), { maxLength: 25 })
  .map((pairs) => Map.groupBy(pairs, ([from]) => from))
  .map((groups) => new Map([...groups].map(([from, to]) => [from, to.map(([, each]) => each)])));
const order = fc.shuffledSubarray([...letters]);

test('every plan leads from one image to the other by allowed steps, and none is shorter', () => {
  fc.assert(
    fc.property(graph, order, letter, letter, (edges, intermediates, from, to) => {
      const family = familyOfSteps(edges, intermediates);
      const plan = planSteps(family, from, to);
      const shortest = distance(edges, intermediates, from, to);
      assert.equal(plan.possible, shortest !== undefined);
      if (!plan.possible) return;
      assert.equal(plan.steps.length, shortest);
      let at: string = from;
      for (const { image } of plan.steps) {
        assert.ok(
          edges.get(at as typeof from)?.includes(image as typeof from),
          `${at} to ${image}`,
        );
        at = image;
      }
      assert.equal(at, to);
      const passed = plan.steps.slice(0, -1).map(({ image }) => image);
      for (const image of passed) assert.ok(intermediates.includes(image as typeof from));
      assert.deepEqual(planSteps(family, from, to), plan);
    }),
  );
});

/** Steps of the shortest way, by relaxing every edge as often as there are images. */
function distance(
  edges: ReadonlyMap<string, readonly string[]>,
  intermediates: readonly string[],
  from: string,
  to: string,
): number | undefined {
  const steps = new Map([[from, 0]]);
  for (const _round of letters)
    for (const [a, targets] of edges)
      for (const b of targets) {
        const mayPass = a === from || intermediates.includes(a);
        const there = (steps.get(a) ?? Infinity) + 1;
        if (mayPass && there < (steps.get(b) ?? Infinity)) steps.set(b, there);
      }
  return steps.get(to);
}

describe('with a library', () => {
  const steps = { a: ['b', 'z'], b: ['z'] };

  /** Only `direct` lets `a` go to `z` in one step; firmware is named like the image. */
  function family(): PhoneFamily {
    const plain = familyOfSteps(new Map(Object.entries(steps)), ['b']);
    return {
      ...plain,
      step(from, to, mode) {
        const step = plain.step(from, to, mode);
        if ('code' in step) return step;
        const isField = from.key === 'a' && to.key === 'z' && mode === 'cautious';
        return isField
          ? { code: 'b-first', text: 'b must come first' }
          : { ...step, firmware: [`${to.key}.img`] };
      },
    };
  }

  function way(files: readonly string[] | undefined, mode: PlanMode = 'cautious') {
    const plan = planSteps(family(), 'a', 'z', {
      mode,
      ...(files && { library: shelf(...files.map((name) => shelfFile(name))) }),
    });
    assert.ok(plan.possible);
    return { images: plan.steps.map(({ image }) => image).join(' '), preferred: plan.preferred };
  }

  test('the cautious way is taken where its images are there, in any letter case', () => {
    assert.deepEqual(way(undefined), { images: 'b z', preferred: undefined });
    assert.deepEqual(way(['B.IMG', 'z.img']), { images: 'b z', preferred: undefined });
  });

  test('else one that the library can serve, with what would be safer and why', () => {
    assert.deepEqual(way(['z.img']), {
      images: 'z',
      preferred: {
        images: ['b', 'z'],
        lacks: ['b.img'],
        rule: { code: 'b-first', text: 'b must come first' },
      },
    });
  });

  test('where no way can be served the cautious one is planned', () => {
    assert.deepEqual(way([]), { images: 'b z', preferred: undefined });
    assert.deepEqual(way(['b.img']), { images: 'b z', preferred: undefined });
  });

  test('directly no field rule counts', () => {
    assert.deepEqual(way(['z.img', 'b.img'], 'direct'), { images: 'z', preferred: undefined });
  });
});

test('no way names the rules that every way meets', () => {
  const family = familyOfSteps(new Map([['a', ['b']]]), ['b']);
  const each = (from: string): Refusal => ({ code: `rule-of-${from}`, text: '' });
  const plan = planSteps(
    {
      ...family,
      step: (from, to, mode) => (to.key === 'z' ? each(from.key) : family.step(from, to, mode)),
    },
    'a',
    'z',
  );
  assert.ok(!plan.possible);
  assert.deepEqual(
    plan.rules.map(({ code }) => code),
    ['rule-of-a', 'rule-of-b'],
  );
});
