import type { SettingValues } from '../../../model/settings.ts';
import { monthNames, weekdayNames } from './dst-values.ts';
import { clockTime } from './offset-text.ts';
import type { PhoneClock, YearlyChange } from './phone-clock.ts';
import { zoneWithOffset } from './zone-table.ts';

/**
 * Settings that give a phone this clock, in the forms of the guide's samples. Its standard offset
 * must be one of table 3-9.
 */
export function writeClock({ standard, dst }: PhoneClock): SettingValues {
  const time_zone = zoneWithOffset(standard)?.abbreviation;
  if (time_zone === undefined) throw new RangeError(`table 3-9 has no offset ${standard}`);
  if (!dst) return { time_zone, dst_auto_adjust: '0' };
  const sign = dst.offset < 0 ? '-' : '';
  return {
    time_zone,
    dst_auto_adjust: '1',
    dst_offset: `${sign}${clockTime(Math.abs(dst.offset), '/')}`,
    ...changeSettings('dst_start', dst.start),
    ...changeSettings('dst_stop', dst.stop),
  };
}

function changeSettings(side: string, { day, minutes }: YearlyChange): SettingValues {
  const time = clockTime(minutes, '/');
  const month = monthNames[day.month - 1] ?? '';
  if (day.kind === 'date')
    return {
      [`${side}_month`]: month,
      [`${side}_day`]: String(day.day),
      [`${side}_time`]: time,
    };
  if (day.kind === 'weekday-from') throw new RangeError('no setting says "from a day on"');
  return {
    [`${side}_month`]: month,
    [`${side}_day`]: '0',
    [`${side}_day_of_week`]: weekdayNames[day.weekday] ?? '',
    [`${side}_week_of_month`]: String(day.week),
    [`${side}_time`]: time,
  };
}
