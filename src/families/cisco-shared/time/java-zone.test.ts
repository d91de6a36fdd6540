import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isZone } from './iana-zone.ts';
import { javaClock, javaZoneNotes, timeZoneKey } from './java-clock.ts';
import { lawChangedAfter, lawIn } from './java-law.ts';
import { ciscoJavaTime as time, javaNamesFor } from './java-zone-settings.ts';
import { javaZoneNamed, javaZoneTable } from './java-zone-table.ts';
import { wrongHours } from './span.ts';
import { wrongIn } from './zone-settings.ts';

test('every name once, with an IANA zone', () => {
  assert.equal(javaZoneTable.length, 55);
  assert.equal(new Set(javaZoneTable.map(({ name }) => name)).size, 55);
  for (const { name, zone } of javaZoneTable) assert.ok(isZone(zone), name);
});

test('names with daylight saving have a law, the others none', () => {
  for (const { name, law } of javaZoneTable) {
    const hasDst = name.includes('Standard/Daylight');
    if (name !== 'China Standard/Daylight Time') assert.equal(law !== 'none', hasDst, name);
  }
});

test('the offset that a name is about is its zone’s, where it is not disputed', () => {
  const moved = ['Mid-Atlantic Standard/Daylight Time', 'Pacific SA Daylight Time'];
  for (const zone of javaZoneTable.filter(({ name }) => !moved.includes(name))) {
    const winter = Math.min(
      ...[0, 6].map((month) => {
        const at = Date.UTC(2026, month, 1);
        return new Date(at).getTime() + zoneMinutes(zone.zone, at) * 60_000 - at;
      }),
    );
    assert.equal(zone.otherOffset ?? zone.offset, winter / 60_000, zone.name);
  }
});

/** IANA zone and the name for it. */
const names: Readonly<Record<string, string>> = {
  'America/New_York': 'Eastern Standard/Daylight Time',
  'America/St_Johns': 'Newfoundland Standard/Daylight Time',
  'America/Phoenix': 'US Mountain Standard Time',
  'America/Mexico_City': 'Canada Central Standard Time',
  'America/Sao_Paulo': 'SA Eastern Standard Time',
  'Europe/London': 'GMT Standard/Daylight Time',
  'Europe/Berlin': 'W. Europe Standard/Daylight Time',
  'Europe/Paris': 'W. Europe Standard/Daylight Time',
  'Europe/Athens': 'GTB Standard/Daylight Time',
  'Europe/Bucharest': 'E. Europe Standard/Daylight Time',
  'Europe/Moscow': 'Saudi Arabia Standard Time',
  'Asia/Jerusalem': 'Jerusalem Standard/Daylight Time',
  'Asia/Taipei': 'Taipei Standard Time',
  'Australia/Sydney': 'AUS Eastern Standard/Daylight Time',
  'Australia/Hobart': 'Tasmania Standard/Daylight Time',
  'Pacific/Auckland': 'New Zealand Standard/Daylight Time',
};

describe('the name for a zone, right all through 2026', () => {
  for (const [zone, name] of Object.entries(names))
    test(`${zone}: ${name}`, () => {
      const found = time.zoneSettings(zone, 2026);
      assert.deepEqual(found.settings, { [timeZoneKey]: name });
      assert.deepEqual(found.wrong, []);
    });
});

test('ambiguities are told', () => {
  const { notes } = time.zoneSettings('Europe/Athens', 2026);
  assert.deepEqual(
    notes.map(({ code }) => code),
    ['java-offset-disputed', 'java-law-assumed', 'java-zone-ambiguous'],
  );
  const text = notes.at(-1)?.text;
  assert.equal(text, 'As good in this year: E. Europe Standard/Daylight Time (offset disputed)');
});

test('zones without a name of their own say so', () => {
  const { settings, wrong, why } = time.zoneSettings('Asia/Kathmandu', 2026);
  assert.deepEqual(settings, { [timeZoneKey]: 'India Standard Time' });
  assert.equal(wrongHours(wrong), 8760);
  assert.deepEqual(
    why.map(({ code }) => code),
    ['no-java-zone'],
  );
});

test('firmware is as old as its laws', () => {
  const eastern = javaZoneNamed('Eastern Standard/Daylight Time');
  assert.ok(eastern);
  const old = wrongIn(javaClock(eastern, 2006), 'America/New_York', 2026);
  assert.equal(wrongHours(old), 840);
  assert.deepEqual(wrongIn(javaClock(eastern, 2007), 'America/New_York', 2026), []);
  assert.equal(
    javaNamesFor('Europe/Moscow', 2026, 2010)[0]?.javaZone.name,
    'Saudi Arabia Standard Time',
  );
});

test('laws as of a year agree with the zone in that year', () => {
  // Israel's and Iran's are by calendars of their own, Brazil's moved round Carnival.
  const exact = ['united-states', 'europe', 'mexico', 'russia', 'australia', 'new-zealand'];
  const years = [2005, 2009, 2017];
  for (const { name, zone, law, offset, otherOffset } of javaZoneTable)
    for (const year of years.filter(() => exact.includes(law))) {
      const dst = lawIn(law, year, otherOffset ?? offset);
      const clock = { standard: otherOffset ?? offset, ...(dst ? { dst } : {}) };
      // Newfoundland changed at 00:01 until 2011; Russia's and Tasmania's offsets moved.
      const most = zone === 'America/St_Johns' ? 4 : 0;
      if (zone === 'Europe/Moscow' && year === 2017) assert.equal(dst, undefined);
      assert.ok(wrongHours(wrongIn(clock, zone, year)) <= most, `${name} in ${year}`);
    }
});

test('a law that has changed is told', () => {
  assert.ok(lawChangedAfter('mexico', 2017));
  assert.ok(!lawChangedAfter('united-states', 2017));
  assert.ok(lawChangedAfter('united-states', 2006));
  const codes = javaZoneNotes('Iran Standard/Daylight Time', 2017).map(({ code }) => code);
  assert.deepEqual(codes, ['java-law-assumed', 'java-law-changed']);
});

/** Texts of the field, and what is said of them. */
const unknown: Readonly<Record<string, RegExp>> = {
  '': /No timeZone/,
  'America/Sao_Paulo': /is an IANA name/,
  'W. Europe Standard/Daylight': /nearest names: W\. Europe Standard\/Daylight Time$/,
  'SE Asia Standard/Daylight Time': /nearest names: SE Asia Standard Time$/,
  'South America Standard/Daylight Time': /nearest names: E\. South America/,
  '{$timezone}': /nearest names: none$/,
};

for (const [name, text] of Object.entries(unknown))
  test(`"${name}" is no name`, () => {
    const [note, ...others] = javaZoneNotes(name, 2017);
    assert.match(note?.text ?? '', text);
    assert.deepEqual(others, []);
    const { wrong } = time.compare(new Map([[timeZoneKey, name]]), 'Asia/Tokyo', 2026);
    assert.deepEqual(
      wrong.map(({ minutes }) => minutes),
      [undefined],
    );
  });

function zoneMinutes(zone: string, at: number): number {
  const options = { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' } as const;
  const local = new Intl.DateTimeFormat('sv', options).format(at).replace(' ', 'T');
  return (Date.parse(`${local}Z`) - at) / 60_000;
}
