import type { Finding, Severity } from './finding.ts';
import type { Evidence } from './observation.ts';
import type { PhoneStory } from './story.ts';

/** That a diagnosis holds for a phone. */
export type DiagnosisMatch = {
  /** What happened, in one sentence without its end. */
  readonly text: string;
  /** When the phone, or what answers it, first left the boot story of its family. */
  readonly at: number;
  /** The lines that show it. */
  readonly evidence: readonly Evidence[];
  /** From 0 to 1. From `certain` on it is a cause; below, something that follows, or a guess. */
  readonly score: number;
};

/** Matches with this score or more stand before all others. */
export const certain = 0.5;

/** What may be wrong with a phone, by what it did. `docs/diagnoses/CODE.md` explains each. */
export type Diagnosis = {
  /** The same as that of a finding that means the same. */
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
  readonly consequence: string;
  readonly cure: string;
  matches(story: PhoneStory): DiagnosisMatch | undefined;
};

/** A diagnosis that holds, with what shows it. */
export type Diagnosed = Finding &
  DiagnosisMatch & {
    readonly title?: string;
  };
