import type { FamilyLint } from '../model/lint.ts';
import { ciscoLint } from './cisco-shared/lint/cisco-lint.ts';
import { nortelLint } from './nortel-2004/lint/nortel-lint.ts';

/**
 * The lints of all families and nothing else of them, for threads that lint. Each once; that of Nortel
 * first, because Cisco's takes every `.bin`.
 */
export const lints: readonly FamilyLint<unknown>[] = [nortelLint, ciscoLint];
