import { AppError } from '../errors.ts';
import type { ClockNote, WrongTime, ZoneSettings } from '../model/family-time.ts';
import type { PhoneFamily } from '../model/family.ts';
import type { SettingValues } from '../model/settings.ts';
import { command, keyValue, wholeNumber, type Cli, type MakeCommand } from './command.ts';

type Flags = {
  readonly family?: string;
  readonly year?: number;
  readonly set?: SettingValues;
  readonly json?: boolean;
};

type Clock = { readonly family: PhoneFamily; readonly time: NonNullable<PhoneFamily['time']> };

/** What is said of one family: the settings for the zone, or how right the given ones are. */
type Answer = Omit<ZoneSettings, 'why'> & {
  readonly family: string;
  readonly why: readonly string[];
  /** What the phone shows now. */
  readonly display?: string;
};

export const timeCommand: MakeCommand = (cli) =>
  command('time', 'the settings that make phones show the time of a zone')
    .argument('<ZONE>', 'IANA name, e.g. Europe/Berlin')
    .option('--family <FAMILY>', 'of these phones only')
    .option('--year <YEAR>', 'of this year instead of the present one', wholeNumber)
    .option('--set <KEY=VALUE…>', 'settings to check instead', keyValue)
    .action((zone: string, flags: Flags) => {
      checkZone(zone);
      const now = cli.ops.now();
      const year = flags.year ?? yearAt(zone, now);
      const answers = clocksOf(cli, flags.family).map((clock) =>
        flags.set ? checked(clock, zone, year, flags.set, now) : computed(clock, zone, year, now),
      );
      if (flags.json) cli.io.out(JSON.stringify(answers));
      else for (const answer of answers) print(cli, answer);
      if (answers.some(({ wrong }) => wrong.length > 0)) cli.exit(1);
    });

function computed({ family, time }: Clock, zone: string, year: number, now: number): Answer {
  const { why, ...found } = time.zoneSettings(zone, year);
  const reasons = why.map(({ text }) => text);
  return { ...withDisplay(time, found, now), family: family.id, why: reasons };
}

function checked(
  { family, time }: Clock,
  zone: string,
  year: number,
  settings: SettingValues,
  now: number,
): Answer {
  const compared = time.compare(new Map(Object.entries(settings)), zone, year);
  const found = { zone, year, settings, ...compared };
  return { ...withDisplay(time, found, now), family: family.id, why: [] };
}

function withDisplay<Found extends { readonly settings: SettingValues }>(
  time: Clock['time'],
  found: Found,
  now: number,
): Found & { readonly display?: string } {
  const display = time.display(new Map(Object.entries(found.settings)), now);
  return display === undefined ? found : { ...found, display };
}

function clocksOf({ ops }: Cli, id: string | undefined): readonly Clock[] {
  const clocks = ops.families.flatMap((family) =>
    family.time ? [{ family, time: family.time }] : [],
  );
  const wanted = clocks.filter(({ family }) => id === undefined || family.id === id);
  if (wanted.length > 0) return wanted;
  const known = clocks.map(({ family }) => family.id).join(', ');
  throw new AppError('wrong-usage', `No family "${id ?? ''}" has a clock of its own: ${known}`);
}

function print({ io }: Cli, answer: Answer): void {
  const { family, zone, year, settings, wrong, why, notes } = answer;
  io.out(`${family}, ${zone} in ${year}`);
  for (const [key, value] of Object.entries(settings)) io.out(`  ${key}: ${value}`);
  if (wrong.length === 0) io.out('  right all year');
  for (const each of wrong) io.out(`  ${wrongLine(each, zone)}`);
  for (const text of why) io.out(`  because: ${text}`);
  if (answer.renewBy !== undefined)
    io.out(`  to be renewed before ${localText(zone, answer.renewBy)}`);
  if (answer.display !== undefined) io.out(`  the display shows now: ${answer.display}`);
  for (const note of notes) io.out(`  note: ${noteText(note)}`);
}

function wrongLine({ from, to, minutes }: WrongTime, zone: string): string {
  const when = `from ${localText(zone, from)} to ${localText(zone, to)}`;
  if (minutes === undefined) return `unknown ${when}`;
  return `${Math.abs(minutes)} min ${minutes < 0 ? 'slow' : 'fast'} ${when}`;
}

function noteText({ code, text }: ClockNote): string {
  return `${text} (${code})`;
}

/** Throws wrong usage with the zones that have the text in their name. */
function checkZone(zone: string): void {
  if (canFormat(zone)) return;
  const asked = zone.toLowerCase().replaceAll(' ', '_');
  const like = Intl.supportedValuesOf('timeZone').filter((name) =>
    name.toLowerCase().includes(asked),
  );
  const cure = like.length > 0 ? `did you mean ${like.slice(0, 5).join(', ')}?` : 'e.g. Asia/Tokyo';
  throw new AppError('wrong-usage', `"${zone}" is no IANA time zone: ${cure}`);
}

function canFormat(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function yearAt(zone: string, at: number): number {
  return Number(localText(zone, at).slice(0, 4));
}

/** `2026-03-08 03:00` in the zone. */
function localText(zone: string, at: number): string {
  // The Swedish form is the ISO one.
  const options = { timeZone: zone, dateStyle: 'short', timeStyle: 'short' } as const;
  return new Intl.DateTimeFormat('sv', options).format(at);
}
