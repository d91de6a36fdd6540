import assert from 'node:assert/strict';
import type { NetworkInterfaceInfo } from 'node:os';
import { test } from 'node:test';
import { loadConfig } from '../../config.ts';
import { missingNetwork } from './missing-network.ts';

const rows: readonly (readonly [cidr: string, network: string, pools: string])[] = [
  ['10.1.0.5/24', '10.1.0.0/24', '10.1.0.127-10.1.0.254'],
  ['10.1.0.254/24', '10.1.0.0/24', '10.1.0.127-10.1.0.253'],
  ['10.1.0.130/24', '10.1.0.0/24', '10.1.0.131-10.1.0.254'],
  ['10.1.2.3/8', '10.1.0.0/16', '10.1.127.255-10.1.255.254'],
  ['10.1.0.1/31', '10.1.0.0/29', '10.1.0.3-10.1.0.6'],
];

for (const [cidr, network, pools] of rows)
  test(`an interface with ${cidr} gets lines that the workspace file takes`, () => {
    const [address = ''] = cidr.split('/');
    const info = { address, cidr, family: 'IPv4' } as NetworkInterfaceInfo;
    const { message } = missingNetwork({ interface: 'eth0' }, { eth0: [info] });
    const lines = message.slice(message.indexOf('dhcp:\n'));
    assert.ok(lines.includes(`    ${network}:\n      pools: ${pools}\n`), lines);
    assert.equal(loadConfig(`${lines}\n`, 'hookflash.yaml').dhcp?.networks.length, 1);
  });

test('an interface that is not there gets lines of the same form', () => {
  const { message } = missingNetwork({ interface: 'eth9' }, {});
  assert.match(message, /192\.0\.2\.0\/24:\n/);
});
