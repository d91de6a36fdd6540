import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTimeZone } from './time-zone-value.ts';
import { zoneTable, zonesNamed } from './zone-table.ts';

test('the table has all zones of the guide, each with an offset of its own', () => {
  assert.equal(zoneTable.length, 32);
  assert.equal(new Set(zoneTable.map(({ offset }) => offset)).size, 32);
  assert.equal(new Set(zoneTable.map(({ abbreviation }) => abbreviation)).size, 32);
  assert.deepEqual(
    zoneTable.map(({ offset }) => offset / 60),
    [
      -12, -11, -10, -9.5, -9, -8, -7, -6, -5, -4, -3.5, -3, -2, -1, 0, 1, 2, 3, 3.5, 4, 4.5, 5,
      5.5, 6, 6.5, 7, 8, 9, 9.5, 10, 11, 12,
    ],
  );
});

test('five abbreviations name two zones', () => {
  const names = zoneTable.flatMap((zone) => [
    zone.abbreviation,
    ...zone.names.map(([name]) => name),
  ]);
  const rows = (name: string) =>
    new Set(
      zoneTable.filter((zone) => zone.abbreviation === name || zonesNamed(name).includes(zone)),
    );
  const clashing = [...new Set(names)].filter((name) => rows(name).size > 1);
  assert.deepEqual(clashing.toSorted(), ['BST', 'BT', 'GST', 'HST', 'NST']);
});

/** Value, minutes from Greenwich or nothing if not known, and the codes of the notes. */
const readings: readonly (readonly [string, number | undefined, ...codes: string[]])[] = [
  ['EST', -300],
  ['IMT', -570],
  ['GMT', 0],
  ['BST', -180, 'time-zone-clash'],
  ['BT', 180, 'time-zone-clash'],
  ['HST', 480, 'time-zone-clash'],
  ['NST', -210, 'time-zone-clash'],
  ['GST', undefined, 'time-zone-ambiguous'],
  ['EDT', -240, 'time-zone-alias'],
  ['USSR-zone8', 540, 'time-zone-alias'],
  ['8', 480, 'time-zone-number'],
  ['-5', -300, 'time-zone-number'],
  ['+5:30', 330, 'time-zone-number'],
  ['0', 0, 'time-zone-number'],
  ['15', undefined, 'time-zone-unknown'],
  ['-13', undefined, 'time-zone-unknown'],
  ['est', undefined, 'time-zone-case'],
  ['Gst', undefined, 'time-zone-case'],
  ['Europe/Berlin', undefined, 'time-zone-unknown'],
  ['', undefined, 'time-zone-missing'],
];

for (const [value, offset, ...codes] of readings)
  test(`time_zone "${value}"`, () => {
    const reading = readTimeZone(value);
    assert.equal(reading.offset, offset);
    assert.deepEqual(
      reading.notes.map(({ code }) => code),
      codes,
    );
    for (const note of reading.notes) assert.equal(note.key, 'time_zone');
  });

test('a clash says which zone is taken and which is not', () => {
  assert.equal(
    readTimeZone('BST').notes[0]?.text,
    'BST is Brazil Standard Time here (GMT-03:00), not British Summer Time (GMT+01:00, CET)',
  );
  assert.equal(
    readTimeZone('GST').notes[0]?.text,
    'GST names two zones: Greenland Standard Time (GMT-03:00, BST) and ' +
      'Guam Standard Time (GMT+10:00, EAST); which one the phone takes is unknown',
  );
});
