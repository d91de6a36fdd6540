import type { FamilyRules } from '../faults/fault.ts';
import type { Flash } from './flash.ts';

/**
 * A loader has no application while it writes one; without one it shows "Protocol Application
 * Invalid". That everything else is written beside what is there is our assumption.
 */
export const faultRules: FamilyRules<Flash> = {
  family: 'cisco-7900',
  interrupted(before, { part }) {
    if (part !== 'application' || before.loader === undefined) return before;
    const { application: _, ...left } = before;
    return left;
  },
  keepingImage: ({ application }, next) => (application ? { ...next, application } : next),
  withOldBootCode: (flash) => flash,
  withBootCodeOf: (_kept, next) => next,
};
