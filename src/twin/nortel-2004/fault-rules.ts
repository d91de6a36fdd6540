import type { FamilyRules } from '../faults/fault.ts';
import type { NortelMemory } from './nortel-memory.ts';

/**
 * The transitional firmware gives the phone "a reliable flash file" (NN42020-202, section 5), and a
 * phone takes no SIP image without it: an image that is cut off leaves the one of before. That the
 * other images are as safe is our assumption.
 */
export const faultRules: FamilyRules<NortelMemory> = {
  family: 'nortel-2004',
  interrupted: (before) => before,
  keepingImage({ image, isReliable, servers, cached: { firmware } }, next) {
    const { firmware: _, ...cached } = next.cached;
    const { image: _new, ...rest } = next;
    return {
      ...{ ...rest, isReliable, servers },
      ...(image !== undefined && { image }),
      cached: { ...cached, ...(firmware !== undefined && { firmware }) },
    };
  },
  withOldBootCode: (memory) => memory,
  withBootCodeOf: (_kept, next) => next,
};
