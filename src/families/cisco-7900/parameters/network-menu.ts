import { choice, integer, parameterRows, word } from '../../../model/parameter-rows.ts';
import type { ParameterTable } from '../../../model/parameter.ts';
import { guide } from './sources.ts';
import { ipv4 } from './values.ts';

const noYes = choice({ No: 'no', Yes: 'yes' });
const group = { source: guide('Table 3-1'), place: 'menu', stored: true } as const;
const item = (label: string) => `Network Configuration > ${label}`;

const parameters = parameterRows(group, [
  {
    name: 'DHCP Enabled',
    type: noYes,
    default: 'Yes',
    userMayChange: 'yes',
    help: 'Gets address, mask, domain, routers, DNS and TFTP servers by DHCP. Turn it off to set them here.',
  },
  {
    name: 'DHCP Address Released',
    type: noYes,
    userMayChange: 'yes',
    stored: false,
    help: 'Gives the address back, so that the phone can be moved to another network.',
  },
  {
    name: 'DHCP Server',
    type: ipv4,
    userMayChange: 'no',
    stored: false,
    help: 'Server that gave the address.',
  },
  {
    name: 'IP Address',
    type: ipv4,
    userMayChange: 'yes',
    help: 'Address of the phone; to be set only with DHCP off.',
  },
  {
    name: 'Subnet Mask',
    type: ipv4,
    userMayChange: 'yes',
    help: "Mask of the phone's network; to be set only with DHCP off.",
  },
  {
    name: 'Default Router N',
    indexes: [1, 5],
    type: ipv4,
    userMayChange: 'yes',
    help: 'Gateways, tried in turn; to be set only with DHCP off.',
  },
  {
    name: 'DNS Server N',
    indexes: [1, 5],
    type: ipv4,
    userMayChange: 'yes',
    help: 'DNS servers, tried in turn, after the dynamic ones; to be set only with DHCP off.',
  },
  {
    name: 'TFTP Server',
    type: ipv4,
    userMayChange: 'yes',
    help: 'Where files and firmware come from; to be set only with DHCP off or Alternate TFTP on.',
  },
  {
    name: 'Alternate TFTP',
    type: noYes,
    default: 'No',
    userMayChange: 'yes',
    help: 'Uses the TFTP Server set here in place of the one from DHCP.',
  },
  {
    name: 'Admin. VLAN Id',
    type: integer(0, 4094),
    userMayChange: 'yes',
    help: "VLAN on switches that are not Cisco's; what a Catalyst switch assigns counts more.",
  },
  {
    name: 'Operational VLAN Id',
    type: integer(0, 4094),
    userMayChange: 'no',
    stored: false,
    help: 'VLAN that the phone is in, learnt by CDP.',
  },
  {
    name: 'Host Name',
    type: word(),
    userMayChange: 'no',
    help: 'Always SIP and the MAC.',
  },
  {
    name: 'MAC Address',
    type: { kind: 'form', pattern: /^[0-9A-F]{12}$/i, form: 'twelve hexadecimal digits' },
    userMayChange: 'no',
    help: "The phone's own address, from the factory.",
  },
  {
    name: 'Erase Configuration',
    type: noYes,
    userMayChange: 'yes',
    stored: false,
    help: 'Forgets all network settings made here and turns DHCP on.',
  },
]);

/** What can be set on the phone alone. Guide, Table 3-1, without the items that have a key. */
export const networkMenuTable: ParameterTable = {
  id: 'cisco-7900-network-menu',
  title: 'Cisco 7940/7960: network menu',
  files: 'none: the menu Network Configuration of the phone',
  parameters: parameters.map((row) => ({ ...row, menu: item(row.name) })),
};
