import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cnfValues, decodeCnf } from '../../codec/config/cnf.ts';
import { decodeSep } from '../../codec/config/sep-xml.ts';
import { decodeXmlDefault } from '../../codec/config/xml-default.ts';
import type { LoadOrder } from '../../model/plan.ts';
import type { RenderedFile } from '../../model/render.ts';
import { effectiveSettings, type SettingValues } from '../../model/settings.ts';
import { parseMac } from '../../wire/mac.ts';
import { cisco7900 } from './cisco-7900.ts';
import { imageName } from './image-name.ts';
import { namedImages } from './named-images.ts';
import { fileName } from './paths.ts';

const mac = parseMac('0007EB000001');

function files(
  order: LoadOrder | undefined,
  values: SettingValues = {},
  name = '7960',
): readonly RenderedFile[] {
  const model = cisco7900.models.find((each) => each.name === name)!;
  const settings = effectiveSettings([{ scope: 'fleet', name: '', values }]);
  return cisco7900.render({ mac, model, settings, order }).files;
}

function content(rendered: readonly RenderedFile[], path: string): string {
  const file = rendered.find((candidate) => candidate.path === path);
  assert.ok(file, `${path} is rendered`);
  return file.content;
}

/** Control files, and the images that each names. */
function naming(rendered: readonly RenderedFile[]): Readonly<Record<string, readonly string[]>> {
  const control = rendered.filter(({ path }) => fileName(path).kind !== 'other');
  return Object.fromEntries(
    control.map(({ path, content: text }) => {
      const images = namedImages(fileName(path).kind, text);
      return [path.replace(mac, '<MAC>'), [...new Set(images)]];
    }),
  );
}

/** The order of the last step of the plan of one hop between two images. */
function stepOrder(from: string, to: string): LoadOrder {
  const step = cisco7900.step(imageName(from), imageName(to), 'direct');
  assert.ok('order' in step, `${from} to ${to}`);
  return step.order;
}

describe('a phone that stays on its image is told of it', () => {
  const rows: readonly (readonly [string, Readonly<Record<string, readonly string[]>>])[] = [
    [
      'P00303020600',
      {
        'OS79XX.TXT': ['P00303020600'],
        'SEP<MAC>.cnf.xml': ['P00303020600'],
        'XMLDefault.cnf.xml': ['P00303020600'],
      },
    ],
    [
      'P00308000900',
      {
        'OS79XX.TXT': ['P00308000900'],
        'SEP<MAC>.cnf.xml': ['P00308000900'],
        'XMLDefault.cnf.xml': ['P00308000900'],
      },
    ],
    [
      'P0S3-04-4-00',
      {
        'OS79XX.TXT': ['P0S3-04-4-00'],
        'SIPDefault.cnf': ['P0S3-04-4-00'],
        'SIP<MAC>.cnf': ['P0S3-04-4-00'],
      },
    ],
    [
      'P0S3-8-12-00',
      {
        'OS79XX.TXT': ['P003-8-12-00'],
        'SIPDefault.cnf': ['P0S3-8-12-00'],
        'SIP<MAC>.cnf': ['P0S3-8-12-00'],
      },
    ],
    [
      'P0M3-07-4-00',
      {
        'OS79XX.TXT': ['P003-07-4-00'],
        'MGCDefault.cnf': ['P0M3-07-4-00'],
        'MGC<MAC>.cnf': ['P0M3-07-4-00'],
      },
    ],
  ];
  for (const [image, expected] of rows)
    test(image, () => assert.deepEqual(naming(files(cisco7900.steadyOrder(image))), expected));
});

describe('a step tells of its image in every file that the phone may read first', () => {
  type Row = readonly [from: string, to: string, Readonly<Record<string, string>>];
  const sip = (image: string) => ({ 'SIPDefault.cnf': image, 'SIP<MAC>.cnf': image });
  const mgcp = (image: string) => ({ 'MGCDefault.cnf': image, 'MGC<MAC>.cnf': image });
  const sccp = (image: string) => ({ 'SEP<MAC>.cnf.xml': image, 'XMLDefault.cnf.xml': image });
  const rows: readonly Row[] = [
    ['P00303020600', 'P00305000200', { 'OS79XX.TXT': 'P00305000200', ...sccp('P00305000200') }],
    ['P00303020600', 'P0S3-06-3-00', { 'OS79XX.TXT': 'P0S3-06-3-00', ...sip('P0S3-06-3-00') }],
    ['P00303020600', 'P0M3-06-1-00', { 'OS79XX.TXT': 'P0M3-06-1-00', ...mgcp('P0M3-06-1-00') }],
    [
      'P00303020600',
      'P0S3-08-12-00',
      {
        ...{ 'OS79XX.TXT': 'P003-08-12-00', 'XMLDefault.cnf.xml': 'P003-08-12-00' },
        ...sip('P0S3-08-12-00'),
      },
    ],
    [
      'P00305000200',
      'P0M3-07-4-00',
      {
        ...{ 'OS79XX.TXT': 'P003-07-4-00', 'XMLDefault.cnf.xml': 'P003-07-4-00' },
        ...mgcp('P0M3-07-4-00'),
      },
    ],
    ['P0S3-06-3-00', 'P0S3-08-12-00', { 'OS79XX.TXT': 'P003-08-12-00', ...sip('P0S3-08-12-00') }],
    ['P0S3-05-2-00', 'P00308000900', { 'OS79XX.TXT': 'P00308000900', ...sccp('P00308000900') }],
    ['P0S3-07-5-00', 'P00308000900', { 'OS79XX.TXT': 'P00308000900', ...sccp('P00308000900') }],
    ['P00308000900', 'P0S3-08-12-00', { 'OS79XX.TXT': 'P003-08-12-00', ...sip('P0S3-08-12-00') }],
  ];
  for (const [from, to, images] of rows)
    test(`${from} to ${to}`, () => {
      const expected = Object.fromEntries(
        Object.entries(images).map(([path, image]) => [path, [image]]),
      );
      assert.deepEqual(naming(files(stepOrder(from, to))), expected);
    });
});

test('no step gives a file that it says must be missing', () => {
  const images = ['P00303020600', 'P00308000900', 'P0S3-04-4-00', 'P0S3-06-3-00', 'P0S3-08-12-00'];
  for (const from of images)
    for (const to of [...images, 'P0M3-06-3-00', 'P0M3-07-4-00']) {
      const step = cisco7900.step(imageName(from), imageName(to), 'direct');
      if ('code' in step) continue;
      const given = Object.keys(naming(files(step.order)));
      for (const path of step.absent) assert.ok(!given.includes(path), `${from} to ${to}: ${path}`);
    }
});

test('without an order there is no file', () => {
  assert.deepEqual(files(undefined, { line1_name: '100' }), []);
  assert.equal(cisco7900.settingsOrder(undefined), undefined);
  assert.equal(cisco7900.settingsOrder('P003-07-5-99'), undefined, 'a loader tells no protocol');
});

test('settings without a load name no image anywhere', () => {
  for (const like of ['P00303030499', 'P0S3-04-4-99', 'P0M3-05-0-99']) {
    const rendered = files(cisco7900.settingsOrder(like), { proxy1_address: '192.0.2.1' });
    assert.ok(rendered.length >= 2, like);
    assert.deepEqual(Object.values(naming(rendered)).flat(), [], like);
    assert.doesNotMatch(rendered.map((file) => file.content).join(''), /99|undefined/);
  }
});

test('OS79XX.TXT is the name of the image and a line end: a blank after it would be part of it', () => {
  for (const image of ['P00303020600', 'P0S3-04-4-00', 'P0S3-8-12-00', 'P0M3-07-4-00'])
    assert.match(
      content(files(cisco7900.steadyOrder(image)), 'OS79XX.TXT'),
      /^P0[-0-9SM]{10,11}\r?\n$/,
    );
});

test('what the codecs read back is what was ordered, for both models', () => {
  for (const [name, number] of [
    ['7940', 8],
    ['7960', 7],
  ] as const) {
    const sccp = files(cisco7900.steadyOrder('P00308000900'), {}, name);
    const loads = decodeSep(content(sccp, `SEP${mac}.cnf.xml`)).loads;
    assert.deepEqual(new Set(loads.map(({ image }) => image)), new Set(['P00308000900']));
    const numbers = decodeXmlDefault(content(sccp, 'XMLDefault.cnf.xml')).loads;
    assert.ok(numbers.some((load) => load.number === number && load.image === 'P00308000900'));
  }
});

test('image_version stands in the default file and in the phone’s, which asks for either first', () => {
  for (const path of ['SIPDefault.cnf', `SIP${mac}.cnf`]) {
    const text = content(files(cisco7900.steadyOrder('P0S3-8-12-00')), path);
    assert.equal(cnfValues(decodeCnf(text)).get('image_version'), 'P0S3-8-12-00');
  }
});
