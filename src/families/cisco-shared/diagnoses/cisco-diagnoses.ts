import type { Diagnosis } from '../../../model/diagnosis.ts';
import { noOption150, option150Expected, option66Expected } from './boot-options.ts';
import { harmless } from './harmless.ts';
import { loadNameCutShort } from './load-name-cut-short.ts';
import { fileTooLarge, sepFileEmpty } from './sep-file.ts';
import { tftpErrorCode } from './tftp-error-code.ts';

/** What may be wrong with a 7940 or 7960 and with a Java phone alike. */
export const ciscoDiagnoses: readonly Diagnosis[] = [
  ...[noOption150, option66Expected, option150Expected, loadNameCutShort],
  ...[sepFileEmpty, fileTooLarge, tftpErrorCode, ...harmless],
];
