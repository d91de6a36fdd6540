import type { Recognised, Traces } from '../../model/family.ts';
import { recogniseCisco, type PathRow } from '../cisco-shared/diagnoses/recognise.ts';
import { models } from './models.ts';

const rows: readonly PathRow[] = [
  { path: /^(7940|7960)-/, score: 90, model: (number) => number },
  { path: /^OS79XX\.TXT$/i, score: 80 },
  { path: /^P0[0SM]3.*\.(loads|sb2|sbn|bin)$/i, score: 85 },
  { path: /^(SIP|MGC)[0-9A-F]{12}\.cnf$/i, score: 80 },
  { path: /^(SIP|MGC)Default\.cnf$/i, score: 70 },
  { path: /^RINGLIST\.DAT$/, score: 40 },
  { path: /^(CTL)?SEP[0-9A-F]{12}/i, score: 20 },
];

/** A 7940 or 7960, by what it asks for or calls itself. */
export function recognise(traces: Traces): Recognised | undefined {
  return recogniseCisco(traces, models, rows);
}
