import assert from 'node:assert/strict';
import type { NetworkInterfaceInfo } from 'node:os';
import { describe, test } from 'node:test';
import { otherInterfaces } from './interface-address.ts';
import type { Interfaces } from './interface-address.ts';
import { DhcpListenError } from './listen-error.ts';
import { placeOf } from './place.ts';
import type { DhcpListen, Place } from './place.ts';

function info(address: string, internal = false): NetworkInterfaceInfo {
  const family = address.includes(':') ? ('IPv6' as const) : ('IPv4' as const);
  const rest = { netmask: '', mac: '', cidr: null, internal };
  if (family === 'IPv6') return { ...rest, address, family, scopeid: 2 };
  return { ...rest, address, family };
}

const lo = { lo: [info('127.0.0.1', true)] };
const two: Interfaces = {
  ...lo,
  eth0: [info('fe80::1'), info('192.0.2.1'), info('192.0.2.2')],
  'eth0:1': [info('192.0.2.3')],
  eth1: [info('198.51.100.1')],
  bare0: [info('fe80::2')],
};
const one: Interfaces = { ...lo, eth0: [info('192.0.2.1')] };

describe('DHCP is served', () => {
  const pair = { kind: 'pair' } as const;
  const rows: readonly [string, DhcpListen, Interfaces, Place, { fd: number; name: string }[]?][] =
    [
      [
        'at the first address of an interface',
        { interface: 'eth0' },
        two,
        { address: '192.0.2.1', port: 67, interfaceName: 'eth0', sockets: pair },
      ],
      [
        'by the socket of systemd that has the interface’s name',
        { interface: 'eth1' },
        two,
        {
          address: '198.51.100.1',
          port: 67,
          interfaceName: 'eth1',
          sockets: { kind: 'handed', fd: 4 },
        },
        [
          { fd: 3, name: 'eth0' },
          { fd: 4, name: 'eth1' },
        ],
      ],
      [
        'at one address',
        { host: '198.51.100.1', port: 1067 },
        two,
        { address: '198.51.100.1', port: 1067, interfaceName: 'eth1', sockets: { kind: 'single' } },
      ],
      [
        'at one of the loopback, which has many',
        { host: '127.0.7.1', port: 0 },
        one,
        { address: '127.0.7.1', port: 0, sockets: { kind: 'single' } },
      ],
      [
        'at localhost',
        { host: 'localhost', port: 67 },
        {},
        { address: '127.0.0.1', port: 67, sockets: { kind: 'single' } },
      ],
      [
        'at the only interface for 0.0.0.0',
        { host: '0.0.0.0', port: 67 },
        one,
        { address: '192.0.2.1', port: 67, interfaceName: 'eth0', sockets: pair },
      ],
    ];
  for (const [title, listen, interfaces, expected, handed = []] of rows)
    test(title, () => assert.deepEqual(placeOf(listen, handed, interfaces), expected));
});

describe('DHCP is not served', () => {
  const rows: readonly [string, DhcpListen, Interfaces, string, RegExp, string?][] = [
    [
      'without the interface',
      { interface: 'eth9' },
      two,
      'no-interface',
      /eth9.*eth0, eth0:1, eth1/,
    ],
    [
      'without any',
      { interface: 'eth9' },
      {},
      'no-interface',
      /eth9 that is up and has an address$/,
    ],
    ['without an address', { interface: 'bare0' }, two, 'no-address', /bare0 has no IPv4 address/],
    [
      'without its own socket among those of systemd',
      { interface: 'eth0' },
      two,
      'no-socket',
      /"other".*FileDescriptorName=eth0/,
      'other',
    ],
    [
      'on several',
      { host: '0.0.0.0', port: 67 },
      two,
      'no-single-interface',
      /eth0, eth0:1, eth1$/,
    ],
    ['on the loopback for all', { host: '0.0.0.0', port: 67 }, lo, 'no-single-interface', /none/],
  ];
  for (const [title, listen, interfaces, code, message, name] of rows)
    test(title, () => {
      const handed = name === undefined ? [] : [{ fd: 3, name }];
      assert.throws(
        () => placeOf(listen, handed, interfaces),
        (error) =>
          error instanceof DhcpListenError && error.code === code && message.test(error.message),
      );
    });
});

test('other interfaces are those that are up, without labels and the loopback', () => {
  assert.deepEqual(otherInterfaces('eth0', two), ['eth1', 'bare0']);
  assert.deepEqual(otherInterfaces('eth0', one), []);
});
