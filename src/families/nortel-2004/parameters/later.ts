import {
  choice,
  integer,
  type ParameterRow,
  parameterRows,
  text,
  word,
} from '../../../model/parameter-rows.ts';
import type { ParameterTable } from '../../../model/parameter.ts';
import { guide1100, guide1200, ipv4OrName, later } from './sources.ts';

const yesNo = choice({ YES: 'on', NO: 'off' }, 'any case');

/** Sections that the 2004 does not have, and what each fetches. */
const sections: readonly (readonly [name: string, what: string])[] = [
  ['TONES', 'ring tones; several files may be named'],
  ['IMAGES', 'pictures'],
  ['DIALING_PLAN', 'the dial plan'],
  ['LICENSING', 'the licence'],
  ['SEC_POLICY', 'the security policy'],
  ['DEV_CERT', "the phone's certificate"],
  ['CTL', 'the list of trusted certificates'],
  ['CRL', 'the list of revoked certificates'],
  ['USER_KEYS', "the user's keys"],
  ['LOGIN_BANNER', 'the text shown before the login'],
];

const files: readonly ParameterRow[] = [
  {
    name: 'USER_CONFIG/FILENAME',
    type: word(),
    help: "The phone's own settings; without it the phone asks for SIP<MAC>.cfg.",
  },
  ...sections.map(([name, what]) => ({
    name: `${name}/FILENAME`,
    type: word(),
    help: `Section of later phones: fetches ${what}.`,
  })),
];

const keywords: readonly ParameterRow[] = [
  {
    name: 'PROTOCOL',
    type: choice({ TFTP: 'TFTP', FTP: 'FTP', HTTP: 'HTTP' }, 'any case'),
    default: 'TFTP',
    help: 'In every section: how the file is fetched.',
  },
  {
    name: 'PROMPT',
    type: yesNo,
    default: 'NO',
    help: 'In every section: asks the user before the file is fetched.',
  },
  {
    name: 'DELETE_FILES',
    type: yesNo,
    default: 'NO',
    help: 'In [LANGUAGE], [TONES] and [IMAGES]: removes the files that the phone has.',
  },
  {
    name: 'SECURITY_MODE',
    type: choice({ 0: 'none' }),
    default: '0',
    help: 'In every section: kept for the future.',
  },
  {
    name: 'SRV_USER_NAME',
    type: word(),
    help: 'In every section: name at the server, for FTP and HTTP.',
  },
  {
    name: 'SRV_USER_PASS',
    type: word(),
    secret: true,
    help: 'In every section: password at the server.',
  },
];

const settings: readonly ParameterRow[] = [
  {
    name: 'SIP_DOMAINN',
    indexes: [3, 5],
    type: ipv4OrName,
    help: 'Further SIP domains; the 2004 has two.',
  },
  ...[1, 2].flatMap((server): readonly ParameterRow[] => [
    {
      name: `SERVER_IPN_${server}`,
      indexes: [1, 5],
      type: ipv4OrName,
      help: 'Proxy of a domain. The 2004 has it from the IP Client Manager instead.',
    },
    {
      name: `SERVER_PORTN_${server}`,
      indexes: [1, 5],
      type: integer(1, 65535),
      default: '5060',
      help: 'UDP port of that proxy.',
    },
  ]),
  {
    name: 'SERVER_RETRIESN',
    indexes: [1, 5],
    type: integer(0),
    help: 'Before the next proxy is asked.',
  },
  {
    name: 'AUTO_UPDATE_TIME_RANGE',
    type: integer(1, 6),
    default: '1',
    unit: 'hours',
    help: 'The random part of the time of AUTO_UPDATE; on the 2004 it is up to one hour.',
  },
  {
    name: 'ADMIN_PASSWORD',
    type: text(),
    secret: true,
    help: 'Opens the menus for administrators.',
  },
  {
    name: 'AUTOLOGIN_PASSWD_KEY0N',
    indexes: [1, 9],
    type: text(),
    secret: true,
    help: 'Password of a line that is logged in by itself.',
  },
];

/** Of the 1100 and 1200 series, whose files have the same syntax; the 2004 does not know them. */
export const laterTable: ParameterTable = {
  id: 'nortel-later',
  title: 'Nortel phones after the 2004: what their files have in addition',
  files:
    '1120eSIP.cfg and its like, of phones of the 1100 and 1200 series, which are read and written back but not upgraded',
  parameters: [
    ...parameterRows(later(`${guide1100}, pages 30 to 39`), files),
    ...parameterRows(later(`${guide1200}, page 45`), keywords),
    ...parameterRows(later(`${guide1100}, device configuration`), settings),
  ],
};
