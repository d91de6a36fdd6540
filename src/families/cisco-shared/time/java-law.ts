import type { DstRule, YearlyChange, YearlyDay } from './phone-clock.ts';

/** A country's law on daylight saving, as the zone names of the Java phones stand for one. */
export type JavaLaw =
  | 'none'
  | 'united-states'
  | 'europe'
  | 'mid-atlantic'
  | 'mexico'
  | 'brazil'
  | 'egypt'
  | 'israel'
  | 'russia'
  | 'iran'
  | 'caucasus'
  | 'australia'
  | 'tasmania'
  | 'new-zealand';

/** A rule by a zone's standard offset, since Europe changes at one instant everywhere. */
type RuleFor = (standard: number) => DstRule;

/** Rules in order; each holds up to and with its last year, no rule is no daylight saving. */
type Version = { readonly last: number; readonly rule?: RuleFor };

const hour = 60;
const [sunday, thursday, friday] = [0, 4, 5];

const weekday = (month: number, week: number, day = sunday): YearlyDay => ({
  kind: 'weekday',
  month,
  week,
  weekday: day,
});
const at = (day: YearlyDay, minutes: number): YearlyChange => ({ day, minutes });
const rule =
  (start: YearlyChange, stop: YearlyChange): RuleFor =>
  () => ({ offset: hour, start, stop });

/** All zones at 01:00 Greenwich time. */
const europe: RuleFor = (standard) => ({
  offset: hour,
  start: at(weekday(3, 8), hour + standard),
  stop: at(weekday(10, 8), hour + standard + hour),
});

const ever = Infinity;
const two = 2 * hour;
const three = 3 * hour;
const midnight = 24 * hour;
const australiaNow: Version = {
  last: ever,
  rule: rule(at(weekday(10, 1), two), at(weekday(4, 1), three)),
};

const laws: Readonly<Record<JavaLaw, readonly Version[]>> = {
  none: [],
  'united-states': [
    { last: 2006, rule: rule(at(weekday(4, 1), two), at(weekday(10, 8), two)) },
    { last: ever, rule: rule(at(weekday(3, 2), two), at(weekday(11, 1), two)) },
  ],
  europe: [{ last: ever, rule: europe }],
  'mid-atlantic': [{ last: ever, rule: rule(at(weekday(3, 8), two), at(weekday(9, 8), two)) }],
  mexico: [{ last: 2022, rule: rule(at(weekday(4, 1), two), at(weekday(10, 8), two)) }],
  brazil: [{ last: 2017, rule: rule(at(weekday(10, 3), 0), at(weekday(2, 3), 0)) }],
  egypt: [
    { last: 2010, rule: rule(at(weekday(4, 8, friday), 0), at(weekday(9, 8, thursday), midnight)) },
    { last: 2022 },
    {
      last: ever,
      rule: rule(at(weekday(4, 8, friday), 0), at(weekday(10, 8, thursday), midnight)),
    },
  ],
  // Before 2013 the dates were set year by year.
  israel: [
    { last: 2012 },
    {
      last: ever,
      rule: rule(
        at({ kind: 'weekday-from', month: 3, weekday: friday, day: 23 }, two),
        at(weekday(10, 8), two),
      ),
    },
  ],
  russia: [{ last: 2010, rule: rule(at(weekday(3, 8), two), at(weekday(10, 8), three)) }],
  // By the Persian calendar: in some years a day earlier.
  iran: [
    {
      last: 2022,
      rule: rule(
        at({ kind: 'date', month: 3, day: 22 }, 0),
        at({ kind: 'date', month: 9, day: 22 }, 0),
      ),
    },
  ],
  caucasus: [{ last: 2011, rule: rule(at(weekday(3, 8), two), at(weekday(10, 8), three)) }],
  australia: [
    { last: 2007, rule: rule(at(weekday(10, 8), two), at(weekday(3, 8), three)) },
    australiaNow,
  ],
  tasmania: [
    { last: 2007, rule: rule(at(weekday(10, 1), two), at(weekday(3, 8), three)) },
    australiaNow,
  ],
  'new-zealand': [
    { last: 2006, rule: rule(at(weekday(10, 1), two), at(weekday(3, 3), three)) },
    { last: ever, rule: rule(at(weekday(9, 8), two), at(weekday(4, 1), three)) },
  ],
};

/** The rule of a law as it stood in a year, for a zone with this standard offset. */
export function lawIn(law: JavaLaw, year: number, standard: number): DstRule | undefined {
  return laws[law].find(({ last }) => year <= last)?.rule?.(standard);
}

/** Whether a law was changed after a year, so that firmware of that year has it wrong. */
export function lawChangedAfter(law: JavaLaw, year: number): boolean {
  return laws[law].some(({ last }) => last !== ever && last >= year);
}
