import fc from 'fast-check';
import type { TftpOption, TftpPacket } from '../packet.ts';

const latin1Text = (minLength: number): fc.Arbitrary<string> =>
  fc
    .array(fc.integer({ min: 1, max: 255 }), { minLength, maxLength: 40 })
    .map((codes) => String.fromCharCode(...codes));

/** fast-check's records have no prototype, which a deep comparison would not overlook. */
const plain = { noNullPrototype: true };
const block = fc.integer({ min: 0, max: 65535 });
const option: fc.Arbitrary<TftpOption> = fc.record(
  {
    name: fc.oneof(latin1Text(1), fc.constantFrom('blksize', 'TSIZE', 'timeout', 'windowsize')),
    value: fc.oneof(latin1Text(0), fc.nat().map(String)),
  },
  plain,
);
export const options = fc.array(option, { maxLength: 8 });

/** Every packet that can be written. */
export const packet: fc.Arbitrary<TftpPacket> = fc.oneof(
  fc.record(
    {
      kind: fc.constantFrom('rrq', 'wrq'),
      path: latin1Text(0),
      mode: fc.oneof(latin1Text(0), fc.constantFrom('octet', 'netascii')),
      options,
    },
    plain,
  ),
  fc.record({ kind: fc.constant('data'), block, data: fc.uint8Array({ maxLength: 600 }) }, plain),
  fc.record({ kind: fc.constant('ack'), block }, plain),
  fc.record({ kind: fc.constant('error'), code: block, message: latin1Text(0) }, plain),
  fc.record({ kind: fc.constant('oack'), options }, plain),
);

/** A datagram with some bytes set to others, cut short or made longer. */
export function mutationsOf(datagrams: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  const edits = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 6 });
  return fc.tuple(datagrams, edits, fc.nat(), fc.uint8Array({ maxLength: 6 })).map(mutate);
}

function mutate([datagram, edits, cut, tail]: [
  Uint8Array,
  [number, number][],
  number,
  Uint8Array,
]): Uint8Array {
  const mutated = Uint8Array.from([...datagram.subarray(0, cut % (datagram.length + 1)), ...tail]);
  for (const [at, byte] of edits) if (mutated.length > 0) mutated[at % mutated.length] = byte;
  return mutated;
}
