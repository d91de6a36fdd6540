import { javaPhone } from './lint-base-tree.ts';
import { seed, edit, put, append, type Seed } from './lint-seed.ts';

const common = 'SIPDefault.cnf';
const java = `SEP${javaPhone}.cnf.xml`;
const plan = 'dialplan.xml';

export const dialPlans: readonly Seed[] = [
  seed(
    'dial-plan-root',
    plan,
    '<dialplan>',
    put(plan, '<dialplan>\n<TEMPLATE MATCH="*"/>\n</dialplan>'),
  ),
  seed(
    'dial-plan-element',
    plan,
    '<template ',
    edit(plan, '<TEMPLATE MATCH="112"', '<template MATCH="112"'),
  ),
  seed('dial-plan-attribute', plan, 'TIMOUT', edit(plan, 'TIMEOUT="0" USER', 'TIMOUT="0" USER')),
  seed('dial-plan-value', plan, 'USER="fone"', edit(plan, 'USER="Phone"', 'USER="fone"')),
  seed('dial-plan-value', plan, 'TIMEOUT="-1"', edit(plan, 'TIMEOUT="5"', 'TIMEOUT="-1"')),
  seed('dial-plan-timeout', plan, 'TIMEOUT="5s"', edit(plan, 'TIMEOUT="5"', 'TIMEOUT="5s"')),
  seed(
    'dial-plan-match-missing',
    plan,
    '<TEMPLATE TIMEOUT',
    edit(plan, '</DIAL', '<TEMPLATE TIMEOUT="3"/>\n</DIAL'),
  ),
  seed(
    'dial-plan-size',
    plan,
    '<DIALTEMPLATE>',
    edit(plan, '</DIAL', `<!-- ${'x'.repeat(8192)} -->\n</DIAL`),
  ),
  seed(
    'dial-plan-pattern-length',
    plan,
    '0000',
    edit(plan, '</DIAL', `<TEMPLATE MATCH="${'0'.repeat(64)}"/>\n</DIAL`),
  ),
  seed(
    'dial-plan-sign',
    plan,
    '[2-8]',
    edit(plan, '</DIAL', '<TEMPLATE MATCH="[2-8].." TIMEOUT="1"/>\n</DIAL'),
  ),
  seed(
    'dial-plan-star',
    plan,
    '"*97"',
    edit(plan, '</DIAL', '<TEMPLATE MATCH="*97" TIMEOUT="0"/>\n</DIAL'),
  ),
  seed(
    'dial-plan-groups',
    plan,
    '2.3.4.5.6.7.',
    edit(plan, '</DIAL', '<TEMPLATE MATCH="2.3.4.5.6.7." REWRITE="%5"/>\n</DIAL'),
  ),
  seed('dial-plan-rewrite', plan, 'REWRITE="%2"', edit(plan, 'REWRITE="%1"', 'REWRITE="%2"')),
  seed(
    'dial-plan-repeated',
    plan,
    '<!-- again -->',
    edit(plan, '</DIAL', '<TEMPLATE MATCH="112" TIMEOUT="0"/> <!-- again -->\n</DIAL'),
  ),
  seed(
    'dial-plan-ambiguous',
    plan,
    'MATCH=".3.."',
    edit(plan, '</DIAL', '<TEMPLATE MATCH=".3.." TIMEOUT="4"/>\n</DIAL'),
  ),
  seed(
    'dial-plan-shadowed',
    plan,
    '1......',
    edit(plan, '</DIAL', '<TEMPLATE MATCH="1......" TIMEOUT="0"/>\n</DIAL'),
  ),
  seed(
    'dial-plan-no-catch-all',
    plan,
    '<DIALTEMPLATE>',
    edit(plan, 'MATCH="*" TIM', 'MATCH="0*" TIM'),
  ),
  seed('dial-plan-missing', java, 'dialTemplate', edit(java, 'dialplan.xml', 'other.xml')),
  seed('dial-plan-missing', common, 'dial_template', edit(common, '"dialplan"', '"other"')),
  seed(
    'soft-keys-missing',
    java,
    'softKeyFile',
    edit(java, '<softKeyFile>', '<softKeyFile>keys.xml'),
  ),
];

export const rings: readonly Seed[] = [
  seed(
    'ring-list-length',
    'RINGLIST.DAT',
    'Bell 51',
    put(
      'RINGLIST.DAT',
      Array.from({ length: 51 }, (_, index) => `Bell ${index + 1}\tBell.raw\n`).join(''),
    ),
  ),
  seed(
    'ring-name-length',
    'Ringlist.xml',
    '<Ring>',
    edit('Ringlist.xml', '>Bell<', '>The bell that one hears everywhere<'),
  ),
  seed('ring-list-tab', 'RINGLIST.DAT', 'Bell', put('RINGLIST.DAT', 'Bell Bell.raw\n')),
  seed('ring-list-line', 'RINGLIST.DAT', 'Gong', append('RINGLIST.DAT', 'Gong\n')),
  seed('ring-missing', 'RINGLIST.DAT', 'Gong', append('RINGLIST.DAT', 'Gong\tGong.raw\n')),
  seed('ring-size', 'Bell.raw', '', put('Bell.raw', new Uint8Array(500))),
  seed('sync-info-incomplete', 'syncinfo.xml', 'IMAGE', edit('syncinfo.xml', ' SYNC="2"', '')),
  seed(
    'sync-value-length',
    'syncinfo.xml',
    'IMAGE',
    edit('syncinfo.xml', '"2"', `"${'2'.repeat(33)}"`),
  ),
  seed('sync-never-reboots', 'syncinfo.xml', 'IMAGE', edit('syncinfo.xml', '"2"', '"1"')),
];
