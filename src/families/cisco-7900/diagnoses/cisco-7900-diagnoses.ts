import type { Diagnosis } from '../../../model/diagnosis.ts';
import { ciscoDiagnoses } from '../../cisco-shared/diagnoses/cisco-diagnoses.ts';
import {
  imageNameLetterO,
  imageNameUnknown,
  onlyOs79xx,
  os79xxBlank,
  os79xxCarriageReturn,
  signedNoDowngrade,
} from './boot-text.ts';
import { loaderLoop, phoneFileMissing, sepBlocksSip } from './loader.ts';

/** What may be wrong with a 7940 or 7960. */
export const diagnoses: readonly Diagnosis[] = [
  ...[os79xxBlank, os79xxCarriageReturn, onlyOs79xx, imageNameUnknown, imageNameLetterO],
  ...[signedNoDowngrade, sepBlocksSip, loaderLoop, phoneFileMissing],
  ...ciscoDiagnoses,
];
