import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planSteps } from '../src/core/plan.ts';
import { families } from '../src/families/index.ts';
import { firmwareOf, journey } from './virtual-site.ts';

const family = families[0]!;

/** One or more of every generation and protocol of the upgrade matrix's table 2, and 8.x. */
const images = [
  'P0030301MFG2',
  'P00303020600',
  'P00305000200',
  'P00306000100',
  'P00308000900',
  'P0S30200',
  'P0S30202',
  'P0S3-03-0-00',
  'P0S3-04-4-00',
  'P0S3-05-1-00',
  'P0S3-06-3-00',
  'P0S3-07-5-00',
  'P0S3-08-12-00',
  'P0M3-04-2-00',
  'P0M3-06-1-00',
  'P0M3-07-4-00',
] as const;

const firmware = firmwareOf([...images, 'P0M3-06-3-00', 'P00305000500']);

for (const from of images)
  test(`a phone with ${from} reaches every image that the plan says it can`, async (t) => {
    for (const to of images)
      await t.test(to, async () => {
        const { possible } = planSteps(family, from, to);
        const { end, progress, running, powerCycles } = await journey(from, to, firmware);
        const told = `${progress?.state ?? 'no plan'}: ${progress?.reason ?? ''}; ${powerCycles} power cycles`;
        assert.equal(end.image, possible ? to : from, told);
        if (!possible) return assert.equal(progress?.state, 'stopped', told);
        assert.equal(end.state, 'idle', told);
        assert.equal(progress?.state, 'done', told);
        assert.equal(running, to, told);
      });
  });
