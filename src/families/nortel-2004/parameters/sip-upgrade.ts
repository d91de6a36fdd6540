import {
  choice,
  integer,
  type ParameterRow,
  parameterRows,
} from '../../../model/parameter-rows.ts';
import type { ParameterTable } from '../../../model/parameter.ts';
import { ipv4, ipv4OrName, noted } from './sources.ts';

function serverRows(name: 'S1' | 'S2'): readonly ParameterRow[] {
  const which = name === 'S1' ? 'first' : 'second';
  return [
    {
      name: `${name}.Server.IP`,
      type: ipv4,
      help: `The ${which} server of phones with a SIP load: the SIP server. 0.0.0.0: none.`,
    },
    {
      name: `${name}.Server.Port`,
      type: integer(1, 65535),
      help: 'UDP port: 5060 for SIP, 5000 for UNIStim.',
    },
    {
      name: `${name}.Server.Action`,
      type: choice({ 1: 'UNIStim', 7: 'SIP' }),
      help: 'What the phone speaks with the server.',
    },
    { name: `${name}.Server.Domain`, type: ipv4OrName, help: 'SIP domain of the server.' },
  ];
}

/** `SipUpgradeConfigFile.txt`: NN42020-202, section 2. */
export const sipUpgradeTable: ParameterTable = {
  id: 'nortel-sip-upgrade',
  title: 'Nortel IP Phone 2004: SipUpgradeConfigFile.txt',
  files:
    'SipUpgradeConfigFile.txt of the IP Client Manager, which tells phones their servers when they get the SIP load',
  parameters: parameterRows(noted('2'), [
    ...serverRows('S1'),
    ...serverRows('S2'),
    {
      name: 'TFTP.Server.IP',
      type: ipv4,
      help: 'The master TFTP server: the one that has 2004tftp.cfg.',
    },
    { name: 'DNS.Server.IP', type: ipv4, help: 'DNS server of the phones. 0.0.0.0: none.' },
  ]),
};
