import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { namedImages } from './named-images.ts';
import type { FileKind } from './paths.ts';

const kinds: readonly FileKind[] = [
  ...([
    'boot-text',
    'trust-list',
    'sccp-phone',
    'sccp-default',
    'sip-phone',
    'sip-default',
  ] as const),
  ...(['mgcp-phone', 'mgcp-default', 'loads', 'image', 'application-image', 'other'] as const),
];

type Row = readonly [kind: FileKind, text: string, images: readonly string[]];

const sep = (image: string) =>
  `<device><loadInformation model="IP Phone 7960">${image}</loadInformation></device>`;
const common = (image: string) =>
  `<Default><loadInformation8 model="IP Phone 7940">${image}</loadInformation8></Default>`;

const rows: readonly Row[] = [
  ['boot-text', 'P0S3-08-12-00\n', ['P0S3-08-12-00']],
  ['boot-text', 'P003-08-12-00', ['P003-08-12-00']],
  ['boot-text', '', []],
  ['boot-text', 'hello', []],
  ['sip-default', 'image_version: "P0S3-08-12-00"\n', ['P0S3-08-12-00']],
  ['sip-phone', 'image_version: POS3-08-12-00\n', ['P0S3-08-12-00']],
  ['sip-phone', 'image_version: ""\n', []],
  ['sip-phone', 'line1_name: P0S3-08-12-00\n', []],
  ['mgcp-phone', 'image_version: "P0M3-07-4-00"\n', ['P0M3-07-4-00']],
  ['mgcp-default', '# image_version: "P0M3-07-4-00"\n', []],
  ['sccp-phone', sep('P00308000900'), ['P00308000900']],
  ['sccp-phone', sep(''), []],
  ['sccp-phone', '<device>', []],
  ['sccp-default', common('P003-08-12-00'), ['P003-08-12-00']],
  ['loads', 'image_version: P0S3-08-12-00\n', []],
  ['other', 'P0S3-08-12-00\n', []],
];

for (const [kind, text, images] of rows)
  test(`${kind} ${JSON.stringify(text)} names ${images.join(', ') || 'none'}`, () => {
    assert.deepEqual(namedImages(kind, text), images);
  });

test('any text of any kind gives names or none, and never an error', () => {
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.string({ maxLength: 200 }), (kind, text) => {
      for (const image of namedImages(kind, text)) assert.match(image, /^P0/);
    }),
  );
});
