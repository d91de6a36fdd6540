import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isInNetwork } from '../../wire/ipv4-network.ts';
import type { Interfaces } from '../tftp/local-addresses.ts';
import { onePerNetwork, subnetOf } from './subnet.ts';

function machine(...addresses: readonly (readonly [string, string])[]): Interfaces {
  const common = { family: 'IPv4', mac: '02:00:00:00:00:01', internal: false, cidr: null } as const;
  return { eth0: addresses.map(([address, netmask]) => ({ ...common, address, netmask })) };
}

test('the broadcast address of a network', () => {
  const cases: readonly (readonly [string, string, string | undefined])[] = [
    ['192.0.2.10', '255.255.255.0', '192.0.2.255'],
    ['10.1.2.3', '255.0.0.0', '10.255.255.255'],
    ['172.16.5.6', '255.255.252.0', '172.16.7.255'],
    ['192.0.2.9', '255.255.255.252', '192.0.2.11'],
    ['192.0.2.9', '255.255.255.254', undefined],
    ['192.0.2.9', '255.255.255.255', undefined],
    ['192.0.2.9', '', undefined],
  ];
  for (const [address, netmask, broadcast] of cases)
    assert.equal(subnetOf(address, machine([address, netmask]))?.broadcast, broadcast, netmask);
  assert.equal(subnetOf('192.0.2.11', machine(['192.0.2.10', '255.255.255.0'])), undefined);
});

test('who is within a network, and one of each network', () => {
  const interfaces = machine(
    ['192.0.2.10', '255.255.255.0'],
    ['192.0.2.11', '255.255.255.0'],
    ['198.51.100.1', '255.255.255.128'],
    ['192.0.2.12', '255.255.255.128'],
  );
  const stations = ['192.0.2.10', '192.0.2.11', '198.51.100.1', '192.0.2.12'].map((address) => {
    const subnet = subnetOf(address, interfaces);
    assert(subnet);
    return { subnet };
  });
  const [first, , third] = stations;
  assert(first && third);
  assert(
    isInNetwork(first.subnet.network, '192.0.2.200') &&
      !isInNetwork(first.subnet.network, '192.0.3.1'),
  );
  assert(
    isInNetwork(third.subnet.network, '198.51.100.127') &&
      !isInNetwork(third.subnet.network, '198.51.100.128'),
  );
  const addresses = onePerNetwork(stations).map(({ subnet }) => subnet.address);
  assert.deepEqual(addresses, ['192.0.2.10', '198.51.100.1', '192.0.2.12']);
});
