import assert from 'node:assert/strict';
import { seededRandom } from '../../../twin/seeded-random.ts';
import { CodecError } from '../../../wire/codec-error.ts';
import { parseRudp, serializeRudp } from '../rudp-frame.ts';
import { summarizeUnistim } from '../unistim-summary.ts';
import { commandRows } from '../unistim-command.ts';

/** Reads random datagrams, most of them nearly good; what is read must be written as it was. */
export function fuzzRudp(datagrams: number, seed: number): { read: number; refused: number } {
  const random = seededRandom(seed);
  const counts = { read: 0, refused: 0 };
  for (let each = 0; each < datagrams; each++) {
    const bytes = randomDatagram(random);
    try {
      const frame = parseRudp(bytes);
      counts.read++;
      assert.equal(
        Buffer.compare(serializeRudp(frame), bytes),
        0,
        Buffer.from(bytes).toString('hex'),
      );
      summarizeUnistim(bytes);
    } catch (error) {
      if (!(error instanceof CodecError)) throw error;
      counts.refused++;
    }
  }
  return counts;
}

/** A header that is often good, then commands that often are, or anything. */
export function randomDatagram(random: () => number): Uint8Array {
  const below = (limit: number) => Math.floor(random() * limit);
  const noise = (length: number) => Uint8Array.from({ length }, () => below(256));
  if (random() < 0.2) return noise(below(80));
  const sequence = random() < 0.2 ? [255, 255, 255, 255] : [0, 0, 0, below(8)];
  const type = random() < 0.9 ? below(3) : below(256);
  const payload = random() < 0.9 ? below(4) : below(256);
  const id = payload === 2 ? noise(random() < 0.9 ? 4 : below(4)) : [];
  const body = payload === 3 ? uftp() : Array.from({ length: below(4) }, one).flat();
  return Uint8Array.from([...sequence, type, payload, ...id, ...body]);

  function one(): readonly number[] {
    const { address = 0, command = 0 } = commandRows[below(commandRows.length)] ?? {};
    const data = noise(below(14));
    const length = random() < 0.95 ? data.length + 3 : below(256);
    return [address, length, command, ...data];
  }

  function uftp(): readonly number[] {
    const command = random() < 0.9 ? (below(2) << 7) | below(3) : below(256);
    return [command, ...noise(below(20))];
  }
}
