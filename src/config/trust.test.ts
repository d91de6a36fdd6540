import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultConfigText, loadConfig } from '../config.ts';

const wrong: readonly (readonly [what: string, text: string, message: RegExp])[] = [
  [
    'a network that is none, and one that begins elsewhere',
    'trust:\n  networks: [lan, 10.0.0.1/8]\n',
    /^hookflash\.yaml:2:14: trust\.networks\.0: .*"lan"\nhookflash\.yaml:2:19: .*10\.0\.0\.0\/8, found/,
  ],
  [
    'one network without brackets',
    'trust:\n  networks: 127.0.0.0/8\n',
    /^hookflash\.yaml:2:13: trust\.networks: expected a list, found "127/,
  ],
  [
    'an unknown key',
    'trust:\n  network: []\n',
    /^hookflash\.yaml:2:3: trust\.network is not a known key; did you mean "networks"/,
  ],
];

for (const [what, text, message] of wrong)
  test(`whom to trust: ${what} is refused`, () => {
    assert.throws(() => loadConfig(text, 'hookflash.yaml'), { message });
  });

test('a list on one line and one on several are the same; empty trusts nobody', () => {
  const networks = (text: string) => loadConfig(text, 'hookflash.yaml').trust.networks;
  const both = [
    { address: 0x7f000000, prefix: 8 },
    { address: 0xc0000209, prefix: 32 },
  ];
  assert.deepEqual(networks('trust: { networks: [127.0.0.0/8, 192.0.2.9] }\n'), both);
  assert.deepEqual(networks('trust:\n  networks:\n    - 127.0.0.0/8\n    - 192.0.2.9\n'), both);
  for (const text of ['trust:\n', '', 'trust: {}\n', defaultConfigText()])
    assert.equal(networks(text), undefined);
});

test('init writes the networks that it was given', () => {
  const { trust } = loadConfig(defaultConfigText(['127.0.0.0/8']), 'hookflash.yaml');
  assert.deepEqual(trust.networks, [{ address: 0x7f000000, prefix: 8 }]);
});
