import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { planSteps } from '../src/core/plan.ts';
import { ciscoJava } from '../src/families/cisco-java/cisco-java.ts';
import { firstNewKey, loadsFor, models, sip852 } from './java-matrix-loads.ts';
import { realJavaJourney } from './real-site.ts';
import { javaFirmwareOf, javaJourney, javaPushed, mac } from './virtual-site.ts';

/** By the rules of docs/quirks.md, cautiously: 8.5(2) between where a key changes. */
function expectedHops(loads: readonly string[], from: number, to: number): readonly string[] {
  const crossesUp = from < sip852 && to >= firstNewKey;
  const crossesDown = from >= firstNewKey && to < sip852;
  const own = loads[from]!.startsWith('SIP') ? loads[sip852]! : loads[sip852 + 1]!;
  return crossesUp || crossesDown ? [own, loads[to]!] : [loads[to]!];
}

for (const model of models)
  describe(`loads of the ${model.name} (${model.hardware})`, () => {
    const loads = loadsFor(model.hardware);
    const firmware = javaFirmwareOf(loads);
    const pairs = loads.flatMap((_, from) =>
      loads.flatMap((__, to) => (from === to ? [] : [[from, to] as const])),
    );

    test(`plans of ${pairs.length} pairs`, () => {
      for (const [from, to] of pairs) {
        const plan = planSteps(ciscoJava, loads[from]!, loads[to]!);
        assert.ok(plan.possible);
        assert.deepEqual(
          plan.steps.map(({ image }) => image),
          expectedHops(loads, from, to),
          `${loads[from]} to ${loads[to]}`,
        );
      }
    });

    test('virtual phones of which nothing is known get there', async () => {
      for (const [from, to] of pairs) {
        const [start, wanted] = [loads[from]!, loads[to]!];
        const { end, progress, running } = await javaJourney(model, start, wanted, firmware);
        assert.deepEqual(
          [end.image, end.state, progress?.state, running],
          [wanted, 'idle', 'done', wanted],
          `${start} to ${wanted}: ${end.display}, ${progress?.reason}`,
        );
      }
    });
  });

test('over real TFTP, one pair of each hardware that changes the key', async () => {
  for (const model of models) {
    const loads = loadsFor(model.hardware);
    await realJavaJourney(model, loads[2]!, loads.at(-1)!, javaFirmwareOf(loads));
  }
});

test('a phone that is pushed past 8.5(2) keeps what it had and says so', async () => {
  for (const model of models) {
    const loads = loadsFor(model.hardware);
    const firmware = javaFirmwareOf(loads);
    for (const from of loads.slice(0, sip852))
      for (const to of loads.slice(firstNewKey)) {
        const sep = `<device><loadInformation>${to}</loadInformation></device>`;
        const folder = new Map([...firmware, [`SEP${mac}.cnf.xml`, Buffer.from(sep)]]);
        const end = await javaPushed(model, from, folder);
        assert.equal(end.image, from, `${from} pushed to ${to}`);
        if (end.state === 'idle') assert.equal(end.display, model.authenticationFailure);
      }
  }
});

test('a load of other hardware, without signature or of boot code is no target', () => {
  for (const [to, code] of [
    ['SIP42.9-4-2SR3-1S', 'wrong-hardware'],
    ['SIP41.9-4-2SR3-1', 'unsigned-load'],
    ['term41.default', 'loader-is-no-target'],
  ] as const) {
    const plan = planSteps(ciscoJava, 'SIP41.8-5-2S', to);
    assert.ok(!plan.possible);
    assert.equal(plan.reason.code, code);
  }
});

test('only the vendor knows no key: it lets 8.3(3) go to 9.2(3), what is older goes by 8.5(2)', () => {
  const hops = (from: string) => {
    const plan = planSteps(ciscoJava, from, 'SIP41.9-2-3S', { mode: 'direct' });
    return plan.possible ? plan.steps.map(({ image }) => image) : [];
  };
  assert.deepEqual(hops('SIP41.8-3-3S'), ['SIP41.9-2-3S']);
  assert.deepEqual(hops('SIP41.8-3-2S'), ['SIP41.8-5-2S', 'SIP41.9-2-3S']);
});
