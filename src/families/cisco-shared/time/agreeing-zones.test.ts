import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearestZones, zonesThatAgree } from './agreeing-zones.ts';
import { readClock } from './clock-settings.ts';
import { zoneSettings } from './zone-settings.ts';

function clockOf(settings: Readonly<Record<string, string>>) {
  const { clock } = readClock(new Map(Object.entries(settings)));
  assert.ok(clock);
  return clock;
}

test('settings tell the zones that they are for', () => {
  const zones = zonesThatAgree(clockOf(zoneSettings('Europe/Berlin', 2026).settings), 2026);
  assert.ok(zones.includes('Europe/Berlin'));
  assert.ok(zones.includes('Europe/Madrid'));
  assert.ok(!zones.includes('Africa/Lagos'));
});

test('the rule of the United States until 2006 fits no place any more', () => {
  const clock = clockOf({ time_zone: 'EST', dst_offset: '1' });
  assert.deepEqual(zonesThatAgree(clock, 2026), []);
  const [nearest] = nearestZones(clock, 2026, 1);
  assert.ok(nearest && nearest.wrongHours > 0 && nearest.wrongHours <= 840);
});
