import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { referenceIdOf, referenceIdOfAddress, referenceText } from './reference-id.ts';
import { decodeSntp, encodeSntp, type SntpPacket } from './sntp-packet.ts';
import { packet } from './testing/arbitraries.ts';

const folder = new URL('testdata/', import.meta.url);

/** A title, lines of `hex | comment` and JSON, parted by empty lines. */
function readGolden(name: string): { bytes: Uint8Array; json: unknown } {
  const [, hex = '', json = ''] = readFileSync(new URL(name, folder), 'utf8').split('\n\n');
  if (json === '') return { bytes: new Uint8Array(), json: JSON.parse(hex) };
  const digits = hex.split('\n').map((line) => (line.split('|')[0] ?? '').replaceAll(' ', ''));
  return { bytes: Buffer.from(digits.join(''), 'hex'), json: JSON.parse(json) };
}

function faultOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    assert(error instanceof CodecError);
    return { field: error.fault.field, offset: error.fault.offset };
  }
  return assert.fail('nothing was thrown');
}

describe('golden packets', () => {
  for (const name of readdirSync(folder))
    test(name, () => {
      const { bytes, json } = readGolden(name);
      if (name.startsWith('malformed-'))
        return assert.deepEqual(
          faultOf(() => decodeSntp(bytes)),
          json,
        );
      const decoded = decodeSntp(bytes);
      assert.deepEqual({ ...decoded, rest: Buffer.from(decoded.rest).toString('hex') }, json);
      assert.deepEqual(Buffer.from(encodeSntp(decoded)), Buffer.from(bytes));
    });
});

test('what is written is read again', () => {
  fc.assert(
    fc.property(packet, (value) => assert.deepEqual(decodeSntp(encodeSntp(value)), value)),
    { numRuns: 2000 },
  );
});

test('any bytes give a packet that is written as it came, or a CodecError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      try {
        assert.deepEqual(encodeSntp(decodeSntp(bytes)), bytes);
      } catch (error) {
        assert(error instanceof CodecError);
        assert(bytes.length < 48);
      }
    }),
    { numRuns: 10_000 },
  );
});

describe('a packet that does not fit its fields is not written', () => {
  const { bytes } = readGolden('broadcast.golden');
  const misfits: readonly Partial<SntpPacket>[] = [
    { leap: 4 },
    { leap: -1 },
    { version: 8 },
    { version: 1.5 },
    { stratum: 256 },
    { poll: 128 },
    { poll: -129 },
    { precision: 200 },
    { rootDelay: -1 },
    { rootDispersion: 65_536 },
    { rootDispersion: NaN },
    { referenceId: 2 ** 32 },
    { transmit: { seconds: 2 ** 32, fraction: 0 } },
    { transmit: { seconds: 0, fraction: -1 } },
  ];
  for (const misfit of misfits)
    test(JSON.stringify(misfit), () => {
      assert.throws(() => encodeSntp({ ...decodeSntp(bytes), ...misfit }), CodecError);
    });
});

test('reference identifiers', () => {
  assert.equal(referenceIdOf('RATE'), 0x52415445);
  assert.equal(referenceIdOfAddress('192.0.2.10'), 0xc000020a);
  assert.equal(referenceText(referenceIdOf('LOCL'), 1), 'LOCL');
  assert.equal(referenceText(0x47505300, 1), 'GPS');
  assert.equal(referenceText(0xc000020a, 2), '192.0.2.10');
  assert.equal(referenceText(0x01020304, 0), '01020304');
});
