import { choice, integer, parameterRows } from '../../../model/parameter-rows.ts';
import { common, guide } from './sources.ts';
import { ipv4, ipv4OrName, offOn, port } from './values.ts';

const network = (label: string) => `Network Configuration > ${label}`;

/** NAT and the SIP port. Guide, Table 3-3; labels of Table 3-6. */
export const natParameters = parameterRows(common(guide('Table 3-3')), [
  {
    name: 'voip_control_port',
    type: integer(1025, 65535),
    default: '5060',
    menu: 'SIP Configuration > VoIP Control Port',
    userMayChange: 'yes',
    help: 'UDP port that the phone listens on for SIP; its source port too when nat_enable is 1.',
  },
  {
    name: 'nat_enable',
    type: offOn,
    default: '0',
    menu: 'SIP Configuration > NAT Enabled',
    userMayChange: 'yes',
    help: "Puts nat_address into Contact and SDP in place of the phone's own address.",
  },
  {
    name: 'nat_address',
    type: ipv4OrName,
    menu: 'SIP Configuration > NAT Address',
    userMayChange: 'yes',
    help: 'Outer address of the NAT; a name must have an A record.',
  },
  {
    name: 'nat_received_processing',
    type: offOn,
    default: '0',
    help: 'Takes the address in received= of the answer to REGISTER for nat_address and registers anew.',
  },
]);

/** Ethernet, DNS, TFTP and HTTP. Guide, Table 3-3; labels of Table 3-1. */
export const networkParameters = parameterRows(common(guide('Table 3-3')), [
  {
    name: 'network_media_type',
    type: choice(
      {
        Auto: 'negotiated',
        Full100: '100 Mbit/s, full duplex',
        Half100: '100 Mbit/s, half duplex',
        Full10: '10 Mbit/s, full duplex',
        Half10: '10 Mbit/s, half duplex',
      },
      'any case',
    ),
    default: 'Auto',
    menu: network('Network Media Type'),
    userMayChange: 'yes',
    help: 'Speed and duplex of the Ethernet port.',
  },
  {
    name: 'network_port2_type',
    type: choice({ 'Hub/Switch': 'anything', PC: 'one computer and nothing else' }),
    default: 'Hub/Switch',
    menu: network('Network Port 2 Device Type'),
    userMayChange: 'yes',
    help: "What is plugged into the phone's second port. PC with a switch there makes loops.",
  },
  {
    name: 'dyn_dns_addr_1',
    type: ipv4,
    menu: network('Dynamic DNS Server 1'),
    userMayChange: 'no',
    stored: false,
    help: 'DNS server asked before those of DHCP; forgotten at the next boot.',
  },
  {
    name: 'dyn_dns_addr_2',
    aliases: ['dyn_dns_add_2'],
    type: ipv4,
    menu: network('Dynamic DNS Server 2'),
    userMayChange: 'no',
    stored: false,
    help: 'DNS server asked after dyn_dns_addr_1; forgotten at the next boot.',
  },
  {
    name: 'dyn_tftp_addr',
    type: ipv4,
    menu: network('Dynamic TFTP Server'),
    userMayChange: 'no',
    stored: false,
    help: 'Sends the phone to another TFTP server for its files; forgotten at the next boot.',
  },
  {
    name: 'http_proxy_addr',
    type: ipv4OrName,
    menu: network('HTTP Proxy Address'),
    userMayChange: 'yes',
    help: 'HTTP proxy; a name must have an A record.',
  },
  {
    name: 'http_proxy_port',
    type: port,
    default: '80',
    menu: network('HTTP Proxy Port'),
    userMayChange: 'yes',
    help: 'TCP port of the HTTP proxy.',
  },
]);
