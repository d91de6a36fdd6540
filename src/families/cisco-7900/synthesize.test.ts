import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { decodeLoads } from '../../codec/config/loads.ts';
import { decodeOs79xx } from '../../codec/config/os79xx.ts';
import { decodeImageBody } from '../../codec/image/cisco-7900-image.ts';
import { labPublicKey } from '../../codec/image/lab-key.ts';
import { decodeSignedFile, verifySignedFile } from '../../codec/image/signed-header.ts';
import { cisco7900 } from './cisco-7900.ts';
import { imageName } from './image-name.ts';
import { imageFiles } from './universal-loader.ts';

/** Bytes by name. */
function synthetic(image: string): ReadonlyMap<string, Uint8Array> {
  return new Map(cisco7900.synthesize(image).map(({ name, bytes }) => [name, bytes]));
}

function body(files: ReadonlyMap<string, Uint8Array>, name: string): Uint8Array {
  const bytes = files.get(name);
  assert.ok(bytes, name);
  return /\.(sbn|sb2|loads)$/.test(name) ? decodeSignedFile(bytes).body : bytes;
}

const images = [
  ...['P0030301MFG2', 'P00303020600', 'P00305000200', 'P00306000100', 'P00308000900'],
  ...['P0S30200', 'P0S3-04-4-00', 'P0S3-06-3-00', 'P0S3-07-5-00', 'P0S3-8-12-00'],
  ...['P0M3-04-2-00', 'P0M3-06-1-00', 'P0M3-07-4-00', 'P003-07-5-00'],
];

describe('an image has the files of its package', () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['P00303020600', ['P00303020600.bin']],
    ['P0S3-05-0-00', ['P0S3-05-0-00.bin', 'P0S3-05-0-00.sbn']],
    [
      'P0S3-8-12-00',
      [
        ...['P003-8-12-00.bin', 'P003-8-12-00.sbn', 'P0S3-8-12-00.loads', 'P0S3-8-12-00.sb2'],
        'OS79XX.TXT',
      ],
    ],
    [
      'P00308000900',
      [
        ...['P00308000900.bin', 'P00308000900.sbn', 'P00308000900.loads', 'P00308000900.sb2'],
        'OS79XX.TXT',
      ],
    ],
    ['P003-07-5-00', ['P003-07-5-00.bin', 'P003-07-5-00.sbn']],
  ];
  for (const [image, names] of rows)
    test(image, () => assert.deepEqual([...synthetic(image).keys()], names));

  test('and all that the library must hold for it', () => {
    for (const image of images)
      for (const name of imageFiles(imageName(image)))
        assert.ok(synthetic(image).has(name), `${image}: ${name}`);
  });
});

describe('signed files', () => {
  for (const image of images.filter((name) => imageName(name).signed))
    test(`of ${image}: the name in the header, the lab's signature, the whole body`, () => {
      const files = [...synthetic(image)].filter(([name]) => /\.(sbn|sb2|loads)$/.test(name));
      assert.ok(files.length > 0);
      for (const [name, bytes] of files) {
        const file = decodeSignedFile(bytes);
        assert.equal(file.header.fileName, name);
        assert.ok(verifySignedFile(file, labPublicKey), name);
        assert.equal(file.header.headerLength + file.body.length, bytes.length);
      }
    });

  test('a changed byte of the body or the header is noticed', () => {
    const bytes = synthetic('P0S3-8-12-00').get('P0S3-8-12-00.loads')!;
    const { headerLength } = decodeSignedFile(bytes).header;
    for (const at of [bytes.length - 1, headerLength]) {
      const changed = Uint8Array.from(bytes);
      changed[at]! ^= 1;
      assert.ok(!verifySignedFile(decodeSignedFile(changed), labPublicKey), `byte ${at}`);
    }
  });

  test('the unsigned form is the same image', () => {
    for (const [image, stem] of [
      ['P0S3-8-12-00', 'P003-8-12-00'],
      ['P0S3-05-0-00', 'P0S3-05-0-00'],
    ])
      assert.deepEqual(
        body(synthetic(image!), `${stem}.sbn`),
        body(synthetic(image!), `${stem}.bin`),
      );
  });
});

describe('a load', () => {
  for (const image of [
    'P0S3-8-12-00',
    'P0S3-07-5-00',
    'P0M3-07-4-00',
    'P00308000900',
    'P00306000100',
  ])
    test(`${image} names its loader and application, and the loader's inner version`, () => {
      const files = synthetic(image);
      const loads = decodeLoads(Buffer.from(body(files, `${image}.loads`)).toString('latin1'));
      assert.deepEqual(loads.notes, []);
      const loaderFile = loads.files.find((name) => name.endsWith('.sbn'))!;
      assert.ok(loads.files.includes(`${image}.sb2`));
      const loader = decodeImageBody(body(files, loaderFile));
      assert.equal(loader.kind, 'loader');
      assert.equal(loads.laVersion, loader.internalVersion);
      assert.match(loader.internalVersion, /^PAS[A-Z0-9]{5}$/);
      const application = decodeImageBody(body(files, `${image}.sb2`));
      assert.deepEqual([application.kind, application.name], ['application', image]);
      const bootText = decodeOs79xx(Buffer.from(body(files, 'OS79XX.TXT')).toString('latin1'));
      assert.equal(`${bootText.image}.sbn`, loaderFile);
    });

  test('of another release has another inner version of its loader', () => {
    const versions = [
      'P0S3-07-0-00',
      'P0S3-07-5-00',
      'P0S3-08-2-00',
      'P0S3-08-12-00',
      'P00306000100',
      'P00308000900',
    ];
    const inner = versions.map((image) => {
      const loader = [...synthetic(image).keys()].find((name) => name.endsWith('.bin'))!;
      return decodeImageBody(body(synthetic(image), loader)).internalVersion;
    });
    assert.equal(new Set(inner).size, versions.length, inner.join(' '));
  });
});

test('every image carries its own name, as phones compare it', () => {
  for (const image of images)
    for (const name of synthetic(image).keys()) {
      if (!/\.(bin|sbn|sb2)$/.test(name)) continue;
      assert.equal(decodeImageBody(body(synthetic(image), name)).name, name.split('.')[0]);
    }
});

test('a loader is the same whether it is made alone or with its application', () => {
  const [alone, withSip] = ['P003-07-5-00', 'P0S3-07-5-00'].map((image) => synthetic(image));
  for (const [name, bytes] of alone!) assert.deepEqual(bytes, withSip!.get(name), name);
});

test('the bytes are the same at every run', () => {
  const digest = (image: string) => {
    const hash = createHash('sha256');
    for (const { name, bytes } of cisco7900.synthesize(image)) hash.update(name).update(bytes);
    return hash.digest('hex');
  };
  for (const image of images) assert.equal(digest(image), digest(image), image);
});
