import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Phone } from '../model/phone.ts';
import type { UpgradeStep } from '../model/plan.ts';
import type { Progress } from '../model/progress.ts';
import type { Mac } from '../wire/mac.ts';
import { execute } from './execute.ts';
import type { LibraryFile } from './firmware/library-file.ts';
import { damaged, shelf, shelfFamily, shelfFile, shelfList } from './firmware/testing/shelf.ts';
import { waitOf } from './waiting.ts';

const mac = '020000000001' as Mac;

function step(image: string, ...firmware: readonly string[]): UpgradeStep {
  return { image, procedure: 'A', order: { image }, absent: [], firmware, why: [] };
}

/** From 1 over 2 to 3, one at a time; each needs its list. */
const family = {
  ...shelfFamily,
  step: (from: { text: string }, to: { text: string }) =>
    Number(to.text) - Number(from.text) === 1
      ? step(to.text, `${to.text}.list`)
      : { code: 'too-far', text: `${from.text} to ${to.text}` },
  intermediates: () => ['1', '2', '3'].flatMap((image) => shelfFamily.parseImage(image) ?? []),
};
const phone: Phone = { mac, family: 'fake', model: 'T', image: '3', labels: {}, settings: {} };

const two = [shelfList('2.list', '2.app'), shelfFile('2.app')];
const three = [shelfList('3.list', '3.app'), shelfFile('3.app')];

type Fact = Parameters<typeof execute>[1];
const runs = (image: string): Fact => ({ kind: 'runs', image, because: 'proof' });
const like = (image: string): Fact => ({
  ...{ kind: 'runs-like', image, because: 'b' },
  sorts: [shelfFamily.sortOf(image)],
});

function after(
  progress: Progress | undefined,
  fact: Fact,
  files: readonly LibraryFile[],
  who = phone,
) {
  const planning = { mode: 'cautious', library: shelf(...files) } as const;
  return execute({ phone: who, family, progress, now: 5, planning }, fact);
}

const stateOf = (progress?: Progress) => progress && `${progress.state} ${progress.step}`;

describe('a step whose files are wanting', () => {
  test('is not begun, and begun when they are imported', () => {
    const { progress, finding, running } = after(undefined, runs('1'), three);
    assert.deepEqual([stateOf(progress), finding?.code], ['waiting 0', 'firmware-missing']);
    assert.equal(running, '1');
    assert.match(finding?.cure ?? '', /import the package of 2 with 2\.list; then switch/);
    const again = after(progress, runs('1'), three, { ...phone, running: '1' });
    assert.deepEqual([again.progress, again.finding?.code], [undefined, 'firmware-missing']);
    const begun = after(progress, like('1'), [...two, ...three]);
    assert.equal(stateOf(begun.progress), 'under-way 0');
    assert.equal(begun.progress?.attempts, 0);
    assert.ok(begun.mended?.includes('firmware-missing'));
  });

  test('comes after one that is not wanting', () => {
    const first = after(undefined, runs('1'), two);
    assert.equal(stateOf(first.progress), 'under-way 0');
    const second = after(first.progress, runs('2'), two);
    assert.deepEqual([stateOf(second.progress), second.running], ['waiting 1', '2']);
    assert.equal(stateOf(after(second.progress, runs('2'), three).progress), 'under-way 0');
  });

  test('what the library lost is waited for, while the phone surely has not begun', () => {
    const { progress } = after(undefined, like('1'), [...two, ...three]);
    assert.equal(stateOf(after(progress, like('1'), three).progress), 'waiting 0');
    assert.equal(after(progress, like('1'), [...two, ...three]).progress, undefined);
  });

  test('a phone that shows something else is planned for from that', () => {
    const { progress } = after(undefined, runs('1'), three);
    assert.equal(stateOf(after(progress, runs('2'), three).progress), 'under-way 0');
    assert.equal(after(progress, runs('3'), []).progress?.state, 'done');
  });
});

describe('what a step waits for', () => {
  const wait = (files: readonly LibraryFile[], at = 0) =>
    waitOf(
      family,
      { steps: [step('2', '2.list'), step('3', '3.list')], step: at },
      {
        mode: 'cautious',
        library: shelf(...files),
      },
    )?.finding;

  test('nothing, where all is there or nothing is known of the library', () => {
    assert.equal(wait(two), undefined);
    const steps = [step('2', '2.list')];
    assert.equal(waitOf(family, { steps, step: 0 }, { mode: 'cautious' }), undefined);
  });

  test('files that its list alone names: the list may be the wrong one', () => {
    assert.match(wait([two[0]!])?.cure ?? '', /import --replace the package of 2 with 2\.app/);
  });

  test('files that are there, and that phones do not find', () => {
    const renamed = shelfFile('x.app', { ownName: '2.app' });
    assert.match(
      wait([two[0]!, renamed])?.cure ?? '',
      /rename firmware\/x\.app to firmware\/2\.app/,
    );
    const inFolder = shelfFile('new/2.app', { ownName: '2.app' });
    assert.match(wait([two[0]!, inFolder])?.cure ?? '', /import firmware\/new\/2\.app; then/);
  });

  test('files that no phone can take', () => {
    const finding = wait([two[0]!, damaged('2.app')]);
    assert.equal(finding?.code, 'firmware-unusable');
    assert.match(finding.text, /2\.app: cut off/);
    assert.match(finding.cure ?? '', /import --replace the package of 2 with 2\.app; then/);
  });

  test('the spelling that the library has, at the last step', () => {
    const other = [shelfList('03.list', '03.app'), shelfFile('03.app')];
    assert.match(wait(other, 1)?.cure ?? '', /phone set <MAC> --image 03; then/);
  });
});
