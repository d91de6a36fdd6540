import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import {
  decodeOption,
  dhcpOptions,
  encodeOption,
  formatOption,
  optionCodeOf,
  optionTitle,
} from './dhcp-options.ts';
import { octets } from './golden-messages.ts';
import { parseRelayInformation, serializeRelayInformation } from './relay-information.ts';

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** Octets typed by the documents: RFC 2132, 3442, 3397, 3361, 3925, 3046, 5859. */
for (const [code, text, hex, value] of [
  [1, '255.255.255.0', 'ffffff00', '255.255.255.0'],
  [2, '-18000', 'ffffb9b0', -18_000],
  [3, '192.0.2.1 192.0.2.2', 'c0000201 c0000202', ['192.0.2.1', '192.0.2.2']],
  [12, 'SEP', '534550', 'SEP'],
  [13, '65535', 'ffff', 65_535],
  [19, 'yes', '01', true],
  [23, '64', '40', 64],
  [25, '68, 1500', '0044 05dc', [68, 1500]],
  [33, '10.0.0.0/192.0.2.1', '0a000000 c0000201', ['10.0.0.0/192.0.2.1']],
  [
    43,
    '1:0x0102, 2:"ab"',
    '01020102 02026162',
    [
      { code: 1, value: '0102' },
      { code: 2, value: '6162' },
    ],
  ],
  [43, 'de:ad', 'dead', 'dead'],
  [51, '4294967295', 'ffffffff', 4_294_967_295],
  [53, 'nak', '06', 'nak'],
  [55, '1, 66, 150', '01 42 96', [1, 66, 150]],
  [60, 'Cisco\0', '436973636f00', 'Cisco\0'],
  [61, '01:00:11', '010011', '010011'],
  [66, '192.0.2.1', '3139322e302e322e31', '192.0.2.1'],
  [
    82,
    '1:0x0004, 5:192.0.2.0',
    '01020004 0504c0000200',
    [
      { code: 1, name: 'circuit-id', value: '0004' },
      { code: 5, name: 'link-selection', value: '192.0.2.0' },
    ],
  ],
  [119, 'eng.apple.com', '03656e67 056170706c65 03636f6d 00', ['eng.apple.com']],
  [120, 'example.com', '00 076578616d706c65 03636f6d 00', ['example.com']],
  [120, '192.0.2.1', '01 c0000201', ['192.0.2.1']],
  [
    121,
    '10.17.0.0/16 via 192.0.2.1',
    '10 0a11 c0000201',
    [{ destination: '10.17.0.0/16', router: '192.0.2.1' }],
  ],
  [121, '0.0.0.0/0 192.0.2.1', '00 c0000201', [{ destination: '0.0.0.0/0', router: '192.0.2.1' }]],
  [
    121,
    '10.229.0.128/25 192.0.2.1',
    '19 0ae50080 c0000201',
    [{ destination: '10.229.0.128/25', router: '192.0.2.1' }],
  ],
  [125, '9:0a0b', '00000009 02 0a0b', [{ enterprise: 9, data: '0a0b' }]],
  [150, '192.0.2.10, 192.0.2.11', 'c000020a c000020b', ['192.0.2.10', '192.0.2.11']],
  [222, '"ab"', '6162', '6162'],
] as const)
  test(`${optionTitle(code)} is ${hex} for ${JSON.stringify(text)}`, () => {
    const bytes = octets(hex);
    assert.equal(hexOf(encodeOption(code, text)), hexOf(bytes));
    assert.deepEqual(decodeOption(code, bytes), value);
    assert.equal(hexOf(encodeOption(code, formatOption(code, bytes))), hexOf(bytes));
  });

test('a pointer in a search list is followed', () => {
  // RFC 3397 section 2: "eng.apple.com." and "marketing.apple.com.".
  const bytes = octets('03656e67 056170706c65 03636f6d 00 096d61726b6574696e67 c004');
  assert.deepEqual(decodeOption(119, bytes), ['eng.apple.com', 'marketing.apple.com']);
});

test('an option that nobody knows is hex', () => {
  assert.equal(decodeOption(222, octets('0aff')), '0aff');
  assert.equal(optionTitle(222), 'option 222');
});

test('names and numbers both find an option', () => {
  assert.equal(optionCodeOf('tftp-server-address'), 150);
  assert.equal(optionCodeOf(' 66 '), 66);
  assert.equal(optionCodeOf('0'), undefined);
  assert.equal(optionCodeOf('255'), undefined);
  assert.equal(optionCodeOf('tftp'), undefined);
});

for (const [code, text, expected] of [
  [
    1,
    '255.255.255',
    /^option 1 \(subnet-mask\) at offset 0: expected an address such as 192\.0\.2\.10, found "255\.255\.255"$/,
  ],
  [2, '1.5', /a whole number from -2147483648 to 2147483647/],
  [3, '', /at least one address, found nothing/],
  [3, '10.0.0.1, tftp', /an address such as .* found "tftp"/],
  [12, 'Süd€', /at offset 3: expected Latin-1 text/],
  [19, 'perhaps', /expected yes or no, found "perhaps"/],
  [23, '256', /a whole number from 0 to 255/],
  [33, '10.0.0.0', /a pair such as/],
  [52, '1', /which the codec sets/],
  [53, 'hello', /discover, offer/],
  [61, '0', /octets in hex, or text in double quotes/],
  [82, '1', /suboptions such as/],
  [82, '300:00', /a code from 0 to 255, found 300/],
  [119, 'a..b', /labels of 1 to 63 characters/],
  [120, '192.0.2.1, a.example', /names, or addresses alone/],
  [121, '10.0.0.1/8 via 192.0.2.1', /expected 10\.0\.0\.0\/8, found "10\.0\.0\.1\/8"/],
  [121, '10.0.0.0/33 via 192.0.2.1', /routes such as/],
  [121, '10.0.0.0/8', /routes such as/],
  [125, '9', /an enterprise number and octets/],
  [255, '1', /which the codec sets/],
] as const)
  test(`${JSON.stringify(text)} is no ${optionTitle(code)}`, () => {
    assert.throws(() => encodeOption(code, text), { name: 'CodecError', message: expected });
  });

for (const [code, hex, expected] of [
  [1, 'ffffff', /^length of option 1 \(subnet-mask\) at offset 0: expected 4, found 3$/],
  [3, '00*0', /a multiple of 4, at least 4, found 0/],
  [53, '09', /a number from 1 to 8, found 9/],
  [
    82,
    '0105',
    /suboption 1 of option 82 \(relay-agent-information\) at offset 2: expected 5 octets, found 0/,
  ],
  [119, '05 6162', /at offset 0: expected 5 octets, found 2/],
  [119, 'c000', /a pointer to before 0, found 0/],
  [119, '0161', /at offset 2: expected a name that ends with 0/],
  [121, '21 00', /a prefix up to 32, found 33/],
  [121, '08 0a c000', /at offset 2: expected 4 bytes, found 2/],
  [124, '00000009 05 00', /at offset 5: expected 5 bytes, found 1/],
] as const)
  test(`${hex} is no ${optionTitle(code)}`, () => {
    assert.throws(() => decodeOption(code, octets(hex)), {
      name: 'CodecError',
      message: expected,
    });
  });

test('every option has one row, and every name one option', () => {
  assert.equal(new Set(dhcpOptions.map(({ code }) => code)).size, dhcpOptions.length);
  assert.equal(new Set(dhcpOptions.map(({ name }) => name)).size, dhcpOptions.length);
  for (const { code, name, source } of dhcpOptions) {
    assert.equal(optionCodeOf(name), code);
    assert.notEqual(source, '');
  }
  for (let code = 1; code <= 76; code += 1)
    assert.ok(
      dhcpOptions.some((row) => row.code === code),
      `option ${code}`,
    );
});

test('what a relay agent says is read and written', () => {
  const bytes = octets('0106 000400010002 0202 abcd 0504 c0000200 1300');
  const read = parseRelayInformation(bytes);
  assert.deepEqual(
    [read.circuitId, read.remoteId].map((id) => hexOf(id ?? new Uint8Array())),
    ['000400010002', 'abcd'],
  );
  assert.equal(read.linkSelection, 0xc0000200);
  assert.equal(read.ownSourcePort, true);
  assert.equal(hexOf(serializeRelayInformation(read.suboptions)), hexOf(bytes));
  assert.equal(parseRelayInformation(octets('0101 61')).ownSourcePort, false);
  assert.throws(() => parseRelayInformation(octets('0503 c00002')), /link selection of option 82/);
  assert.throws(() => parseRelayInformation(octets('01')), /length of suboption 1 of option 82/);
});

test('whatever octets decode, their text gives them again', () => {
  const lossless = dhcpOptions.filter(
    ({ kind }) => !['flag', 'domains', 'sip-servers'].includes(kind),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...lossless),
      fc.uint8Array({ maxLength: 40 }),
      ({ code, kind }, bytes) => {
        const text = textOrNothing(code, bytes);
        if (text === undefined || code === 52) return;
        // The bits behind a prefix count for nothing, and are refused.
        if (kind === 'classless-routes') return;
        assert.equal(hexOf(encodeOption(code, text)), hexOf(bytes), `${code}: ${text}`);
      },
    ),
    { numRuns: 5000 },
  );
});

test('any octets of any option give a value or a CodecError', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 254 }),
      fc.uint8Array({ maxLength: 80 }),
      (code, bytes) => {
        textOrNothing(code, bytes);
      },
    ),
    { numRuns: 10_000 },
  );
  fc.assert(
    fc.property(fc.constantFrom(...dhcpOptions), fc.string(), ({ code }, text) => {
      try {
        encodeOption(code, text);
      } catch (error) {
        assert.ok(error instanceof CodecError);
      }
    }),
    { numRuns: 10_000 },
  );
});

function textOrNothing(code: number, bytes: Uint8Array): string | undefined {
  try {
    return formatOption(code, bytes);
  } catch (error) {
    assert.ok(error instanceof CodecError);
    return undefined;
  }
}
