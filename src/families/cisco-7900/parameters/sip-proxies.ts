import { parameterRows } from '../../../model/parameter-rows.ts';
import { common, guide } from './sources.ts';
import { atLeastOne, ipv4, ipv4OrName, offOn, port } from './values.ts';

const proxy = { ...ipv4OrName, words: ['USECALLMANAGER'] } as const;
const lineMenu = (label: string) => `SIP Configuration > Line N Settings > ${label}`;

/** Where lines register and calls go. Guide, Table 3-3; labels of Tables 3-5 and 3-6. */
export const proxyParameters = parameterRows(common(guide('Table 3-3')), [
  {
    name: 'proxy1_address',
    type: proxy,
    required: 'always',
    menu: lineMenu('Proxy Address'),
    userMayChange: 'yes',
    help: 'Proxy of line 1 and of every line without its own. USECALLMANAGER (8.x): call_manager1_addr.',
  },
  {
    name: 'proxy1_port',
    type: port,
    default: '5060',
    menu: lineMenu('Proxy Port'),
    userMayChange: 'yes',
    help: 'UDP port of the proxy of line 1.',
  },
  {
    name: 'proxyN_address',
    indexes: [2, 6],
    type: proxy,
    default: 'proxy1_address',
    menu: lineMenu('Proxy Address'),
    userMayChange: 'yes',
    help: 'Proxy of line N. A name stands in To, From and Request-URI as it is written here.',
  },
  {
    name: 'proxyN_port',
    indexes: [2, 6],
    type: port,
    menu: lineMenu('Proxy Port'),
    userMayChange: 'yes',
    help: 'UDP port of the proxy of line N.',
  },
  {
    name: 'proxy_register',
    type: offOn,
    default: '0',
    menu: 'SIP Configuration > Register with Proxy',
    userMayChange: 'yes',
    help: 'Whether the phone registers its lines with their proxies.',
  },
  {
    name: 'timer_register_expires',
    type: atLeastOne,
    default: '3600',
    unit: 'seconds',
    menu: 'SIP Configuration > Register Expires',
    userMayChange: 'yes',
    help: 'How long a registration holds; 3600 is recommended. The sample file ends at 3932100.',
  },
  {
    name: 'proxy_backup',
    type: ipv4,
    menu: 'SIP Configuration > Backup Proxy',
    userMayChange: 'yes',
    help: 'Proxy or gateway that takes over when the proxy is silent.',
  },
  {
    name: 'proxy_backup_port',
    type: port,
    default: '5060',
    menu: 'SIP Configuration > Backup Proxy Port',
    userMayChange: 'yes',
    help: 'UDP port of the backup proxy.',
  },
  {
    name: 'proxy_emergency',
    type: ipv4,
    menu: 'SIP Configuration > Emergency Proxy',
    userMayChange: 'yes',
    help: 'Proxy or gateway for the numbers that the dial plan routes as emergency.',
  },
  {
    name: 'proxy_emergency_port',
    type: port,
    default: '5060',
    menu: 'SIP Configuration > Emergency Proxy Port',
    userMayChange: 'yes',
    help: 'UDP port of the emergency proxy.',
  },
  {
    name: 'outbound_proxy',
    type: ipv4OrName,
    menu: 'SIP Configuration > Outbound Proxy',
    userMayChange: 'yes',
    help: "Takes all requests in place of the lines' proxies; media do not pass through it.",
  },
  {
    name: 'outbound_proxy_port',
    type: port,
    default: '5060',
    menu: 'SIP Configuration > Outbound Proxy Port',
    userMayChange: 'yes',
    help: 'UDP port of the outbound proxy.',
  },
]);
