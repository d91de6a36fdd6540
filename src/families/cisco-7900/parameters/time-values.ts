import { choice } from '../../../model/parameter-rows.ts';
import type { ValueType } from '../../../model/parameter.ts';
import { monthNames, weekdayNames } from '../../cisco-shared/time/dst-values.ts';
import { zoneTable } from '../../cisco-shared/time/zone-table.ts';

const hour = '([01]?\\d|2[0-3])';
const minute = '[0-5]?\\d';

/** Guide, step 2: hour or hour/minute, each with or without a sign. */
export const dstOffset: ValueType = {
  kind: 'form',
  pattern: new RegExp(`^[+-]?${hour}(/${minute})?$`),
  form: 'hour or hour/minute, with + or - or without, e.g. 1, +01/00',
};

/** Guide, step 2: hour/minute (02/00) or hour; its default and CME's files write 02:00. */
export const timeOfDay: ValueType = {
  kind: 'form',
  pattern: new RegExp(`^${hour}([/:]${minute})?$`),
  form: 'hour, hour/minute or hour:minute, e.g. 2, 02/00, 02:00',
};

/** A name in full or its first three letters in any letter case, or its number from 1. */
function named(names: readonly string[], form: string): ValueType {
  const number = (index: number) => (index < 9 ? `0?${index + 1}` : String(index + 1));
  const words = names.flatMap((name, index) => [name, name.slice(0, 3), number(index)]);
  return { kind: 'form', pattern: new RegExp(`^(${words.join('|')})$`, 'i'), form };
}

/** The guide lists full names and numbers; its sample has `Oct`. */
export const month = named(monthNames, 'January to December, Jan to Dec or 1 to 12');

export const dayOfWeek = named(weekdayNames, 'Sunday to Saturday, Sun to Sat or 1 (Sunday) to 7');

export const weekOfMonth = choice({
  1: 'first',
  2: 'second',
  3: 'third',
  4: 'fourth',
  5: 'fifth',
  6: 'sixth',
  8: 'last',
});

const abbreviations = zoneTable.flatMap(({ abbreviation, names }) => [
  abbreviation,
  ...names.map(([name]) => name),
]);

/** Guide, Table 3-9, first and last column. Field: hours from GMT. */
export const timeZone: ValueType = {
  kind: 'form',
  pattern: new RegExp(`^(${abbreviations.join('|')}|[+-]?(0?\\d|1[0-4])([:/.][0-5]\\d)?)$`),
  form: 'an abbreviation of Table 3-9 in capitals, e.g. CET, or hours from GMT, e.g. -5',
};
