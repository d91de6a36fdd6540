import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Service } from '../../../model/service.ts';
import { softwareFor } from './offered-software.ts';
import { provisioningOf, unprovisioned, valueProblem } from './provisioning.ts';
import { upgradePointers } from './upgrade-pointers.ts';

const provisioned = {
  'sip-firmware': 'D93',
  'transitional-firmware': 'D97',
  'unistim-firmware/2004': 'D98',
  'unistim-firmware/2002': 'D98',
  '2004-sip-upgrade': 'on',
};

type Row = {
  readonly title: string;
  readonly firmware: string;
  readonly itType?: number;
  readonly values?: Service['values'];
  readonly state?: Service['state'];
  readonly wanted?: string;
  readonly step?: string;
  readonly expected: string;
};

const off = { ...provisioned, '2004-sip-upgrade': 'off' };

const rows: readonly Row[] = [
  { title: 'the transitional image first', firmware: '0604D98', expected: 'CT12D97' },
  { title: 'then the SIP image', firmware: 'CT12D97', expected: '0692D93' },
  { title: 'an older UNIStim release goes on, too', firmware: '0604D80', expected: 'CT12D97' },
  { title: 'a phone with SIP software stays', firmware: '0692D93', expected: 'nothing-to-do' },
  { title: 'a 2002 gets UNIStim', firmware: '0604D80', itType: 3, expected: '0604D98' },
  { title: 'a 2002 has it', firmware: '0604D98', itType: 3, expected: 'nothing-to-do' },
  {
    title: 'an unknown model gets none',
    firmware: '0604D98',
    itType: 9,
    expected: 'not-provisioned',
  },
  { title: 'locked', firmware: '0604D98', state: 'locked', expected: 'ipcm-locked' },
  {
    title: 'locked, with a plan',
    firmware: '0604D98',
    state: 'locked',
    wanted: '0692D93',
    step: 'CT12D97',
    expected: 'ipcm-locked',
  },
  { title: 'off: UNIStim', firmware: '0604D80', values: off, expected: '0604D98' },
  { title: 'off: it has UNIStim', firmware: '0604D98', values: off, expected: 'nothing-to-do' },
  {
    title: 'off: back from the transitional image',
    firmware: 'CT12D97',
    values: off,
    expected: '0604D98',
  },
  {
    title: 'off, and a plan to SIP',
    firmware: '0604D98',
    values: off,
    wanted: '0692D93',
    step: 'CT12D97',
    expected: 'sip-upgrade-off',
  },
  {
    title: 'off, in the middle of a plan',
    firmware: 'CT12D97',
    values: off,
    wanted: '0692D93',
    step: '0692D93',
    expected: '0604D98',
  },
  {
    title: 'the step of a plan',
    firmware: '0604D98',
    wanted: '0692D93c08',
    step: 'CT12D97',
    expected: 'CT12D97',
  },
  {
    title: 'with its suffix',
    firmware: 'CT12D97',
    wanted: '0692D93c08',
    step: '0692D93c08',
    expected: '0692D93c08',
  },
  {
    title: 'a step that is not provisioned',
    firmware: 'CT12D97',
    wanted: '0692D94',
    step: '0692D94',
    expected: 'not-provisioned',
  },
  {
    title: 'a wish for UNIStim is no upgrade to SIP',
    firmware: '0604D98',
    wanted: '0604D98',
    expected: 'nothing-to-do',
  },
  {
    title: 'a stopped plan offers nothing',
    firmware: '0604D98',
    wanted: '0692D93',
    expected: 'no-step',
  },
  { title: 'nothing is provisioned', firmware: '0604D98', values: {}, expected: 'not-provisioned' },
];

for (const {
  title,
  firmware,
  itType = 2,
  values = provisioned,
  state = 'unlocked',
  expected,
  ...more
} of rows)
  test(`${title}: ${firmware} gets ${expected}`, () => {
    const provisioning = provisioningOf({ ...unprovisioned, state, values });
    const decision = softwareFor({ provisioning, firmware, itType, ...more });
    assert.equal(decision.kind === 'offer' ? decision.image : decision.code, expected);
    assert.match(decision.because, /\S/);
  });

test('what an operator may not write', () => {
  for (const [name, value] of Object.entries(provisioned))
    assert.equal(valueProblem(name, value), undefined);
  const wrong = [
    ['sip-firmware', '0692D93'],
    ['sip-firmware', 'd93'],
    ['unistim-firmware/1140E', 'C8A'],
    ['2004-sip-upgrade', 'yes'],
    ['plugins', 'D93'],
  ] as const;
  for (const [name, value] of wrong) assert.match(valueProblem(name, value) ?? '', /"/, name);
});

const file = `S1.Server.IP=192.0.2.10
S1.Server.Port=5060
S1.Server.Action=7
S2.Server.IP=0.0.0.0
TFTP.Server.IP=192.0.2.5
DNS.Server.IP=192.0.2.53
`;

test('servers that a phone is told of before SIP software', () => {
  const s1 = { server: 0, address: '192.0.2.10', port: 5060, action: 7, retry: 10 };
  assert.deepEqual(upgradePointers(file, 'none'), { pointers: [s1] });
  const others = [
    { server: 2, address: '192.0.2.5', port: 69, action: 0, retry: 10 },
    { server: 3, address: '192.0.2.53', port: 53, action: 0, retry: 10 },
  ];
  assert.deepEqual(upgradePointers(file, 'servers'), { pointers: [s1, ...others] });
});

test('what is wrong in the file is named with its line', () => {
  const text = file.replace('192.0.2.10', '192.0.2.300').replace('Port=5060', 'Port=x');
  const found = upgradePointers(text, 'servers');
  assert.ok('problems' in found);
  assert.deepEqual(found.problems, [
    'SipUpgradeConfigFile.txt:1:14: S1.Server.IP is "192.0.2.300", not an IPv4 address',
    'SipUpgradeConfigFile.txt:2:16: S1.Server.Port is "x", not a port from 1 to 65535',
  ]);
  const none = upgradePointers(file.replace('192.0.2.10', '0.0.0.0'), 'servers');
  assert.match('problems' in none ? none.problems.join() : '', /S1\.Server\.IP is missing/);
});
