import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Mac } from '../../wire/mac.ts';
import { ownersOf } from './owners.ts';

const a = '0200000000AA' as Mac;
const b = '0200000000BB' as Mac;
const nobody = () => undefined;

test('whose a file is: by the family, by any MAC in its names, by whom it was made for', () => {
  const table: readonly (readonly [names: readonly string[], owners: readonly string[]])[] = [
    [['SIPDefault.cnf'], []],
    [[`SIP${a}.cnf`, `SIP${a}.cnf`], [a]],
    [[`sip${a.toLowerCase()}.cnf.bak/`], [a]],
    [['lobby 02:00:00:00:00:aa.txt'], [a]],
    [
      ['0200.0000.00aa-old', `SIP${b}.cnf`],
      [a, b],
    ],
    [[`${a}${b}`], [a, b]],
    [['02-00-00-00-00-AA'], [a]],
    [['0200000000A', 'features-9.4.2.xml'], []],
  ];
  for (const [names, owners] of table) {
    const found = ownersOf({ names, macOf: nobody });
    for (const owner of owners)
      assert.ok(found.includes(owner as Mac), `${names.join()}: ${owner}`);
    if (owners.length === 0) assert.deepEqual(found, [], names.join());
  }
  assert.deepEqual(ownersOf({ names: [`${b}/x`], macOf: () => a }), [a]);
  assert.deepEqual(ownersOf({ names: ['common'], macOf: nobody, madeFor: b }), [b]);
  assert.deepEqual(ownersOf({ names: ['x'], macOf: () => a, madeFor: b }), [a, b]);
});
