import assert from 'node:assert/strict';
import { test } from 'node:test';
import { javaZoneTable } from '../../time/java-zone-table.ts';
import { zoneTable } from '../../time/zone-table.ts';
import { zoneNameFor, zoneNames } from './zone-names.ts';

for (const [abbreviation, name] of zoneNames)
  test(`${abbreviation} and ${name} are as far from Greenwich`, () => {
    const short = zoneTable.find((zone) => zone.abbreviation === abbreviation);
    const long = javaZoneTable.find((zone) => zone.name === name);
    assert.ok(short && long);
    assert.ok([long.offset, long.otherOffset].includes(short.offset));
  });

test('a name in full stays, and what is neither has none', () => {
  assert.equal(zoneNameFor('Romance Standard/Daylight Time'), 'Romance Standard/Daylight Time');
  assert.equal(zoneNameFor(''), '');
  for (const other of ['SUM', '8', 'cet', 'Europe/Berlin'])
    assert.equal(zoneNameFor(other), undefined);
});
