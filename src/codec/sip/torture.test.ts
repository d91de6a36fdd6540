import assert from 'node:assert/strict';
import { test } from 'node:test';
import { receiveSip } from './receive-sip.ts';
import { parseSip } from './parse-sip.ts';
import { serializeSip } from './serialize-sip.ts';
import type { SipAbilities } from './sip-problem.ts';
import { characterTorture } from './testing/torture-characters.ts';
import { invalidTorture } from './testing/torture-invalid.ts';
import { meaningTorture } from './testing/torture-meaning.ts';
import { validTorture } from './testing/torture-valid.ts';

const all = [...characterTorture, ...validTorture, ...invalidTorture, ...meaningTorture];

function verdictOn(bytes: Uint8Array, abilities?: SipAbilities): string | number {
  const received = receiveSip(bytes, abilities);
  if (received.kind === 'unreadable') return received.error.message;
  if (received.kind === 'good') return 'good';
  return received.message.kind === 'response' ? 'dropped' : received.problem.status;
}

test('all 49 messages of RFC 4475 are there', () => {
  assert.equal(new Set(all.map(({ section }) => section)).size, 49);
  assert.equal(new Set(all.map(({ name }) => name)).size, 49);
});

for (const { name, section, bytes, verdict, receivers = [], check } of all)
  test(`RFC 4475 section ${section}, ${name}: ${verdict}`, () => {
    assert.equal(verdictOn(bytes), verdict);
    for (const [abilities, expected] of receivers)
      assert.equal(verdictOn(bytes, abilities), expected, abilities.role);
    if (verdict !== 'good') return;
    const message = parseSip(bytes);
    check?.(message);
    assert.deepEqual(parseSip(serializeSip(message)).headers.slice(0, message.headers.length), [
      ...message.headers,
    ]);
  });
