import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { buildPcap } from '../../codec/pcap/testing/build-capture.ts';
import { CodecError } from '../../wire/codec-error.ts';
import { readObservations } from './read-observations.ts';
import {
  dataBlock,
  readStaged,
  stagedMacOf,
  stagedNow,
  stagedRegister,
  stagedRequest,
} from './testing/observed-capture.ts';
import { stage } from './testing/staged-capture.ts';

describe('any file', () => {
  test('chunks end anywhere, from any source of them', async () => {
    const on = stage();
    on.tftp(50_000, 69, stagedRequest);
    on.udp(5060, 5060, Buffer.from(stagedRegister));
    const bytes = on.pcap();
    const whole = await readStaged(bytes);
    function* chunks(): Generator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += 3) yield bytes.subarray(at, at + 3);
    }
    assert.deepEqual(
      await readObservations('x.pcap', chunks(), { now: stagedNow, zone: 0, macOf: stagedMacOf }),
      whole,
    );
    assert.deepEqual(whole.formats, ['pcap']);
  });

  test('a packet that says nonsense is a note, and the next one is read', async () => {
    const on = stage();
    on.udp(50_000, 69, Buffer.from('\0\x01no end'));
    on.tftp(50_000, 69, stagedRequest);
    const { observations, notes } = await readStaged(on.pcap());
    assert.equal(observations.length, 1);
    assert.deepEqual(notes, [
      {
        source: 'x.pcap',
        line: 1,
        text: 'packet 1: path at offset 2: expected text that ends with NUL, found no NUL in the bytes left',
      },
    ]);
  });

  test('observations beyond the most are left out, with a note', async () => {
    const on = stage();
    for (let port = 50_000; port < 50_010; port++) on.tftp(port, 69, stagedRequest);
    const options = { now: stagedNow, zone: 0, mostObservations: 4 };
    const { observations, notes } = await readObservations('x', on.pcap(), options);
    assert.equal(observations.length, 4);
    assert.match(notes[0]?.text ?? '', /^6 observations more than the 4/);
  });

  test('a link that is not read, and IPv6, are notes', async () => {
    const packets = [{ at: 0, bytes: Buffer.from('60') }];
    const { notes } = await readStaged(buildPcap(packets, { linkType: 127 }));
    assert.equal(notes[0]?.text, '1 of 1 packets are of link type 127: not read');
  });

  test('an empty file, and a short one', async () => {
    assert.deepEqual(await readStaged(new Uint8Array()), {
      observations: [],
      notes: [],
      formats: [],
    });
    assert.equal((await readStaged(Buffer.from('abc'))).notes.length, 1);
  });

  test('nothing else is thrown than a CodecError', async () => {
    const on = stage();
    on.tftp(50_000, 69, stagedRequest);
    on.tftp(7000, 50_000, dataBlock(1, 20), 'from-server');
    on.udp(5060, 5060, Buffer.from(stagedRegister));
    on.tcp({ fromPort: 51_000, toPort: 6970, sequence: 1, text: 'GET /a HTTP/1.1\r\n\r\n' });
    on.udp(5000, 5000, Buffer.from('ffffffff0202ffffffff9e0308', 'hex'));
    const start = on.pcap();
    const change = fc.record({
      at: fc.nat(start.length - 1),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const bytes = Buffer.from(start);
        for (const { at, bytes: value } of changes)
          bytes.set(value.subarray(0, bytes.length - at), at);
        try {
          await readStaged(bytes);
        } catch (error) {
          assert(error instanceof CodecError, String(error));
        }
      }),
      { numRuns: 2000 },
    );
  });
});

const corpus = process.env.HOOKFLASH_CORPUS;

test('every line of the logs in the corpus is understood', async (t) => {
  if (corpus === undefined) return t.skip('SKIPPED: HOOKFLASH_CORPUS is not set');
  const folder = join(corpus, 'cisco', 'logs');
  let seen = 0;
  for (const name of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, name));
    const { observations, notes, formats } = await readObservations(name, bytes, {
      now: stagedNow,
      zone: 0,
      macOf: stagedMacOf,
    });
    assert.deepEqual([notes, formats], [[], ['tftpd-hpa']]);
    assert.equal(observations.length, bytes.toString().trimEnd().split('\n').length);
    seen++;
  }
  assert.ok(seen >= 2);
});
