import assert from 'node:assert/strict';
import { test } from 'node:test';
import { copyFor, isComplete, type Library } from './library.ts';
import { damaged, shelf, shelfFamily, shelfFile, shelfList } from './testing/shelf.ts';
import { removalOf } from './removal.ts';

function codes({ findings }: Pick<Library, 'findings'>): readonly string[] {
  return findings.map(({ code }) => code);
}

const seven = [shelfList('7.list', 'boot-7.app'), shelfFile('7.app'), shelfFile('boot-7.app')];

test('an image has the files of its name and those that its list names', () => {
  const { images, loose } = shelf(...seven, shelfFile('other.app'));
  const [image] = images;
  assert.deepEqual(
    images.map(({ image: name }) => name),
    ['7'],
    'its loader is no image of its own',
  );
  assert.ok(image && isComplete(image));
  assert.equal(image.size, 30);
  assert.deepEqual(
    loose.map(({ path }) => path),
    ['other.app'],
  );
});

test('a loader without application is an image', () => {
  const { images } = shelf(shelfFile('boot-7.app'));
  assert.deepEqual(
    images.map(({ image }) => image),
    ['boot-7'],
  );
});

test('what is wanting is told, by name', () => {
  const library = shelf(shelfList('7.list', 'boot-7.app', 'x.app'), shelfFile('x.app'));
  const [image] = library.images;
  assert.deepEqual(image?.lacks, ['7.app', 'boot-7.app']);
  assert.deepEqual(codes(library), ['image-incomplete']);
  assert.match(library.findings[0]?.text ?? '', /7 lacks 7\.app, boot-7\.app/);
  assert.deepEqual(library.images.map(isComplete), [false]);
});

test('a damaged file is there and of no use', () => {
  const library = shelf(...seven.slice(0, 2), damaged('boot-7.app'));
  assert.deepEqual(library.images[0]?.unusable, ['boot-7.app']);
  assert.deepEqual(library.images.map(isComplete), [false]);
  assert.deepEqual(codes(library), ['image-damaged']);
});

test('letter case is forgiven and told', () => {
  const library = shelf(...seven.slice(0, 2), shelfFile('BOOT-7.app'));
  assert.deepEqual(library.images.map(isComplete), [true]);
  assert.deepEqual(codes(library), ['loads-case']);
});

test('the exact name comes before one in other letter case', () => {
  const library = shelf(shelfFile('A.app'), shelfFile('a.app'), shelfFile('b.APP'));
  assert.equal(library.file('a.app')?.path, 'a.app');
  assert.equal(library.file('A.app')?.path, 'A.app');
  assert.equal(library.file('B.app')?.path, 'b.APP');
  assert.equal(library.file('c.app'), undefined);
});

test('files in folders are found by no phone', () => {
  const library = shelf(...seven.map((file) => ({ ...file, path: `sip/${file.path}` })));
  assert.deepEqual(library.images, []);
  assert.deepEqual(codes(library), Array(3).fill('firmware-in-folder'));
});

test('a package that lies there unopened is told', () => {
  const zip = { path: 'cmterm.zip', size: 1, sha256: '', archive: 'zip' } as const;
  assert.deepEqual(codes(shelf(zip)), ['package-unopened']);
  assert.deepEqual(codes(shelf({ path: 'README', size: 1, sha256: '' })), []);
});

test('synthetic images are told once for each image', () => {
  const files = seven.map(({ path, firmware }) => {
    const facts = { ...firmware!.facts, synthetic: true } as const;
    return shelfFile(path, facts);
  });
  assert.deepEqual(codes(shelf(...files)), ['image-synthetic']);
});

test('with an image goes what no other image has', () => {
  const shared = [shelfList('8.list', 'boot-7.app'), shelfFile('8.app')];
  const library = shelf(...seven, ...shared);
  const { files, shared: stays } = removalOf(library, library.images[0]!);
  assert.deepEqual(
    files.map(({ path }) => path),
    ['7.list', '7.app'],
  );
  assert.deepEqual(
    stays.map(({ file, images }) => [file.path, images]),
    [['boot-7.app', ['8']]],
  );
});

test('files of one name belong to the image that has all that they name', () => {
  const boot = (path: string, variant: string, ...lists: readonly string[]) =>
    shelfFile(path, { kind: 'list', variant, lists });
  const first = boot('boot.txt', 'seven', 'BOOT-7.app');
  const second = boot('eight/boot.txt', 'eight', 'x.app', '8.app');
  const eight = [shelfList('8.list', 'x.app'), shelfFile('8.app'), shelfFile('x.app')];
  const library = shelf(...seven, ...eight, first, second);
  const pathFor = (image: string) => copyFor(library, shelfFamily, image, 'Boot.txt')?.path;
  assert.deepEqual(
    [pathFor('7'), pathFor('08'), pathFor('9')],
    ['boot.txt', 'eight/boot.txt', undefined],
  );
  assert.deepEqual([library.loose, codes(library)], [[], []]);
  assert.equal(library.copies('boot.txt').length, 2);
  assert.ok(removalOf(library, library.images[1]!).files.includes(second));
  const astray = shelf(boot('nine/boot.txt', 'eight', 'x.app'));
  assert.deepEqual(codes(astray), ['firmware-in-folder']);
});
