import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildUdpPcap } from '../src/codec/pcap/testing/build-capture.ts';
import { encodePacket, opcodes } from '../src/codec/tftp/packet.ts';
import type { TftpPacket } from '../src/codec/tftp/packet.ts';
import { requirePeer } from './peers.ts';
import { tsharkFields } from './tshark-fields.ts';

/** What tshark is asked for, by its own names. */
const fields = {
  opcode: 'tftp.opcode',
  readPath: 'tftp.source_file',
  writePath: 'tftp.destination_file',
  mode: 'tftp.type',
  names: 'tftp.option.name',
  values: 'tftp.option.value',
  block: 'tftp.block',
  data: 'data.data',
  code: 'tftp.error.code',
  message: 'tftp.error.message',
} as const;

type Row = Record<keyof typeof fields, string>;

/** The same in tshark's words. */
function expectedRow(packet: TftpPacket): Row {
  const empty = Object.fromEntries(Object.keys(fields).map((name) => [name, ''])) as Row;
  const row = { ...empty, opcode: `${opcodes[packet.kind]}` };
  const options = 'options' in packet ? packet.options : [];
  row.names = options.map(({ name }) => name).join('|');
  row.values = options.map(({ value }) => value).join('|');
  switch (packet.kind) {
    case 'rrq':
      return { ...row, readPath: packet.path, mode: packet.mode };
    case 'wrq':
      return { ...row, writePath: packet.path, mode: packet.mode };
    case 'data':
      return { ...row, block: `${packet.block}`, data: Buffer.from(packet.data).toString('hex') };
    case 'ack':
      return { ...row, block: `${packet.block}` };
    case 'error':
      return { ...row, code: `${packet.code}`, message: packet.message };
    case 'oack':
      return row;
  }
}

/** To TFTP's port. */
function captureOf(datagrams: readonly Uint8Array[]): Uint8Array {
  const sent = datagrams.map((payload, index) => ({
    // A source port of its own each, so that no packet is taken for a part of another's transfer.
    from: ['192.0.2.1', 10_000 + index] as const,
    to: ['192.0.2.2', 69] as const,
    payload,
  }));
  return buildUdpPcap(sent);
}

function decodeWithTshark(program: string, datagrams: readonly Uint8Array[]): Row[] {
  const flags = ['-E', 'aggregator=|'];
  const rows = tsharkFields(program, captureOf(datagrams), Object.values(fields), flags);
  return rows.map(
    (cells) =>
      Object.fromEntries(Object.keys(fields).map((name, at) => [name, cells[at] ?? ''])) as Row,
  );
}

/** Text that tshark prints as it is. */
const word = fc.stringMatching(/^[A-Za-z0-9._/-]{1,20}$/);
const block = fc.nat(65535);
const options = fc.array(fc.record({ name: word, value: word }), { maxLength: 5 });
const packets: fc.Arbitrary<TftpPacket> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('rrq', 'wrq'),
    path: word,
    mode: fc.constantFrom('octet', 'netascii'),
    options,
  }),
  fc.record({
    kind: fc.constant('data'),
    block,
    data: fc.uint8Array({ minLength: 1, maxLength: 40 }),
  }),
  fc.record({ kind: fc.constant('ack'), block }),
  fc.record({ kind: fc.constant('error'), code: fc.nat(8), message: word }),
  fc.record({
    kind: fc.constant('oack'),
    options: fc.array(fc.record({ name: word, value: word }), { minLength: 1 }),
  }),
);

test('tshark reads what we write', (t) => {
  const program = requirePeer(t, 'tshark');
  if (!program) return;
  const many = fc.array(packets, { minLength: 200, maxLength: 200 });
  fc.assert(
    fc.property(many, (list) => {
      assert.deepEqual(decodeWithTshark(program, list.map(encodePacket)), list.map(expectedRow));
    }),
    { numRuns: 3, endOnFailure: true },
  );
});

test('tshark reads the golden packets as we do', (t) => {
  const program = requirePeer(t, 'tshark');
  if (!program) return;
  const folder = new URL('../src/codec/tftp/testdata/', import.meta.url);
  const names = readdirSync(folder).filter((name) => !/^(malformed|lenient)-|unknown/.test(name));
  const golden = names.map((name) => {
    const [, hex = '', json = ''] = readFileSync(new URL(name, folder), 'utf8').split('\n\n');
    const bytes = Buffer.from(hex.replace(/\|.*/g, '').replace(/\s/g, ''), 'hex');
    const value = JSON.parse(json) as TftpPacket & { data?: unknown };
    const data = Buffer.from(typeof value.data === 'string' ? value.data : '', 'hex');
    return { bytes, packet: value.kind === 'data' ? { ...value, data } : value };
  });
  assert.deepEqual(
    decodeWithTshark(
      program,
      golden.map(({ bytes }) => bytes),
    ),
    golden.map(({ packet }) => expectedRow(packet)),
  );
});
