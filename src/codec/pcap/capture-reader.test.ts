import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { captureReader } from './capture-reader.ts';
import type { CapturedFrame } from './captured-frame.ts';
import {
  buildBlock,
  buildEnhanced,
  buildInterface,
  buildPcap,
  buildSection,
  fields,
} from './testing/build-capture.ts';

type Read = { readonly frames: readonly CapturedFrame[]; readonly notes: readonly string[] };

function readCapture(bytes: Uint8Array, chunk = Math.max(1, bytes.length)): Read {
  const reader = captureReader(bytes.subarray(0, 4));
  const frames: CapturedFrame[] = [];
  for (let at = 0; at < bytes.length; at += chunk)
    frames.push(...reader.push(bytes.subarray(at, at + chunk)));
  return { frames, notes: reader.end() };
}

function shown({ frames, notes }: Read): unknown {
  const plain = frames.map(({ bytes, ...rest }) => ({
    ...rest,
    hex: Buffer.from(bytes).toString('hex'),
  }));
  return { frames: plain, notes };
}

function faultOf(bytes: Uint8Array): { readonly message: string; readonly offset: number } {
  try {
    readCapture(bytes);
  } catch (error) {
    assert(error instanceof CodecError);
    return { message: error.message, offset: error.fault.offset };
  }
  return assert.fail('nothing was thrown');
}

const at = 1_700_000_000_123.25;
const packets = [
  { at, bytes: Uint8Array.of(1, 2, 3) },
  { at: at + 1, bytes: Uint8Array.of(), originalLength: 60 },
  { at: at + 2, bytes: Uint8Array.of(4) },
];
const expected = {
  frames: [
    { number: 1, at, linkType: 1, hex: '010203', originalLength: 3 },
    { number: 2, at: at + 1, linkType: 1, hex: '', originalLength: 60 },
    { number: 3, at: at + 2, linkType: 1, hex: '04', originalLength: 1 },
  ],
  notes: [],
};

describe('pcap', () => {
  for (const littleEndian of [true, false])
    for (const nanoseconds of [true, false])
      test(`${littleEndian ? 'little' : 'big'} endian, ${nanoseconds ? 'nano' : 'micro'}seconds`, () => {
        const bytes = buildPcap(packets, { littleEndian, nanoseconds });
        for (const chunk of [1, 5, bytes.length])
          assert.deepEqual(shown(readCapture(bytes, chunk)), expected);
      });

  test('the bytes of the format, by hand', () => {
    const hex =
      'd4c3b2a1 0200 0400 00000000 00000000 ffff0000 71000000' +
      '00f15365 40e20100 02000000 2a000000 abcd';
    const bytes = Buffer.from(hex.replaceAll(' ', ''), 'hex');
    assert.deepEqual(shown(readCapture(bytes)), {
      frames: [
        { number: 1, at: 1_700_000_000_123.456, linkType: 113, hex: 'abcd', originalLength: 42 },
      ],
      notes: [],
    });
  });

  test('a file that is cut off: what is there, and a note', () => {
    const whole = buildPcap(packets);
    const cut = readCapture(whole.subarray(0, whole.length - 1));
    assert.equal(cut.frames.length, 2);
    assert.deepEqual(cut.notes, ['the file ends in the middle of packet 3, at offset 59']);
    const header = readCapture(whole.subarray(0, 20));
    assert.deepEqual(header.notes, ['the file ends in its header, after 20 bytes']);
  });

  test('nonsense is told with the number of the packet and the offset', () => {
    const bytes = Buffer.from(buildPcap(packets));
    bytes.writeUInt32LE(0x7fffffff, 24 + 16 + 3 + 8);
    assert.deepEqual(faultOf(bytes), {
      message: 'packet 2, captured length at offset 51: expected at most 262144, found 2147483647',
      offset: 51,
    });
    const version = Buffer.from(buildPcap([]));
    version.writeUInt16LE(3, 4);
    assert.equal(faultOf(version).message, 'version at offset 4: expected 2, found 3');
  });
});

const microseconds = 1_700_000_000_123_250n;
const resolution = (code: number, ...rest: readonly number[]): Buffer =>
  Buffer.concat([
    fields(true, [
      [9, 2],
      [1, 2],
    ]),
    Uint8Array.of(code, 0, 0, 0, ...rest),
  ]);

describe('pcapng', () => {
  test('sections, interfaces, packets of all kinds, and blocks that nobody knows', () => {
    const data = Uint8Array.of(1, 2, 3);
    const secondsOffset = Buffer.alloc(12);
    secondsOffset.writeUInt16LE(14, 0);
    secondsOffset.writeUInt16LE(8, 2);
    secondsOffset.writeBigInt64LE(100n, 4);
    const obsolete = Buffer.from(buildEnhanced(0, microseconds, data));
    obsolete.writeUInt32LE(2, 0);
    obsolete.writeUInt16LE(2, 8);
    obsolete.writeUInt16LE(77, 10);
    const bytes = Buffer.concat([
      buildSection(),
      buildInterface(1),
      buildBlock(0x0bad, Buffer.alloc(1000)),
      buildInterface(113, resolution(9)),
      buildEnhanced(0, microseconds, data),
      buildEnhanced(1, microseconds * 1000n, data),
      buildInterface(101, Buffer.concat([resolution(0x80 | 10), secondsOffset])),
      buildEnhanced(2, 1024n * 5n + 512n, data),
      obsolete,
      buildBlock(3, Buffer.concat([fields(true, [[3, 4]]), data])),
      buildSection(false),
      buildInterface(228, new Uint8Array(), false),
      buildEnhanced(0, microseconds, data, false),
    ]);
    const frame = (number: number, when: number | undefined, linkType: number) => {
      return { number, at: when, linkType, hex: '010203', originalLength: 3 };
    };
    const all = {
      frames: [
        frame(1, at, 1),
        frame(2, at, 113),
        frame(3, 105_500, 101),
        frame(4, 100_000 + Number(microseconds) / 1.024, 101),
        frame(5, undefined, 1),
        frame(6, at, 228),
      ],
      notes: [],
    };
    for (const chunk of [1, 13, bytes.length]) {
      const read = readCapture(bytes, chunk);
      const [, , , fourth] = read.frames;
      assert.ok(Math.abs((fourth?.at ?? 0) - (all.frames[3]?.at ?? 0)) < 1);
      const exact = read.frames.map((each) =>
        each === fourth ? { ...each, at: all.frames[3]?.at } : each,
      );
      assert.deepEqual(shown({ ...read, frames: exact }), all);
    }
  });

  test('a block that is left out need not be kept', () => {
    const big = buildBlock(0x0bad, Buffer.alloc(4_000_000));
    const bytes = Buffer.concat([
      buildSection(),
      buildInterface(),
      big,
      buildEnhanced(0, 0n, Buffer.from('a')),
    ]);
    assert.equal(readCapture(bytes, 100_000).frames.length, 1);
  });

  test('a file that is cut off', () => {
    const bytes = Buffer.concat([
      buildSection(),
      buildInterface(),
      buildEnhanced(0, 0n, Buffer.from('abcd')),
    ]);
    const { frames, notes } = readCapture(bytes.subarray(0, -1));
    assert.equal(frames.length, 0);
    assert.deepEqual(notes, [
      'the file ends in the middle of a block after packet 0, at offset 48',
    ]);
  });

  const faults: readonly [what: string, bytes: Uint8Array, message: RegExp][] = [
    [
      'a packet before its interface',
      Buffer.concat([buildSection(), buildEnhanced(3, 0n, Buffer.from('a'))]),
      /^packet 1, interface at offset 36: expected one of the 0 described before, found 3$/,
    ],
    [
      'a length that is not that at the end',
      damaged(buildSection(), 24, 27),
      /^packet 1, block length at the end at offset 24/,
    ],
    [
      'a length of nothing',
      damaged(buildSection(), 4, 0),
      /^packet 1, block length at offset 4: expected a multiple of 4, at least 12, found 0$/,
    ],
    ['a byte order that is none', damaged(buildSection(), 8, 9), /^byte-order magic at offset 8/],
    [
      'another version',
      damaged(buildSection(), 12, 2),
      /^version of the section at offset 12: expected 1, found 2$/,
    ],
    [
      'a packet longer than its block',
      damaged(
        Buffer.concat([
          buildSection(),
          buildInterface(),
          buildEnhanced(0, 0n, Buffer.from('abcd')),
        ]),
        48 + 20,
        200,
      ),
      /^packet 1, captured length at offset 68: expected at most 4, found 200$/,
    ],
  ];
  for (const [what, bytes, message] of faults)
    test(what, () => assert.match(faultOf(bytes).message, message));
});

function damaged(bytes: Uint8Array, offset: number, value: number): Uint8Array {
  const copy = Buffer.from(bytes);
  copy[offset] = value;
  return copy;
}

test('other files are none', () => {
  assert.throws(() => captureReader(Buffer.from('Apr ')), CodecError);
  assert.throws(() => captureReader(new Uint8Array()), CodecError);
});

test('any bytes behind a right beginning give packets or a CodecError', () => {
  const starts = [
    buildPcap(packets),
    Buffer.concat([buildSection(), buildInterface(), buildEnhanced(0, 5n, Buffer.from('abc'))]),
  ];
  const change = fc.record({
    start: fc.constantFrom(...starts),
    at: fc.nat(200),
    bytes: fc.uint8Array({ maxLength: 8 }),
    tail: fc.uint8Array({ maxLength: 40 }),
    chunk: fc.integer({ min: 1, max: 50 }),
  });
  fc.assert(
    fc.property(change, ({ start, at: from, bytes, tail, chunk }) => {
      const where = 4 + (from % (start.length - 4));
      const changed = Buffer.concat([
        start.subarray(0, where),
        bytes,
        start.subarray(where + bytes.length),
        tail,
      ]);
      try {
        for (const frame of readCapture(changed, chunk).frames)
          assert.ok(frame.bytes.length <= changed.length);
      } catch (error) {
        assert(error instanceof CodecError, String(error));
      }
    }),
    { numRuns: 3000 },
  );
});
