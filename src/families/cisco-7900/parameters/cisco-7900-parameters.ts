import type { ParameterTable } from '../../../model/parameter.ts';
import { sepTable } from '../../cisco-java/parameters/sep.ts';
import { fileSettingsTable } from '../../cisco-shared/render/file-settings.ts';
import { mgcpTable } from './mgcp.ts';
import { networkMenuTable } from './network-menu.ts';
import { sipTable } from './sip.ts';

/** The parameter tables of the Cisco 7940 and 7960. With SCCP they read a SEP file too. */
export const parameters: readonly ParameterTable[] = [
  sipTable,
  mgcpTable,
  networkMenuTable,
  fileSettingsTable,
  sepTable,
];
