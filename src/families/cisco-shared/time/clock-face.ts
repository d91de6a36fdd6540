import { two } from './offset-text.ts';

/** How a phone writes date and time. */
export type ClockFace = {
  /** `D`, `M`, `Y` for two digits of the year and `YY` for four, in the order that is shown. */
  readonly parts: readonly string[];
  readonly between: string;
  readonly hours: 12 | 24;
};

/**
 * Reads `dateTemplate` of the Java phones, where an `A` at the end asks for 12 hours (in files as
 * `a`, too), and `date_format` of the 7940 and 7960, which has none. Undefined for other texts.
 */
export function readDateTemplate(template: string): ClockFace | undefined {
  const [, date, half] = /^([DMY/.-]+?)(A?)$/i.exec(template.trim()) ?? [];
  const between = /[/.-]/.exec(date ?? '')?.[0];
  if (date === undefined || between === undefined) return undefined;
  const parts = date.toUpperCase().split(between);
  const letters = parts.map((part) => (part === 'YY' ? 'Y' : part)).toSorted();
  if (letters.join() !== 'D,M,Y') return undefined;
  return { parts, between, hours: half === '' ? 24 : 12 };
}

/** `time_format_24hr` of the 7940 and 7960: 1 and 3 are 24 hours, and so is no value. */
export function readTimeFormat(value: string): 12 | 24 {
  return ['0', '2'].includes(value.trim()) ? 12 : 24;
}

/** What the display shows at an instant, by a clock that shows this offset. */
export function faceText({ parts, between, hours }: ClockFace, at: number, offset: number): string {
  const local = new Date(at + offset * 60_000);
  const year = local.getUTCFullYear();
  const values: Readonly<Record<string, string>> = {
    D: two(local.getUTCDate()),
    M: two(local.getUTCMonth() + 1),
    Y: two(year % 100),
    YY: String(year),
  };
  const date = parts.map((part) => values[part]).join(between);
  return `${timeText(local, hours)} ${date}`;
}

function timeText(local: Date, hours: 12 | 24): string {
  const hour = local.getUTCHours();
  const minute = two(local.getUTCMinutes());
  if (hours === 24) return `${two(hour)}:${minute}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}:${minute}${hour < 12 ? 'a' : 'p'}`;
}
