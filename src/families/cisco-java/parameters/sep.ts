import type { ParameterTable } from '../../../model/parameter.ts';
import { addOnModuleParameters } from './add-on-modules.ts';
import { commonProfileParameters } from './common-profile.ts';
import { dateTimeParameters } from './date-time.ts';
import { addressParameters, identityParameters } from './device.ts';
import { featureParameters, serverFileParameters } from './features.ts';
import { localeParameters } from './locale.ts';
import { poolParameters, serverParameters, trustParameters } from './servers.ts';
import { urlParameters } from './services.ts';
import { sipLineParameters } from './sip-lines.ts';
import { sipProfileParameters } from './sip-profile.ts';
import {
  sipCallFeatureParameters,
  sipProxyParameters,
  sipStackParameters,
} from './sip-signalling.ts';
import { vendorConfigParameters } from './vendor-config.ts';
import { vpnParameters } from './vpn.ts';

/** All elements of a phone's file, each by its path from `device`; `@` marks an attribute. */
export const sepTable: ParameterTable = {
  id: 'cisco-java-sep',
  title: 'Cisco Java phones: SEP files',
  files: 'SEP<MAC>.cnf.xml, one for each phone; names are paths from the element device',
  parameters: [
    ...identityParameters,
    ...serverParameters,
    ...poolParameters,
    ...dateTimeParameters,
    ...sipLineParameters,
    ...sipProxyParameters,
    ...sipCallFeatureParameters,
    ...sipStackParameters,
    ...sipProfileParameters,
    ...commonProfileParameters,
    ...vendorConfigParameters,
    ...localeParameters,
    ...urlParameters,
    ...featureParameters,
    ...serverFileParameters,
    ...addressParameters,
    ...addOnModuleParameters,
    ...trustParameters,
    ...vpnParameters,
  ],
};
