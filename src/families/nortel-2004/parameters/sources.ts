import type { GroupFacts } from '../../../model/parameter-rows.ts';

/** A section of the lab note on the 2004, "MCS5100 SIP Phone Firmware Update". */
export function labNote(section: string): string {
  return `NN42020-202, section ${section}`;
}

/** Guides of later phones with SIP loads, of the 1100 and the 1200 series. */
export const guide1100 = 'NN43170-600, SIP Software for Avaya 1100 Series';
export const guide1200 = 'NN43170-601, SIP Software for Avaya 1200 Series';

export const ipv4 = { kind: 'address', names: false } as const;
export const ipv4OrName = { kind: 'address', names: true } as const;

/** Said by the note itself. */
export function noted(section: string): GroupFacts {
  return { source: labNote(section), place: 'common', stored: true, confidence: 'high' };
}

/** Named by the note; what it means and its range are those of later phones. */
export function likely(section: string): GroupFacts {
  const source = `${labNote(section)}, which names it; meaning and default of ${guide1100}`;
  return { source, place: 'common', stored: true, confidence: 'medium' };
}

/** Known from later phones alone. */
export function later(source: string): GroupFacts {
  return { source, place: 'common', stored: true, confidence: 'high' };
}
