import {
  choice,
  integer,
  parameterRows,
  rowsInside,
  text,
  word,
} from '../../../model/parameter-rows.ts';
import { element, field, usecallmanager } from './sources.ts';
import { address, boolean, host50, ipv6, port } from './values.ts';

const priority = {
  type: integer(0, 4),
  help: 'Order in which servers are tried, 0 first; at most five.',
};

/** The servers that phones register with. */
export const serverParameters = parameterRows(element(usecallmanager), [
  ...rowsInside('devicePool/callManagerGroup/members/member', [
    { name: '@priority', ...priority },
    {
      name: 'callManager/processNodeName',
      type: host50,
      required: 'for the first server',
      help: 'Address or name of the server; lines whose proxy is USECALLMANAGER register there.',
    },
    {
      name: 'callManager/ports/sipPort',
      type: port,
      help: 'SIP port of the server.',
    },
    {
      name: 'callManager/ports/securedSipPort',
      type: port,
      help: 'Port of SIP over TLS.',
    },
    {
      name: 'callManager/ports/ethernetPhonePort',
      type: port,
      help: 'SCCP port of the server, usually 2000.',
      source: field,
    },
    {
      name: 'callManager/ports/mgcpPorts/listen',
      type: port,
      help: 'MGCP port of the server, usually 2427.',
      source: field,
    },
    {
      name: 'callManager/ports/mgcpPorts/keepAlive',
      type: port,
      help: 'MGCP port for signs of life, usually 2428.',
      source: field,
    },
    {
      name: 'callManager/name',
      type: text(),
      help: 'What the phone calls the server.',
      source: field,
    },
    {
      name: 'callManager/description',
      type: text(),
      help: 'Note about the server.',
      source: field,
    },
    {
      name: 'callManager/ipv6Addr',
      type: ipv6,
      help: 'IPv6 address of the server.',
      source: field,
    },
  ]),
]);

/** Around the servers. */
export const poolParameters = parameterRows(element(field), [
  ...rowsInside('devicePool', [
    { name: 'name', type: text(), help: 'Name of the pool.' },
    { name: 'revertPriority', type: integer(0), help: 'Files have 0 or 1; no document says more.' },
    { name: 'callManagerGroup/name', type: text(), help: 'Name of the group of servers.' },
    {
      name: 'callManagerGroup/tftpDefault',
      type: boolean,
      help: 'The group stands in the default file too.',
    },
    {
      name: 'connectionMonitorDuration',
      type: integer(0),
      unit: 'seconds',
      help: 'How long the main server must be back before the phone returns to it.',
    },
    { name: 'mlppDomainId', type: word(), help: 'Domain of call precedence (MLPP); -1 is none.' },
    { name: 'mlppIndicationStatus', type: word(), help: 'Shows call precedence; usually Default.' },
    { name: 'preemption', type: word(), help: 'Calls of higher precedence end others.' },
  ]),
  ...rowsInside('devicePool/srstInfo', [
    { name: 'name', type: text(), help: 'Name of the router that stands in for the servers.' },
    {
      name: 'srstOption',
      type: choice({ Disable: 'off', Enable: 'on' }, 'any case'),
      help: 'Registers with a router when no server answers (SRST).',
    },
    { name: 'userModifiable', type: boolean, help: 'The user may change it.' },
    { name: 'ipAddrN', indexes: [1, 3], type: address, help: 'Router for SCCP.' },
    { name: 'portN', indexes: [1, 3], type: port, help: 'SCCP port of the router.' },
    { name: 'sipIpAddrN', indexes: [1, 3], type: address, help: 'Router for SIP.' },
    { name: 'sipPortN', indexes: [1, 3], type: port, help: 'SIP port of the router.' },
    { name: 'isSecure', type: boolean, help: 'Talks to the router over TLS.' },
  ]),
]);

/** Servers for certificates. */
export const trustParameters = parameterRows(element(usecallmanager), [
  ...rowsInside('TVS/members/member', [
    { name: '@priority', ...priority },
    {
      name: 'address',
      type: host50,
      help: 'Server that vouches for certificates (trust verification service).',
    },
    { name: 'port', type: port, help: 'Its port, usually 2445.' },
  ]),
  {
    name: 'capfAuthMode',
    type: choice({
      0: 'not set; in the field',
      1: 'password',
      2: 'empty password',
      3: 'own certificate (LSC), else the factory one',
      4: 'factory certificate (MIC)',
    }),
    help: 'How the phone proves itself to the server that makes its certificate (CAPF).',
  },
  ...rowsInside('capfList/capf', [
    { name: 'processNodeName', type: host50, help: 'CAPF server; at most five.' },
    { name: 'phonePort', type: port, help: 'Its port, usually 3804.' },
    { name: 'ipv6Addr', type: ipv6, help: 'Its IPv6 address.', source: field },
  ]),
  ...rowsInside('capfList/capf6', [
    { name: 'processNodeName', type: host50, help: 'CAPF server by IPv6.', source: field },
    { name: 'phonePort', type: port, help: 'Its port, usually 3804.', source: field },
  ]),
]);
