import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cisco7900Time } from './cisco-7900-time.ts';
import { faceText, readDateTemplate } from './clock-face.ts';
import { timeZoneKey } from './java-clock.ts';
import { ciscoJavaTime } from './java-zone-settings.ts';

const at = Date.parse('2026-03-08T18:05:00Z');

/** Template, and what it shows at 18:05 on 8 March 2026. */
const templates: readonly (readonly [string, string])[] = [
  ['D/M/Y', '18:05 08/03/26'],
  ['D/M/YA', '6:05p 08/03/26'],
  ['D/M/YY', '18:05 08/03/2026'],
  ['M/D/YYA', '6:05p 03/08/2026'],
  ['D-M-YYa', '6:05p 08-03-2026'],
  ['D.M.Y', '18:05 08.03.26'],
  ['YY-M-D', '18:05 2026-03-08'],
  ['Y/D/M', '18:05 26/08/03'],
];

for (const [template, shown] of templates)
  test(`${template} is ${shown}`, () => {
    const face = readDateTemplate(template);
    assert.ok(face);
    assert.equal(faceText(face, at, 0), shown);
  });

for (const template of ['', 'D/M', 'D/D/Y', 'D/M-Y', 'DMY', 'D/M/YYY', 'D/M/Y/A', 'dd/mm/yyyy'])
  test(`"${template}" is no template`, () => {
    assert.equal(readDateTemplate(template), undefined);
  });

test('noon and midnight', () => {
  const face = readDateTemplate('M/D/YA');
  assert.ok(face);
  assert.equal(faceText(face, Date.parse('2026-03-08T12:00Z'), 0), '12:00p 03/08/26');
  assert.equal(faceText(face, Date.parse('2026-03-08T00:07Z'), 0), '12:07a 03/08/26');
});

test('what the display of a 7960 shows', () => {
  const show = (settings: Readonly<Record<string, string>>) =>
    cisco7900Time.display(new Map(Object.entries(settings)), at);
  const newYork = cisco7900Time.zoneSettings('America/New_York', 2026).settings;
  assert.equal(show(newYork), '14:05 03/08/26');
  assert.equal(show({ ...newYork, time_format_24hr: '0', date_format: 'D/M/Y' }), '2:05p 08/03/26');
  assert.equal(
    show({ ...newYork, time_format_24hr: '3', date_format: 'YY-M-D' }),
    '14:05 2026-03-08',
  );
  assert.equal(show({ ...newYork, time_zone: 'nowhere' }), undefined);
});

test('what the display of a Java phone shows', () => {
  const show = (zone: string, dateTemplate: string) =>
    ciscoJavaTime.display(
      new Map([
        [timeZoneKey, zone],
        ['devicePool/dateTimeSetting/dateTemplate', dateTemplate],
      ]),
      at,
    );
  assert.equal(show('Eastern Standard/Daylight Time', 'M/D/YA'), '2:05p 03/08/26');
  assert.equal(show('Eastern Standard/Daylight Time', ''), undefined);
  assert.equal(show('Eastern', 'M/D/Y'), undefined);
});
