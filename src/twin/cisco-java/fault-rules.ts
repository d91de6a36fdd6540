import type { FamilyRules } from '../faults/fault.ts';
import type { JavaMemory } from './java-memory.ts';

/** The last release of boot code that knows the old key alone would be 8.5(1). */
const oldBootCode = '8-3-2';

/**
 * Reports tell of 7970 and 7975 phones that did not come back from a power cut during an upgrade:
 * community.cisco.com, 3122993. That boot code survives it is our assumption.
 */
export const faultRules: FamilyRules<JavaMemory> = {
  family: 'cisco-java',
  interrupted({ load: _, ...left }) {
    return left;
  },
  keepingImage: ({ load, bootCode }, next) => (load ? { ...next, load, bootCode } : next),
  withOldBootCode: (memory) => ({ ...memory, bootCode: oldBootCode }),
  withBootCodeOf: ({ bootCode }, next) =>
    next.bootCode === oldBootCode ? { ...next, bootCode } : next,
};
