import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeDialplan } from '../../../codec/config/dialplan-xml.ts';
import { decodeSep } from '../../../codec/config/sep-xml.ts';
import { decodeXmlDefault } from '../../../codec/config/xml-default.ts';
import { effectiveSettings, type SettingValues } from '../../../model/settings.ts';
import { codes, fleet, layer, mac, render, sccp, sepOf, sip } from '../testing/rendered-sep.ts';

const line = (number: number) => `sipProfile/sipLines/line[${number}]`;
const member = (number: number) => `devicePool/callManagerGroup/members/member[${number}]`;

/** What stands below a path. */
function below(values: Readonly<Record<string, string>>, prefix: string) {
  const found = Object.entries(values).filter(([path]) => path.startsWith(`${prefix}/`));
  return Object.fromEntries(found.map(([path, value]) => [path.slice(prefix.length + 1), value]));
}

describe('parameters of the 7940/7960 serve these phones too', () => {
  const rows: readonly (readonly [SettingValues, path: string, value: string])[] = [
    [{ proxy_register: '0' }, 'sipProfile/sipProxies/registerWithProxy', 'false'],
    [{ proxy_backup: '192.0.2.3' }, 'sipProfile/sipProxies/backupProxy', '192.0.2.3'],
    [{ outbound_proxy_port: '5070' }, 'sipProfile/sipProxies/outboundProxyPort', '5070'],
    [{ nat_enable: '1' }, 'sipProfile/natEnabled', 'true'],
    [{ end_media_port: '20000' }, 'sipProfile/stopMediaPort', '20000'],
    [{ user_info: 'phone' }, 'sipProfile/sipStack/userInfo', 'Phone'],
    [{ callerid_blocking: '3' }, 'sipProfile/sipCallFeatures/callerIdBlocking', '3'],
    [{ dial_template: 'dialplan' }, 'sipProfile/dialTemplate', 'dialplan.xml'],
    [{ sntp_server: '192.0.2.1' }, 'devicePool/dateTimeSetting/ntps/ntp[1]/name', '192.0.2.1'],
    [{ date_format: 'D/M/Y' }, 'devicePool/dateTimeSetting/dateTemplate', 'D/M/Y'],
    [{ time_format_24hr: '0' }, 'devicePool/dateTimeSetting/dateTemplate', 'M/D/YA'],
    [{ phone_password: 'x' }, 'commonProfile/phonePassword', 'x'],
    [{ services_url: 'http://192.0.2.1/' }, 'servicesURL', 'http://192.0.2.1/'],
    [{ time_zone: 'EST' }, 'devicePool/dateTimeSetting/timeZone', 'Eastern Standard/Daylight Time'],
    [{ call_manager1_addr: '192.0.2.4' }, `${member(1)}/callManager/processNodeName`, '192.0.2.4'],
  ];
  for (const [values, path, value] of rows)
    test(`${JSON.stringify(values)} is ${path}`, () => {
      const rendered = render(fleet(values));
      assert.equal(sepOf(rendered)[path], value);
      assert.deepEqual(codes(rendered), []);
    });

  test('what means nothing here is told only where it was said of this phone', () => {
    assert.deepEqual(codes(render(fleet({ telnet_level: '2' }))), []);
    const own = effectiveSettings([layer('phone', { telnet_level: '2' })]);
    assert.deepEqual(codes(render(own)), ['setting-not-for-phone']);
  });

  test('what cannot be said is told', () => {
    const rendered = render(
      fleet({ time_zone: 'SUM', sntp_mode: 'anycast', date_format: 'Y-M-D' }),
    );
    assert.deepEqual(codes(rendered), Array(3).fill('setting-without-element'));
  });

  test('the path wins over the parameter in one scope, the scope over both', () => {
    const path = 'sipProfile/natEnabled';
    assert.equal(sepOf(render(fleet({ [path]: 'false', nat_enable: '1' })))[path], 'false');
    const own = effectiveSettings([
      layer('fleet', { [path]: 'false' }),
      layer('phone', { nat_enable: '1' }),
    ]);
    assert.equal(sepOf(render(own))[path], 'true');
  });
});

describe('lines', () => {
  const settings = {
    ...{ proxy1_address: '192.0.2.20', proxy1_port: '5070', line1_name: '101' },
    ...{ line1_authname: 'one', line1_password: 's1', line2_name: '102' },
    ...{ line3_name: '103', proxy3_address: 'pbx.example', line3_authname: 'three' },
    ...{ messages_uri: '99', line4_displayname: 'no name' },
  };

  test('take from line 1 what they lack, as the 7940/7960 do by themselves', () => {
    const values = sepOf(render(fleet(settings)));
    const common = { featureID: '9', messagesNumber: '99' };
    assert.deepEqual(below(values, line(1)), {
      ...{ '@button': '1', '@lineIndex': '1', ...common, proxy: '192.0.2.20', port: '5070' },
      ...{ name: '101', authName: 'one', authPassword: 's1' },
    });
    assert.deepEqual(below(values, line(2)), {
      ...{ '@button': '2', '@lineIndex': '2', ...common, proxy: '192.0.2.20', port: '5070' },
      ...{ name: '102', authName: 'one', authPassword: 's1' },
    });
    assert.deepEqual(below(values, line(3)), {
      ...{ '@button': '3', '@lineIndex': '3', ...common, proxy: 'pbx.example', port: '5060' },
      ...{ name: '103', authName: 'three', authPassword: 's1' },
    });
    assert.deepEqual(below(values, line(4)), {});
  });

  test('register at the proxy of line 1 where no server is named', () => {
    const values = sepOf(render(fleet(settings)));
    assert.equal(values[`${member(1)}/callManager/processNodeName`], '192.0.2.20');
    assert.equal(values[`${member(1)}/callManager/ports/sipPort`], '5070');
    assert.equal(values['sipProfile/sipProxies/registerWithProxy'], 'true');
  });

  test('with servers and without a proxy take those', () => {
    const values = sepOf(render(fleet({ line1_name: '1', call_manager1_addr: 'pbx.example' })));
    assert.equal(values[`${line(1)}/proxy`], 'USECALLMANAGER');
    assert.equal(values[`${member(1)}/@priority`], '0');
  });

  test('of all lines at once, and of one', () => {
    const every = 'sipProfile/sipLines/line/ringSettingIdle';
    const values = sepOf(
      render(
        fleet({
          ...{
            line1_name: '1',
            line2_name: '2',
            [every]: '4',
            [`${line(2)}/ringSettingIdle`]: '1',
          },
          ...{ [`${line(3)}/featureID`]: '2', [`${line(3)}/speedDialNumber`]: '55' },
        }),
      ),
    );
    assert.equal(values[`${line(1)}/ringSettingIdle`], '4');
    assert.equal(values[`${line(2)}/ringSettingIdle`], '1');
    assert.deepEqual(below(values, line(3)), {
      '@button': '3',
      featureID: '2',
      speedDialNumber: '55',
    });
  });

  test('that the model does not have are told', () => {
    const rendered = render(fleet({ line1_name: '1', line2_name: '2' }), sip, '7906');
    assert.deepEqual(codes(rendered), ['image-of-other-hardware', 'line-not-on-model']);
    assert.deepEqual(below(sepOf(rendered), line(2)), {});
  });

  test('no line, and nothing of lines, without a name', () => {
    const values = sepOf(
      render(fleet({ proxy1_address: '192.0.2.20', 'sipProfile/sipLines/line/port': '1' })),
    );
    assert.ok(!Object.keys(values).some((path) => path.startsWith('sipProfile/sipLines')));
  });
});

describe('SCCP', () => {
  const settings = { call_manager1_addr: '192.0.2.30', line1_name: '1', nat_enable: '1' };

  test('has servers with their port and no sipProfile', () => {
    const values = sepOf(render(fleet({ ...settings, call_manager1_sip_port: '5062' }), sccp));
    assert.deepEqual(below(values, member(1)), {
      ...{ '@priority': '0', 'callManager/ports/ethernetPhonePort': '2000' },
      'callManager/processNodeName': '192.0.2.30',
    });
    assert.ok(!Object.keys(values).some((path) => path.startsWith('sipProfile')));
    assert.equal(values.deviceProtocol, 'SCCP');
  });

  test('is what settings without lines look like where no load tells', () => {
    const unknown = { protocol: '', image: '' };
    const { line1_name: _, ...servers } = settings;
    assert.equal(sepOf(render(fleet(servers), unknown)).deviceProtocol, 'SCCP');
    assert.equal(sepOf(render(fleet(settings), unknown)).deviceProtocol, 'SIP');
    const said = { ...settings, deviceProtocol: 'SCCP' };
    assert.equal(sepOf(render(fleet(said), unknown)).deviceProtocol, 'SCCP');
  });
});

describe('the load', () => {
  test("is named in the phone's file, and in the default file for its model alone", () => {
    const rendered = render(fleet({ proxy1_address: '192.0.2.20', line1_name: '1' }));
    assert.equal(sepOf(rendered).loadInformation, sip.image);
    const file = rendered.files.find(({ path }) => path === 'XMLDefault.cnf.xml')!;
    assert.deepEqual(
      decodeXmlDefault(file.content).loads.map(({ number, image }) => [number, image]),
      [[404, sip.image]],
    );
  });

  test('of other hardware is not named', () => {
    const rendered = render(fleet({}), sip, '7965');
    assert.deepEqual(codes(rendered), ['image-of-other-hardware']);
    assert.equal(sepOf(rendered).loadInformation, undefined);
  });

  test('is not named where nothing is to be loaded, and never by a setting', () => {
    const rendered = render(fleet({ loadInformation: 'SIP42.8-5-4S' }), {
      protocol: 'SIP',
      image: '',
    });
    assert.deepEqual(codes(rendered), ['image-in-settings']);
    assert.deepEqual(
      rendered.files.map(({ path }) => path),
      [`SEP${mac}.cnf.xml`],
    );
    assert.equal(sepOf(rendered).loadInformation, undefined);
  });
});

describe('files that it names', () => {
  test('the dial plan under its name, the ring list', () => {
    const rendered = render(
      fleet({ dial_template: 'plan', dial_plan: '0 0 USER=Phone', ring_list: 'Old bell=Bell.raw' }),
    );
    const named = (path: string) => rendered.files.find((file) => file.path === path)!.content;
    assert.deepEqual(decodeDialplan(named('plan.xml')).templates[0]?.match, '0');
    assert.match(named('Ringlist.xml'), /<DisplayName>Old bell<\/DisplayName>/);
  });

  test('no file outside the root', () => {
    const rendered = render(fleet({ 'sipProfile/dialTemplate': '../../plan.xml' }));
    assert.deepEqual(codes(rendered), ['bad-setting-value']);
    for (const { path } of rendered.files) assert.match(path, /^[\w.-]+$/);
  });
});

test('elements stand in the order of files of Cisco’s servers', () => {
  const rendered = render(
    fleet({
      ...{ directory_url: 'http://192.0.2.1/', 'vendorConfig/webAccess': '0', line1_name: '1' },
      ...{ phone_password: 'x', 'userLocale/name': 'German_Germany', time_zone: 'CET' },
      ...{ nat_enable: '1', dial_template: 'plan', proxy1_address: '192.0.2.1', sip_retx: '9' },
    }),
  );
  const { root } = decodeSep(rendered.files[0]!.content);
  const names = (node = root) =>
    node.children.flatMap((child) => (child.kind === 'element' ? [child.name] : []));
  assert.deepEqual(names(), [
    ...['fullConfig', 'deviceProtocol', 'devicePool', 'sipProfile', 'commonProfile'],
    ...['loadInformation', 'vendorConfig', 'userLocale', 'directoryURL', 'transportLayerProtocol'],
  ]);
  const profile = root.children.find(
    (node) => node.kind === 'element' && node.name === 'sipProfile',
  );
  assert.ok(profile?.kind === 'element');
  assert.deepEqual(names(profile), [
    ...['sipProxies', 'sipStack', 'natEnabled', 'sipLines', 'dialTemplate'],
  ]);
  const keys = rendered.files[0]!.values.map(({ key }) => key);
  assert.ok(keys.indexOf('sipProfile/natEnabled') < keys.indexOf(`${line(1)}/name`));
});

test('lines and servers by path are as the operator wrote them', () => {
  const values = {
    [`${member(1)}/callManager/processNodeName`]: '192.0.2.30',
    [`${line(1)}/name`]: '1',
    [`${line(1)}/authName`]: 'one',
    [`${line(2)}/name`]: '2',
    [`${line(2)}/@button`]: '4',
  };
  const read = sepOf(render(fleet(values)));
  assert.deepEqual(below(read, member(1)), { 'callManager/processNodeName': '192.0.2.30' });
  assert.deepEqual(below(read, line(1)), {
    ...{ '@button': '1', featureID: '9', name: '1', authName: 'one' },
  });
  assert.deepEqual(below(read, line(2)), { '@button': '4', featureID: '9', name: '2' });
  assert.deepEqual(
    Object.keys(read).filter((path) => /registerWith|transport/.test(path)),
    [],
  );
});
