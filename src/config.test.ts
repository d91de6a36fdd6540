import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { stringify } from 'yaml';
import type { WorkspaceConfig } from './config.ts';
import {
  defaultConfigText,
  loadConfig,
  parseDhcpListen,
  parseListen,
  settingLayers,
} from './config.ts';
import { AppError } from './errors.ts';
import type { Phone } from './model/phone.ts';
import { effectiveSettings } from './model/settings.ts';
import { parseMac } from './wire/mac.ts';

function load(text: string): Omit<WorkspaceConfig, 'document'> {
  const { document, ...values } = loadConfig(text, 'hookflash.yaml');
  assert.ok(document);
  return values;
}

const nothing = { servers: {}, trust: {}, settings: {}, sites: {}, models: {}, groups: {} };

/** The message of the AppError, without its class. */
function problem(text: string): string {
  try {
    load(text);
  } catch (error) {
    assert.ok(error instanceof AppError, String(error));
    assert.equal(error.code, 'config-invalid');
    assert.equal(error.exitCode, 1);
    const { file, line, column } = error.place ?? { file: '' };
    assert.ok(error.message.startsWith(`${file}:${line}:${column}: `), error.message);
    return error.message;
  }
  return assert.fail('it was accepted');
}

describe('loadConfig', () => {
  test('an empty file, comments alone and the file of init say nothing', () => {
    for (const text of ['', '\n', '# nothing\n', '{}', defaultConfigText()])
      assert.deepEqual(load(text), nothing, text);
  });

  test('the file of init with its comments opened is a full example', () => {
    const opened = defaultConfigText().replace(/^#(?= {2}|[a-z])/gm, '');
    const config = load(opened);
    assert.deepEqual(Object.keys(config.servers).sort(), [
      ...['dhcp', 'files', 'http', 'sip', 'sntp', 'tftp', 'uftp', 'unistim'],
    ]);
    assert.deepEqual(config.servers.dhcp, { interface: 'eth0' });
    assert.equal(config.address, '192.0.2.10');
    assert.equal(config.workers, 1);
    assert.equal(config.plans, 'cautious');
    for (const part of [config.settings, config.sites, config.models, config.groups])
      assert.equal(Object.keys(part).length, 1);
  });

  test('everything at once', () => {
    const text = `
servers:
  tftp: 127.0.0.1:6969
  files: localhost:0
  dhcp: 0.0.0.0:67
workers: 4
address: phones.example.org
trust:
  networks: [127.0.0.0/8, 192.0.2.9]
settings: { sntp_server: 192.0.2.1 }
sites:
  'berlin':
    settings:
      time_zone: CET
  empty:
models:
  7960:
    settings: {}
`;
    assert.deepEqual(load(text), {
      servers: {
        tftp: { host: '127.0.0.1', port: 6969 },
        files: { host: 'localhost', port: 0 },
        dhcp: { host: '0.0.0.0', port: 67 },
      },
      workers: 4,
      address: 'phones.example.org',
      trust: {
        networks: [
          { address: 0x7f000000, prefix: 8 },
          { address: 0xc0000209, prefix: 32 },
        ],
      },
      settings: { sntp_server: '192.0.2.1' },
      sites: { berlin: { settings: { time_zone: 'CET' } }, empty: { settings: {} } },
      models: { 7960: { settings: {} } },
      groups: {},
    });
  });

  test('values of settings are their text as written', () => {
    const written = ['8', '007', 'yes', 'Off', 'true', 'null', '~', '0x1F', '1e3', '1_000', '.5'];
    const text = `settings:\n${written.map((value, i) => `  s${i}: ${value}\n`).join('')}`;
    assert.deepEqual(Object.values(load(text).settings), written);
    assert.deepEqual(load(`settings:\n  a: "8"\n  b: ' x '\n  c:\n  d: x # why\n`).settings, {
      ...{ a: '8', b: ' x ', c: '', d: 'x' },
    });
  });

  test('a byte order mark and CRLF are no trouble', () => {
    assert.deepEqual(load('\ufeffsettings:\r\n  a: 1\r\n').settings, { a: '1' });
  });

  test('any setting survives the way through YAML', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((n) => n !== '__proto__');
    fc.assert(
      fc.property(fc.dictionary(name, fc.string({ unit: 'grapheme' })), (settings) => {
        assert.deepEqual({ ...load(stringify({ settings })).settings }, { ...settings });
      }),
    );
  });

  test('any text gives a config or an AppError', () => {
    const piece = fc.constantFrom(
      ...['servers', 'sites', 'settings', ':', ' ', '\n', '\n  ', '- ', '{', '}', '[', '"', "'"],
      ...['&a', '*a', '!!int', '|', '#', '\t', '? ', '---', '%', '<<', '7960', '\u0000', 'é'],
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(piece).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(text, (each) => {
        try {
          load(each);
        } catch (error) {
          assert.ok(error instanceof AppError, String(error));
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('the document keeps its comments for writing it again', () => {
    const text = '# the fleet\nsettings:\n  a: 007 # agent\n';
    const { document } = loadConfig(text, 'hookflash.yaml');
    document.setIn(['settings', 'b'], '8');
    assert.equal(String(document), `${text}  b: 8\n`);
  });
});

describe('a wrong file is refused with place, cause and what is allowed', () => {
  const cases: readonly [title: string, text: string, message: RegExp][] = [
    [
      'an unknown server',
      'servers:\n  http: 127.0.0.1:80\n  tfpt: 127.0.0.1:69\n',
      /^hookflash\.yaml:3:3: servers\.tfpt is not a known key; did you mean "tftp"\? \(allowed: tftp, http, /,
    ],
    [
      'an unknown section far from any',
      'plugins: 1\n',
      /^hookflash\.yaml:1:1: plugins is not a known key \(allowed: servers, workers, plans, keep_boots, address, trust, sntp, limits, unistim, dhcp, settings, zone, sites, models, groups\)$/,
    ],
    [
      'another case',
      'Settings:\n',
      /^hookflash\.yaml:1:1: Settings is not a known key; did you mean "settings"/,
    ],
    [
      'settings straight under a site',
      'sites:\n  berlin:\n    time_zone: CET\n',
      /^hookflash\.yaml:3:5: sites\.berlin\.time_zone is not a known key \(allowed: settings, zone\)$/,
    ],
    [
      'a port out of range',
      'servers:\n  tftp:    127.0.0.1:65536\n',
      /^hookflash\.yaml:2:12: servers\.tftp: port "65536" is not a number from 0 to 65535: expected HOST:PORT/,
    ],
    [
      'no port',
      'servers: {tftp: 127.0.0.1}\n',
      /^hookflash\.yaml:1:17: servers\.tftp: "127\.0\.0\.1" is not an address with a port/,
    ],
    [
      'a server without a value',
      'servers:\n  tftp:\n',
      /^hookflash\.yaml:2:\d+: servers\.tftp: "" is not an address with a port/,
    ],
    [
      'a setting that is a list',
      'settings:\n  a: [1, 2]\n',
      /^hookflash\.yaml:2:6: settings\.a: expected one value, found a list$/,
    ],
    [
      'a setting with settings below it',
      'settings:\n  a:\n    b: c\n',
      /^hookflash\.yaml:3:5: settings\.a: expected one value, found a map of keys$/,
    ],
    [
      'a section that is one value',
      'sites: berlin\n',
      /^hookflash\.yaml:1:8: sites: expected lines "key: value" below it, found "berlin"$/,
    ],
    [
      'a list for a file',
      '- settings\n',
      /^hookflash\.yaml:1:1: the file: expected lines "key: value" below it, found a list$/,
    ],
    ['no whole workers', 'workers: 1.5\n', /^hookflash\.yaml:1:10: workers: "1\.5" is not a whole/],
    ['no workers', 'workers: 0\n', /from 1 to 64$/],
    ['no such plans', 'plans: bold\n', /"bold" is neither cautious nor direct$/],
    [
      'an address of digits',
      'address: 192.0.2\n',
      /^hookflash\.yaml:1:10: address: "192\.0\.2" is/,
    ],
    ['an address that is none', 'address: 0.0.0.0\n', /phones cannot reach 0\.0\.0\.0/],
    [
      'a key twice',
      'settings:\n  a: 1\n  a: 2\n',
      /^hookflash\.yaml:3:3: Map keys must be unique$/,
    ],
    ['a tab', 'settings:\n\ta: 1\n', /^hookflash\.yaml:2:1: Tabs are not allowed/],
    ['an open quote', 'settings:\n  a: "x\n', /^hookflash\.yaml:\d:\d+: Missing closing "quote/],
    ['a tag', 'settings:\n  a: !!int 8\n', /^hookflash\.yaml:2:6: Unresolved tag/],
    ['an alias', 'settings: &s {a: 1}\nmodels: *s\n', /^hookflash\.yaml:2:9: aliases such as \*s/],
    ['a key of keys', 'settings:\n  ? {a: 1}\n  : 2\n', /^hookflash\.yaml:2:5: a key must be/],
    ['two documents', 'workers: 1\n---\nworkers: 2\n', /^hookflash\.yaml:2:1: Source contains mul/],
  ];
  for (const [title, text, message] of cases)
    test(title, () => assert.match(problem(text), message));

  test('all problems are told, in the order of the file', () => {
    const lines = problem('workers: none\nservers:\n  tftp: x\n  ftp: y\naddres: z\n').split('\n');
    assert.deepEqual(
      lines.map((line) => line.split(': ').slice(0, 2).join(' ').slice(0, 40)),
      [
        'hookflash.yaml:1:10 workers',
        'hookflash.yaml:3:9 servers.tftp',
        'hookflash.yaml:4:3 servers.ftp is not a ',
        'hookflash.yaml:5:1 addres is not a known',
      ],
    );
  });
});

describe('HOST:PORT', () => {
  test('addresses, localhost and every port are read', () => {
    assert.deepEqual(parseListen('--tftp', '127.0.0.1:6969'), { host: '127.0.0.1', port: 6969 });
    assert.deepEqual(parseListen('--tftp', 'localhost:0'), { host: 'localhost', port: 0 });
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 0, max: 65_535 }), (host, port) => {
        assert.deepEqual(parseListen('--tftp', `${host}:${port}`), { host, port });
      }),
    );
  });

  const wrong: readonly [text: string, message: RegExp][] = [
    ['6969', /"6969" is not an address with a port/],
    [':6969', /host "" is neither/],
    ['127.0.0.1:', /port "" is not a number/],
    ['127.0.0.1:70000', /port "70000" is not a number from 0 to 65535/],
    ['127.0.0.1:-1', /port "-1" is not/],
    ['127.0.0.1: 80', /port " 80" is not/],
    ['127.0.0.1:0x50', /port "0x50" is not/],
    ['256.0.0.1:69', /host "256\.0\.0\.1" is neither an IPv4 address nor localhost/],
    ['example.org:69', /host "example\.org" is neither/],
    ['[::1]:69', /more than one colon \(IPv6 is not served\)/],
  ];
  for (const [text, message] of wrong)
    test(`${text} is wrong usage`, () => {
      assert.throws(
        () => parseListen('--tftp', text),
        (error) =>
          error instanceof AppError &&
          error.exitCode === 2 &&
          error.message.startsWith('--tftp: ') &&
          message.test(error.message),
      );
    });

  test('for DHCP an interface may stand in its place', () => {
    for (const name of ['eth0', 'br-lan', 'enp3s0.100', 'wlx00c0caabcdef'])
      assert.deepEqual(parseDhcpListen('--dhcp', name), { interface: name });
    const address = { host: '127.0.0.1', port: 67 };
    assert.deepEqual(parseDhcpListen('--dhcp', '127.0.0.1:67'), address);
    for (const text of ['127.0.0.1', 'localhost', '', 'sixteen-letters-', 'eth/0', 'eth 0'])
      assert.throws(() => parseDhcpListen('--dhcp', text), /or an interface such as eth0$/);
  });
});

describe('settingLayers', () => {
  const config = loadConfig(
    `settings: {a: fleet, b: fleet, c: fleet, d: fleet, e: fleet, f: fleet}
sites: {berlin: {settings: {b: site, c: site, d: site, e: site, f: site}}}
models: {'7960': {settings: {c: model, d: model, e: model, f: model}}}
groups:
  lobby: {settings: {d: lobby, e: lobby, f: lobby}}
  night: {settings: {e: night, f: night}}
`,
    'hookflash.yaml',
  );
  const phone: Phone = {
    mac: parseMac('000E84C060A6'),
    family: 'cisco-7900',
    model: '7960',
    labels: { site: 'berlin', group: 'lobby, night' },
    settings: { f: 'phone' },
  };

  test('the most specific wins, and says where it comes from', () => {
    const effective = effectiveSettings(settingLayers(config, phone));
    const seen = [...effective].map(([name, { value, from }]) => [name, value, from.name]);
    assert.deepEqual(seen.sort(), [
      ['a', 'fleet', ''],
      ['b', 'site', 'berlin'],
      ['c', 'model', '7960'],
      ['d', 'lobby', 'lobby'],
      ['e', 'night', 'night'],
      ['f', 'phone', '000E84C060A6'],
    ]);
  });

  test('of several groups the last one wins', () => {
    const turned = { ...phone, labels: { group: 'night,lobby' } };
    assert.equal(effectiveSettings(settingLayers(config, turned)).get('e')?.value, 'lobby');
  });

  test('a site, model or group that the file does not know adds nothing', () => {
    const labels = { site: 'constructor', group: ',nowhere,toString,' };
    const stray = { ...phone, model: 'valueOf', labels };
    assert.deepEqual(
      settingLayers(config, stray).map(({ scope }) => scope),
      ['fleet', 'phone'],
    );
  });
});
