export type Severity = 'error' | 'warning' | 'note';

/** A thing wrong: what, where, what the phone will do about it, and the cure. */
export type Finding = {
  readonly code: string;
  readonly severity: Severity;
  readonly text: string;
  readonly place?: { readonly file: string; readonly line?: number; readonly column?: number };
  readonly consequence?: string;
  readonly cure?: string;
};
