import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parameterLookup } from '../../../model/parameter-lookup.ts';
import { valueProblem } from '../../../model/parameter-value.ts';
import { sepTable } from './sep.ts';

const { parameters } = sepTable;
const lookup = parameterLookup(sepTable);

function takes(path: string, value: string): boolean {
  const known = lookup.find(path);
  assert.ok(known, path);
  return valueProblem(known.parameter, value) === undefined;
}

test('each path is there once and is a path', () => {
  const names = parameters.map(({ name }) => name);
  assert.equal(new Set(names.map((name) => name.toLowerCase())).size, names.length);
  for (const name of names) assert.match(name, /^[A-Za-z]\w*(\/[A-Za-z]\w*)*(\/@\w+)?$/, name);
});

test('every row has one line of help and a source', () => {
  for (const { name, help, source } of parameters) {
    assert.match(help, /^[A-Z0-9].{3,110}\.$/, name);
    assert.notEqual(source, '', name);
  }
});

test('defaults are values', () => {
  for (const row of parameters)
    if (row.default !== undefined)
      assert.equal(valueProblem(row, row.default), undefined, row.name);
});

test('passwords are secret, and nothing else is', () => {
  const secrets = parameters.filter(({ secret }) => secret).map(({ name }) => name);
  assert.deepEqual(secrets.toSorted(), [
    'commonProfile/phonePassword',
    'enterpriseConfig/energyWiseSecret',
    'sipProfile/sipLines/line/authPassword',
    'sshPassword',
    'vendorConfig/adminPassword',
  ]);
});

test('inverted switches say that 0 is on', () => {
  for (const name of ['webAccess', 'sshAccess', 'pcPort', 'spanToPCPort', 'voiceVlanAccess']) {
    const type = lookup.find(`vendorConfig/${name}`)?.parameter.type;
    assert.ok(type?.kind === 'choice', name);
    assert.deepEqual(type.values.slice(0, 2), [
      ['0', 'on'],
      ['1', 'off'],
    ]);
  }
});

const line = 'sipProfile/sipLines/line';
const dateTime = 'devicePool/dateTimeSetting';
const member = 'devicePool/callManagerGroup/members/member';
const rows: readonly (readonly [path: string, good: readonly string[], bad: readonly string[]])[] =
  [
    [`${line}/featureLabel`, ['x'.repeat(30), 'My label'], ['x'.repeat(31)]],
    [`${line}/authPassword`, ['x'.repeat(30)], ['x'.repeat(31)]],
    [`${line}/proxy`, ['USECALLMANAGER', '192.0.2.1', 'sip.example.com'], ['192.0.2']],
    [`${line}/callWaiting`, ['0', '3'], ['4', 'Auto']],
    [`${line}/ringSettingIdle`, ['4'], ['5']],
    [`${line}/ringSettingActive`, ['5'], ['6']],
    [`${line}/messageWaitingLampPolicy`, ['0', '6'], ['7']],
    [`${member}/@priority`, ['0', '4'], ['5']],
    [
      `${member}/callManager/processNodeName`,
      ['192.0.2.1', 'pbx', 'x'.repeat(50)],
      ['x'.repeat(51)],
    ],
    [`${member}/callManager/processNodeName`, ['2001:db8::1'], ['192.0.2.300', 'a b', '1.2.3']],
    [
      `${dateTime}/dateTemplate`,
      ['D/M/Y', 'M-D-YY', 'D.M.YA', 'D/M/YYa'],
      ['Y/M/D', 'D/M-Y', 'D/D/Y'],
    ],
    [`${dateTime}/timeZone`, ['W. Europe Standard/Daylight Time'], ['Europe/Berlin', '-240']],
    [`${dateTime}/ntps/ntp/ntpMode`, ['unicast', 'Unicast', 'Directed Broadcast'], ['broadcast']],
    ['sipProfile/phoneLabel', ['x'.repeat(12)], ['x'.repeat(13)]],
    ['sipProfile/dtmfAvtPayload', ['96', '127'], ['95', '128']],
    ['sipProfile/sipStack/userInfo', ['None', 'phone'], ['user']],
    ['servicesURL', ['http://192.0.2.1/menu'], [`http://192.0.2.1/${'x'.repeat(255)}`, 'menu.xml']],
    ['phoneServices/phoneService/url', ['Application:Cisco/MissedCalls'], []],
    ['vendorConfig/displayOnTime', ['08:30', '8:30'], ['60', '24:00']],
    ['vendorConfig/daysDisplayNotActive', ['1,7', '3'], ['0,8', '1;7', '1,']],
    ['vendorConfig/bluetoothProfile', ['0,1'], ['2']],
    ['vendorConfig/webAccess', ['0', '1', '2'], ['3']],
    ['vpnGroup/addresses/url3', ['https://192.0.2.1/svc'], []],
    ['vpnGroup/credentials/certHash10', ['abc='], ['a b']],
    ['loadInformation', ['SIP45.9-4-2SR3-1S'], ['SIP45 9']],
    ['transportLayerProtocol', ['1', '2', '3', '4'], ['0', '5']],
    ['capfAuthMode', ['1', '4'], ['5']],
    ['MissedCallLoggingOption', ['100'], ['2']],
    ['addOnModules/addOnModule/@idx', ['1', '3'], ['4']],
    ['enterpriseConfig/webAccess', ['0'], ['3']],
  ];

for (const [path, good, bad] of rows)
  test(`${path} takes what it should`, () => {
    for (const value of good) assert.ok(takes(path, value), value);
    for (const value of bad) assert.ok(!takes(path, value), value);
  });
