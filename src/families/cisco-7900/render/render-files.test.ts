import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { cnfValues, decodeCnf } from '../../../codec/config/cnf.ts';
import { decodeDialplan } from '../../../codec/config/dialplan-xml.ts';
import { decodeRingList } from '../../../codec/config/ring-list.ts';
import { decodeSep } from '../../../codec/config/sep-xml.ts';
import { decodeSyncinfo } from '../../../codec/config/syncinfo.ts';
import { decodeXmlDefault } from '../../../codec/config/xml-default.ts';
import type { LoadOrder } from '../../../model/plan.ts';
import type { Rendered } from '../../../model/render.ts';
import { effectiveSettings, type SettingValues } from '../../../model/settings.ts';
import { parseMac } from '../../../wire/mac.ts';
import { sepValues } from '../../cisco-shared/import/sep-values.ts';
import { cisco7900 } from '../cisco-7900.ts';
import { settingsOnly, steadyLoad } from '../load-order.ts';
import { sipLookup } from './lookups.ts';

const mac = parseMac('0007EB000001');
const images = { SIP: 'P0S3-08-12-00', SCCP: 'P00308000900', MGCP: 'P0M3-07-4-00' } as const;

function render(order: LoadOrder | undefined, values: SettingValues = {}): Rendered {
  const settings = effectiveSettings([{ scope: 'fleet', name: '', values }]);
  const model = cisco7900.models.find(({ name }) => name === '7960')!;
  return cisco7900.render({ mac, model, settings, order });
}

const paths = ({ files }: Rendered) => files.map(({ path }) => path);

function textOf({ files }: Rendered, path: string): string {
  const file = files.find((candidate) => candidate.path === path);
  assert.ok(file, `${path} is rendered`);
  return file.content;
}

test('without an order the phone is left alone', () => {
  assert.deepEqual(render(undefined, { proxy1_address: '192.0.2.1' }), {
    ...{ files: [], defaults: [], findings: [] },
  });
  assert.equal(settingsOnly(undefined), undefined);
});

describe('files by protocol', () => {
  const rows: readonly (readonly [keyof typeof images, readonly string[]])[] = [
    ['SIP', ['OS79XX.TXT', 'SIPDefault.cnf', `SIP${mac}.cnf`]],
    ['SCCP', ['OS79XX.TXT', `SEP${mac}.cnf.xml`, 'XMLDefault.cnf.xml']],
    ['MGCP', ['OS79XX.TXT', 'MGCDefault.cnf', `MGC${mac}.cnf`]],
  ];
  for (const [protocol, expected] of rows)
    test(protocol, () => assert.deepEqual(paths(render(steadyLoad(images[protocol]))), expected));

  test('a trust list is never made: an empty or wrong one would lock the phone', () => {
    for (const image of Object.values(images))
      for (const path of paths(render(steadyLoad(image)))) assert.doesNotMatch(path, /CTL|ITL/);
  });

  test('in the conversion from SCCP the default file names the loader for both models', () => {
    const rendered = render({ ...steadyLoad(images.SIP), xmlDefault: 'P003-08-12-00' });
    const { loads } = decodeXmlDefault(textOf(rendered, 'XMLDefault.cnf.xml'));
    assert.deepEqual(
      loads.map(({ number, image }) => [number, image]),
      [
        [8, 'P003-08-12-00'],
        [7, 'P003-08-12-00'],
      ],
    );
  });
});

test('OS79XX.TXT is the name and a line end, and never a blank', () => {
  for (const image of Object.values(images))
    assert.match(textOf(render(steadyLoad(image)), 'OS79XX.TXT'), /^[A-Z0-9-]+\n$/);
  assert.ok(!paths(render(settingsOnly(images.SIP))).includes('OS79XX.TXT'));
});

test('MGCP files name the image and nothing else', () => {
  const rendered = render(steadyLoad(images.MGCP), { proxy1_address: '192.0.2.1' });
  for (const path of ['MGCDefault.cnf', `MGC${mac}.cnf`]) {
    const values = cnfValues(decodeCnf(textOf(rendered, path)));
    assert.deepEqual([...values], [['image_version', images.MGCP]]);
  }
});

describe('SCCP', () => {
  const settings = {
    ...{ call_manager1_addr: '192.0.2.30', call_manager2_addr: 'cm2.example' },
    ...{ time_zone: 'CET', date_format: 'D/M/Y', time_format_24hr: '0', sntp_server: '192.0.2.1' },
    ...{ services_url: 'http://192.0.2.1/s', directory_url: 'http://192.0.2.1/d' },
    ...{ 'userLocale/name': 'German_Germany', networkLocale: 'Germany', proxy1_address: '1.2.3.4' },
    'devicePool/callManagerGroup/members/member[1]/callManager/ports/ethernetPhonePort': '2002',
  };

  test('servers, time, locale, URLs and the load by path', () => {
    const { root } = decodeSep(
      textOf(render(steadyLoad(images.SCCP), settings), `SEP${mac}.cnf.xml`),
    );
    const member = 'devicePool/callManagerGroup/members/member';
    assert.deepEqual(Object.fromEntries(sepValues(root).map(({ path, value }) => [path, value])), {
      deviceProtocol: 'SCCP',
      'devicePool/dateTimeSetting/dateTemplate': 'D/M/YA',
      'devicePool/dateTimeSetting/timeZone': 'W. Europe Standard/Daylight Time',
      'devicePool/dateTimeSetting/ntps/ntp[1]/name': '192.0.2.1',
      [`${member}[1]/@priority`]: '0',
      [`${member}[1]/callManager/ports/ethernetPhonePort`]: '2002',
      [`${member}[1]/callManager/processNodeName`]: '192.0.2.30',
      [`${member}[2]/@priority`]: '1',
      [`${member}[2]/callManager/ports/ethernetPhonePort`]: '2000',
      [`${member}[2]/callManager/processNodeName`]: 'cm2.example',
      loadInformation: images.SCCP,
      'loadInformation/@model': 'IP Phone 7960',
      'userLocale/name': 'German_Germany',
      networkLocale: 'Germany',
      servicesURL: 'http://192.0.2.1/s',
      directoryURL: 'http://192.0.2.1/d',
    });
  });

  test('the default file has both models and the first server', () => {
    const text = textOf(render(steadyLoad(images.SCCP), settings), 'XMLDefault.cnf.xml');
    const { loads } = decodeXmlDefault(text);
    assert.deepEqual(
      loads.map(({ number, image }) => [number, image]),
      [
        [8, images.SCCP],
        [7, images.SCCP],
      ],
    );
    assert.match(text, /<processNodeName>192\.0\.2\.30</);
  });

  test('without settings: protocol and load, which is all that the phone needs', () => {
    const { root } = decodeSep(textOf(render(steadyLoad(images.SCCP)), `SEP${mac}.cnf.xml`));
    assert.deepEqual(
      sepValues(root).map(({ path }) => path),
      ['deviceProtocol', 'loadInformation/@model', 'loadInformation'],
    );
  });
});

describe('files that are settings', () => {
  const sip = (values: SettingValues) => render(steadyLoad(images.SIP), values);

  test('the dial plan, under the name that dial_template gives it', () => {
    const plan = '0 0\n1.. 0 USER=Phone;9,............ 3 ROUTE=Default\n"" 0 REWRITE="4 2"\n* 5';
    const rendered = sip({ dial_template: 'office', dial_plan: plan });
    const { templates, notes } = decodeDialplan(textOf(rendered, 'office.xml'));
    assert.deepEqual(notes, []);
    assert.deepEqual(
      templates.map(({ match, timeout, attributes }) => [match, timeout, attributes]),
      [
        ['0', 0, undefined],
        ['1..', 0, { USER: 'Phone' }],
        ['9,............', 3, { ROUTE: 'Default' }],
        ['', 0, { REWRITE: '4 2' }],
        ['*', 5, undefined],
      ],
    );
  });

  test('a plan that takes any number where there is a name alone', () => {
    const { templates } = decodeDialplan(textOf(sip({ dial_template: 'plan' }), 'plan.xml'));
    assert.deepEqual([templates.length, templates[0]?.match], [1, '*']);
  });

  const bad: readonly (readonly [SettingValues, string])[] = [
    [{ dial_template: 'plan', dial_plan: '0' }, 'bad-dial-plan'],
    [{ dial_template: 'plan', dial_plan: '0 soon' }, 'bad-dial-plan'],
    [{ dial_template: 'plan', dial_plan: '0 0 COLOUR=red' }, 'bad-dial-plan'],
    [{ dial_template: 'plan', dial_plan: `${'1'.repeat(300)} 0` }, 'bad-dial-plan'],
    [{ dial_plan: '* 5' }, 'dial-plan-without-name'],
    [{ dial_template: '../plan' }, 'bad-setting-value'],
    [{ ring_list: 'Old bell' }, 'bad-ring-list'],
    [{ ring_list: 'Old bell=two words.raw' }, 'bad-ring-list'],
    [{ sync: 'x'.repeat(33) }, 'bad-setting-value'],
  ];
  for (const [values, code] of bad)
    test(`${JSON.stringify(values).slice(0, 60)}: ${code}`, () => {
      const rendered = sip(values);
      assert.ok(rendered.findings.every((finding) => finding.code === code));
      assert.ok(rendered.findings.length > 0);
      assert.deepEqual(paths(rendered).slice(3), []);
    });

  test('the ring list', () => {
    const { rings, notes } = decodeRingList(
      textOf(sip({ ring_list: 'Old bell = Bell.raw\nPiano 1=Piano1.raw' }), 'RINGLIST.DAT'),
    );
    assert.deepEqual(notes, []);
    assert.deepEqual(
      rings.map(({ name, file }) => [name, file]),
      [
        ['Old bell', 'Bell.raw'],
        ['Piano 1', 'Piano1.raw'],
      ],
    );
  });

  test('syncinfo.xml has the value that the phone will read in its own file', () => {
    const rendered = sip({ sync: 'A7' });
    const [image] = decodeSyncinfo(textOf(rendered, 'syncinfo.xml'));
    const values = cnfValues(decodeCnf(textOf(rendered, 'SIPDefault.cnf')));
    assert.deepEqual([image?.version, image?.sync, values.get('sync')], ['*', 'A7', 'A7']);
    assert.ok(!paths(sip({})).includes('syncinfo.xml'));
  });
});

test('any settings give files or findings, and never an error', () => {
  const names = [
    ...sipLookup.lookup.keys,
    ...['dial_plan', 'ring_list', '__proto__', 'constructor', 'vendorConfig/webAccess', 'line[1]'],
  ];
  const entry = fc.tuple(
    fc.oneof(fc.constantFrom(...names), fc.string()),
    fc.string({ unit: 'binary' }),
  );
  const order = fc.constantFrom(...Object.values(images).map(steadyLoad), settingsOnly(images.SIP));
  fc.assert(
    fc.property(fc.array(entry), order, (entries, load) => {
      const rendered = render(load, Object.fromEntries(entries));
      for (const { path } of rendered.files) assert.doesNotMatch(path, /(^|\/)\.\.(\/|$)|^\//);
    }),
  );
});
