import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PhoneFamily } from '../model/family.ts';
import type { ImportedTree, ReadPhone } from '../model/import.ts';
import { looksSecret } from '../model/secret-names.ts';
import type { Phone } from '../model/phone.ts';
import type { Mac } from '../wire/mac.ts';
import { importTree, storedPhones, type TreeImportOptions } from './import-tree.ts';
import { fakeFamily } from './testing/fake-family.ts';
import { memoryTree } from './testing/memory-tree.ts';

const mac = '020000000001' as Mac;
const second = '020000000002' as Mac;

/** A family that reads this out of any folder. */
function reads(tree: Partial<ImportedTree>, id = 'fake', model = 'T'): PhoneFamily {
  const all: ImportedTree = { phones: [], settings: {}, files: [], ...tree };
  return { ...fakeFamily, id, models: [{ name: model, lines: 1 }], importTree: () => all };
}

function found(parts: Partial<ReadPhone> = {}): ReadPhone {
  return { mac, models: ['T'], settings: {}, ...parts };
}

function phone(parts: Partial<Phone> = {}): Phone {
  return { mac, family: 'fake', model: 'T', labels: {}, settings: {}, ...parts };
}

function imported(families: readonly PhoneFamily[], options: Partial<TreeImportOptions> = {}) {
  return importTree(memoryTree({ a: 'x', 'b.img': '', '.c/d': '' }), {
    ...{ families, known: new Map(), models: [], replace: false, copy: true, keepFiles: false },
    ...{ fleet: {}, ofModel: () => ({}), isSecret: looksSecret },
    ...options,
  });
}

test('phones are stored, common settings go to the fleet, and other files are copied', () => {
  const family = reads({
    phones: [found({ image: '3', settings: { name: '1' } })],
    settings: { proxy: 'x' },
    files: [{ path: 'a', became: 'phone', text: '', notes: [] }],
  });
  const made = imported([family]);
  assert.deepEqual(storedPhones(made), [phone({ image: '3', settings: { name: '1' } })]);
  assert.deepEqual(made.settings, [{ values: { proxy: 'x' } }]);
  assert.deepEqual(
    made.files.map(({ path, became }) => `${path} ${became}`),
    ['.c/d left-out', 'a phone', 'b.img firmware'],
  );
  assert.deepEqual(made.conflicts, []);
});

test('nothing is copied where that is not wanted', () => {
  const { files } = imported([reads({})], { copy: false });
  assert.ok(files.every(({ became }) => became === 'left-out'));
});

test('beside phones of another family common settings are those of the models', () => {
  const family = reads({ phones: [found()], settings: { proxy: 'x' } });
  const other = reads({ phones: [found({ mac: second, models: ['U'] })] }, 'other', 'U');
  assert.deepEqual(imported([family, other]).settings, [{ model: 'T', values: { proxy: 'x' } }]);
  const known = new Map([[second, phone({ mac: second, family: 'other', model: 'U' })]]);
  assert.deepEqual(imported([family], { known }).settings, [
    { model: 'T', values: { proxy: 'x' } },
  ]);
});

test('what the workspace file says already stays, and the phones have their own', () => {
  const settings = { proxy: 'x', port: '1', time: '2' };
  const own = { time: '3' };
  const family = reads({ phones: [found({ settings: own }), found({ mac: second })], settings });
  const made = imported([family], { fleet: { proxy: 'y', port: '1', time: '9' } });
  assert.deepEqual(made.settings, []);
  assert.deepEqual(made.conflicts, ['proxy', 'time']);
  assert.deepEqual(
    storedPhones(made).map((each) => each.settings),
    [
      { proxy: 'x', time: '3' },
      { proxy: 'x', time: '2' },
    ],
  );
});

test('the model is that of the files, else the one that is known, else the first asked that fits', () => {
  const family = reads({ phones: [found({ models: ['T', 'S', 'R'] })] });
  const [lost] = imported([family]).phones;
  assert.ok(lost?.result === 'refused');
  assert.match(lost.why, /--model and one of T, S, R/);
  const [asked] = storedPhones(imported([family], { models: ['Q', 'R', 'S'] }));
  assert.equal(asked?.model, 'R');
  const known = new Map([[mac, phone({ model: 'S' })]]);
  const [kept] = imported([family], { known, models: ['R'] }).phones;
  assert.equal(kept?.result, 'unchanged');
  const [none] = imported([reads({ phones: [found({ models: [] })] })]).phones;
  assert.ok(none?.result === 'refused');
  assert.match(none.why, /no model that is known/);
});

test('a phone that is there stays as it is, unless it may be replaced; labels stay', () => {
  const before = phone({ running: '2', labels: { a: 'b' }, settings: { name: '1' } });
  const known = new Map([[mac, before]]);
  const family = reads({ phones: [found({ settings: { name: '2' } })] });
  const refused = imported([family], { known });
  assert.equal(refused.phones[0]?.result, 'refused');
  assert.deepEqual(storedPhones(refused), []);
  const replaced = imported([family], { known, replace: true });
  assert.deepEqual(storedPhones(replaced), [{ ...before, settings: { name: '2' } }]);
  const same = reads({ phones: [found({ settings: { name: '1' } })] });
  assert.equal(imported([same], { known }).phones[0]?.result, 'unchanged');
});

test('a MAC that two families claim is for a person to decide', () => {
  const [report, ...more] = imported([
    reads({ phones: [found()] }),
    reads({ phones: [found({ models: ['U'] })] }, 'other', 'U'),
  ]).phones;
  assert.equal(report?.result, 'refused');
  assert.deepEqual(more, []);
});

test('of two families the one that reads a file counts more than one that leaves it out', () => {
  const left = reads({ files: [{ path: 'a', became: 'left-out', text: 'x', notes: [] }] });
  const read = reads(
    { files: [{ path: 'a', became: 'generated', text: '', notes: [] }] },
    'b',
    'U',
  );
  for (const families of [
    [left, read],
    [read, left],
  ])
    assert.equal(imported(families).files.find(({ path }) => path === 'a')?.became, 'generated');
});

test('a file of which something is lost is kept as it is when that is wanted', () => {
  const note = { line: 3, text: 'x is not known', lost: true };
  const family = reads({ files: [{ path: 'a', became: 'phone', text: '', notes: [note] }] });
  const report = (keepFiles: boolean) =>
    imported([family], { keepFiles }).files.find(({ path }) => path === 'a');
  assert.equal(report(false)?.became, 'phone');
  assert.equal(report(true)?.became, 'hand-made');
  assert.deepEqual(report(true)?.notes, [{ ...note, lost: false }]);
});

test('a file is read once, however many families look into it', () => {
  let count = 0;
  const files = [{ path: 'a', size: 2, read: () => (count++, Buffer.from('xy')) }];
  const heads: string[] = [];
  const looks = (id: string): PhoneFamily => ({
    ...reads({}, id),
    importTree: ([file]) => {
      heads.push(Buffer.from(file?.read(1) ?? []).toString(), `${file?.read().length ?? 0}`);
      return { phones: [], settings: {}, files: [] };
    },
  });
  importTree(files, {
    ...{ families: [looks('a'), looks('b')], known: new Map(), models: [], replace: false },
    ...{ copy: true, keepFiles: false, fleet: {}, ofModel: () => ({}), isSecret: looksSecret },
  });
  assert.deepEqual([count, heads], [1, ['x', '2', 'x', '2']]);
});
