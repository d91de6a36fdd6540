import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadOf, settingsOnly, steadyLoad } from './load-order.ts';

test('an order that names less is an order to load nothing there', () => {
  assert.deepEqual(loadOf({ protocol: 'SIP' }), {
    ...{ protocol: 'SIP', image: '', os79xx: '', xmlDefault: '' },
  });
});

test('what stands in an order is read back', () => {
  const load = { protocol: 'SIP', image: 'a', os79xx: 'b', xmlDefault: 'c' } as const;
  assert.deepEqual(loadOf(load), load);
});

test('OS79XX.TXT names the loader of an image that has one, else the image', () => {
  const rows = [
    ['P0S3-04-4-00', 'P0S3-04-4-00'],
    ['P0S3-8-12-00', 'P003-8-12-00'],
    ['P0M3-07-4-00', 'P003-07-4-00'],
    ['P00308000900', 'P00308000900'],
    ['POS3-8-12-00', 'P003-8-12-00'],
  ] as const;
  for (const [image, named] of rows) assert.equal(steadyLoad(image).os79xx, named, image);
});

test('settings alone are of the protocol that a phone speaks, where it is known', () => {
  assert.deepEqual(settingsOnly('P0M3-04-4-99'), {
    ...{ protocol: 'MGCP', image: '', os79xx: '', xmlDefault: '' },
  });
  assert.equal(settingsOnly('P003-07-5-99'), undefined);
  assert.equal(settingsOnly(undefined), undefined);
});
