import { choice, integer, type ParameterRow, text, word } from '../../../model/parameter-rows.ts';
import { annotated, field } from './sources.ts';
import { ipv6, numbers, offOn, onOff, port } from './values.ts';

/** Web server, SSH server, firmware servers, security. */
export const accessRows: readonly ParameterRow[] = [
  {
    name: 'webAccess',
    type: choice({ 0: 'on', 1: 'off', 2: 'read only' }),
    default: '0',
    help: 'Web server of the phone. 0 is on.',
    source: annotated,
  },
  {
    name: 'webProtocol',
    type: choice({ 0: 'HTTP and HTTPS', 1: 'HTTPS' }),
    help: 'Protocols of the web server.',
  },
  { name: 'tls12Only', type: offOn, help: 'HTTPS with TLS 1.2 only.' },
  { name: 'webAdmin', type: offOn, help: 'Administration over the web server. Model 8821.' },
  {
    name: 'adminPassword',
    type: text(32),
    secret: true,
    help: 'Password of that administration. Model 8821 and series 792x.',
  },
  {
    name: 'sshAccess',
    type: onOff,
    help: 'SSH server of the phone. 0 is on; without the element it is off.',
    source: annotated,
  },
  { name: 'sshPort', type: port, help: 'Port of the SSH server.', source: field },
  {
    name: 'peerFirmwareSharing',
    type: offOn,
    help: 'Takes firmware from another phone of the subnet.',
  },
  {
    name: 'loadServer',
    type: word(256),
    help: 'Server of firmware files in place of the TFTP server.',
  },
  { name: 'ipv6LoadServer', type: ipv6, help: 'The same by IPv6 address.', source: field },
  {
    name: 'logServer',
    type: word(),
    help: "Where the phone's log goes: address and port, e.g. 192.0.2.1:9001.",
    source: field,
  },
  { name: 'ipv6LogServer', type: word(), help: 'The same by IPv6 address.', source: field },
  {
    name: 'detectCMConnectionFailure',
    type: choice({ 0: 'at once', 1: 'about four times later' }),
    help: 'When the phone gives a silent server up.',
  },
  {
    name: 'disableTLSCiphers',
    type: numbers(1, 7),
    help: 'Ciphers of TLS that are not used: 1 to 3 RSA with CBC, 4 to 7 ECDHE with GCM.',
  },
  {
    name: 'eapAuthentication',
    type: choice({ 0: 'the user decides', 1: 'off', 2: 'on' }),
    help: 'Login at the switch (802.1X).',
  },
  { name: 'fipsMode', type: offOn, help: 'FIPS 140 mode.', source: annotated },
];

/** Ethernet ports and protocols on them. */
export const ethernetRows: readonly ParameterRow[] = [
  {
    name: 'pcPort',
    type: onOff,
    default: '0',
    help: 'Port for a computer. 0 is on.',
    source: annotated,
  },
  {
    name: 'spanToPCPort',
    type: onOff,
    default: '0',
    help: "Copies the phone's packets to the computer's port. 0 is on.",
    source: annotated,
  },
  {
    name: 'voiceVlanAccess',
    type: onOff,
    default: '0',
    help: 'Lets the computer into the voice VLAN. Sources differ: usecallmanager.nz has 1 for on.',
    source: annotated,
  },
  {
    name: 'garp',
    type: offOn,
    default: '1',
    help: 'Believes unasked ARP answers.',
    source: annotated,
  },
  { name: 'enableCdpSwPort', type: offOn, help: "CDP on the network's port." },
  { name: 'enableCdpPcPort', type: offOn, help: "CDP on the computer's port." },
  { name: 'enableLldpSwPort', type: offOn, help: "LLDP on the network's port." },
  { name: 'enableLldpPcPort', type: offOn, help: "LLDP on the computer's port." },
  { name: 'cdpEnable', type: offOn, help: 'CDP. Model 8821 and series 792x.' },
  {
    name: 'powerNegotiation',
    type: offOn,
    help: 'Asks the switch for more power (802.3at); without it modules may stay dark.',
  },
  {
    name: 'powerPriority',
    type: integer(0),
    help: 'Priority of the phone for power, sent in LLDP.',
    source: field,
  },
  {
    name: 'PortAutoLinkSync',
    type: offOn,
    help: "Takes the computer's port down with the network's.",
    source: field,
  },
  {
    name: 'forwardingDelay',
    type: integer(0),
    help: 'Whether the port waits before it forwards; files have 1.',
    source: field,
  },
  { name: 'dfBit', type: offOn, help: 'Forbids to fragment its packets.' },
  { name: 'rtcp', type: offOn, help: 'RTCP for audio.' },
  { name: 'rtpcontrolprotocol', type: offOn, help: 'RTCP, on older models.', source: field },
  { name: 'videoRtcp', type: offOn, help: 'RTCP for video.' },
];
