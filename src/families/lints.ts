import type { FamilyLint } from '../model/lint.ts';
import { ciscoLint } from './cisco-shared/lint/cisco-lint.ts';

/** The lints of all families and nothing else of them, for threads that lint. Each once. */
export const lints: readonly FamilyLint<unknown>[] = [ciscoLint];
