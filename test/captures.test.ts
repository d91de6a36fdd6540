import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { captureReader } from '../src/codec/pcap/capture-reader.ts';
import type { CapturedFrame } from '../src/codec/pcap/captured-frame.ts';
import { readObservations } from '../src/core/explain/read-observations.ts';
import { stage } from '../src/core/explain/testing/staged-capture.ts';
import type { DhcpFacts, Observation } from '../src/model/observation.ts';
import { readMutations } from './capture-mutations.ts';
import { captureOfPrograms } from './capture-programs.ts';
import { temporaryFolder } from './hookflash-process.ts';
import { requirePeer } from './peers.ts';

/** Captures of real programs, read by tshark and by us. */

const options = { now: Date.UTC(2024, 0, 1), zone: 0 };

function tshark(program: string, file: string, args: readonly string[]): readonly string[][] {
  const base = ['-n', '-r', file, '-T', 'fields', '-E', 'separator=/t', '-E', 'aggregator=|'];
  const output = execFileSync(program, [...base, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1 << 28,
  });
  const lines = output.split('\n').slice(0, -1);
  return lines.map((line) => line.split('\t'));
}

const fields = (...names: readonly string[]): readonly string[] =>
  names.flatMap((name) => ['-e', name]);

function framesOf(bytes: Uint8Array): readonly CapturedFrame[] {
  const reader = captureReader(bytes);
  return reader.push(bytes);
}

async function observationsOf(file: string): Promise<readonly Observation[]> {
  const { observations, notes } = await readObservations(file, readFileSync(file), options);
  assert.deepEqual(notes, []);
  return observations;
}

/** Number, time in nanoseconds and lengths of each packet. */
function compareFrames(program: string, file: string): void {
  const theirs = tshark(
    program,
    file,
    fields('frame.number', 'frame.time_epoch', 'frame.cap_len', 'frame.len'),
  );
  const ours = framesOf(readFileSync(file));
  assert.equal(ours.length, theirs.length);
  for (const [index, { number, at = 0, bytes, originalLength }] of ours.entries()) {
    const [frame, time, captured, length] = theirs[index] ?? [];
    assert.deepEqual(
      [`${number}`, `${bytes.length}`, `${originalLength}`],
      [frame, captured, length],
    );
    assert.ok(Math.abs(at / 1000 - Number(time)) < 0.000_001, `${at} and ${time}`);
  }
}

const list = (values: readonly (string | number)[] = []): string => values.join('|');

function dhcpRow(facts: DhcpFacts, line = 0): readonly string[] {
  const types = ['discover', 'offer', 'request', 'decline', 'ack', 'nak', 'release', 'inform'];
  return [
    `${line}`,
    `${types.indexOf(facts.message) + 1}`,
    list(facts.options),
    list(facts.asksFor),
    facts.vendorClass ?? '',
    facts.hostName ?? '',
    list(facts.tftpServers),
    facts.tftpServerName ?? '',
    list(facts.routers),
    list(facts.ntpServers),
    facts.leaseSeconds === undefined ? '' : `${facts.leaseSeconds}`,
  ];
}

const dhcpFields = fields(
  'frame.number',
  'dhcp.option.dhcp',
  'dhcp.option.type',
  'dhcp.option.request_list_item',
  'dhcp.option.vendor_class_id',
  'dhcp.option.hostname',
  'dhcp.option.tftp_server_address',
  'dhcp.option.tftp_server_name',
  'dhcp.option.router',
  'dhcp.option.ntp_server',
  'dhcp.option.ip_address_lease_time',
);

function compareDhcp(program: string, file: string, seen: readonly Observation[]): number {
  // Padding and end are options to tshark alone.
  const withoutEnd = (codes: string): string =>
    list(codes.split('|').filter((code) => code !== '0' && code !== '255'));
  const rows = tshark(program, file, ['-Y', 'dhcp', ...dhcpFields]);
  const theirs = rows.map((row) => row.map((cell, at) => (at === 2 ? withoutEnd(cell) : cell)));
  const ours = seen.flatMap(({ happening, evidence }) =>
    happening.kind === 'dhcp' ? [dhcpRow(happening.dhcp, evidence.line)] : [],
  );
  assert.deepEqual(ours, theirs);
  return ours.length;
}

function compareTftp(program: string, file: string, seen: readonly Observation[]): number {
  const paths = tshark(program, file, [
    '-Y',
    'tftp.opcode == 1',
    ...fields('frame.number', 'ip.src', 'udp.srcport', 'tftp.source_file'),
  ]);
  const asked = seen.flatMap(({ happening, address = '', evidence }) =>
    happening.kind === 'file-asked'
      ? [[`${evidence.line}`, address, `${happening.port}`, happening.path]]
      : [],
  );
  assert.deepEqual(asked, paths);
  const errors = tshark(program, file, [
    '-Y',
    'tftp.opcode == 5',
    ...fields('frame.number', 'tftp.error.code', 'tftp.error.message'),
  ]);
  const refused = seen.flatMap(({ happening, evidence }) =>
    happening.kind === 'file-ended' && happening.end.kind === 'error'
      ? [[`${evidence.line}`, `${happening.end.code}`, happening.end.text]]
      : [],
  );
  assert.deepEqual(refused, errors);
  return asked.length;
}

function converted(t: TestContext, file: string, format: string): string | undefined {
  const editcap = requirePeer(t, 'editcap');
  if (editcap === undefined) return undefined;
  const to = `${file}.${format}`;
  execFileSync(editcap, ['-F', format, file, to]);
  return to;
}

test('a phone that boots from dnsmasq: the same packets and fields as tshark', async (t) => {
  const program = requirePeer(t, 'tshark');
  if (program === undefined) return;
  const made = await captureOfPrograms(t);
  if (made === undefined) return;
  const { file, bytes } = made;
  compareFrames(program, file);
  const seen = await observationsOf(file);
  assert.ok(compareDhcp(program, file, seen) >= 4);
  assert.equal(compareTftp(program, file, seen), 3);
  const sent = seen.flatMap(({ happening }) =>
    happening.kind === 'file-ended' && happening.end.kind === 'sent' ? [happening.end.bytes] : [],
  );
  assert.deepEqual(sent, [bytes, bytes]);
  for (const { mac, happening } of seen)
    if (happening.kind !== 'address-conflict')
      assert.equal(mac, made.mac, JSON.stringify(happening));
  for (const format of ['pcapng', 'nsecpcap']) {
    const other = converted(t, file, format);
    if (other === undefined) return;
    compareFrames(program, other);
    const again = await observationsOf(other);
    assert.deepEqual(
      again.map((each) => ({ ...each, evidence: { ...each.evidence, source: file } })),
      seen,
    );
  }
});

test('UNIStim, SIP and HTTP as tshark reads them', async (t) => {
  const program = requirePeer(t, 'tshark');
  if (program === undefined) return;
  const on = stage();
  const unistim = (hex: string, from?: 'from-server'): void =>
    on.udp(5000, 5000, Buffer.from(hex, 'hex'), from);
  unistim('ffffffff0202ffffffff9e0308');
  unistim('000000010202ffffffff9a0d070018000ae40102036600');
  unistim('000000020202000000139a0a0230363034443938');
  unistim('0000000502011e130e42004130004230001410' + '0000' + 'c0000201', 'from-server');
  on.udp(
    5060,
    5060,
    Buffer.from(
      'REGISTER sip:192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.130\r\nFrom: <sip:100@192.0.2.1>;tag=1\r\nTo: <sip:100@192.0.2.1>\r\nCall-ID: 1\r\nCSeq: 1 REGISTER\r\nContent-Length: 0\r\n\r\n',
    ),
  );
  on.tcp({
    fromPort: 51_000,
    toPort: 6970,
    sequence: 1,
    text: 'GET /SEP0010DBAA0001.cnf.xml HTTP/1.1\r\nHost: x\r\n\r\n',
  });
  const file = join(await temporaryFolder(t), 'staged.pcap');
  writeFileSync(file, on.pcap());
  const as = ['-d', 'udp.port==5000,unistim', '-d', 'tcp.port==6970,http'];
  const [, , firmware, order, sip, http] = tshark(program, file, [
    ...as,
    ...fields(
      'unistim.basic.fw.ver',
      'unistim.net.full_pathname',
      'sip.to.user',
      'http.request.uri',
      '_ws.malformed',
    ),
  ]);
  assert.deepEqual(
    [firmware?.[0], order?.[1], sip?.[2], http?.[3]],
    ['0604D98', 'A0', '100', '/SEP0010DBAA0001.cnf.xml'],
  );
  const seen = (await observationsOf(file)).map(({ happening }) => happening);
  assert.deepEqual(
    seen.map((each) =>
      'text' in each ? each.text : 'path' in each ? each.path : 'user' in each ? each.user : '',
    ),
    [
      'hello',
      'hardware id 0018000AE40102036600',
      'firmware 0604D98',
      'download of A0 (B0) from 192.0.2.1:5136 by UFTP',
      '100',
      '/SEP0010DBAA0001.cnf.xml',
    ],
  );
});

test('damaged captures are read, or refused with a CodecError', async () => {
  const { refused } = await readMutations(10_000, 7);
  assert.ok(refused > 0 && refused < 10_000);
});
