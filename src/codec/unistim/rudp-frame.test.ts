import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { parseRudp, type RudpFrame, serializeRudp } from './rudp-frame.ts';
import { frame } from './testing/arbitraries.ts';
import { fuzzRudp } from './testing/rudp-fuzz.ts';
import { commandRows, serializeCommand, type UnistimCommand } from './unistim-command.ts';

const bytesOf = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

const phone = (sequence: number, terminalId: number, ...commands: UnistimCommand[]): RudpFrame => ({
  ...{ type: 'payload', sequence },
  payload: { kind: 'phone', terminalId, commands },
});
const server = (sequence: number, ...commands: UnistimCommand[]): RudpFrame => ({
  ...{ type: 'payload', sequence },
  payload: { kind: 'server', commands },
});
const id = new Uint8Array([0x00, 0x18]);
const mac = '001122334455' as never;

// The dialogue of a registration as Asterisk's channel driver has it, and the commands of an upgrade.
const golden: readonly (readonly [hex: string, frame: RudpFrame])[] = [
  ['ffffffff 0202 ffffffff 9e0308', phone(0xffffffff, 0xffffffff, { kind: 'resume-connection' })],
  ['00000000 0001', { type: 'nak', sequence: 0, payloadType: 1 }],
  ['00000000 0101', { type: 'ack', sequence: 0, payloadType: 1 }],
  ['00000001 0201 1a040108', server(1, { kind: 'query-basic-manager', query: 8 })],
  ['00000001 0102 ffffffff', { type: 'ack', sequence: 1, payloadType: 2, terminalId: 0xffffffff }],
  [
    '00000001 0202 ffffffff 9a0d07 0018 001122334455 6600',
    phone(1, 0xffffffff, {
      ...{ kind: 'hardware-id', before: id, mac },
      after: new Uint8Array([0x66, 0x00]),
    }),
  ],
  ['00000002 0201 1a070700000013', server(2, { kind: 'assign-terminal-id', terminalId: 0x13 })],
  [
    '00000005 0201 1109020a01020304 32 17042407 19040700 1905093e0f 1605008000 1e05120078',
    server(
      5,
      { kind: 'time-and-date', year: 10, month: 1, day: 2, hour: 3, minute: 4, second: 50 },
      { kind: 'contrast', level: 7 },
      { kind: 'key-manager-options', options: 0 },
      { kind: 'key-repeat-timers', first: 0x3e, second: 0x0f },
      { kind: 'query-audio-manager', data: new Uint8Array([0x80, 0x00]) },
      { kind: 'reset-watchdog', seconds: 120 },
    ),
  ],
  [
    '00000002 0202 00000013 9a0a02 30363034443938',
    phone(2, 0x13, { kind: 'firmware-version', version: '0604D98' }),
  ],
  ['00000003 0202 00000013 9a040302', phone(3, 0x13, { kind: 'it-type', type: 2 })],
  ['00000004 0202 00000013 99040054', phone(4, 0x13, { kind: 'key-event', key: 0x54 })],
  [
    '00000006 0201 1e0d0b 00 13c4 07 0a 01 c0a8010a',
    server(6, {
      ...{ kind: 'download-server-information', server: 0, port: 5060, action: 7, retry: 10 },
      ...{ failover: 1, address: '192.168.1.10' },
    }),
  ],
  [
    '00000007 0201 1e170e 43 00 6100 43543132443937 00 13f1 0000 c0a8010a',
    server(7, {
      ...{ kind: 'download-software-upgrade', flags: 0x43, unknown: 0, path: 'a' },
      ...{ identifier: 'CT12D97', serverPort: 5105, localPort: 0, fileServer: '192.168.1.10' },
    }),
  ],
  [
    '00000001 0203 81 0200 04 4300',
    {
      ...{ type: 'payload', sequence: 1 },
      payload: {
        kind: 'uftp',
        message: { kind: 'connection-details', blockSize: 512, blockLimit: 4, path: 'C' },
      },
    },
  ],
  [
    '00000002 0203 02 0102',
    {
      ...{ type: 'payload', sequence: 2 },
      payload: { kind: 'uftp', message: { kind: 'file-data', block: Uint8Array.of(1, 2) } },
    },
  ],
];

test('known datagrams, both ways', () => {
  for (const [hex, expected] of golden) {
    assert.deepEqual(plain(parseRudp(bytesOf(hex))), plain(expected), hex);
    assert.equal(hexOf(serializeRudp(expected)), hex.replaceAll(' ', ''));
  }
});

test('every frame comes back', () => {
  fc.assert(
    fc.property(frame, (sent) => {
      assert.deepEqual(plain(parseRudp(serializeRudp(sent))), plain(sent));
    }),
    { numRuns: 2000 },
  );
});

test('100,000 random datagrams: a frame that is written as it was read, or a CodecError', () => {
  const { read, refused } = fuzzRudp(100_000, 7);
  assert.equal(read + refused, 100_000);
  assert(read > 10_000 && refused > 10_000);
});

test('every row has a name and a number of its own', () => {
  const kinds = commandRows.map(({ kind }) => kind);
  const codes = commandRows.map(({ address, command }) => (address << 8) | command);
  assert.equal(new Set(kinds).size, commandRows.length);
  assert.equal(new Set(codes).size, commandRows.length);
});

test('commands without a name and short ones are kept', () => {
  const [unknown, short, known] = read('1a040f99 9a0303 1e0302');
  assert.deepEqual(plain(unknown), { kind: 'unknown', address: 0x1a, command: 0x0f, data: '99' });
  assert.deepEqual(plain(short), { kind: 'unknown', address: 0x9a, command: 3, data: '' });
  assert.equal(known?.kind, 'soft-reset');
  assert.deepEqual(plain(read('1e0502ffff')[0]), { kind: 'soft-reset', trailing: 'ffff' });
});

test('expansion modules have one row for six', () => {
  assert.deepEqual(plain(read('0b0659024142')[0]), {
    ...{ kind: 'expansion-icon-update', module: 3, data: '024142' },
  });
  assert.deepEqual(plain(read('8e0459ff')[0]), { kind: 'expansion-key', module: 6, data: 'ff' });
});

test('what cannot be written is refused with its place', () => {
  const path = 'x'.repeat(250);
  const long: UnistimCommand = {
    ...{ kind: 'download-software-upgrade', flags: 3, unknown: 0, path, identifier: '' },
    ...{ serverPort: 1, localPort: 1, fileServer: '192.0.2.1' },
  };
  assert.throws(() => serializeCommand(long), CodecError);
  const noAddress = { ...long, path: '', fileServer: 'ipcm' };
  assert.throws(() => serializeCommand(noAddress), /fileServer .* expected an IPv4 address/);
  assert.throws(() => serializeCommand({ kind: 'it-type', type: 256 }), /type/);
});

function read(hex: string) {
  const found = parseRudp(bytesOf(`00000001 0201 ${hex}`));
  assert(found.type === 'payload' && found.payload.kind === 'server');
  return found.payload.commands;
}

/** Bytes as hexadecimal, so that views and arrays compare. */
function plain(value: unknown): unknown {
  const show = (_: string, each: unknown) => (each instanceof Uint8Array ? hexOf(each) : each);
  return JSON.parse(JSON.stringify(value, (key, each) => show(key, bufferOf(each))));
}

/** Buffers turn themselves into JSON before a replacer sees them. */
function bufferOf(value: unknown): unknown {
  const isBuffer =
    typeof value === 'object' && value !== null && 'type' in value && value.type === 'Buffer';
  return isBuffer ? Uint8Array.from((value as unknown as { data: number[] }).data) : value;
}
