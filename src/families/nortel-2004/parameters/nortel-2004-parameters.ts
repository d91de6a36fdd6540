import type { ParameterTable } from '../../../model/parameter.ts';
import { laterTable } from './later.ts';
import { loginTable } from './login.ts';
import { sectionTable } from './sections.ts';
import { sipUpgradeTable } from './sip-upgrade.ts';
import { sysConfigTable } from './sys-config.ts';

/** The parameter tables of the files of the IP Phone 2004. */
export const parameters: readonly ParameterTable[] = [
  sysConfigTable,
  sectionTable,
  sipUpgradeTable,
  loginTable,
  laterTable,
];
