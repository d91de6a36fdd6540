import type { WrongTime } from '../../../model/family-time.ts';
import { zoneTimeText } from './iana-zone.ts';
import { wrongHours } from './span.ts';

const shown = 3;

/** When a clock is wrong for a zone, in words; times are the zone's. */
export function wrongText(wrong: readonly WrongTime[], zone: string): string {
  const stretches = wrong.slice(0, shown).map((each) => stretchText(each, zone));
  const rest = wrong.length - stretches.length;
  const more = rest > 0 ? ` and ${rest} more` : '';
  return `${hoursText(wrongHours(wrong))} in all: ${stretches.join('; ')}${more}`;
}

/** Hours, or minutes where they are fewer than one hour. */
function hoursText(hours: number): string {
  if (hours < 1) return counted(Math.round(hours * 60), 'minute');
  return counted(Number(hours.toFixed(1)), 'hour');
}

function stretchText({ from, to, minutes }: WrongTime, zone: string): string {
  const when = `from ${zoneTimeText(zone, from)} to ${zoneTimeText(zone, to)}`;
  if (minutes === undefined) return `unknown ${when}`;
  const side = minutes < 0 ? 'behind' : 'ahead';
  return `${counted(Math.abs(minutes), 'minute')} ${side} ${when}`;
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
