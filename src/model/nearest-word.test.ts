import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { nearestWord } from './nearest-word.ts';

const known = ['proxy1_address', 'proxy1_port', 'nat_enable', 'nat_address', 'sync'];

test('a misspelt word has a nearest one', () => {
  assert.equal(nearestWord('proxy1_adress', known), 'proxy1_address');
  assert.equal(nearestWord('NAT_ENABLED', known), 'nat_enable');
  assert.equal(nearestWord('nta_enable', known), 'nat_enable');
  assert.equal(nearestWord('snyc', known), 'sync');
});

test('a word that is far from all has none', () => {
  for (const word of ['', 'x', 'volume', 'sip_proxy_of_line_1'])
    assert.equal(nearestWord(word, known), undefined, word);
});

test('a known word is nearest to itself, and one wrong letter of eight does not matter', () => {
  const word = fc.stringMatching(/^[a-z_]{8,16}$/);
  fc.assert(
    fc.property(word, fc.array(word), fc.nat(), (right, others, at) => {
      assert.equal(nearestWord(right, [...others, right]), right);
      const place = at % right.length;
      const wrong = `${right.slice(0, place)}!${right.slice(place + 1)}`;
      assert.equal(nearestWord(wrong, [right]), right);
    }),
  );
});
