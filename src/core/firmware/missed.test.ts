import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakePhone, mac, siteWith, told } from '../testing/fake-site.ts';
import { shelfFamily } from './testing/shelf.ts';

const own = `phone-${mac}`;
const families = [shelfFamily];

async function news(library: Readonly<Record<string, string>>, ...paths: readonly string[]) {
  const site = await siteWith({ families, library }, [fakePhone({ image: '7', running: '7' })]);
  for (const path of [own, ...paths]) await site.ask(path);
  return { ...site, news: () => told(site.events).filter((line) => line.includes('asks for')) };
}

test('firmware that is not there is told, once', async () => {
  const site = await news({}, '7.list', './7.list', '7.LIST', '7.app');
  assert.deepEqual(site.news(), [
    'news asks for 7.list, which the library lacks',
    'news asks for 7.app, which the library lacks',
  ]);
});

test('what is there is not told, nor is what is no firmware', async () => {
  const site = await news({ '7.list': 'x' }, '7.list', 'RINGLIST.DAT');
  assert.deepEqual(site.news(), []);
});

test('once it was there it is told again when it is gone', async () => {
  const library: Record<string, string> = {};
  const site = await news(library, '7.list');
  library['7.list'] = 'x';
  await site.ask('7.list');
  delete library['7.list'];
  await site.ask('7.list');
  assert.equal(site.news().length, 2);
});

test('a phone that goes astray is not told of for ever', async () => {
  const site = await news({}, ...Array.from({ length: 80 }, (_, at) => `${at}.app`));
  assert.equal(site.news().length, 64);
});

test('the same release in another spelling', async () => {
  const site = await news({ '07.list': 'x', '07.app': 'x' }, '7.list', '8.list');
  assert.deepEqual(site.news(), [
    'news asks for 7.list, which the library lacks; it has 07.list, the same release',
    'news asks for 8.list, which the library lacks',
  ]);
});

test('what a step hides is missing on purpose', async () => {
  const hiding = { ...shelfFamily, step: () => ({ ...hidden }) };
  const hidden = {
    ...{ image: '7', procedure: 'A', order: {}, absent: ['boot-7.app'], firmware: [], why: [] },
  };
  const phones = [fakePhone({ image: '7', running: '6' })];
  const { ask, events } = await siteWith({ families: [hiding] }, phones);
  for (const path of [own, 'boot-7.app', '7.app']) await ask(path);
  assert.deepEqual(
    told(events).filter((line) => line.includes('asks for')),
    ['news asks for 7.app, which the library lacks'],
  );
});

test('strangers are not told of', async () => {
  const { ask, events } = await siteWith({ families }, []);
  await ask('7.list', '192.0.2.99');
  assert.deepEqual(told(events), ['missing 7.list']);
});
