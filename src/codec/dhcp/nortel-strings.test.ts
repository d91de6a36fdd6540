import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { parseNortelServers, serializeNortelServers } from './nortel-servers.ts';
import { parseNortelVlans, serializeNortelVlans } from './nortel-vlans.ts';

test('two servers and an XAS are read and written', () => {
  const text = 'Nortel-i2004-A,10.10.33.2:4100,1,10;10.80.18.2:4100,1,10;10.80.0.16:44443,1,3.';
  const servers = parseNortelServers(text);
  assert.deepEqual(servers, {
    prefix: 'Nortel-i2004-A',
    servers: [
      { address: '10.10.33.2', port: 4100, action: 1, retries: 10 },
      { address: '10.80.18.2', port: 4100, action: 1, retries: 10 },
      { address: '10.80.0.16', port: 44_443, action: 1, retries: 3 },
    ],
    nul: false,
  });
  assert.equal(serializeNortelServers(servers), text);
});

test('zeros in front are not octal, an XAS may be text, a NUL may end it', () => {
  const read = parseNortelServers(
    'Nortel-i2004-A,010.001.002.003:04100,001,010;10.0.0.2:4100,1,5;10.0.0.3:5000.\0',
  );
  assert.deepEqual(read.servers[0], { address: '10.1.2.3', port: 4100, action: 1, retries: 10 });
  assert.deepEqual(read.servers[2], { address: '10.0.0.3', port: 5000 });
  assert.equal(read.nul, true);
  assert.deepEqual(parseNortelServers(serializeNortelServers(read)), read);
});

for (const [text, offset, claimed] of [
  ['', 0, 'a class such as Nortel-i2004-A'],
  ['Nortel-i2004-A;', 14, '","'],
  [
    'Nortel-i2004-A,10.0.0.256:1,1,1.',
    22,
    'a part of an address from 0 to 255 in at most 3 digits',
  ],
  ['Nortel-i2004-A,0.0.0.0:1,1,1.', 15, 'an address'],
  ['Nortel-i2004-A,10.0.0.1,1,1.', 23, '":"'],
  ['Nortel-i2004-A,10.0.0.1:65536,1,1.', 24, 'a port from 0 to 65535 in at most 5 digits'],
  ['Nortel-i2004-A,10.0.0.1:4100.', 28, '","'],
  ['Nortel-i2004-A,10.0.0.1:4100,256,1.', 29, 'an action from 0 to 255 in at most 3 digits'],
  [
    'Nortel-i2004-A,10.0.0.1:4100,1,0001.',
    31,
    'a number of retries from 0 to 255 in at most 3 digits',
  ],
  ['Nortel-i2004-A,10.0.0.1:4100,1,10', 33, '"."'],
  ['Nortel-i2004-A,10.0.0.1:4100,1,10. ', 34, 'its end'],
] as const)
  test(`"${text}" is refused at ${offset}`, () => {
    assert.throws(() => parseNortelServers(text), {
      name: 'CodecError',
      fault: {
        field: 'Nortel server string',
        offset,
        claimed,
        actual:
          text.slice(offset) === '' ? 'the end' : JSON.stringify(text.slice(offset, offset + 20)),
      },
    });
  });

test('a fourth server is refused', () => {
  const one = '10.0.0.1:4100,1,5';
  assert.throws(
    () => parseNortelServers(`Nortel-i2004-A,${one};${one};${one};${one}.`),
    /at offset 69: expected at most 3 servers/,
  );
});

test('VLANs are read and written', () => {
  for (const text of ['VLAN-A:100+200+4095.', 'VLAN-A:0,1.', 'VLAN-A:7.\0', 'VLAN-A:NONE.'])
    assert.equal(serializeNortelVlans(parseNortelVlans(text)), text);
  assert.deepEqual(parseNortelVlans('VLAN-A:0100+5.').ids, [100, 5]);
  assert.deepEqual(parseNortelVlans('VLAN-A:1+2,3.').ids, [1, 2, 3]);
  assert.throws(() => parseNortelVlans('VLAN-A:4096.'), /offset 7: expected a VLAN from 0 to 4095/);
  assert.throws(() => parseNortelVlans('VLAN-A:1'), /offset 8: expected "\.", found the end/);
  assert.throws(() => parseNortelVlans('VLAN-B:1.'), /offset 0: expected VLAN-A:/);
  assert.throws(() => parseNortelVlans('VLAN-A:1+2+3+4+5+6+7+8+9+10+11.'), /at most 10 VLANs/);
});

const server = fc.record(
  {
    address: fc.ipV4().filter((address) => address !== '0.0.0.0'),
    port: fc.nat(65_535),
    action: fc.nat(255),
    retries: fc.nat(255),
  },
  { noNullPrototype: true },
);

test('whatever is written is read as the same', () => {
  fc.assert(
    fc.property(fc.array(server, { minLength: 1, maxLength: 3 }), fc.boolean(), (servers, nul) => {
      const value = { prefix: 'Nortel-i2004-A', servers, nul };
      assert.deepEqual(parseNortelServers(serializeNortelServers(value)), value);
    }),
  );
  const ids = fc.array(fc.nat(4095), { maxLength: 10 });
  fc.assert(
    fc.property(ids, fc.boolean(), (list, nul) => {
      const value = { ids: list, separator: '+' as const, nul };
      assert.deepEqual(parseNortelVlans(serializeNortelVlans(value)), value);
    }),
  );
});

const characters = ['0', '1', '2', '9', '.', ',', ';', ':', '+', 'N', 'O', 'E', '\0'];

test('any text gives a value or a CodecError', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom(...characters) }).map((end) => `Nortel-i2004-A,${end}`),
    fc.string({ unit: fc.constantFrom(...characters) }).map((end) => `VLAN-A:${end}`),
  );
  fc.assert(
    fc.property(text, (each) => {
      for (const parse of [parseNortelServers, parseNortelVlans])
        try {
          parse(each);
        } catch (error) {
          assert.ok(error instanceof CodecError);
        }
    }),
    { numRuns: 5000 },
  );
});
