import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { planSteps } from '../src/core/plan.ts';
import { cisco7900 } from '../src/families/cisco-7900/cisco-7900.ts';
import { imageName } from '../src/families/cisco-7900/image-name.ts';
import { steadyLoad } from '../src/families/cisco-7900/load-order.ts';
import type { PlanMode } from '../src/model/plan.ts';
import { realJourney } from './real-site.ts';
import { expectedCautiously, expectedDirectly } from './upgrade-matrix-expected.ts';
import { matrixPage, type Pair } from './upgrade-matrix-page.ts';
import { fromGroups, isIn, kindOf, matrixImages, table3 } from './upgrade-matrix-table.ts';
import { firmwareOf, journey, mac, pushed, type Files } from './virtual-site.ts';

const page = new URL('../docs/upgrade-matrix.md', import.meta.url);
const quirks = new URL('../docs/quirks.md', import.meta.url);
/** Pairs that go over real TFTP; the soak test takes all. */
const sampleSize = 40;

/** Every ordered pair of different images. */
const pairs = matrixImages.flatMap((from) =>
  matrixImages.filter((to) => to !== from).map((to) => [from, to] as const),
);

function hopsOf(from: string, to: string, mode: PlanMode): readonly string[] | undefined {
  const plan = planSteps(cisco7900, from, to, { mode });
  if (!plan.possible) return undefined;
  return plan.steps.map(({ image, procedure }) => `${image} by ${procedure}`);
}

test('table 3 has thirty rows, and every image but those of later releases is of table 2', () => {
  assert.equal(table3.length, 30);
  assert.equal(new Set(matrixImages).size, matrixImages.length);
  for (const image of matrixImages) {
    assert.ok(cisco7900.parseImage(image), image);
    assert.equal(fromGroups.filter((group) => isIn(group, kindOf(image))).length, 1, image);
  }
});

describe('plans', () => {
  for (const [mode, expected] of [
    ['direct', expectedDirectly],
    ['cautious', expectedCautiously],
  ] as const)
    test(`${mode}: table 3's procedure or a named deviation, for ${pairs.length} pairs`, () => {
      for (const [from, to] of pairs)
        assert.deepEqual(hopsOf(from, to, mode), expected(from, to).hops, `${from} to ${to}`);
    });

  test('every deviation is listed in docs/quirks.md', async () => {
    const text = await readFile(quirks, 'utf8');
    const named = new Set(
      pairs.flatMap(([from, to]) => [
        ...expectedDirectly(from, to).deviations,
        ...expectedCautiously(from, to).deviations,
      ]),
    );
    assert.ok(named.size >= 6);
    for (const name of named) assert.ok(text.includes(`\`${name}\``), name);
  });
});

/** What an operator who knows no rules would do: files of every protocol name the image. */
function folderNaming(image: string, firmware: Files): Files {
  const files = new Map<string, Uint8Array>(firmware);
  for (const protocol of ['SCCP', 'SIP', 'MGCP'] as const) {
    const order = { ...steadyLoad(image), protocol };
    const model = cisco7900.models.find(({ name }) => name === '7960')!;
    const { files: made } = cisco7900.render({ mac, model, settings: new Map(), order });
    for (const { path, content } of made) files.set(path, Buffer.from(content));
  }
  return files;
}

test('twins end where the plans say, and stay where they are without one', async (t) => {
  const firmware = firmwareOf(matrixImages);
  const results: Pair[] = [];
  for (const [from, to] of pairs) {
    const direct = expectedDirectly(from, to);
    const cautious = expectedCautiously(from, to);
    const pair = { from, to, direct, cautious };
    if (direct.hops === undefined) {
      const end = await pushed(from, folderNaming(to, firmware));
      assert.equal(end.image, from, `${from} pushed to ${to}`);
      results.push({ ...pair, end: { state: end.state, display: end.display } });
      const { end: served, progress } = await journey(from, to, firmware);
      assert.deepEqual([served.image, progress?.state], [from, 'stopped'], `${from} to ${to}`);
      continue;
    }
    await arrives(from, to, firmware, 'direct');
    if (cautious.hops?.length !== direct.hops.length) await arrives(from, to, firmware, 'cautious');
    results.push({ ...pair, end: { state: 'idle', display: '' } });
  }
  const text = matrixPage(results);
  if (process.env['UPDATE'] === '1') await writeFile(page, text);
  assert.equal(await readFile(page, 'utf8'), text, 'UPDATE=1 writes docs/upgrade-matrix.md anew');
  t.diagnostic(`${results.length} pairs`);
});

async function arrives(from: string, to: string, firmware: Files, mode: PlanMode): Promise<void> {
  const { end, progress, running, powerCycles } = await journey(from, to, firmware, mode);
  const told = `${mode} from ${from} to ${to}: ${progress?.state} ${progress?.reason}, ${powerCycles}`;
  assert.deepEqual(
    [end.image, end.state, progress?.state, running],
    [to, 'idle', 'done', to],
    told,
  );
}

test(`over real TFTP, ${sampleSize} pairs`, async () => {
  const firmware = firmwareOf(matrixImages);
  for (const [from, to] of sampled(pairs, sampleSize)) await realJourney(from, to, firmware);
});

/** The same ones every time, spread over all. */
function sampled<T>(all: readonly T[], count: number): readonly T[] {
  return Array.from({ length: count }, (_, index) => all[(index * 2_654_435_761) % all.length]!);
}

test('an image of every pair is in the library under its own name', () => {
  for (const image of matrixImages) assert.equal(imageName(image).canonical, image);
});
