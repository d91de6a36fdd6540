import { choice, integer, parameterRows, text } from '../../../model/parameter-rows.ts';
import { element, field, usecallmanager } from './sources.ts';
import { boolean, image } from './values.ts';

const addressFamily = choice({ 0: 'IPv4', 1: 'IPv6' });

/** What the phone is and loads. */
export const identityParameters = parameterRows(element(usecallmanager), [
  {
    name: 'fullConfig',
    type: boolean,
    help: 'Says that this is the whole configuration; files in the field have true.',
  },
  {
    name: 'deviceProtocol',
    type: choice({ SIP: 'SIP', SCCP: 'SCCP' }),
    help: 'Protocol of the load.',
  },
  {
    name: 'loadInformation',
    type: image,
    help: 'Firmware to run, as its loads file is called, without .loads; empty keeps what runs.',
  },
  {
    name: 'loadInformation/@model',
    type: text(),
    help: 'Model that the load is for; free text that no phone is known to look at.',
    source: field,
  },
  {
    name: 'inactiveLoadInformation',
    type: image,
    help: 'Second firmware that the phone keeps and can go back to. Series 8800, 8900 and 9900.',
  },
  {
    name: 'versionStamp',
    type: text(),
    help: 'Any text; another one makes NOTIFY check-version restart the phone.',
  },
  {
    name: 'deviceSecurityMode',
    type: choice({
      0: 'not set; in the field',
      1: 'not secure',
      2: 'authenticated: TLS without encryption',
      3: 'encrypted: TLS with AES',
    }),
    help: 'Security of the connection to the server; 2 and 3 need transportLayerProtocol 3.',
  },
  {
    name: 'transportLayerProtocol',
    type: choice({
      1: 'TCP',
      2: 'UDP',
      3: 'TLS',
      4: 'TCP, in files of Cisco servers and the field',
    }),
    help: 'Transport of SIP. Sources differ on 4; 2 is UDP in all of them.',
  },
  {
    name: 'TLSResumptionTimer',
    type: integer(0),
    unit: 'seconds',
    help: 'How long a TLS connection may be taken up again.',
  },
  {
    name: 'encrConfig',
    type: boolean,
    help: 'The configuration file is encrypted.',
  },
  {
    name: 'certHash',
    type: text(),
    help: 'Hash of a certificate; empty in all files seen.',
  },
  {
    name: 'userId',
    type: text(),
    help: 'User of the phone.',
  },
  {
    name: 'ownerId',
    type: text(),
    help: 'Owner of the phone.',
  },
  {
    name: 'sshUserId',
    type: text(),
    help: 'User of the SSH server. A second login follows: debug, debug on series 7900.',
  },
  {
    name: 'sshPassword',
    type: text(),
    secret: true,
    help: 'Password of the SSH server.',
  },
]);

/** IP versions. */
export const addressParameters = parameterRows(element(usecallmanager), [
  {
    name: 'ipAddressMode',
    type: choice({ 0: 'IPv4', 1: 'IPv6', 2: 'both' }),
    help: 'IP versions that the phone uses.',
  },
  {
    name: 'allowAutoConfig',
    type: boolean,
    help: 'Makes an IPv6 address by itself (SLAAC).',
  },
  {
    name: 'dadEnable',
    type: boolean,
    help: 'Looks whether another device has the IPv6 address.',
  },
  {
    name: 'redirectEnable',
    type: boolean,
    help: 'Follows ICMPv6 redirects.',
  },
  {
    name: 'echoMultiEnable',
    type: boolean,
    help: 'Answers ICMPv6 echo requests to multicast addresses.',
  },
  {
    name: 'ipPreferenceModeControl',
    type: addressFamily,
    help: 'Version for signalling where both are there.',
  },
  {
    name: 'ipMediaAddressFamilyPreference',
    type: addressFamily,
    help: 'Version for media where both are there.',
  },
]);
