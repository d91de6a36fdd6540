import type { ParameterTable } from '../../../model/parameter.ts';
import { sipTable } from '../../cisco-7900/parameters/sip.ts';
import { fileSettingsTable } from '../../cisco-shared/render/file-settings.ts';
import { sepTable } from './sep.ts';

/** The parameter tables of Cisco's Java phones; many keys of the 7940/7960 set elements as well. */
export const parameters: readonly ParameterTable[] = [sepTable, fileSettingsTable, sipTable];
