import { invalidTorture } from './torture-invalid.ts';
import { meaningTorture } from './torture-meaning.ts';
import { characterTorture } from './torture-characters.ts';
import { mutate, readInAllWays } from './sip-mutations.ts';
import { offer, usual, wire } from './torture.ts';
import { validTorture } from './torture-valid.ts';

const authorization =
  'Authorization: Digest username="7001", realm="desk", nonce="1-2-3", uri="sip:a", response="0f", qop=auth, nc=00000001, cnonce="c", algorithm=MD5';

const seeds = [
  ...[...characterTorture, ...validTorture, ...invalidTorture, ...meaningTorture].map(
    ({ bytes }) => bytes,
  ),
  wire(['REGISTER sip:a SIP/2.0', ...usual('f', '1 REGISTER'), authorization, 'Contact: *']),
  wire(['NOTIFY sip:a SIP/2.0', ...usual('f', '1 NOTIFY'), 'Event: check-sync', 'l: 0']),
  Buffer.from(offer),
];

/** Throws what a reader throws, with the bytes that made it. */
export function fuzzSip({ messages, seed }: { readonly messages: number; readonly seed: number }): {
  readonly good: number;
} {
  const random = seeded(seed);
  let good = 0;
  for (let index = 0; index < messages; index++) {
    const bytes = mutate(seeds, random);
    try {
      if (readInAllWays(bytes)) good++;
    } catch (cause) {
      const text = JSON.stringify(Buffer.from(bytes).toString('latin1'));
      throw new Error(`seed ${seed}, message ${index}: ${text}`, { cause });
    }
  }
  return { good };
}

/** Mulberry32. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}
