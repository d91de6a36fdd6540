import assert from 'node:assert/strict';
import {
  buildEnhanced,
  buildInterface,
  buildSection,
} from '../src/codec/pcap/testing/build-capture.ts';
import { stage } from '../src/core/explain/testing/staged-capture.ts';
import {
  stagedRegister,
  stagedRequest,
  dataBlock,
  readStaged,
} from '../src/core/explain/testing/observed-capture.ts';
import { seededRandom } from '../src/twin/seeded-random.ts';
import { CodecError } from '../src/wire/codec-error.ts';

/** A capture of every protocol that is read, in both formats. */
function samples(): readonly Uint8Array[] {
  const on = stage();
  on.tftp(50_000, 69, stagedRequest);
  on.tftp(7000, 50_000, dataBlock(1, 20), 'from-server');
  on.tftp(50_000, 7000, { kind: 'ack', block: 1 });
  on.udp(5060, 5060, Buffer.from(stagedRegister));
  on.tcp({ fromPort: 51_000, toPort: 6970, sequence: 1, flags: ['syn'] });
  on.tcp({ fromPort: 51_000, toPort: 6970, sequence: 2, text: 'GET /a HTTP/1.1\r\n\r\n' });
  on.udp(5000, 5000, Buffer.from('ffffffff0202ffffffff9e0308', 'hex'));
  on.udp(123, 123, Buffer.alloc(48, 0x23));
  const discover = Buffer.alloc(300);
  discover.set([1, 1, 6, 0, 9, 9, 9, 9]);
  discover.set([0x63, 0x82, 0x53, 0x63, 53, 1, 1, 60, 3, 65, 66, 67, 55, 2, 150, 66, 255], 236);
  on.udp(68, 67, discover);
  const blocks = on.packets().map(({ at, bytes }) => buildEnhanced(0, BigInt(at) * 1000n, bytes));
  return [on.pcap(), Buffer.concat([buildSection(), buildInterface(), ...blocks])];
}

/** Changes one to eight bytes at a time; what cannot be read has to be a CodecError. */
export async function readMutations(
  count: number,
  seed: number,
): Promise<{ readonly refused: number }> {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const wholes = samples();
  let refused = 0;
  for (let run = 0; run < count; run++) {
    const bytes = Buffer.from(wholes[run % wholes.length] ?? []);
    for (let change = below(8); change >= 0; change--)
      bytes[4 + below(bytes.length - 4)] = below(256);
    const cut = below(10) === 0 ? bytes.subarray(0, below(bytes.length)) : bytes;
    try {
      const { observations } = await readStaged(cut);
      for (const { at } of observations) assert.ok(Number.isFinite(at), `run ${run}`);
    } catch (error) {
      assert(error instanceof CodecError, `run ${run} of seed ${seed}: ${String(error)}`);
      refused++;
    }
  }
  return { refused };
}
