import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Finding } from '../../model/finding.ts';
import { mendText } from './mend.ts';

function replacing(offset: number, length: number, text: string): Finding {
  const fix = { kind: 'replace', offset, length, text } as const;
  return { code: 'x', severity: 'note', text: 'x', fix };
}

test('what findings say is replaced, from the beginning on', () => {
  const { text, done } = mendText('one two three', [replacing(8, 5, '3'), replacing(0, 3, '1')]);
  assert.equal(text, '1 two 3');
  assert.equal(done.length, 2);
});

test('of two that overlap the first is done', () => {
  const { text, done } = mendText('abcdef', [replacing(2, 3, 'X'), replacing(1, 2, 'Y')]);
  assert.equal(text, 'aYdef');
  assert.deepEqual(
    done.map(({ fix }) => fix.text),
    ['Y'],
  );
});

test('what no finding speaks of stays as it is', () => {
  const changes = fc.array(fc.tuple(fc.nat(30), fc.nat(5), fc.string({ maxLength: 3 })));
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 30 }), changes, (before, wanted) => {
      const findings = wanted.map(([offset, length, text]) => replacing(offset, length, text));
      const { text, done } = mendText(before, findings);
      const kept: string[] = [];
      let end = 0;
      for (const { fix } of done) {
        kept.push(before.slice(end, fix.offset), fix.text);
        end = fix.offset + fix.length;
      }
      assert.equal(text, [...kept, before.slice(end)].join(''));
    }),
  );
});
