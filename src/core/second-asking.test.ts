import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSecondAsking } from './second-asking.ts';
import { addressAtFirst, mac, siteWith } from './testing/fake-site.ts';

const http = { protocol: 'http', path: 'a', at: 1000 } as const;
const tftp = { protocol: 'tftp', path: 'a', at: 1100 } as const;

test('by TFTP what was just asked by HTTP is asked a second time', () => {
  assert.ok(isSecondAsking(http, tftp));
  assert.ok(!isSecondAsking(undefined, tftp));
  assert.ok(!isSecondAsking(http, { ...tftp, path: 'b' }));
  assert.ok(!isSecondAsking(http, { ...tftp, at: 60_000 }));
  assert.ok(!isSecondAsking(http, { ...http, at: 1100 }));
  assert.ok(!isSecondAsking(tftp, { ...tftp, at: 1200 }));
});

test('who follows the phone is told of one boot, not two', async () => {
  const site = await siteWith();
  const path = `boot,like-1,phone-${mac}`;
  await site.ask(path, addressAtFirst, 'http');
  await site.ask(path, addressAtFirst, 'tftp');
  const boots = () =>
    site.events.filter((event) => event.kind === 'fact' && event.fact.kind === 'boot').length;
  assert.equal(boots(), 1);
  const requests = site.events.filter((event) => event.kind === 'request');
  assert.deepEqual(
    requests.map(({ request }) => request.protocol),
    ['http', 'tftp'],
  );
  await site.ask(path, addressAtFirst, 'tftp');
  assert.equal(boots(), 2);
});
