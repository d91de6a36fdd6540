import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PhoneFamily } from '../model/family.ts';
import { memoryStore } from '../store/memory.ts';
import type { Mac } from '../wire/mac.ts';
import { settle } from './testing/fake-clock.ts';
import { fakeFamily } from './testing/fake-family.ts';
import { addressAtFirst, fakePhone, fakeSite, mac, siteWith, told } from './testing/fake-site.ts';

const second = '020000000002' as Mac;
const stranger = '0200000000FF' as Mac;
const own = `phone-${mac}`;

describe('what a request proves', () => {
  test('it is on disk before the answer resolves', async () => {
    const { open, closed, store, written } = await siteWith();
    const { ticket } = await open(`boot,like-1,${own}`);
    assert.deepEqual(written, ['tiePut', 'bootStart', 'progressPut']);
    closed(ticket);
    await open(`runs-2,${own}`);
    assert.deepEqual(written.slice(3), ['tiePut', 'progressPut', 'runningPut']);
    const { step, state } = (await store.progressGet(mac))!;
    assert.deepEqual([step, state], [1, 'under-way']);
    assert.equal((await store.phoneGet(mac))?.running, '2');
  });

  test('the answer waits for the disk', async () => {
    const inner = memoryStore();
    const gate = Promise.withResolvers<undefined>();
    const slow = {
      ...inner,
      progressPut: (progress: Parameters<typeof inner.progressPut>[0]) =>
        gate.promise.then(() => inner.progressPut(progress)),
    };
    const { open } = await siteWith({ store: slow });
    let answered = false;
    const opened = open(`like-1,${own}`).then((answer) => {
      answered = true;
      return answer;
    });
    await settle();
    assert.equal(answered, false);
    gate.resolve(undefined);
    assert.equal((await opened).text, undefined);
  });

  test('that it shall restart is looked up for the file alone that tells it', async () => {
    const kept = memoryStore();
    const looked: string[] = [];
    const store = {
      ...kept,
      restartGet: (of: Mac) => {
        looked.push(of);
        return kept.restartGet(of);
      },
    };
    const asked = {
      mac,
      askedAt: 0,
      kind: 'reset',
      token: 'now',
      state: 'sent',
      text: '',
    } as const;
    await kept.restartPut(asked);
    const restart = { tells: (path: string) => path === 'sync' } as PhoneFamily['restart'] & object;
    const { ask } = await siteWith({ store, families: [{ ...fakeFamily, restart }] });
    await ask(`like-1,${own}`);
    assert.equal(await ask(own), 'load=2 name=one');
    assert.deepEqual(looked, []);
    assert.equal(await ask('sync'), 'now');
    assert.deepEqual(looked, [mac]);
  });

  test('the very request that proves a step is answered with the next one', async () => {
    const { ask } = await siteWith();
    assert.equal(await ask(own), undefined, 'of a phone that proved nothing nothing is known');
    await ask(`like-1,${own}`);
    assert.equal(await ask(own), 'load=2 name=one');
    await ask(`runs-2,${own}`);
    assert.equal(await ask('common'), 'load=3 name=one');
    await ask('runs-3');
    assert.equal(await ask(own), 'load=3 name=one');
  });

  test('a phone that is known to run an image is planned for at once', async () => {
    const { ask } = await siteWith({}, [fakePhone({ running: '1' })]);
    assert.equal(await ask(own), 'load=2 name=one');
  });

  test('silence proves too, after its time and no sooner', async () => {
    const { ask, clock, store } = await siteWith();
    await ask(own);
    await ask('quiet-3');
    await clock.pass(900);
    await ask('something');
    await clock.pass(900);
    assert.equal((await store.phoneGet(mac))?.running, undefined);
    await clock.pass(100);
    assert.equal((await store.phoneGet(mac))?.running, '3');
  });

  test('small files are shown to the watch as they were sent, large ones are not', async () => {
    const large = 'x'.repeat(100_001);
    const { ask, events } = await siteWith({ handMade: { small: 'text', large } });
    for (const path of [own, 'small', 'large']) await ask(path);
    const answered = events.flatMap((event) =>
      event.kind === 'fact' && event.fact.kind === 'phase' ? [event.fact.because] : [],
    );
    assert.deepEqual(answered, ['answered missing', 'answered sent text', 'answered sent']);
  });
});

describe('a phone that is known late', () => {
  test('is caught up: the boot began with the first request', async () => {
    const { ask, clock, events, flush, store } = await siteWith({ handMade: { menu: 'by hand' } });
    await ask('boot');
    await clock.pass(500);
    await ask('like-1');
    await ask('menu');
    await ask(own);
    await flush();
    const [boot] = await store.bootList(mac, 1);
    const requests = await store.requestList(boot!.id);
    assert.deepEqual(
      requests.map(({ path, outcome, source, bytes, tie }) => [path, outcome, source, bytes, tie]),
      [
        ['boot', 'missing', undefined, 0, 'asked by the same address just before'],
        ['like-1', 'missing', undefined, 0, 'asked by the same address just before'],
        ['menu', 'sent', 'hand-made', 7, 'asked by the same address just before'],
        [own, 'sent', 'generated', 7, 'MAC in the file name'],
      ],
    );
    assert.equal(requests[0]?.at, requests[1]!.at - 500);
    const facts = told(events).filter((text) => text.startsWith('fact'));
    assert.deepEqual(facts, ['fact asked for boot', 'fact asked for like-1']);
  });

  test('is given nothing that others asked for, nor what is too old', async () => {
    const { ask, clock, flush, store } = await siteWith();
    await ask('runs-3', '192.0.2.8');
    await ask('runs-2');
    await clock.pass(120_001);
    await ask(own);
    await flush();
    const [boot] = await store.bootList(mac, 1);
    assert.equal(boot?.requests, 1);
    assert.equal((await store.phoneGet(mac))?.running, undefined);
  });

  test('is known from its first request on where the neighbour table has it', async () => {
    const { ask, store } = await siteWith({ neighbours: { [addressAtFirst]: mac } });
    await ask('like-1');
    assert.equal((await store.progressGet(mac))?.state, 'under-way');
    assert.deepEqual(await store.tieList(), []);
  });

  test('is known by its address after a restart of the server', async () => {
    const store = memoryStore();
    const before = await siteWith({ store });
    await before.ask(`like-1,${own}`);
    const after = await fakeSite({ store, clock: before.clock });
    assert.equal(await after.ask('common'), 'load=2 name=one');
  });
});

describe('who sees what', () => {
  const parts = {
    handMade: { menu: 'by hand' },
    library: { '2.img': 'image', 'readme.txt': 'of a package' },
  };

  test('a phone finds its files, hand-made ones and firmware, and nothing else of the library', async () => {
    const { ask } = await siteWith(parts, [fakePhone({ running: '1' })]);
    assert.equal(await ask(own), 'load=2 name=one');
    assert.equal(await ask('menu'), 'by hand');
    assert.equal(await ask('2.img'), 'image');
    assert.equal(await ask('readme.txt'), undefined);
    assert.equal(await ask(`hidden-${mac}`), undefined);
  });

  test('who is not known finds hand-made files and firmware only', async () => {
    const { ask } = await siteWith(parts, [fakePhone({ running: '1' })]);
    const elsewhere = '192.0.2.99';
    for (const path of ['common', `phone-${stranger}`, 'common', 'readme.txt'])
      assert.equal(await ask(path, elsewhere), undefined, path);
    assert.equal(await ask('menu', elsewhere), 'by hand');
    assert.equal(await ask('2.img', elsewhere), 'image');
  });

  test('two phones find each their own', async () => {
    const other = fakePhone({ mac: second, image: '5', running: '4', settings: { name: 'two' } });
    const { ask } = await siteWith({}, [fakePhone({ running: '1' }), other]);
    const elsewhere = '192.0.2.8';
    assert.equal(await ask(own), 'load=2 name=one');
    assert.equal(await ask(`phone-${second}`, elsewhere), 'load=5 name=two');
    assert.equal(await ask('common'), 'load=2 name=one');
    assert.equal(await ask('common', elsewhere), 'load=5 name=two');
    assert.equal(await ask(own, elsewhere), 'load=2 name=one', 'it says that it is the other one');
  });

  test('an address that a stranger names its MAC from is not the old phone any more', async () => {
    const { ask, store } = await siteWith({}, [fakePhone({ running: '3' })]);
    await ask(own);
    assert.equal(await ask('common'), 'load=3 name=one');
    await ask(`phone-${stranger}`);
    assert.equal(await ask('common'), undefined);
    await ask('like-1');
    assert.equal((await store.progressGet(mac))?.state, 'done');
  });

  test('a phone of a family that is not here is a stranger', async () => {
    const { ask } = await siteWith(parts, [fakePhone({ family: 'gone', running: '1' })]);
    assert.equal(await ask(own), undefined);
    assert.equal(await ask('menu'), 'by hand');
  });

  test('a phone that was removed is a stranger from its next request on', async () => {
    const { ask, flush, store } = await siteWith({}, [fakePhone({ running: '1' })]);
    await ask(own);
    await store.phoneDelete(mac);
    assert.equal(await ask(own), undefined);
    await flush();
    assert.deepEqual(await store.bootList(mac, 9), []);
  });
});

describe('several requests of a phone at once', () => {
  test('are taken in their order, each after the end of the one before', async () => {
    const { open, closed, events, clock } = await siteWith();
    const first = await open(`boot,like-1,${own}`);
    const later = [open('runs-2'), open('runs-3')];
    await settle();
    assert.deepEqual(told(events).length, 3);
    closed(first.ticket);
    await clock.pass(15);
    await Promise.all(later);
    const facts = told(events).filter((text) => /^(fact|sent)/.test(text));
    assert.deepEqual(facts, [
      'fact asked for boot',
      'fact asked for like-1',
      `sent boot,like-1,${own}`,
      'fact asked for runs-2',
      'fact asked for runs-3',
    ]);
  });

  test('the wait for an end that does not come is short', async () => {
    const { open, clock } = await siteWith({}, [fakePhone({ running: '1' })]);
    await open(own);
    const next = open('common');
    await clock.pass(15);
    assert.equal((await next).text, 'load=2 name=one');
  });

  test('an end is taken once, and one of no request is nothing', async () => {
    const { open, closed, events, flush, store } = await siteWith();
    const { ticket } = await open(own);
    closed(ticket, 'missing');
    closed(ticket, 'missing');
    closed('77');
    await settle();
    await flush();
    assert.deepEqual(told(events), [`missing ${own}`]);
    assert.equal((await store.bootList(mac, 1))[0]?.requests, 1);
  });

  test('phones do not wait for each other', async () => {
    const { open } = await siteWith({}, [fakePhone(), fakePhone({ mac: second })]);
    await open(own);
    await open(`phone-${second}`, '192.0.2.8');
  });
});

describe('a server that is started again', () => {
  test('knows from the store where each phone stands', async () => {
    const store = memoryStore();
    const before = await siteWith({ store });
    await before.ask(own);
    await before.ask('quiet-3');
    await before.flush();
    const after = await fakeSite({ store, clock: before.clock });
    await after.ask('something');
    await after.clock.pass(1000);
    assert.equal((await store.phoneGet(mac))?.running, '3');
    assert.equal((await store.bootList(mac, 9)).length, 1);
  });

  test('a phone that is of another family now is followed as one of that', async () => {
    const watch = { ...fakeFamily.watch, asked: (state: unknown) => ({ state, facts: [] }) };
    const deaf = { ...fakeFamily, id: 'deaf', watch };
    const site = await siteWith({ families: [fakeFamily, deaf] });
    await site.ask(`runs-1,${own}`);
    await site.store.phonePut(fakePhone({ family: 'deaf', running: '1' }));
    await site.ask('runs-2');
    assert.equal((await site.store.phoneGet(mac))?.running, '1');
    assert.equal((await site.store.progressGet(mac))?.step, 0);
  });
});
