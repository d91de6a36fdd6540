import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import { formatIPv4, ipv4Number } from '../wire/ipv4.ts';

const load = (text: string) => loadConfig(text, 'hookflash.yaml').dhcp;
const network = (lines: string) =>
  load(`dhcp:\n  networks:\n    10.1.0.0/24:\n${lines}`)!.networks[0]!;

function problems(text: string): readonly string[] {
  try {
    load(text);
  } catch (error) {
    assert.ok(error instanceof AppError, String(error));
    return error.message.split('\n').map((line) => line.replace('hookflash.yaml:', ''));
  }
  return assert.fail('it was accepted');
}

describe('the section dhcp:', () => {
  test('left out, empty, and what is usual', () => {
    assert.equal(load(''), undefined);
    const expected = { mode: 'authoritative', ping: false, networks: [], rules: [] };
    for (const text of ['dhcp:\n', 'dhcp: {}\n', 'dhcp:\n  networks:\n  rules:\n'])
      assert.deepEqual(load(text), { ...expected, given: { options: [] } });
    const { leaseTimes } = network('      pools: 10.1.0.10\n');
    assert.deepEqual(leaseTimes, { usual: 28_800, shortest: 120, longest: 86_400 });
  });

  test('pools: a range, an address, several, a list; without what is excluded or has a use', () => {
    const pools = (lines: string) =>
      network(lines).pools.map(({ first, last }) => `${formatIPv4(first)}-${formatIPv4(last)}`);
    assert.deepEqual(pools('      pools: 10.1.0.10\n'), ['10.1.0.10-10.1.0.10']);
    const both = ['10.1.0.10-10.1.0.20', '10.1.0.30-10.1.0.40'];
    assert.deepEqual(pools(`      pools: ${both.join(', ')}\n`), both);
    assert.deepEqual(pools(`      pools:\n        - ${both[1]}\n        - ${both[0]}\n`), both);
    const holes = `      pools: ${both.join(', ')}
      exclude: 10.1.0.15-10.1.0.31, 10.1.0.40
      routers: 10.1.0.10
      reservations:
        00:0E:84:C0:60:A6: 10.1.0.35
`;
    assert.deepEqual(pools(holes), [
      ...['10.1.0.11-10.1.0.14', '10.1.0.32-10.1.0.34', '10.1.0.36-10.1.0.39'],
    ]);
  });

  test('times with units', () => {
    const usual = (lease: string) =>
      network(`      pools: 10.1.0.10\n      lease: ${lease}\n`).leaseTimes.usual;
    const rows: readonly (readonly [string, number])[] = [
      ...([
        ['8h', 28_800],
        ['90m', 5400],
        ['1d12h', 129_600],
        ['3600', 3600],
      ] as const),
      ...([
        ['45s', 45],
        ['1.5h', 5400],
        ['forever', Infinity],
      ] as const),
    ];
    for (const [text, seconds] of rows) assert.equal(usual(text), seconds, text);
  });

  test('a network takes its times from around it, and bounds follow a lease beyond them', () => {
    const text = `dhcp:
  lease: 1m
  lease_max: 2d
  networks:
    10.1.0.0/24:
      pools: 10.1.0.10
    10.2.0.0/24:
      pools: 10.2.0.10
      lease: 3d
`;
    assert.deepEqual(
      load(text)!.networks.map(({ leaseTimes }) => leaseTimes),
      [
        { usual: 60, shortest: 60, longest: 172_800 },
        { usual: 259_200, shortest: 60, longest: 259_200 },
      ],
    );
  });

  test('options by number, by name, as hex, text and addresses', () => {
    const { options } = network(`      pools: 10.1.0.10
      options:
        43: hex 80 0a:FF
        128: text VLAN-A:5.
        boot-file-name: x.bin
        200: ip 10.1.0.5, 10.1.0.6
        42: 10.1.0.7 10.1.0.8
`).given;
    const byCode = Object.fromEntries(
      options.map(({ code, bytes }) => [code, Buffer.from(bytes).toString('latin1')]),
    );
    assert.deepEqual(byCode, {
      43: '\x80\x0a\xff',
      128: 'VLAN-A:5.',
      67: 'x.bin',
      200: '\x0a\x01\x00\x05\x0a\x01\x00\x06',
      42: '\x0a\x01\x00\x07\x0a\x01\x00\x08',
    });
  });

  test('keys of their own', () => {
    const { given } = network(`      pools: 10.1.0.10
      tftp: 10.1.0.2, 10.1.0.3
      next_server: 10.1.0.4
      boot_file: lobby.bin
      dns: 10.1.0.5
      ntp: [10.1.0.6, 10.1.0.7]
      domain: example.org
      time_offset: -5h30m
`);
    const { options, ...rest } = given;
    assert.deepEqual(rest, {
      ...{ tftp: ['10.1.0.2', '10.1.0.3'], bootFile: 'lobby.bin' },
      nextServer: ipv4Number('10.1.0.4'),
    });
    const hex = options.map(({ code, bytes }) => [code, Buffer.from(bytes).toString('hex')]);
    assert.deepEqual(hex, [
      [6, '0a010005'],
      [42, '0a0100060a010007'],
      [15, Buffer.from('example.org').toString('hex')],
      [2, 'ffffb2a8'],
    ]);
  });

  test('reservations by MAC in any form and by client id, with what is theirs', () => {
    const { reservations } = network(`      reservations:
        000e.84c0.60a6: 10.1.0.5
        id:00-01-AB: { address: 10.1.0.6, host_name: lobby-1, domain: a.example }
`);
    assert.deepEqual(
      reservations.map(({ address, given, ...rest }) => ({
        ...rest,
        address: formatIPv4(address),
        options: given.options.length,
      })),
      [
        { mac: '000E84C060A6', address: '10.1.0.5', options: 0 },
        { clientId: '0001ab', hostName: 'lobby-1', address: '10.1.0.6', options: 1 },
      ],
    );
  });

  test('rules in their order', () => {
    const { rules } = load(`dhcp:
  rules:
    - vendor_class: Phone*
      mac: 00:0e:84
      tftp: a.example.org
    - model: '7960'
      label: group=lobby
      boot_file: x
`)!;
    assert.deepEqual(rules, [
      {
        vendorClass: 'Phone*',
        macPrefix: '000E84',
        given: { options: [], tftp: ['a.example.org'] },
      },
      {
        model: '7960',
        label: { name: 'group', value: 'lobby' },
        given: { options: [], bootFile: 'x' },
      },
    ]);
  });
});

const inNetwork = (lines: string) => `dhcp:\n  networks:\n    10.1.0.0/24:\n${lines}`;
const pool = '      pools: 10.1.0.10-10.1.0.20\n';

/** What is written, and every problem with its line and column. */
const rows: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'mode',
    'dhcp:\n  mode: quiet\n',
    ['2:9: dhcp.mode: "quiet" is neither authoritative nor phones-only'],
  ],
  ['ping', 'dhcp:\n  ping: maybe\n', ['2:9: dhcp.ping: "maybe" is neither yes nor no']],
  [
    'a time without unit that is known',
    'dhcp:\n  lease: 8x\n',
    ['2:10: dhcp.lease: "8x" is no time: write 8h, 90m, 1d12h, 3600s or forever'],
  ],
  [
    'bounds that cross',
    'dhcp:\n  lease: 1h\n  lease_min: 2h\n  lease_max: 1m\n',
    [
      '3:14: dhcp.lease_min: it is longer than the lease',
      '4:14: dhcp.lease_max: it is shorter than the lease',
    ],
  ],
  [
    'a network that is an address',
    'dhcp:\n  networks:\n    10.1.0.5/24:\n      pools: 10.1.0.9\n',
    [
      '4:7: dhcp.networks.10.1.0.5/24: 10.1.0.5/24 has bits set behind the first 24: write 10.1.0.0/24',
    ],
  ],
  [
    'networks that overlap',
    'dhcp:\n  networks:\n    10.1.0.0/16:\n      pools: 10.1.0.9\n    10.1.2.0/24:\n      pools: 10.1.2.9\n',
    ['6:7: dhcp.networks.10.1.2.0/24: it overlaps with 10.1.0.0/16'],
  ],
  [
    'a network with nothing',
    inNetwork(''),
    ['3:17: dhcp.networks.10.1.0.0/24: it has neither pools nor reservations'],
  ],
  [
    'pools: outside, network and broadcast address, upside down, no range',
    inNetwork(`      pools:
        - 10.1.1.10-10.1.1.20
        - 10.1.0.0-10.1.0.9
        - 10.1.0.250-10.1.0.255
        - 10.1.0.20-10.1.0.10
        - 10.1.0.x
`),
    [
      '5:11: dhcp.networks.10.1.0.0/24.pools.0: 10.1.1.10 is not in 10.1.0.0/24',
      '6:11: dhcp.networks.10.1.0.0/24.pools.1: 10.1.0.0 is the address of 10.1.0.0/24 itself',
      '7:11: dhcp.networks.10.1.0.0/24.pools.2: 10.1.0.255 is the broadcast address of 10.1.0.0/24',
      '8:11: dhcp.networks.10.1.0.0/24.pools.3: 10.1.0.20-10.1.0.10 ends before it begins',
      '9:11: dhcp.networks.10.1.0.0/24.pools.4: "10.1.0.x" is no range: write it as 10.1.0.10-10.1.0.200',
    ],
  ],
  [
    'pools that overlap',
    inNetwork(
      '      pools:\n        - 10.1.0.10-10.1.0.20\n        - 10.1.0.5-10.1.0.6\n        - 10.1.0.20-10.1.0.30\n',
    ),
    ['7:11: dhcp.networks.10.1.0.0/24.pools.2: it overlaps with 10.1.0.10-10.1.0.20'],
  ],
  [
    'everything excluded',
    inNetwork(`${pool}      exclude: 10.1.0.1-10.1.0.100\n`),
    [
      '4:14: dhcp.networks.10.1.0.0/24.pools: nothing is left of the pools: all is excluded or reserved',
    ],
  ],
  [
    'a router elsewhere',
    inNetwork(`${pool}      routers: 10.2.0.1\n`),
    ['5:16: dhcp.networks.10.1.0.0/24.routers.0: router 10.2.0.1 is not in 10.1.0.0/24'],
  ],
  [
    'a router that is none',
    inNetwork(`${pool}      routers: gateway\n`),
    ['5:16: dhcp.networks.10.1.0.0/24.routers.0: "gateway" is not an IPv4 address'],
  ],
  [
    'reservations that clash',
    inNetwork(`      reservations:
        00:00:00:00:00:01: 10.1.0.5
        00:00:00:00:00:02: 10.1.0.5
        0000.0000.0001: 10.1.0.6
        00:00:00:00:00:04: 10.2.0.6
        phone: 10.1.0.7
`),
    [
      '6:28: dhcp.networks.10.1.0.0/24.reservations.00:00:00:00:00:02: 10.1.0.5 is reserved for 00:00:00:00:00:01 already',
      '7:25: dhcp.networks.10.1.0.0/24.reservations.0000.0000.0001: it is the same client as 00:00:00:00:00:01, which has a reservation',
      '8:28: dhcp.networks.10.1.0.0/24.reservations.00:00:00:00:00:04.address: 10.2.0.6 is not in 10.1.0.0/24',
      '9:16: dhcp.networks.10.1.0.0/24.reservations.phone: "phone" is neither a MAC address nor a client id such as id:01000e84c060a6',
    ],
  ],
  [
    'options',
    'dhcp:\n  options:\n    300: x\n    54: 10.1.0.1\n    42: now\n    43: hex 0\n    200: ip x\n',
    [
      '3:10: dhcp.options.300: "300" is neither a number from 1 to 254 nor the name of an option',
      `4:9: dhcp.options.54: option 54 (server-identifier) cannot be set: it is the server's own address`,
      '5:9: dhcp.options.42: option 42 (ntp-servers) at offset 0: expected an address such as 192.0.2.10, found "now"',
      '6:9: dhcp.options.43: "0" is not pairs of hexadecimal digits',
      '7:10: dhcp.options.200: "x" is not an IPv4 address',
    ],
  ],
  [
    'two TFTP names',
    'dhcp:\n  tftp: a.example, b.example\n',
    ['2:9: dhcp.tftp: "a.example" is not an IPv4 address; one name alone may stand here too'],
  ],
  [
    'a rule for everybody',
    'dhcp:\n  rules:\n    - dns: 10.1.0.1\n',
    ['3:7: dhcp.rules.0: a rule says whom it is for: vendor_class, mac, model or label'],
  ],
  [
    'rules that are no list',
    'dhcp:\n  rules:\n    model: x\n',
    ['3:5: dhcp.rules: expected a list, found a map of keys'],
  ],
  [
    'a key that is not known',
    inNetwork(`${pool}      router: 10.1.0.1\n`),
    [
      '5:7: dhcp.networks.10.1.0.0/24.router is not a known key; did you mean "routers"? (allowed: pools, exclude, routers, shared, lease, lease_min, lease_max, tftp, next_server, boot_file, dns, ntp, domain, time_offset, options, reservations)',
    ],
  ],
];

describe('what is wrong is told with its place and cause', () => {
  for (const [name, text, expected] of rows)
    test(name, () => assert.deepEqual(problems(text), expected));
});
