import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { mutationsOf, packet } from './testing/arbitraries.ts';
import { decodePacket, encodePacket } from './packet.ts';
import type { TftpPacket } from './packet.ts';

const folder = new URL('testdata/', import.meta.url);

/** A title, lines of `hex | comment` and JSON, parted by empty lines. */
function readGolden(name: string): { bytes: Uint8Array; json: unknown } {
  const [, hex = '', json = ''] = readFileSync(new URL(name, folder), 'utf8').split('\n\n');
  if (json === '') return { bytes: new Uint8Array(), json: JSON.parse(hex) };
  const digits = hex.split('\n').map((line) => (line.split('|')[0] ?? '').replaceAll(' ', ''));
  return { bytes: Buffer.from(digits.join(''), 'hex'), json: JSON.parse(json) };
}

function readable(decoded: TftpPacket): unknown {
  if (decoded.kind !== 'data') return decoded;
  return { ...decoded, data: Buffer.from(decoded.data).toString('hex') };
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
          faultOf(() => decodePacket(bytes)),
          json,
        );
      const decoded = decodePacket(bytes);
      assert.deepEqual(readable(decoded), json);
      if (name.startsWith('lenient-')) return;
      assert.deepEqual(Buffer.from(encodePacket(decoded)), Buffer.from(bytes));
    });
});

test('what is written is read again', () => {
  fc.assert(
    fc.property(packet, (value) => assert.deepEqual(decodePacket(encodePacket(value)), value)),
    { numRuns: 2000 },
  );
});

test('any bytes give a packet or a CodecError', () => {
  const datagrams = fc.oneof(
    fc.uint8Array({ maxLength: 80 }),
    mutationsOf(packet.map(encodePacket)),
  );
  fc.assert(
    fc.property(datagrams, (bytes) => {
      try {
        decodePacket(bytes);
      } catch (error) {
        assert(error instanceof CodecError);
      }
    }),
    { numRuns: 10_000 },
  );
});

describe('a packet that does not fit its fields is not written', () => {
  const request = { kind: 'rrq', path: 'a', mode: 'octet', options: [] } as const;
  const misfits: readonly [string, TftpPacket][] = [
    ['NUL in a path', { ...request, path: 'a\0b' }],
    ['a character beyond Latin-1', { ...request, path: 'Ł' }],
    ['an option without a name', { ...request, options: [{ name: '', value: '1' }] }],
    ['a block number of 17 bits', { kind: 'data', block: 65536, data: new Uint8Array() }],
    ['a block number below 0', { kind: 'ack', block: -1 }],
    ['a broken block number', { kind: 'data', block: 0.5, data: new Uint8Array() }],
    ['an error code of 17 bits', { kind: 'error', code: 65536, message: '' }],
  ];
  for (const [name, misfit] of misfits)
    test(name, () => assert.throws(() => encodePacket(misfit), CodecError));
});
