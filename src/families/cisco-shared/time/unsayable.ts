import type { Refusal } from '../../../model/plan.ts';
import { gmt, signed } from './offset-text.ts';
import type { Span } from './span.ts';
import { zoneWithOffset } from './zone-table.ts';

/** Why no settings show a zone's time all through a year. */
export function reasons(year: readonly Span[]): readonly Refusal[] {
  return [...missingOffsets(year), ...tooManyOffsets(year), ...changes(year)];
}

function missingOffsets(year: readonly Span[]): readonly Refusal[] {
  const missing = distinctOffsets(year).filter((offset) => !zoneWithOffset(offset));
  if (missing.length === 0) return [];
  const text = `Table 3-9 has no zone with ${missing.map(gmt).join(' or ')}`;
  return [{ code: 'offset-not-in-table', text }];
}

function tooManyOffsets(year: readonly Span[]): readonly Refusal[] {
  const offsets = distinctOffsets(year);
  if (offsets.length < 3) return [];
  const text = `The zone has ${offsets.length} offsets this year (${offsets.map(signed).join(', ')}); a phone knows two`;
  return [{ code: 'too-many-offsets', text }];
}

function changes(year: readonly Span[]): readonly Refusal[] {
  const count = year.length - 1;
  if (count === 1) {
    const text = "The zone's clocks go back once this year and not forward; a phone's do both";
    return [{ code: 'change-without-return', text }];
  }
  if (count < 3) return [];
  const text = `The zone's clocks change ${count} times this year; a phone's change twice`;
  return [{ code: 'too-many-changes', text }];
}

function distinctOffsets(year: readonly Span[]): readonly number[] {
  return [...new Set(year.map(({ offset }) => offset))].toSorted((a, b) => a - b);
}
