import type { GroupFacts } from '../../../model/parameter-rows.ts';

/** A part of the Cisco SIP IP Phone Administrator Guide, Release 4.4, chapter 3. */
export function guide(part: string): string {
  return `Cisco SIP IP Phone Administrator Guide, Release 4.4, ${part}`;
}

export const laterGuide =
  'Cisco SIP IP Phone Administrator Guide, Release 7.5, Appendix D, Table D-1';
export const callManagerExpress =
  'Cisco Unified CME System Administrator Guide, sample configuration files';
export const field = 'configuration files in the field';

/** Parameters of the default file that the phone keeps in flash. */
export function common(source: string): GroupFacts {
  return { source, place: 'common', stored: true };
}

/** Parameters of the phone's own file that the phone keeps in flash. */
export function ownFile(source: string): GroupFacts {
  return { source, place: 'phone', stored: true };
}
