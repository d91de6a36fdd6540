import type { Mac } from '../wire/mac.ts';

export type Severity = 'error' | 'warning' | 'note';

/** Line and column count from 1. */
export type FindingPlace = {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
};

/** A change that mends a finding and cannot do harm. Offsets are characters of the file's text. */
export type Fix =
  | {
      readonly kind: 'replace';
      readonly offset: number;
      readonly length: number;
      readonly text: string;
    }
  | { readonly kind: 'rename'; readonly to: string };

/** A thing wrong: what, where, what the phone will do about it, and the cure. */
export type Finding = {
  /** Stable; `docs/diagnoses/CODE.md` explains it. */
  readonly code: string;
  readonly severity: Severity;
  readonly text: string;
  readonly place?: FindingPlace;
  /** What the phone does. */
  readonly consequence?: string;
  readonly cure?: string;
  readonly fix?: Fix;
};

/** What is wrong with one phone by what it asked for, or did not. Stands until the phone mends it. */
export type PhoneFinding = Pick<Finding, 'code' | 'severity' | 'text' | 'consequence' | 'cure'> & {
  readonly mac: Mac;
  /** Milliseconds since the epoch: since when. */
  readonly at: number;
};
