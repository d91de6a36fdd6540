import type { Refusal } from './plan.ts';
import type { SettingValues } from './settings.ts';

/** Something to know of how a phone reads its settings; `key` is the setting that it is about. */
export type ClockNote = { readonly code: string; readonly text: string; readonly key?: string };

/** A stretch of time in which a clock is wrong. Instants in milliseconds since the epoch. */
export type WrongTime = {
  readonly from: number;
  readonly to: number;
  /** What it shows less what it should show; undefined if what it shows is not known. */
  readonly minutes: number | undefined;
};

/** Settings that make a phone's clock show the time of an IANA zone. */
export type ZoneSettings = {
  readonly zone: string;
  /** In the zone's own calendar. */
  readonly year: number;
  readonly settings: SettingValues;
  /** When the clock is wrong in that year, in order; empty if never. */
  readonly wrong: readonly WrongTime[];
  /** Why nothing better can be said to the phone; empty if the clock is never wrong. */
  readonly why: readonly Refusal[];
  /** From this instant on other settings are better; undefined if not within ten years. */
  readonly renewBy?: number;
  /** Assumptions that the settings rest on. */
  readonly notes: readonly ClockNote[];
};

export type ClockComparison = {
  readonly wrong: readonly WrongTime[];
  readonly notes: readonly ClockNote[];
};

/** What a family's phones make of the time. Throws a RangeError for what is no IANA zone. */
export type FamilyTime = {
  zoneSettings(zone: string, year: number): ZoneSettings;
  /** When in a year the clock of a phone with these settings is wrong for the zone. */
  compare(settings: ReadonlyMap<string, string>, zone: string, year: number): ClockComparison;
  /** What its display shows at an instant; undefined if that is not known. */
  display(settings: ReadonlyMap<string, string>, at: number): string | undefined;
};
