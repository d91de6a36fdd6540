import type { Seed } from './lint-seed.ts';
import { dialPlans, rings } from './lint-seeds-dial.ts';
import { fileNames, syntax, trees } from './lint-seeds-files.ts';
import { firmware } from './lint-seeds-firmware.ts';
import { nortelFiles, nortelTrees } from './lint-seeds-nortel.ts';
import { phoneFiles } from './lint-seeds-sep.ts';
import { parameters, time } from './lint-seeds-sip.ts';

export const seeds: readonly Seed[] = [
  ...fileNames,
  ...syntax,
  ...parameters,
  ...time,
  ...phoneFiles,
  ...firmware,
  ...dialPlans,
  ...rings,
  ...trees,
  ...nortelFiles,
  ...nortelTrees,
];
