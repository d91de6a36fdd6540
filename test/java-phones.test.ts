import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ProvisionEvent } from '../src/core/asking.ts';
import type { Clock } from '../src/core/clock.ts';
import { createIdentifier } from '../src/core/identify.ts';
import { phoneFrom, type PhoneDraft } from '../src/core/inventory.ts';
import { createProvisioner } from '../src/core/provision.ts';
import type { Tree } from '../src/core/view.ts';
import { families } from '../src/families/index.ts';
import { memoryStore } from '../src/store/memory.ts';
import { parseMac } from '../src/wire/mac.ts';

const mac = parseMac('0025459538B5');
const load = 'SIP42.9-4-2SR3-1S';
const address = '192.0.2.77';

const clock: Clock = { now: () => 1_000_000, after: () => () => undefined };

type Files = Readonly<Record<string, string | Uint8Array>>;

function tree(files: Files): Tree {
  const found = new Map(
    Object.entries(files).map(([name, content]) => [
      name.toLowerCase(),
      { name, bytes: Buffer.from(content) },
    ]),
  );
  return { read: (path) => Promise.resolve(found.get(path.toLowerCase())) };
}

/** A server that knows one phone; `ask` returns the text that it is given. */
async function site(draft: Omit<PhoneDraft, 'mac' | 'model'>, handMade: Files = {}) {
  const store = memoryStore();
  await store.phonePut(phoneFrom(families, { mac, model: '7962', ...draft }).phone);
  const events: ProvisionEvent[] = [];
  const identifier = createIdentifier({
    ...{ families, ties: [], tieLasts: 1000, neighbour: () => undefined },
  });
  const synthetic = families[1]!.synthesize(load).map(({ name, bytes }) => [name, bytes] as const);
  const provisioner = createProvisioner({
    ...{ store, families, identifier, clock },
    trees: { handMade: tree(handMade), library: tree(Object.fromEntries(synthetic)) },
    layersFor: (phone) => [{ scope: 'phone', name: phone.mac, values: phone.settings }],
    onEvent: (event) => {
      if (event.kind === 'problem') throw event.error;
      events.push(event);
    },
  });
  return {
    store,
    async ask(path: string): Promise<string | undefined> {
      const asking = { protocol: 'tftp', address, port: 49152, path } as const;
      const { bytes, ticket } = await provisioner.open(asking);
      const sent = bytes?.length ?? 0;
      const outcome = bytes ? 'sent' : 'missing';
      provisioner.closed({ ticket, outcome, bytes: sent, retries: 0, endedAt: clock.now() });
      await provisioner.flush();
      return bytes && Buffer.from(bytes).toString('latin1');
    },
  };
}

const settings = { line1_name: '212', proxy1_address: '192.0.2.20', dial_template: 'dialplan' };
/** As phones of release 9 boot: what they ask for first. */
const trust = [`CTLSEP${mac}.tlv`, `ITLSEP${mac}.tlv`, 'ITLFile.tlv'];

describe('a Java phone', () => {
  test('boots with its settings and proves its load by what it asks for next', async () => {
    const { store, ask } = await site({ image: load, running: load, settings });
    for (const path of trust) assert.equal(await ask(path), undefined, path);
    const sep = (await ask(`SEP${mac}.cnf.xml`)) ?? '';
    assert.match(sep, /<name>212<\/name>/);
    assert.match(sep, new RegExp(`<loadInformation>${load}</loadInformation>`));
    assert.match((await ask('dialplan.xml')) ?? '', /DIALTEMPLATE/);
    assert.equal((await store.phoneGet(mac))?.running, load);
    assert.equal((await store.progressGet(mac))?.state, 'done');
    const served = await store.servedList(mac);
    assert.deepEqual(
      served.map(({ path }) => path),
      [`SEP${mac}.cnf.xml`, 'dialplan.xml'],
    );
  });

  test('of which nothing is known gets its settings and keeps what it runs', async () => {
    const { ask } = await site({ settings });
    const sep = (await ask(`SEP${mac}.cnf.xml`)) ?? '';
    assert.match(sep, /<proxy>192\.0\.2\.20<\/proxy>/);
    assert.doesNotMatch(sep, /loadInformation/);
    assert.equal(await ask('XMLDefault.cnf.xml'), undefined);
  });

  test('that should run a load of the new key goes through 8.5(2) where it may be older', async () => {
    const { store, ask } = await site({ image: load, settings });
    await ask(trust[0]!);
    const sep = (await ask(`SEP${mac}.cnf.xml`)) ?? '';
    assert.match(sep, /<name>212<\/name>/);
    assert.match(sep, /<loadInformation>SIP42\.8-5-2S<\/loadInformation>/);
    const progress = await store.progressGet(mac);
    assert.deepEqual(
      progress?.steps.map(({ image }) => image),
      ['SIP42.8-5-2S', load],
    );
  });

  test('that asks for an identity list knows the new key', async () => {
    const { store, ask } = await site({ image: load, settings });
    for (const path of trust) await ask(path);
    const sep = (await ask(`SEP${mac}.cnf.xml`)) ?? '';
    assert.match(sep, new RegExp(`<loadInformation>${load}</loadInformation>`));
    assert.equal((await store.progressGet(mac))?.steps.length, 1);
  });

  test('finds firmware whatever the letter case, and a trust list when a hand made one', async () => {
    const { ask } = await site({ image: load, settings }, { [`CTLSEP${mac}.tlv`]: 'by hand' });
    assert.equal(await ask(`CTLSEP${mac}.tlv`), 'by hand');
    assert.match((await ask(`${load}.loads`)) ?? '', /jar42sip\.9-4-2SR3-1\.sbn/);
    assert.ok(await ask('Jar42sip.9-4-2SR3-1.sbn'));
    assert.ok(await ask('term62.default.loads'));
  });
});

test('a 7960 finds a trust list only when a hand made one', async () => {
  const store = memoryStore();
  const draft = { mac, model: '7960', image: 'P0S3-8-12-00', running: 'P0S3-8-12-00' };
  await store.phonePut(phoneFrom(families, draft).phone);
  for (const handMade of [{}, { [`CTLSEP${mac}.tlv`]: 'by hand' }]) {
    const identifier = createIdentifier({
      ...{ families, ties: [], tieLasts: 1000, neighbour: () => undefined },
    });
    const provisioner = createProvisioner({
      ...{ store, families, identifier, clock, layersFor: () => [], onEvent: () => undefined },
      trees: { handMade: tree(handMade), library: tree({}) },
    });
    const path = `CTLSEP${mac}.tlv`;
    const { bytes } = await provisioner.open({ protocol: 'tftp', address, port: 1, path });
    assert.equal(bytes && Buffer.from(bytes).toString(), Object.values(handMade)[0]);
  }
});
