import type { ParameterTable } from '../../../model/parameter.ts';
import { callParameters } from './sip-calls.ts';
import { furtherParameters } from './sip-further.ts';
import { lineParameters } from './sip-lines.ts';
import { maintenanceParameters } from './sip-maintenance.ts';
import { mediaParameters, timerParameters } from './sip-media.ts';
import { natParameters, networkParameters } from './sip-network.ts';
import { proxyParameters } from './sip-proxies.ts';
import { clockParameters, daylightSavingParameters } from './sip-time.ts';

/** All keys of the SIP files, topic by topic. */
export const sipTable: ParameterTable = {
  id: 'cisco-7900-sip',
  title: 'Cisco 7940/7960: SIP files',
  files: 'SIPDefault.cnf for all phones, SIP<MAC>.cnf for one',
  parameters: [
    ...maintenanceParameters,
    ...lineParameters,
    ...proxyParameters,
    ...callParameters,
    ...mediaParameters,
    ...timerParameters,
    ...natParameters,
    ...networkParameters,
    ...clockParameters,
    ...daylightSavingParameters,
    ...furtherParameters,
  ],
};
