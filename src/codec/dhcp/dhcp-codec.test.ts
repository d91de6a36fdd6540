import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { parseMac } from '../../wire/mac.ts';
import {
  addressOption,
  addressesOption,
  chaddrOf,
  clientIdOf,
  hostNameOf,
  macOf,
  maximumSizeOf,
  messageTypeOf,
  parameterListOf,
  vendorClassOf,
} from './dhcp-fields.ts';
import { dhcpOption } from './dhcp-message.ts';
import type { DhcpMessage, DhcpOption } from './dhcp-message.ts';
import { emptyMessage } from './empty-message.ts';
import { goldenAck, goldenDiscover, octets } from './golden-messages.ts';
import { parseDhcp } from './parse-dhcp.ts';
import { serializeDhcp } from './serialize-dhcp.ts';

const option = (code: number, length: number, fill = 7): DhcpOption => ({
  code,
  bytes: new Uint8Array(length).fill(fill),
});
const withOptions = (...options: readonly DhcpOption[]): DhcpMessage => ({
  ...emptyMessage,
  options,
});
/** A message of the options in hex alone. */
const message = (options: string, file = '00*128', name = '00*64') =>
  octets(`01 01 06 00 00*40 ${name} ${file} 63825363 ${options}`);

test('a golden DISCOVER says what its octets say', () => {
  const discover = parseDhcp(goldenDiscover);
  assert.equal(discover.op, 'request');
  assert.equal(discover.transactionId, 0x3903f326);
  assert.equal(discover.seconds, 4);
  assert.equal(discover.flags, 0x8000);
  assert.equal(discover.giaddr, 0x0a000101);
  assert.equal(messageTypeOf(discover), 'discover');
  assert.equal(macOf(discover), '001122334455');
  assert.equal(clientIdOf(discover), '01001122334455');
  assert.equal(hostNameOf(discover), 'SEP001122334455');
  assert.equal(vendorClassOf(discover), 'Cisco Systems, Inc. IP Phone CP-7941G');
  assert.deepEqual([...(parameterListOf(discover) ?? [])], [1, 66, 6, 3, 15, 150, 35]);
  assert.deepEqual(
    discover.options.map(({ code }) => code),
    [53, 61, 12, 60, 55, 82],
  );
});

test('golden messages are written octet for octet', () => {
  for (const golden of [goldenDiscover, goldenAck])
    assert.deepEqual(
      Buffer.from(serializeDhcp(parseDhcp(golden))).toString('hex'),
      Buffer.from(padded(golden)).toString('hex'),
    );
});

test('a golden ACK says what its octets say', () => {
  const ack = parseDhcp(goldenAck);
  assert.equal(ack.op, 'reply');
  assert.equal(ack.hops, 1);
  assert.deepEqual([ack.ciaddr, ack.yiaddr, ack.siaddr], [0xc0000264, 0xc0000264, 0xc0000202]);
  assert.equal(ack.serverName, 'boot.example');
  assert.equal(ack.bootFile, 'SEP.cnf');
  assert.equal(messageTypeOf(ack), 'ack');
  assert.equal(addressOption(ack, 54), 0xc0000201);
  assert.equal(addressOption(ack, 51), 86_400);
  assert.deepEqual(addressesOption(ack, 150), [0xc000020a, 0xc000020b]);
});

test('what is sent is 300 octets at least, and ends with zeros', () => {
  const bytes = serializeDhcp(withOptions(option(53, 1, 1)));
  assert.equal(bytes.length, 300);
  assert.equal(bytes[243], 255);
  assert.ok(bytes.subarray(244).every((byte) => byte === 0));
});

test('padding, a missing end and an empty option are read', () => {
  const { options } = parseDhcp(message('00 00 35 01 01 00 50 00 0c 01 61'));
  assert.deepEqual(
    options.map(({ code, bytes }) => [code, ...bytes]),
    [[53, 1], [80], [12, 97]],
  );
});

test('nothing after the end option counts', () => {
  assert.equal(parseDhcp(message('35 01 01 ff 0c ff')).options.length, 1);
});

test('file and sname carry options, in this order', () => {
  const file = '0c 02 6162 43 01 78 ff 00*120';
  const name = '0c 01 63 ff 00*60';
  const read = parseDhcp(message('35 01 01 34 01 03 0c 01 7a ff', file, name));
  assert.deepEqual(
    read.options.map(({ code, bytes }) => [code, Buffer.from(bytes).toString()]),
    [
      [53, '\x01'],
      [12, 'zabc'],
      [67, 'x'],
    ],
  );
  assert.deepEqual([read.bootFile, read.serverName], ['', '']);
});

test('only the fields that option 52 names carry options', () => {
  const text = '6162 00*126';
  const one = parseDhcp(message('34 01 02 ff', text, '0c 01 63 ff 00*60'));
  assert.deepEqual([one.bootFile, hostNameOf(one)], ['ab', 'c']);
  const other = parseDhcp(message('34 01 01 ff', '0c 01 63 ff 00*124', '6162 00*62'));
  assert.deepEqual([other.serverName, hostNameOf(other)], ['ab', 'c']);
});

test('pieces of an option are one, wherever they are', () => {
  const read = parseDhcp(message('2b 02 0102 35 01 01 2b 01 03 2b 00 2b 01 04 ff'));
  assert.deepEqual([...(dhcpOption(read, 43) ?? [])], [1, 2, 3, 4]);
  assert.equal(read.options.length, 2);
});

for (const [what, bytes, expected] of [
  ['nothing', octets('00*0'), /^message at offset 0: expected at least 240 octets, found 0/],
  ['no cookie', octets('01 01 06 00 00*232'), /^magic cookie at offset 236: .* found 0$/],
  [
    'BOOTP',
    octets('01 01 06 00 00*296'),
    /^magic cookie at offset 236: .* found 0x00000000: BOOTP without DHCP options/,
  ],
  ['op', octets('03 01 06 00 00*296'), /^op at offset 0: .*request.* found 3/],
  ['hlen', octets('01 01 11 00 00*296'), /^hlen at offset 2: expected at most 16, found 17/],
  [
    'a code alone',
    message('35 01 01 0c'),
    /^length of option 12 in options at offset 244: expected 1 octet, found none/,
  ],
  [
    'a length beyond the end',
    message('35 01 01 0c 05 6162'),
    /^option 12 in options at offset 245: expected 5 octets, found 2/,
  ],
  [
    'a length beyond file',
    message('34 01 01 ff', '00*125 0c 02 61'),
    /^option 12 in file at offset 235: expected 2 octets, found 1/,
  ],
  ['overload', message('34 01 04'), /^option 52 at offset 242: expected 1, 2 or 3, found 4/],
  ['long overload', message('34 02 01 01'), /^length of option 52 at offset 241: expected 1/],
] as const)
  test(`${what} is refused where it is`, () => {
    assert.throws(() => parseDhcp(bytes), { name: 'CodecError', message: expected });
  });

test('what does not fit its field is refused', () => {
  const bad: readonly Partial<DhcpMessage>[] = [
    { hops: 256 },
    { hardwareLength: 17 },
    { transactionId: -1 },
    { seconds: 65_536 },
    { flags: 1.5 },
    { yiaddr: 2 ** 32 },
    { chaddr: new Uint8Array(17) },
    { serverName: 'x'.repeat(64) },
    { bootFile: 'x'.repeat(128) },
    { bootFile: 'a\0b' },
    { serverName: '€' },
    { options: [option(0, 1)] },
    { options: [option(52, 1)] },
    { options: [option(255, 1)] },
    { options: [option(12, 600)] },
  ];
  for (const each of bad)
    assert.throws(() => serializeDhcp({ ...emptyMessage, ...each }), CodecError);
});

test('more than 255 octets are cut, also where there is room for all', () => {
  const bytes = serializeDhcp(withOptions(option(43, 300)), { maximumSize: 1500 });
  assert.deepEqual([...bytes.subarray(240, 242)], [43, 255]);
  assert.deepEqual([...bytes.subarray(497, 499)], [43, 45]);
  assert.equal(dhcpOption(parseDhcp(bytes), 43)?.length, 300);
});

test('what is too long for 576 octets goes into file and sname, whole options first', () => {
  const options = [option(53, 1, 2), option(43, 150), option(66, 100), option(67, 90)];
  const bytes = serializeDhcp(withOptions(...options));
  assert.ok(bytes.length <= 548);
  assert.deepEqual(parseDhcp(bytes).options, options);
  assert.deepEqual([...bytes.subarray(240, 243)], [52, 1, 1]);
  assert.equal(bytes[108], 67);
});

test('an option is cut only where whole ones do not fit', () => {
  const options = [option(53, 1, 2), option(43, 250), option(66, 200), option(67, 10, 1)];
  const bytes = serializeDhcp(withOptions(...options));
  assert.deepEqual([...bytes.subarray(240, 243)], [52, 1, 3]);
  assert.deepEqual(parseDhcp(bytes).options, options);
});

test('file and sname that say something stay as they are', () => {
  const full = { ...withOptions(option(53, 1, 2), option(43, 301)), bootFile: 'a' };
  const bytes = serializeDhcp({ ...full, options: [...full.options, option(66, 40, 65)] });
  const read = parseDhcp(bytes);
  assert.equal(read.bootFile, 'a');
  assert.equal(dhcpOption(read, 66)?.length, 40);
  assert.throws(
    () => serializeDhcp({ ...full, serverName: 'b' }),
    /options at offset 240: expected at most 304 octets for the receiver, found 308/,
  );
});

test('option 82 is the last one, and never in file or sname', () => {
  const short = serializeDhcp(withOptions(option(82, 4), option(53, 1, 2)));
  assert.deepEqual(
    parseDhcp(short).options.map(({ code }) => code),
    [53, 82],
  );
  const long = serializeDhcp(
    withOptions(option(82, 20), option(53, 1, 2), option(43, 250), option(12, 60)),
  );
  assert.deepEqual(
    parseDhcp(long).options.map(({ code }) => code),
    [53, 43, 82, 12],
  );
  assert.equal(long[240 + 3 + 3 + 252], 82);
});

test('a size below 576 counts as 576', () => {
  const asked = withOptions({ code: 57, bytes: Uint8Array.of(0, 100) });
  assert.equal(maximumSizeOf(asked), 576);
  assert.equal(maximumSizeOf(withOptions({ code: 57, bytes: Uint8Array.of(5, 220) })), 1500);
  assert.doesNotThrow(() => serializeDhcp(withOptions(option(43, 250)), { maximumSize: 100 }));
});

test('hardware that is not Ethernet has no MAC, and still an id', () => {
  const infiniband = { ...emptyMessage, hardwareType: 32, hardwareLength: 0 };
  assert.equal(macOf(infiniband), undefined);
  assert.equal(clientIdOf(infiniband), '20');
  const plain = { ...emptyMessage, chaddr: chaddrOf(parseMac('00:11:22:33:44:55')) };
  assert.equal(clientIdOf(plain), '01001122334455');
});

test('any message is read as it was written', () => {
  fc.assert(
    fc.property(anyMessage, (each) => {
      assert.deepEqual(parseDhcp(serializeDhcp(each, { maximumSize: 60_000 })), each);
    }),
  );
});

test('any message that fits 576 octets somehow is read as it was written', () => {
  let whole = 0;
  fc.assert(
    fc.property(anyMessage, (each) => {
      let bytes: Uint8Array;
      try {
        bytes = serializeDhcp(each);
      } catch (error) {
        assert.ok(error instanceof CodecError && error.fault.field === 'options');
        return;
      }
      whole += 1;
      assert.ok(bytes.length >= 300 && bytes.length <= 548);
      assert.deepEqual(parseDhcp(bytes), each);
    }),
    { numRuns: 500 },
  );
  assert.ok(whole > 20);
});

const u32 = fc.nat(0xffffffff);
const latin = (maxLength: number) =>
  fc.string({
    unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)),
    maxLength,
  });
const anyOptions = fc.uniqueArray(
  fc.record(
    {
      code: fc.integer({ min: 1, max: 254 }).filter((code) => code !== 52 && code !== 82),
      bytes: fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.uint8Array({ maxLength: 600 })),
    },
    { noNullPrototype: true },
  ),
  { selector: ({ code }) => code, maxLength: 12 },
);
const anyMessage: fc.Arbitrary<DhcpMessage> = fc.record(
  {
    op: fc.constantFrom('request' as const, 'reply' as const),
    hardwareType: fc.nat(255),
    hardwareLength: fc.nat(16),
    hops: fc.nat(255),
    transactionId: u32,
    seconds: fc.nat(65_535),
    flags: fc.nat(65_535),
    ciaddr: u32,
    yiaddr: u32,
    siaddr: u32,
    giaddr: u32,
    chaddr: fc.uint8Array({ minLength: 16, maxLength: 16 }),
    serverName: fc.oneof(fc.constant(''), latin(63)),
    bootFile: fc.oneof(fc.constant(''), latin(127)),
    options: anyOptions,
  },
  { noNullPrototype: true },
);

function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.max(300, bytes.lastIndexOf(255) + 1));
  whole.set(bytes.subarray(0, bytes.lastIndexOf(255) + 1));
  return whole;
}
