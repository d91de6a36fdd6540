import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lackingFirmware, otherSpelling, reachOf } from './lacking.ts';
import type { LibraryFile } from './library-file.ts';
import { damaged, shelf, shelfFamily, shelfFile, shelfList } from './testing/shelf.ts';
import { wantedImageFindings } from './wanted-image.ts';

function step(image: string, ...firmware: readonly string[]) {
  return { image, firmware };
}

const steps = [step('6', '6.app'), step('7', '7.list', '7.app')];

describe('what a plan lacks', () => {
  test('nothing, when all files are there in any letter case', () => {
    const library = shelf(
      shelfFile('6.APP'),
      shelfList('7.list', 'x.app'),
      shelfFile('7.app'),
      shelfFile('x.app'),
    );
    assert.deepEqual(lackingFirmware(shelfFamily, steps, library), []);
  });

  test('files that the step names, files that a list names, each once', () => {
    const library = shelf(shelfList('7.list', 'x.app', '7.app'), damaged('6.app'));
    assert.deepEqual(lackingFirmware(shelfFamily, steps, library), [
      { step: 0, image: '6', files: [], unusable: ['6.app'], faults: [] },
      { step: 1, image: '7', files: ['7.app', 'x.app'], unusable: [], faults: [] },
    ]);
  });

  test('the library has the release in another spelling', () => {
    const library = shelf(shelfList('07.list'), shelfFile('07.app'));
    const [first] = lackingFirmware(shelfFamily, [step('7', '7.list')], library);
    assert.equal(first?.spelling, '07');
    assert.equal(otherSpelling(shelfFamily, '07', library), undefined);
    assert.equal(otherSpelling(shelfFamily, '8', library), undefined);
  });

  test('a step that needs no files lacks none', () => {
    assert.deepEqual(lackingFirmware(shelfFamily, [step('7')], shelf()), []);
  });
});

describe('how far a plan leads', () => {
  const lacking = (...at: readonly number[]) =>
    at.map((each) => ({ step: each, image: `i${each}`, files: ['x'], unusable: [], faults: [] }));

  test('to its end with all files', () => {
    assert.deepEqual(reachOf(3, []), { steps: 3 });
  });

  test('to the first step that lacks one; its import leads to the next that does', () => {
    assert.deepEqual(reachOf(3, lacking(0)), { steps: 0, next: { image: 'i0', steps: 3 } });
    assert.deepEqual(reachOf(3, lacking(0, 2)), { steps: 0, next: { image: 'i0', steps: 2 } });
    assert.deepEqual(reachOf(4, lacking(1, 2, 3)), { steps: 1, next: { image: 'i1', steps: 2 } });
  });
});

describe('an image that an operator asks for', () => {
  const told = (image: string, ...files: readonly LibraryFile[]) =>
    wantedImageFindings(shelfFamily, image, shelf(...files)).map(({ code, text }) => [code, text]);

  test('is there', () => {
    assert.deepEqual(told('7', shelfList('7.list'), shelfFile('7.app')), []);
  });

  test('is not there, or not all of it', () => {
    assert.deepEqual(told('7'), [
      ['image-lacking', 'the library lacks 7: hookflash firmware import PACKAGE'],
    ]);
    const [[, text] = []] = told('7', shelfList('7.list', 'x.app'), damaged('x.app'));
    assert.match(text ?? '', /^of 7 the library lacks 7\.app and has damaged files: x\.app/);
  });

  test('is there in another spelling', () => {
    const [[code, text] = []] = told('7', shelfList('07.list'), shelfFile('07.app'));
    assert.equal(code, 'image-spelling');
    assert.match(text ?? '', /has 7 as 07, .*--image 07$/);
  });
});
