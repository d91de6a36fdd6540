import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { cnfValues, decodeCnf } from '../../../codec/config/cnf.ts';
import type { Rendered } from '../../../model/render.ts';
import {
  effectiveSettings,
  type EffectiveSettings,
  type SettingLayer,
  type SettingValues,
} from '../../../model/settings.ts';
import { parseMac } from '../../../wire/mac.ts';
import { someSettings, valueFor } from '../../cisco-shared/testing/arbitrary-settings.ts';
import { cisco7900 } from '../cisco-7900.ts';
import { steadyLoad } from '../load-order.ts';
import { sipLookup } from './lookups.ts';

const mac = parseMac('0007EB000001');
const image = 'P0S3-08-12-00';

function render(settings: EffectiveSettings, model = '7960'): Rendered {
  const found = cisco7900.models.find(({ name }) => name === model)!;
  return cisco7900.render({ mac, model: found, settings, order: steadyLoad(image) });
}

const layer = (
  scope: SettingLayer['scope'],
  name: string,
  values: SettingValues,
): SettingLayer => ({ scope, name, values });

const fleet = (values: SettingValues) => effectiveSettings([layer('fleet', '', values)]);

function valuesIn({ files }: Rendered, path: string): Readonly<Record<string, string>> {
  const file = files.find((candidate) => candidate.path === path);
  assert.ok(file, `${path} is rendered`);
  return Object.fromEntries(cnfValues(decodeCnf(file.content)));
}

const inDefault = (rendered: Rendered) => valuesIn(rendered, 'SIPDefault.cnf');
const inOwn = (rendered: Rendered) => valuesIn(rendered, `SIP${mac}.cnf`);
const codes = ({ findings }: Rendered) => findings.map(({ code }) => code);

describe('which file a setting goes to', () => {
  const rendered = render(
    effectiveSettings([
      layer('fleet', '', { proxy1_address: '192.0.2.20', dnd_control: '2', call_waiting: '1' }),
      layer('site', 'berlin', { time_zone: 'CET', line1_name: '100' }),
      layer('phone', mac, { line2_name: '101', tos_media: '3', tftp_cfg_dir: 'phones/' }),
    ]),
  );

  test('common parameters to the default file; the folder too, whoever sets it', () => {
    assert.deepEqual(inDefault(rendered), {
      ...{ image_version: image, proxy1_address: '192.0.2.20', call_waiting: '1' },
      ...{ time_zone: 'CET', tftp_cfg_dir: 'phones/' },
    });
  });

  test("to the phone's file: lines, what its own scope sets, what its user may not change", () => {
    assert.deepEqual(inOwn(rendered), {
      ...{ image_version: image, line1_name: '100', line2_name: '101' },
      ...{ tos_media: '3', dnd_control: '2' },
    });
  });

  test('nothing is to be said', () => assert.deepEqual(rendered.findings, []));
});

describe('tftp_cfg_dir', () => {
  const rows: readonly (readonly [folder: string, written: string, path?: string])[] = [
    ['./', './'],
    ['', ''],
    ['phones/', 'phones/', `phones/SIP${mac}.cnf`],
    ['./phones/', './phones/', `phones/SIP${mac}.cnf`],
    ['/a/b/', '/a/b/', `a/b/SIP${mac}.cnf`],
    ['phones', 'phones/', `phones/SIP${mac}.cnf`],
  ];
  for (const [folder, written, path] of rows)
    test(`"${folder}"`, () => {
      const rendered = render(fleet({ tftp_cfg_dir: folder }));
      assert.equal(inDefault(rendered).tftp_cfg_dir, written);
      const paths = rendered.files.map((file) => file.path).filter((name) => /SIP0/.test(name));
      const own = `SIP${mac}.cnf`;
      assert.deepEqual(paths, path === undefined ? [own] : [own, path]);
      if (path !== undefined) assert.deepEqual(valuesIn(rendered, path), inOwn(rendered));
    });

  for (const folder of ['../', 'a/../../b/', 'a\\b/', 'a b/', '.hidden/'])
    test(`"${folder}" is refused`, () => {
      const rendered = render(fleet({ tftp_cfg_dir: folder }));
      assert.deepEqual(codes(rendered), ['setting-not-writable']);
      assert.equal(inDefault(rendered).tftp_cfg_dir, undefined);
      for (const { path } of rendered.files) assert.match(path, /^[\w.-]+$/);
    });
});

describe('what cannot be written is told', () => {
  const rows: readonly (readonly [SettingValues, string])[] = [
    [{ proxy_adress: '1' }, 'unknown-setting'],
    [{ 'Alternate TFTP': 'Yes' }, 'menu-only-setting'],
    [{ image_version: 'P0S3-07-5-00' }, 'image-in-settings'],
    [{ line1_name: '' }, 'empty-setting'],
    [{ proxy1_address: 'UNPROVISIONED' }, 'empty-setting'],
    [{ line1_displayname: 'the "boss"' }, 'setting-not-writable'],
    [{ line1_displayname: 'two\nlines' }, 'setting-not-writable'],
  ];
  for (const [values, code] of rows)
    test(`${JSON.stringify(values)}: ${code}`, () => {
      const rendered = render(fleet(values));
      assert.deepEqual(codes(rendered), [code]);
      assert.deepEqual(inDefault(rendered), { image_version: image });
      assert.deepEqual(inOwn(rendered), { image_version: image });
    });

  test('a line that the model does not have', () => {
    const rendered = render(fleet({ line3_name: '3', proxy3_address: '192.0.2.3' }), '7940');
    assert.deepEqual(codes(rendered), ['line-not-on-model']);
    assert.equal(inOwn(rendered).line3_name, undefined);
    assert.equal(inDefault(rendered).proxy3_address, '192.0.2.3');
  });

  test('a value outside its range is written as it is', () => {
    const rendered = render(fleet({ tos_media: '9', line1_password: 'x'.repeat(50) }));
    assert.deepEqual(codes(rendered), ['bad-setting-value']);
    assert.equal(inDefault(rendered).tos_media, '9');
  });

  test('a secret is in no finding', () => {
    const rendered = render(
      fleet({ phone_password: 'geheim'.repeat(9), line1_password: 'geheim"' }),
    );
    assert.equal(rendered.findings.length, 2);
    assert.doesNotMatch(JSON.stringify(rendered.findings), /geheim/);
  });

  test('elements of SEP files are for phones that run SCCP', () => {
    assert.deepEqual(codes(render(fleet({ 'vendorConfig/webAccess': '0' }))), []);
  });
});

describe('names and values', () => {
  test('keys and choices are written as the table spells them', () => {
    const rendered = render(
      fleet({
        Proxy1_Address: '192.0.2.1',
        network_media_type: 'full100',
        domain_name: 'a.example',
      }),
    );
    assert.match(rendered.files[1]!.content, /^Domain_Name: "a\.example"$/m);
    assert.equal(inDefault(rendered).network_media_type, 'Full100');
    assert.equal(inDefault(rendered).proxy1_address, '192.0.2.1');
  });

  test('of one key under two names the more specific wins', () => {
    const settings = effectiveSettings([
      layer('phone', mac, { dst_auto_adjust: '0' }),
      layer('fleet', '', { dst_stop_autoadjust: '1' }),
    ]);
    const rendered = render(settings);
    assert.equal(inOwn(rendered).dst_auto_adjust, '0');
    assert.deepEqual(codes(rendered), ['setting-given-twice']);
  });

  test('an empty value clears what the phone has kept', () => {
    const rendered = render(fleet({ line2_name: '', messages_uri: 'UNPROVISIONED' }));
    assert.match(rendered.files[2]!.content, /^line2_name: ""$/m);
    assert.match(rendered.files[1]!.content, /^messages_uri: ""$/m);
  });

  test('nothing is written that only repeats what the phone does by itself', () => {
    const rendered = render(
      fleet({ proxy1_address: '192.0.2.1', line1_name: '1', line2_name: '2' }),
    );
    assert.deepEqual(Object.keys(inOwn(rendered)), ['image_version', 'line1_name', 'line2_name']);
    assert.ok(
      rendered.defaults.some(
        ({ key, value }) => `${key} ${value}` === 'line2_authname line1_authname',
      ),
    );
  });
});

test('keys stand under headings in the order in which people look for them', () => {
  const settings = fleet({
    ...{ phone_password: 'x', time_zone: 'CET', nat_enable: '1', proxy2_port: '5070' },
    ...{ proxy1_address: '192.0.2.1', outbound_proxy: '192.0.2.9', proxy_backup: '192.0.2.8' },
    ...{ proxy_emergency: '192.0.2.7', dst_stop_time: '2', dst_start_time: '2' },
  });
  const lines = render(settings).files[1]!.content.split('\n');
  assert.deepEqual(
    lines.map((line) => line.split(':')[0]),
    [
      ...['# Common to all phones', '', '# Firmware', 'image_version', '', '# Proxies'],
      ...['proxy1_address', 'proxy2_port', 'proxy_backup', 'proxy_emergency', 'outbound_proxy'],
      ...['', '# NAT', 'nat_enable', '', '# Time', 'time_zone', 'dst_start_time'],
      ...['dst_stop_time', '', '# Access', 'phone_password', ''],
    ],
  );
});

test('every key of the table has its place under a heading', () => {
  const settings = fleet(Object.fromEntries(sipLookup.lookup.keys.map((key) => [key, '1'])));
  for (const { content } of render(settings).files) assert.doesNotMatch(content, /^# More$/m);
});

/** Names of files, and what another file must hold too. */
const partsOfNames: Readonly<Record<string, fc.Arbitrary<string>>> = {
  tftp_cfg_dir: fc.constantFrom('./', 'phones/', ''),
  dial_template: fc.stringMatching(/^\w[\w.-]{0,20}$/),
  sync: fc.stringMatching(/^[\w ]{1,32}$/).filter((text) => text === text.trim()),
};

/** All keys of both files with values that the table allows, and with none. */
const choices = sipLookup.lookup.keys.flatMap((key) => {
  const value = valueFor(sipLookup.lookup.find(key)!.parameter);
  if (value === undefined || key === 'image_version') return [];
  const own = partsOfNames[key];
  if (own) return [[key, own] as const];
  const required = ['proxy1_address', 'line1_name'].includes(key);
  return [
    [key, required ? value : fc.oneof({ weight: 9, arbitrary: value }, fc.constant(''))] as const,
  ];
});

test('what is rendered decodes to the same settings', () => {
  assert.ok(choices.length > 130, `${choices.length} keys`);
  fc.assert(
    fc.property(someSettings(choices), ({ values, settings }) => {
      const rendered = render(settings);
      assert.deepEqual(rendered.findings, []);
      const read = { ...inDefault(rendered), ...inOwn(rendered) };
      const lower = Object.entries(values).map(([key, value]) => [key.toLowerCase(), value]);
      assert.deepEqual(read, { ...Object.fromEntries(lower), image_version: image });
    }),
  );
});
