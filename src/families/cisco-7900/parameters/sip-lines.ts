import { parameterRows, text, word } from '../../../model/parameter-rows.ts';
import { guide, ownFile } from './sources.ts';

const line = (label: string) => `SIP Configuration > Line N Settings > ${label}`;
const whenChallenged = 'for line 1 when proxy_register is 1 and the proxy asks for authentication';

/** What makes a line. Guide, Table 3-4; labels of Table 3-5. */
export const lineParameters = parameterRows(ownFile(guide('Table 3-4')), [
  {
    name: 'lineN_name',
    indexes: [1, 6],
    type: word(),
    required: 'for line 1 and every other line in use',
    menu: line('Name'),
    userMayChange: 'yes',
    help: 'Number (no dashes) or user part of the address that the line registers as.',
  },
  {
    name: 'lineN_shortname',
    indexes: [1, 6],
    type: text(),
    default: 'lineN_name',
    menu: line('Short Name'),
    userMayChange: 'yes',
    help: 'What stands beside the line key where lineN_name is too long; for display only.',
  },
  {
    name: 'lineN_displayname',
    indexes: [1, 6],
    type: text(),
    menu: line('Display Name'),
    userMayChange: 'yes',
    since: '2.0',
    help: 'Name that the called party sees.',
  },
  {
    name: 'lineN_authname',
    indexes: [1, 6],
    type: text(),
    default: 'line1_authname',
    required: whenChallenged,
    menu: line('Authentication Name'),
    userMayChange: 'yes',
    help: "User name for the proxy's challenge; line 1 has none (UNPROVISIONED) without it.",
  },
  {
    name: 'lineN_password',
    indexes: [1, 6],
    type: text(),
    default: 'line1_password',
    required: whenChallenged,
    menu: line('Authentication Password'),
    userMayChange: 'yes',
    secret: true,
    help: "Password for the proxy's challenge. Set it: Table 3-5 names SIP and the MAC as default.",
  },
  {
    name: 'phone_label',
    type: text(11),
    menu: 'SIP Configuration > Phone Label',
    userMayChange: 'yes',
    since: '2.0',
    help: 'Text in the top line of the display, up to 11 characters; not in any message.',
  },
]);
