import { certain, type Diagnosed } from '../../model/diagnosis.ts';
import type { Severity } from '../../model/finding.ts';

const weights: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };

/**
 * Errors, warnings, notes; in each what is sure before what may follow from it. Of what is sure the
 * first deviation from the boot story comes first, of the rest the surer; then by code.
 */
export function ranked(found: readonly Diagnosed[]): readonly Diagnosed[] {
  return onceEach(found).toSorted(
    (a, b) =>
      weights[a.severity] - weights[b.severity] ||
      Number(b.score >= certain) - Number(a.score >= certain) ||
      (a.score >= certain ? a.at - b.at : 0) ||
      b.score - a.score ||
      a.at - b.at ||
      (a.code < b.code ? -1 : 1),
  );
}

/** Of two with one code the surer one. */
function onceEach(found: readonly Diagnosed[]): readonly Diagnosed[] {
  const byCode = new Map<string, Diagnosed>();
  for (const each of found) {
    const known = byCode.get(each.code);
    if (!known || each.score > known.score) byCode.set(each.code, each);
  }
  return [...byCode.values()];
}
