import type { GroupFacts } from '../../../model/parameter-rows.ts';

export const usecallmanager = 'usecallmanager.nz, SEPMAC.cnf.xml';
export const field = 'SEP configuration files in the field';
export const annotated = 'annotated SEP template of chan-sccp';

/** Elements of a phone's file. They hold as long as they are in it. */
export function element(source: string): GroupFacts {
  return { source, place: 'phone', stored: false };
}
