import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Phone } from '../../../model/phone.ts';
import type { RestartKind } from '../../../model/restart.ts';
import { effectiveSettings } from '../../../model/settings.ts';
import { parseMac } from '../../../wire/mac.ts';
import { cisco7900 } from '../../cisco-7900/cisco-7900.ts';
import { ciscoJava } from '../../cisco-java/cisco-java.ts';

const mac = parseMac('001EBE9204E8');

function settingsOf(values: Readonly<Record<string, string>>) {
  return effectiveSettings([{ scope: 'fleet', name: '', values }]);
}

const words = {
  ...{ proxy1_address: '192.0.2.1', line1_name: '7001', line1_authname: 'anna' },
  ...{ line1_password: 'secret', line2_name: '7002', proxy2_address: 'pbx.example' },
};

test('lines of a 7960 take from line 1 what they have not', () => {
  const [model] = cisco7900.models;
  assert.ok(model);
  const lines = cisco7900.sip?.lines({ model, settings: settingsOf(words) });
  const shared = { authName: 'anna', password: 'secret' };
  assert.deepEqual(lines, [
    { user: '7001', ...shared, server: '192.0.2.1' },
    { user: '7002', ...shared, server: 'pbx.example' },
  ]);
  const managed = { ...words, proxy1_address: 'USECALLMANAGER', call_manager1_addr: '192.0.2.9' };
  assert.equal(
    cisco7900.sip?.lines({ model, settings: settingsOf(managed) })[0]?.server,
    '192.0.2.9',
  );
});

test('lines of a Java phone are those of its file, by words or by path', () => {
  const model = ciscoJava.models.find(({ name }) => name === '7961');
  assert.ok(model);
  const lines = ciscoJava.sip?.lines({ model, settings: settingsOf(words) });
  assert.deepEqual(
    lines?.map(({ user, authName, password }) => [user, authName, password]),
    [
      ['7001', 'anna', 'secret'],
      ['7002', 'anna', 'secret'],
    ],
  );
  assert.deepEqual(
    lines.map(({ server }) => server),
    ['192.0.2.1', 'pbx.example'],
  );
  const paths = {
    'sipProfile/sipLines/line[1]/name': '8001',
    'sipProfile/sipLines/line[1]/featureID': '9',
    'sipProfile/sipLines/line[1]/authPassword': 'x',
    'sipProfile/sipLines/line[1]/proxy': 'USECALLMANAGER',
    'sipProfile/sipLines/line[2]/featureID': '2',
    'devicePool/callManagerGroup/members/member[1]/callManager/processNodeName': '192.0.2.3',
  };
  assert.deepEqual(ciscoJava.sip?.lines({ model, settings: settingsOf(paths) }), [
    { user: '8001', authName: '8001', password: 'x', server: '192.0.2.3' },
  ]);
});

test('what phones say of themselves when they register', () => {
  const reason =
    'cisco-alarm:25 Name=SEP001EBE9204E8 ActiveLoad=SIP41.9-4-2SR3-1S InactiveLoad=SIP41.8-5-4S Last=reset-restart';
  const contact = new Map([
    ['+sip.instance', '<urn:uuid:00000000-0000-0000-0000-001ebe9204e8>'],
    ['+u.sip!devicename.ccm.cisco.com', 'SEP001EBE9204E8'],
    ['+u.sip!model.ccm.cisco.com', '115'],
  ]);
  const all = { userAgent: 'Cisco-CP7941G/9.4.2', contact, reasons: [reason] };
  assert.deepEqual(ciscoJava.sip?.traces(all), {
    ...{ mac, model: '7941', image: 'SIP41.9-4-2SR3-1S', release: '9.4.2' },
    lastRestart: 'reset-restart',
  });
  const none = { contact: new Map<string, string>(), reasons: [] };
  const agents: readonly (readonly [string, object | undefined])[] = [
    ['Cisco-CP7960G/8.0', { model: '7960', release: '8.0' }],
    ['CSCO/7', { release: '7' }],
    ['Asterisk PBX', {}],
    ['', {}],
  ];
  for (const [userAgent, traces] of agents)
    assert.deepEqual(cisco7900.sip?.traces({ ...none, userAgent }), traces, userAgent);
  const instance = new Map([...contact].slice(0, 1));
  assert.equal(ciscoJava.sip.traces({ contact: instance, reasons: ['cisco-alarm:1'] }).mac, mac);
});

test('what each model and load understands', () => {
  const rows: readonly (readonly [string, string, string, RestartKind, string])[] = [
    ['7960', 'P0S3-8-12-00', '', 'restart', 'check-sync'],
    ['7940', 'P0S30202', '', 'reset', 'check-sync'],
    ['7960', 'P0S3Z100', '', 'restart', 'cannot'],
    ['7960', 'P00308010200', '', 'restart', 'cannot'],
    ['7960', 'P0M3-07-4-00', '', 'restart', 'cannot'],
    ['7941', 'SIP41.9-4-2SR3-1S', '192.0.2.1', 'restart', 'check-sync'],
    ['7941', 'SIP41.9-4-2SR3-1S', 'USECALLMANAGER', 'check-version', 'service-control'],
    ['7941', 'SIP41.9-4-2SR3-1S', '', 'restart', 'service-control'],
    ['7941', 'SCCP41.9-4-2SR3-1S', 'USECALLMANAGER', 'restart', 'cannot'],
  ];
  for (const [name, running, proxy, kind, expected] of rows) {
    const family = /^79[46]0$/.test(name) ? cisco7900 : ciscoJava;
    const model = family.models.find((each) => each.name === name);
    assert.ok(model);
    const phone: Phone = {
      ...{ mac, family: family.id, model: name, running, labels: {}, settings: {} },
    };
    const settings = settingsOf({ line1_name: '1', ...(proxy && { proxy1_address: proxy }) });
    const way = family.restart?.way({ phone, model, settings, kind, registerCallId: 'abc@h' });
    assert.equal(way?.kind === 'notify' ? way.event : way?.kind, expected, `${running} ${proxy}`);
    if (way?.kind === 'notify' && way.event === 'service-control')
      assert.match(way.body ?? '', new RegExp(`^action=${kind}\r\nRegisterCallId={abc@h}\r\n`));
  }
});
