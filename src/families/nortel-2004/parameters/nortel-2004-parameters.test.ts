import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { laterSections } from '../../../codec/config/section-file.ts';
import { parameterLookup } from '../../../model/parameter-lookup.ts';
import { valueProblem } from '../../../model/parameter-value.ts';
import type { ParameterTable } from '../../../model/parameter.ts';
import { laterTable } from './later.ts';
import { parameters } from './nortel-2004-parameters.ts';
import { sectionTable } from './sections.ts';
import { sipUpgradeTable } from './sip-upgrade.ts';
import { sysConfigTable } from './sys-config.ts';

/** Typed from NN42020-202: keyword, the value of its listing, a value that is none, the default. */
type Row = readonly [key: string, listed: string, bad: string, fallback: string];

/** Section 4; defaults of NN43170-600. Those without a bad value take any text. */
const sysConfig: readonly Row[] = [
  ['SIP_DOMAIN1', 'nortel.com', 'nortel com', ''],
  ['SIP_DOMAIN2', 'nortel.com', '-', ''],
  ['DNS_DOMAIN', 'nortel.com', 'nortel com', ''],
  ['FORCE_BANNER', 'Yes', 'perhaps', 'NO'],
  ['UPDATE_USERS', 'Yes', '1', ''],
  ['DEF_USER1', 'userid?', '', ''],
  ['DEF_USER2', 'userid?', '', ''],
  ['SIP_PING', 'YES', 'ON', ''],
  ['DST_ENABLED', 'YES', 'EU', 'YES'],
  ['TIMEZONE_OFFSET', '-18000', 'EST', '0'],
  ['VMAIL', '64167530#', '', ''],
  ['VMAIL_DELAY', '1000', '-1', '1000'],
  ['DEF_LANG', 'English', 'American English', 'English'],
  ['MAX_INBOX_ENTRIES', '100', 'many', '100'],
  ['MAX_OUTBOX_ENTRIES', '100', 'many', '100'],
  ['MAX_REJECTREASONS', '5', '-5', '20'],
  ['MAX_PRESENCENOTE', '5', '-5', '20'],
  ['MAX_CALLSUBJECT', '5', '-5', '20'],
  ['BANNER', 'Billerica SIP Client', 'Billerica SIP Client, 2nd', 'Nortel SIP Client'],
  ['DEF_AUDIO_QUALITY', 'High', 'Highest', 'High'],
  ['DEF_DISPLAY_IM', 'NO', 'never', 'NO'],
  ['AUTO_UPDATE', 'NO', 'daily', 'NO'],
  ['AUTO_UPDATE_TIME', '0', '86400', '0'],
];

/** Section 3, and section 6 for FORCED. */
const sections: readonly Row[] = [
  ['DEVICE_CONFIG/DOWNLOAD_MODE', 'AUTO', 'FORCE', 'AUTO'],
  ['DEVICE_CONFIG/VERSION', '000020', '20', ''],
  ['DEVICE_CONFIG/FILENAME', '2004sysConfig.dat', '2004sysConfig.dat ', ''],
  ['DEVICE_CONFIG/SERVER_IP', '0.0.0.0', 'tftp', 'the server that gave this file'],
  ['DEVICE_CONFIG/SERVER_PORT', '69', '0', '69'],
  ['LANGUAGE/DOWNLOAD_MODE', 'AUTO', 'FORCE', 'AUTO'],
  ['LANGUAGE/VERSION', '000002', '00 02', ''],
  ['LANGUAGE/FILENAME', 'Francais.lng', 'Canadian French.lng', ''],
  ['LANGUAGE/SERVER_IP', '192.168.10.10', '192.168.10', 'the server that gave this file'],
  ['LANGUAGE/SERVER_PORT', '69', '65536', '69'],
  ['FW/DOWNLOAD_MODE', 'FORCED', 'FORCE', 'AUTO'],
  ['FW/VERSION', '0692D93c08', '0692 D93', ''],
  ['FW/FILENAME', '2004SIP.img', '2004 SIP.img', ''],
  ['FW/SERVER_IP', '192.168.10.10', '192.168.10.256', 'the server that gave this file'],
  ['FW/SERVER_PORT', '69', 'tftp', '69'],
];

/** Section 2. */
const pointers: readonly Row[] = [
  ['S1.Server.IP', '192.168.1.10', 'sip.nortel.com', ''],
  ['S1.Server.Port', '5060', '0', ''],
  ['S1.Server.Action', '7', '5', ''],
  ['S1.Server.Domain', 'nortel.com', 'nortel com', ''],
  ['S2.Server.IP', '0.0.0.0', '0', ''],
  ['S2.Server.Port', '5060', 'sip', ''],
  ['S2.Server.Action', '1', 'SIP', ''],
  ['S2.Server.Domain', 'nortel.com', 'nortel com', ''],
  ['TFTP.Server.IP', '192.168.5.5', 'tftp', ''],
  ['DNS.Server.IP', '47.16.1.20', '47.16.1', ''],
];

/** Guides of the 1100 and 1200 series; the 2004 does not know them. */
const later: readonly Row[] = [
  ['PROTOCOL', 'http', 'SCP', 'TFTP'],
  ['PROMPT', 'YES', '1', 'NO'],
  ['DELETE_FILES', 'YES', 'all', 'NO'],
  ['SECURITY_MODE', '0', '1', '0'],
  ['SRV_USER_NAME', 'phones', 'the phones', ''],
  ['SRV_USER_PASS', 'x', 'x y', ''],
  ['SIP_DOMAIN5', 'nortel.com', 'a b', ''],
  ['SERVER_IP1_1', '192.168.1.1', '192.168', ''],
  ['SERVER_PORT2_2', '5060', '0', '5060'],
  ['AUTO_UPDATE_TIME_RANGE', '6', '7', '1'],
];

const tables: readonly (readonly [ParameterTable, readonly Row[]])[] = [
  [sysConfigTable, sysConfig],
  [sectionTable, sections],
  [sipUpgradeTable, pointers],
  [laterTable, later],
];

for (const [table, rows] of tables)
  describe(`${rows.length} parameters of ${table.id}`, () => {
    const lookup = parameterLookup(table);
    for (const [key, listed, bad, fallback] of rows)
      test(key, () => {
        const known = lookup.find(key);
        assert.ok(known, 'it is in the table');
        assert.equal(known.key, key);
        assert.equal(valueProblem(known.parameter, listed), undefined);
        if (bad !== '') assert.notEqual(valueProblem(known.parameter, bad), undefined, bad);
        assert.equal(known.parameter.default ?? '', fallback);
        assert.match(known.parameter.confidence ?? '', /^(high|medium|low)$/);
        assert.match(known.parameter.source, /^NN4[23]\d{3}-\d{3}/);
        assert.match(known.parameter.help, /^.{20,}$/s);
      });
  });

test('the tables have what the listings have and no more', () => {
  const keys = (table: ParameterTable) => parameterLookup(table).keys.toSorted();
  for (const [table, rows] of tables.slice(0, 3))
    assert.deepEqual(keys(table), rows.map(([key]) => key).toSorted(), table.id);
  assert.equal(sysConfig.length, 23);
});

test('every section of later phones has its row', () => {
  const lookup = parameterLookup(laterTable);
  for (const section of laterSections) assert.ok(lookup.find(`${section}/FILENAME`), section);
});

test('what only the name tells is said to be a guess', () => {
  const weak = parameters.flatMap((table) =>
    table.parameters.filter(({ confidence }) => confidence === 'low').map(({ name }) => name),
  );
  assert.deepEqual(weak, ['UPDATE_USERS']);
});

test('passwords are secret', () => {
  const secret = parameters.flatMap((table) =>
    table.parameters.filter((row) => row.secret).map(({ name }) => name),
  );
  assert.deepEqual(secret, [
    ...['LOGIN_PASSWORD', 'SRV_USER_PASS', 'ADMIN_PASSWORD', 'AUTOLOGIN_PASSWD_KEY0N'],
  ]);
});
