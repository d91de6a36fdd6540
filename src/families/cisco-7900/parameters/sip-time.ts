import { choice, integer, parameterRows } from '../../../model/parameter-rows.ts';
import { common, guide } from './sources.ts';
import { dayOfWeek, dstOffset, month, timeOfDay, timeZone, weekOfMonth } from './time-values.ts';
import { ipv4OrName, offOn } from './values.ts';

const section = 'Setting the Date, Time, and Daylight Saving Time';
const forTheClock = 'for a clock that is right';

/** How the phone gets the time and shows it. */
export const clockParameters = parameterRows(common(guide(`${section}, step 1`)), [
  {
    name: 'sntp_mode',
    type: choice({
      unicast: 'asks sntp_server',
      multicast: 'listens to multicast and broadcast',
      anycast: 'asks by broadcast and stays with the first that answers',
      directedbroadcast: 'asks by broadcast, then listens',
    }),
    required: forTheClock,
    since: '2.0',
    help: 'How the phone gets the time (Tables 3-7 and 3-8).',
  },
  {
    name: 'sntp_server',
    type: ipv4OrName,
    required: forTheClock,
    since: '2.0',
    help: 'SNTP server; 0.0.0.0 is none, with unicast the phone has no time then.',
  },
  {
    name: 'time_zone',
    type: timeZone,
    required: forTheClock,
    menu: 'Time and Date > Time Zone',
    userMayChange: 'yes',
    since: '2.0',
    help: 'Zone by its abbreviation of Table 3-9, in capitals. Hours from GMT are met in the field.',
  },
  {
    name: 'date_format',
    type: choice({
      'M/D/Y': 'month, day, year',
      'D/M/Y': 'day, month, year',
      'Y/M/D': 'year, month, day',
      'Y/D/M': 'year, day, month',
      'Y-M-D': 'year, month, day',
      'YY-M-D': 'year of four digits, month, day',
      'D-M-YY': 'day, month, year of four digits; in no document, met in the field',
    }),
    default: 'M/D/Y',
    menu: 'Time and Date > Date Format',
    userMayChange: 'yes',
    help: 'How the display shows the date.',
    source: guide('Table 3-3'),
  },
  {
    name: 'time_format_24hr',
    type: choice({
      0: '12 hours, the user may change it',
      1: '24 hours, the user may change it',
      2: '12 hours for good',
      3: '24 hours for good',
    }),
    default: '1',
    menu: 'Time and Date > Time format 24-hr',
    userMayChange: 'by value',
    help: 'How the display shows the time.',
    source: guide('Table 3-3'),
  },
]);

/** Daylight saving time. What a phone does without them is the rule of the United States of then. */
export const daylightSavingParameters = parameterRows(common(guide(`${section}, step 2`)), [
  {
    name: 'dst_auto_adjust',
    aliases: ['dst_stop_autoadjust'],
    type: offOn,
    default: '1',
    since: '2.0',
    help: 'Changes to daylight saving time and back by itself.',
  },
  {
    name: 'dst_offset',
    type: dstOffset,
    since: '2.0',
    help: 'What is added to the time while daylight saving time is in force.',
  },
  {
    name: 'dst_start_month',
    type: month,
    default: 'April',
    since: '2.0',
    help: 'Month in which it starts.',
  },
  {
    name: 'dst_start_time',
    type: timeOfDay,
    default: '02:00',
    since: '2.0',
    help: 'Time of day at which it starts.',
  },
  {
    name: 'dst_stop_month',
    type: month,
    default: 'October',
    since: '2.0',
    help: 'Month in which it ends.',
  },
  {
    name: 'dst_stop_time',
    type: timeOfDay,
    default: '02:00',
    since: '2.0',
    help: 'Time of day at which it ends.',
  },
  {
    name: 'dst_start_day',
    type: integer(0, 31),
    since: '2.0',
    help: 'Day of the month on which it starts; 0 or nothing: by weekday and week.',
    source: guide(`${section}, step 3`),
  },
  {
    name: 'dst_stop_day',
    type: integer(0, 31),
    since: '2.0',
    help: 'Day of the month on which it ends; 0 or nothing: by weekday and week.',
    source: guide(`${section}, step 3`),
  },
  {
    name: 'dst_start_day_of_week',
    type: dayOfWeek,
    default: 'Sunday',
    since: '2.0',
    help: 'Day of the week on which it starts.',
    source: guide(`${section}, step 4`),
  },
  {
    name: 'dst_start_week_of_month',
    type: weekOfMonth,
    default: '1',
    since: '2.0',
    help: 'Week of the month in which it starts; 8 is the last, however many there are.',
    source: guide(`${section}, step 4`),
  },
  {
    name: 'dst_stop_day_of_week',
    type: dayOfWeek,
    default: 'Sunday',
    since: '2.0',
    help: 'Day of the week on which it ends.',
    source: guide(`${section}, step 4`),
  },
  {
    name: 'dst_stop_week_of_month',
    type: weekOfMonth,
    default: '8',
    since: '2.0',
    help: 'Week of the month in which it ends; 8 is the last, however many there are.',
    source: guide(`${section}, step 4`),
  },
]);
