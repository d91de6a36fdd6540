import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Phone } from '../model/phone.ts';
import type { Progress, ProgressState } from '../model/progress.ts';
import type { Mac } from '../wire/mac.ts';
import { fakeFamily, fakeStep } from './testing/fake-family.ts';
import { look, ordersFor, renderPhone, type Tree } from './view.ts';

const mac = '020000000001' as Mac;
const phone: Phone = { mac, family: 'fake', model: 'T', image: '3', labels: {}, settings: {} };

/** Forgives letter case and what stands before the path, as the trees on disk do. */
function tree(files: Readonly<Record<string, string>>): Tree {
  const same = (path: string) => path.replace(/^(\.?\/)+/, '').toLowerCase();
  return {
    read(path) {
      const found = Object.entries(files).find(([name]) => same(name) === same(path));
      return Promise.resolve(found && { name: found[0], bytes: Buffer.from(found[1]) });
    },
  };
}

const trees = {
  handMade: tree({ 'mine.cnf': 'by hand', 'both.cnf': 'by hand' }),
  library: tree({ '3.img': 'image', 'both.cnf': 'of a package', 'hidden.cnf': 'of a package' }),
};
const generated = [
  { path: 'both.cnf', content: 'generated' },
  { path: 'Own.cnf', content: 'generated' },
  { path: '3.img', content: 'generated' },
];

async function seen(path: string, absent: readonly string[] = []): Promise<string | undefined> {
  const found = await look(path, trees, generated, absent);
  return found && `${found.source}: ${Buffer.from(found.bytes).toString()}`;
}

describe('what a phone sees at a path', () => {
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['mine.cnf', 'hand-made: by hand'],
    ['both.cnf', 'hand-made: by hand'],
    ['Own.cnf', 'generated: generated'],
    ['own.CNF', 'generated: generated'],
    ['./Own.cnf', 'generated: generated'],
    ['/Own.cnf', 'generated: generated'],
    ['//./Own.cnf', 'generated: generated'],
    ['3.img', 'generated: generated'],
    ['hidden.cnf', 'library: of a package'],
    ['folder/Own.cnf', undefined],
    ['.Own.cnf', undefined],
    ['../Own.cnf', undefined],
    ['', undefined],
    ['__proto__', undefined],
  ];
  for (const [path, expected] of rows)
    test(`"${path}"`, async () => assert.equal(await seen(path), expected));
});

describe('hidden', () => {
  test('a generated file and one of the library are missing', async () => {
    assert.equal(await seen('Own.cnf', ['own.cnf']), undefined);
    assert.equal(await seen('/hidden.cnf', ['hidden.cnf']), undefined);
    assert.equal(await seen('HIDDEN.cnf', ['./hidden.cnf']), undefined);
  });
  test('a file that a hand wrote is not', async () => {
    assert.equal(await seen('both.cnf', ['both.cnf']), 'hand-made: by hand');
  });
});

describe('what a phone is told to load', () => {
  const steps = [fakeStep('2'), fakeStep('3')];
  const progress = (state: ProgressState, step: number): Progress => ({
    ...{ mac, from: '1', because: '', target: '3', steps, step, state },
    ...{ attempts: 0, reason: '', updatedAt: 0 },
  });

  test('under way: what its step says, with its MAC in what it must not find', () => {
    assert.deepEqual(ordersFor(phone, fakeFamily, progress('under-way', 1)), {
      ...{ order: { load: '3' }, absent: [`hidden-${mac}`], image: '3' },
    });
  });
  test('done: the target', () => {
    const was = { ...phone, running: '1' };
    assert.deepEqual(ordersFor(was, fakeFamily, progress('done', 2)), {
      ...{ order: { load: '3' }, absent: [], image: '3' },
    });
  });
  test('stopped: what it runs, or its settings where that is not known', () => {
    const was = { ...phone, running: '1' };
    assert.deepEqual(ordersFor(was, fakeFamily, progress('stopped', 0)).order, { load: '1' });
    assert.deepEqual(ordersFor(phone, fakeFamily, progress('stopped', 0)).order, { load: '' });
  });
  test('waiting: what it runs, or its settings where that is not known', () => {
    const was = { ...phone, running: '1' };
    assert.deepEqual(ordersFor(was, fakeFamily, progress('waiting', 0)).order, { load: '1' });
    assert.deepEqual(ordersFor(phone, fakeFamily, progress('waiting', 0)).order, { load: '' });
  });
  test('waiting in mid-plan: what the last step led to, not what it ran before that', () => {
    const was = { ...phone, running: '1' };
    assert.deepEqual(ordersFor(was, fakeFamily, progress('waiting', 1)).order, { load: '2' });
  });
  test('nothing planned: what it runs; a phone of which nothing is known is told nothing', () => {
    assert.deepEqual(ordersFor({ ...phone, running: '2' }, fakeFamily).order, { load: '2' });
    assert.equal(ordersFor(phone, fakeFamily).order, undefined);
  });
  test('a plan that is under way and has no step left is done with orders of its own', () => {
    assert.deepEqual(ordersFor({ ...phone, running: '2' }, fakeFamily, progress('under-way', 2)), {
      ...{ order: { load: '2' }, absent: [], image: '2' },
    });
  });
});

test('files are rendered with the settings that win', () => {
  const layers = [
    { scope: 'phone', name: mac, values: { name: 'own' } },
    { scope: 'fleet', name: '', values: { name: 'all', server: 's' } },
  ] as const;
  const { files } = renderPhone(phone, fakeFamily, layers, { load: '3' });
  assert.deepEqual(
    files.map(({ path, content }) => `${path}: ${content}`),
    ['common', `phone-${mac}`].map((path) => `${path}: load=3 name=own server=s`),
  );
});

test('a phone whose model is not known any more still gets its files', () => {
  const odd = { ...phone, model: 'gone' };
  assert.equal(renderPhone(odd, fakeFamily, [], { load: '3' }).files.length, 2);
});
