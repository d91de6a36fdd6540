import type { Recognised, Traces } from '../../model/family.ts';
import { recogniseCisco, type PathRow } from '../cisco-shared/diagnoses/recognise.ts';
import { models } from './models.ts';

const ofTerminal = (terminal: string) => models.find((model) => model.terminal === terminal)?.name;

const rows: readonly PathRow[] = [
  { path: /^term(\d\d)\.default\.loads$/i, score: 95, model: ofTerminal },
  { path: /^(?:jar|cnu|apps|dsp|cvm)\d\d.*\.sbn$/i, score: 85 },
  { path: /^(?:SIP|SCCP|TERM)\d\d\..*\.loads$/i, score: 85 },
  { path: /^(?:ITLSEP[0-9A-F]{12}|ITLFile|CTLFile)\.tlv$/i, score: 80 },
  { path: /\.cnf\.xml(?:\.enc)?\.sgn$/i, score: 70 },
  { path: /^g[34]-tones\.xml$|^AppDialRules\.xml$/i, score: 60 },
  { path: /^Ringlist(?:-wb)?\.xml$/, score: 40 },
  { path: /^(?:CTL)?SEP[0-9A-F]{12}/i, score: 19 },
];

const trustedPhone = /^(CTL)?SEP[0-9A-F]{12}/i;
const commonDefault = /^XMLDefault\.cnf\.xml$/i;

/** A Java phone, by what it asks for or calls itself. */
export function recognise(traces: Traces): Recognised | undefined {
  const found = recogniseCisco(traces, models, rows);
  // A 7940 or 7960 asks for its SIP and MGC files in between.
  const names = traces.paths.map((path) => path.slice(path.lastIndexOf('/') + 1));
  const skips = names.some(
    (name, at) => commonDefault.test(name) && trustedPhone.test(names[at - 1] ?? ''),
  );
  if (!found || !skips || found.score > 30) return found;
  return { ...found, score: 30, because: 'asks for XMLDefault right after its SEP file' };
}
