import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { DhcpMessage, DhcpOption } from '../src/codec/dhcp/dhcp-message.ts';
import { encodeOption } from '../src/codec/dhcp/dhcp-options.ts';
import { emptyMessage } from '../src/codec/dhcp/empty-message.ts';
import { messageTypes } from '../src/codec/dhcp/nested-kinds.ts';
import { parseDhcp } from '../src/codec/dhcp/parse-dhcp.ts';
import { serializeDhcp } from '../src/codec/dhcp/serialize-dhcp.ts';
import { buildUdpPcap, type BuiltDatagram } from '../src/codec/pcap/testing/build-capture.ts';
import { optionSamples } from './dhcp-option-samples.ts';
import type { OptionSample } from './dhcp-option-samples.ts';
import { requirePeer } from './peers.ts';

const replies = ['offer', 'ack', 'nak'];
const typeOption = (number: number): DhcpOption => ({ code: 53, bytes: Uint8Array.of(number) });
const optionOf = ({ code, text }: OptionSample) => ({ code, bytes: encodeOption(code, text) });

function messageOf(number: number, options: readonly DhcpOption[]): DhcpMessage {
  const chaddr = new Uint8Array(16);
  chaddr.set([0, 0x11, 0x22, 0x33, 0x44, number]);
  return {
    ...emptyMessage,
    op: replies.includes(messageTypes[number - 1] ?? '') ? 'reply' : 'request',
    transactionId: 0x1000 + number,
    seconds: number,
    flags: number % 2 === 0 ? 0x8000 : 0,
    ciaddr: 0xc0000264,
    yiaddr: 0xc0000265,
    siaddr: 0xc0000201,
    giaddr: 0xc0000202,
    chaddr,
    serverName: 'boot.example',
    bootFile: 'SEP.cnf',
    options: [typeOption(number), ...options],
  };
}

const server = ['192.0.2.1', 67] as const;
const client = ['192.0.2.100', 68] as const;

/** From the client, or from the server where `op` is 2. */
function datagramOf(payload: Uint8Array): BuiltDatagram {
  const isReply = payload[0] === 2;
  return { payload, from: isReply ? server : client, to: isReply ? client : server };
}

/** Runs tshark over a capture of these messages. */
function tshark(program: string, messages: readonly Uint8Array[], args: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'hookflash-dhcp-'));
  try {
    const capture = join(folder, 'dhcp.pcap');
    writeFileSync(capture, buildUdpPcap(messages.map(datagramOf)));
    const stdio = ['ignore', 'pipe', 'pipe'] as const;
    return execFileSync(program, ['-n', '-r', capture, ...args], {
      encoding: 'utf8',
      stdio: [...stdio],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One row of values, each a list, for every message. */
function fieldsOf(program: string, messages: readonly Uint8Array[], fields: readonly string[]) {
  const columns = fields.flatMap((field) => ['-e', field]);
  const format = ['-T', 'fields', '-E', 'separator=/t', '-E', 'aggregator=|'];
  return tshark(program, messages, [...format, ...columns])
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.split('\t').map((cell) => (cell === '' ? [] : cell.split('|'))));
}

/** What tshark takes for malformed or odd, of notes upwards. */
function oddities(program: string, messages: readonly Uint8Array[]): string {
  const filter = '_ws.malformed || _ws.expert';
  return tshark(program, messages, [
    '-Y',
    filter,
    '-T',
    'fields',
    '-e',
    'frame.number',
    '-e',
    '_ws.expert.message',
  ]);
}

/** All options, a few in each message, in messages of every type. */
function everything(): readonly (readonly OptionSample[])[] {
  const samples = optionSamples();
  const perMessage = 10;
  const groups = Array.from({ length: Math.ceil(samples.length / perMessage) }, (_, index) =>
    samples.slice(index * perMessage, (index + 1) * perMessage),
  );
  return groups;
}

test('tshark finds nothing odd in messages of every type with every option', (t) => {
  const program = requirePeer(t, 'tshark');
  if (program === undefined) return;
  const groups = everything();
  const messages = groups.flatMap((samples) =>
    messageTypes.map((_, index) => serializeDhcp(messageOf(index + 1, samples.map(optionOf)))),
  );
  assert.equal(messages.length, 8 * groups.length);
  assert.equal(oddities(program, messages), '');
});

test('tshark says of every option what was written', (t) => {
  const program = requirePeer(t, 'tshark');
  if (program === undefined) return;
  const groups = everything();
  const messages = groups.map((samples) => serializeDhcp(messageOf(2, samples.map(optionOf))));
  const samples = groups.flat();
  const fields = [...new Set(samples.flatMap(({ field }) => field ?? []))].sort();
  const generic = ['type', 'length', 'value'];
  const rows = fieldsOf(
    program,
    messages,
    [...generic, ...fields].map((name) => `dhcp.option.${name}`),
  );
  let compared = 0;
  for (const [index, group] of groups.entries()) {
    const [types, lengths, ...cells] = rows[index] ?? [];
    const written = parseDhcp(messages[index] ?? new Uint8Array()).options;
    const last = written.filter(({ code }) => code === 82);
    const inOrder = [...written.filter(({ code }) => code !== 82), ...last];
    assert.deepEqual(
      types?.slice(0, inOrder.length),
      inOrder.map(({ code }) => `${code}`),
    );
    assert.deepEqual(
      lengths,
      inOrder.map(({ bytes }) => `${bytes.length}`),
    );
    for (const { code, field, shows } of group) {
      if (field === undefined || shows === undefined) continue;
      const cell = cells[1 + fields.indexOf(field)];
      assert.deepEqual(cell, shows, `option ${code}`);
      compared += 1;
    }
  }
  assert.ok(compared > 85, `${compared}`);
});

test('tshark reads the fixed fields as they were written', (t) => {
  const program = requirePeer(t, 'tshark');
  if (program === undefined) return;
  const messages = messageTypes.map((_, index) => messageOf(index + 1, []));
  const rows = fieldsOf(
    program,
    messages.map((message) => serializeDhcp(message)),
    [
      'type',
      'id',
      'secs',
      'flags',
      'ip.client',
      'ip.your',
      'ip.server',
      'ip.relay',
      'hw.mac_addr',
      'server',
      'file',
      'option.dhcp',
    ].map((name) => `dhcp.${name}`),
  );
  assert.deepEqual(
    rows.map((row) => row.map(([cell]) => cell)),
    messages.map((message, index) => [
      message.op === 'request' ? '1' : '2',
      `0x0000100${index + 1}`,
      `${index + 1}`,
      index % 2 === 1 ? '0x8000' : '0x0000',
      '192.0.2.100',
      '192.0.2.101',
      '192.0.2.1',
      '192.0.2.2',
      `00:11:22:33:44:0${index + 1}`,
      'boot.example',
      'SEP.cnf',
      `${index + 1}`,
    ]),
  );
});

test('tshark finds options in file and sname', (t) => {
  const program = requirePeer(t, 'tshark');
  if (program === undefined) return;
  const long = (code: number, length: number) => ({
    code,
    bytes: Buffer.from('x'.repeat(length)),
  });
  const message = {
    ...messageOf(2, [long(43, 200), long(15, 90), long(66, 100), long(67, 40)]),
    serverName: '',
    bootFile: '',
  };
  const bytes = serializeDhcp(message);
  const notes = 'Server name option overloaded by DHCP,Boot file name option overloaded by DHCP';
  assert.equal(oddities(program, [bytes]), `1\t${notes}\n`);
  const [row] = fieldsOf(
    program,
    [bytes],
    [
      'dhcp.option.option_overload',
      'dhcp.option.tftp_server_name',
      'dhcp.option.bootfile_name',
      'dhcp.option.domain_name',
    ],
  );
  assert.deepEqual(row, [['3'], ['x'.repeat(100)], ['x'.repeat(40)], ['x'.repeat(90)]]);
});
