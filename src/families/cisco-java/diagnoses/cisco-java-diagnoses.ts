import type { Diagnosis } from '../../../model/diagnosis.ts';
import { ciscoDiagnoses } from '../../cisco-shared/diagnoses/cisco-diagnoses.ts';
import { defaultFileNotHeeded, loadNotTaken, loadsCase } from './loads.ts';
import { identityListStops, signedConfigurationWanted } from './trust.ts';

/** What may be wrong with a Java phone. */
export const diagnoses: readonly Diagnosis[] = [
  ...[identityListStops, signedConfigurationWanted, loadsCase, loadNotTaken, defaultFileNotHeeded],
  ...ciscoDiagnoses,
];
