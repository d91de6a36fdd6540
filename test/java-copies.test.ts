import assert from 'node:assert/strict';
import { test } from 'node:test';
import { java, java83, java85, java94 } from './fault-row.ts';
import { faultySite } from './faulty-site.ts';
import { power } from './operator.ts';
import { mac } from './virtual-site.ts';

const name = 'term41.default.loads';

test('the library has a default load of every release, and each phone is given its own', async () => {
  const site = await faultySite({ ...java, onLink: true });
  const copies = [...site.library.keys()].filter((path) => path.endsWith(name)).sort();
  assert.deepEqual(copies, [`jar41sip.8-5-2/${name}`, `jar41sip.9-4-2SR3-1/${name}`, name]);
  // The one at the top is of 8.3(3): boot code that nothing is known of comes by way of 8.5(2).
  site.replace('term41.default', '8-3-2');
  const { isThere, cycles } = await power(site, java94);
  // It has read its configuration when it proves 8.5(2): the next boot goes on.
  assert.deepEqual([isThere, cycles], [true, 2]);
  const components = site.events.flatMap((event) =>
    event.kind === 'request' && event.mac === mac && event.request.outcome === 'sent'
      ? (/^cnu41\.(.*)\.sbn$/.exec(event.request.path)?.[1] ?? [])
      : [],
  );
  assert.deepEqual(components, ['8-5-2', '9-4-2SR3-1']);
});

test('a phone that should run an older one is given that', async () => {
  const site = await faultySite({ model: '7941', from: java85, to: java83, onLink: true });
  site.replace('term41.default', '8-3-2');
  const { isThere, cycles } = await power(site, java83);
  assert.deepEqual([isThere, cycles], [true, 1]);
});
