import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { signLab } from '../../../codec/image/lab-key.ts';
import { encodeSignedFile } from '../../../codec/image/signed-header.ts';
import { signedByLab } from '../../cisco-shared/synthetic.ts';
import { imageName } from '../image-name.ts';
import { synthesizeImage } from '../synthesize.ts';
import { firmware } from './firmware.ts';

const sip = 'P0S3-8-12-00';
const files = new Map(
  [sip, 'P0S3-06-3-00', 'P0S3-04-4-00', 'P00308000900']
    .flatMap((image) => synthesizeImage(imageName(image)))
    .map(({ name, bytes }) => [name, bytes]),
);

function bytesOf(name: string): Uint8Array {
  const bytes = files.get(name);
  if (!bytes) throw new TypeError(`no ${name}`);
  return bytes;
}

function codes(name: string, bytes: Uint8Array): readonly string[] | undefined {
  return firmware.identify(name, bytes)?.findings.map(({ code }) => code);
}

describe('a file is what its content says', () => {
  test('loader, application, list of files', () => {
    for (const [name, kind, version] of [
      ['P003-8-12-00.bin', 'loader', 'PAS30830'],
      ['P003-8-12-00.sbn', 'loader', 'PAS30830'],
      ['P0S3-8-12-00.sb2', 'application', 'PAS30812'],
      ['P0S3-04-4-00.bin', 'application', 'PAS30404'],
      ['P00308000900.sbn', 'loader', 'PASC8009'],
    ] as const) {
      const facts = firmware.identify(name, bytesOf(name));
      assert.deepEqual([facts?.kind, facts?.internalVersion], [kind, version], name);
      assert.deepEqual([facts?.ownName, facts?.findings], [name, []]);
    }
    const list = firmware.identify(`${sip}.loads`, bytesOf(`${sip}.loads`));
    assert.equal(list?.kind, 'list');
    assert.deepEqual(list.lists, ['P003-8-12-00.sbn', 'P0S3-8-12-00.sb2']);
    assert.equal(list.wantsLoader, 'PAS30830');
  });

  test('who signed it, and whether that can be checked', () => {
    const signature = firmware.identify('a.sbn', bytesOf('P003-8-12-00.sbn'))?.signature;
    assert.match(signature?.signer ?? '', /^CN=HookflashLab/);
    assert.deepEqual(
      [signature?.serial, signature?.hash, signature?.verdict],
      ['1234567890abcdef', 'sha1', 'good'],
    );
    assert.equal(firmware.identify('a.bin', bytesOf('P003-8-12-00.bin'))?.signature, undefined);
  });

  test("a vendor's key is not known", () => {
    const bytes = encodeSignedFile({
      ...{ fileName: 'P003-8-12-00.sbn', body: bytesOf('P003-8-12-00.bin') },
      ...{ signerName: 'CN=someSigner', signerSerial: Uint8Array.of(1), issuer: 'CN=someCA' },
      ...{ hash: 'sha1', sign: signLab, signatureLength: 256 },
    });
    const facts = firmware.identify('P003-8-12-00.sbn', bytes);
    assert.deepEqual(
      [facts?.signature?.signer, facts?.signature?.verdict, facts?.synthetic, facts?.findings],
      ['CN=someSigner', 'key unknown', undefined, []],
    );
  });
});

describe('what is wrong with a file', () => {
  const loader = bytesOf('P003-8-12-00.sbn');
  const application = bytesOf('P0S3-8-12-00.sb2');

  test('it is called otherwise, or in other letter case', () => {
    assert.deepEqual(codes('P003-8-13-00.sbn', loader), ['image-renamed']);
    assert.deepEqual(codes('readme.txt', loader), ['image-renamed']);
    assert.deepEqual(codes('p003-8-12-00.SBN', loader), ['file-name-case']);
    assert.deepEqual(codes('P0S3-05-1-00.bin', bytesOf('P0S3-04-4-00.bin')), ['image-renamed']);
  });

  test('it is not signed and should be', () => {
    const bare = bytesOf('P003-8-12-00.bin');
    assert.deepEqual(codes('P003-8-12-00.sbn', bare), ['image-unsigned']);
    const text = Buffer.from('P003-8-12-00.sbn\nP0S3-8-12-00.sb2\nLA_VERSION=PAS30830\n');
    assert.deepEqual(codes(`${sip}.loads`, text), ['image-unsigned']);
  });

  test('it is empty, cut off in its header, no firmware at all', () => {
    for (const bytes of [Buffer.alloc(0), loader.subarray(0, 300), Buffer.alloc(5000, '<html>')])
      assert.deepEqual(codes('P003-8-12-00.sbn', bytes), ['image-damaged'], `${bytes.length}`);
  });

  test('a loader says how long it is', () => {
    for (const length of [2000, loader.length - 1])
      assert.deepEqual(codes('P003-8-12-00.sbn', loader.subarray(0, length)), ['image-damaged']);
    const longer = Buffer.concat([loader, Buffer.alloc(4)]);
    assert.deepEqual(codes('P003-8-12-00.sbn', longer), ['image-damaged']);
  });

  test("an application does not, but the lab's signature tells", () => {
    const cut = application.subarray(0, application.length - 1);
    assert.deepEqual(codes(`${sip}.sb2`, cut), ['signature-wrong']);
  });

  test('its header and the image in it have different names', () => {
    const { name, bytes } = signedByLab('P003-8-13-00.sbn', bytesOf('P003-8-12-00.bin'));
    assert.deepEqual(codes(name, bytes), ['image-two-names']);
  });

  test('its list names no files', () => {
    const { name, bytes } = signedByLab(`${sip}.loads`, Buffer.from('# nothing\r\n'));
    assert.deepEqual(codes(name, bytes), ['loads-empty']);
  });

  test('there is no image behind its header', () => {
    const { name, bytes } = signedByLab(`${sip}.sb2`, Buffer.from('something else'));
    assert.deepEqual(codes(name, bytes), ['image-damaged']);
  });
});

describe('what is no firmware of these phones', () => {
  test('texts, archives, settings, trust lists', () => {
    for (const [name, bytes] of [
      ['OS79XX.TXT', Buffer.from('P003-8-12-00\n')],
      ['README.bin', Buffer.from('read me')],
      ['x.zip', Buffer.from('PK\x03\x04')],
      ['SIPDefault.cnf', Buffer.from('image_version: "P0S3-8-12-00"')],
      signedTuple('CTLSEP000000000001.tlv', 'list'),
      signedTuple('SEP000000000001.cnf.xml.sgn', '<device/>'),
    ] as const)
      assert.equal(firmware.identify(name, bytes), undefined, name);
  });

  test('signed firmware of other phones is kept as that', () => {
    const [name, bytes] = signedTuple('S00105000400.sbn', 'S00105000400, code of another phone');
    assert.deepEqual([firmware.identify(name, bytes)?.kind, codes(name, bytes)], ['other', []]);
    assert.equal(firmware.imageOf(name), undefined);
  });

  function signedTuple(name: string, text: string) {
    return [name, signedByLab(name, Buffer.from(text)).bytes] as const;
  }
});

describe('properties', () => {
  const names = [...files.keys()].filter((name) => /\.(sbn|sb2|loads|bin)$/.test(name));

  test('no bytes under no name make it throw', () => {
    const name = fc.oneof(fc.constantFrom(...names), fc.string());
    fc.assert(
      fc.property(name, fc.uint8Array({ maxLength: 2000 }), (each, bytes) => {
        firmware.identify(each, bytes);
      }),
    );
  });

  test('a signed synthetic file with any byte changed or cut off is never without finding', () => {
    const signed = names.filter((name) => !name.endsWith('.bin'));
    const place = fc.record({
      name: fc.constantFrom(...signed),
      at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      // Most of what can go wrong lies at the beginning.
      isEarly: fc.boolean(),
      change: fc.integer({ min: 1, max: 255 }),
      isCut: fc.boolean(),
    });
    fc.assert(
      fc.property(place, ({ name, at, isEarly, change, isCut }) => {
        const whole = bytesOf(name);
        const offset = Math.floor(at * (isEarly ? Math.min(1000, whole.length) : whole.length));
        const bytes = isCut ? whole.slice(0, offset) : whole.slice();
        if (!isCut) bytes[offset] = (bytes[offset] ?? 0) ^ change;
        const found = codes(name, bytes);
        // The signer's name itself may be what was changed: then nothing vouches for the file.
        const signer = firmware.identify(name, bytes)?.signature?.verdict;
        assert.ok(found === undefined || found.length > 0 || signer === 'key unknown', `${offset}`);
      }),
      { numRuns: 300 },
    );
  });

  test('a file is told by its content whatever it is called', () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.string(), (name, other) => {
        const facts = firmware.identify(other, bytesOf(name));
        if (facts === undefined) return assert.ok(name.endsWith('.loads'));
        assert.equal(facts.ownName, name);
      }),
      { numRuns: 50 },
    );
  });
});

describe('an image and its files', () => {
  const of = (names: ReadonlyMap<string, Uint8Array>) => (name: string) => {
    const bytes = names.get(name);
    return bytes && firmware.identify(name, bytes);
  };

  test('which image a file is of', () => {
    for (const [name, image] of [
      ['P0S3-8-12-00.loads', 'P0S3-8-12-00'],
      ['P0S3-8-12-00.sb2', 'P0S3-8-12-00'],
      ['p003-8-12-00.sbn', 'P003-8-12-00'],
      ['P00308000900.sbn', 'P00308000900'],
      ['P0S30202.bin', 'P0S30202'],
      ['SIP41.9-4-2S.loads', undefined],
      ['OS79XX.TXT', undefined],
      ['P0S3-8-12-00.txt', undefined],
    ] as const)
      assert.equal(firmware.imageOf(name), image, name);
  });

  test('the files of each generation', () => {
    const parts = (image: string) => firmware.bundle(image, () => undefined).parts;
    assert.deepEqual(parts('P0S3-04-4-00'), ['P0S3-04-4-00.bin']);
    assert.deepEqual(parts('P0S3-06-3-00'), ['P0S3-06-3-00.bin', 'P0S3-06-3-00.sbn']);
    assert.deepEqual(parts(sip).toSorted(), [
      ...['P003-8-12-00.bin', 'P003-8-12-00.sbn', 'P0S3-8-12-00.loads', 'P0S3-8-12-00.sb2'],
    ]);
    assert.deepEqual(parts('P003-8-12-00'), ['P003-8-12-00.bin', 'P003-8-12-00.sbn']);
  });

  test('the loader is the one that the list names', () => {
    const text = 'P003-08-11-00.sbn\nP0S3-8-12-00.sb2\nLA_VERSION=PAS30811\n';
    const list = signedByLab(`${sip}.loads`, Buffer.from(text));
    const { parts } = firmware.bundle(sip, of(new Map([[list.name, list.bytes]])));
    assert.deepEqual(parts, [
      ...['P0S3-8-12-00.loads', 'P0S3-8-12-00.sb2', 'P003-08-11-00.sbn', 'P003-08-11-00.bin'],
    ]);
  });

  test('files of one package fit together', () => {
    assert.deepEqual(firmware.bundle(sip, of(files)).findings, []);
  });

  test('a loader of another version than the list wants', () => {
    const other = new Map(files);
    const text = 'P003-8-12-00.sbn\nP0S3-8-12-00.sb2\nLA_VERSION=PAS30811\n';
    other.set(`${sip}.loads`, signedByLab(`${sip}.loads`, Buffer.from(text)).bytes);
    const { findings } = firmware.bundle(sip, of(other));
    assert.deepEqual(
      findings.map(({ code, text: said }) => [code, said]),
      [
        [
          'loader-mismatch',
          'P0S3-8-12-00.loads wants loader PAS30811, P003-8-12-00.sbn is PAS30830',
        ],
      ],
    );
  });

  test('the signed and the unsigned form hold different images', () => {
    const image = bytesOf('P0S3-06-3-00.bin').slice();
    image[5000] = (image[5000] ?? 0) ^ 1;
    const other = new Map(files).set('P0S3-06-3-00.bin', image);
    const { findings } = firmware.bundle('P0S3-06-3-00', of(other));
    assert.deepEqual(
      findings.map(({ code }) => code),
      ['image-twins-differ'],
    );
  });
});
