import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildUdpPcap } from '../src/codec/pcap/testing/build-capture.ts';
import { unixMsOf, type NtpTimestamp } from '../src/codec/sntp/ntp-timestamp.ts';
import { encodeSntp, ntpModes, type SntpPacket } from '../src/codec/sntp/sntp-packet.ts';
import { packet } from '../src/codec/sntp/testing/arbitraries.ts';
import { broadcastPacket, kissPacket, replyPacket } from '../src/servers/sntp/answer.ts';
import { clockFields } from '../src/servers/sntp/host-clock.ts';
import { requestOf } from '../src/servers/sntp/testing/client.ts';
import { requirePeer } from './peers.ts';
import { tsharkFields } from './tshark-fields.ts';

/** What tshark is asked for, by its own names. */
const fields = [
  'ntp.flags.li',
  'ntp.flags.vn',
  'ntp.flags.mode',
  'ntp.stratum',
  'ntp.ppoll',
  'ntp.precision',
  'ntp.rootdelay',
  'ntp.rootdispersion',
  'ntp.org',
  'ntp.rec',
  'ntp.xmt',
  '_ws.expert.message',
] as const;

/** From port 123. */
function captureOf(datagrams: readonly Uint8Array[]): Uint8Array {
  const sent = datagrams.map((payload, index) => ({
    from: ['192.0.2.1', 123] as const,
    to: ['192.0.2.2', 10_000 + index] as const,
    payload,
  }));
  return buildUdpPcap(sent);
}

function decodeWithTshark(program: string, packets: readonly SntpPacket[]) {
  return tsharkFields(program, captureOf(packets.map(encodeSntp)), fields, ['-t', 'ud']);
}

/** Era 1 is the one near now from 2^31 down, as tshark takes it: RFC 4330 section 3. */
function assertSameMoment(shown: string, timestamp: NtpTimestamp): void {
  // The first second of an era is none to tshark.
  if (timestamp.seconds === 0) return;
  const near = timestamp.seconds >= 2 ** 31 ? 0 : Date.parse('2060-01-01');
  const [, whole = '', part = '0'] = /^(.*?)(\.\d+)? UTC$/.exec(shown) ?? [];
  const ms = Date.parse(`${whole} UTC`) + Number(`0${part}`) * 1000;
  assert(Math.abs(ms - unixMsOf(timestamp, near)) < 0.01, `${shown}: ${timestamp.seconds}`);
}

function assertSame(row: readonly string[], sent: SntpPacket): void {
  const [leap, version, mode, stratum, poll, precision, delay, dispersion] = row.map(Number);
  assert.deepEqual(
    [leap, version, mode, stratum, poll, precision],
    // Signed numbers are shown as bytes.
    [
      sent.leap,
      sent.version,
      ntpModes.indexOf(sent.mode),
      sent.stratum,
      sent.poll & 0xff,
      sent.precision & 0xff,
    ],
  );
  // Shown in units of 2^-16 s.
  assert.deepEqual(
    [delay, dispersion],
    [sent.rootDelay, sent.rootDispersion].map((seconds) => Math.round(seconds * 65_536)),
  );
  for (const [at, timestamp] of [sent.originate, sent.receive, sent.transmit].entries())
    assertSameMoment(row[8 + at] ?? '', timestamp);
}

test('tshark reads what we write, in both eras', (t) => {
  const program = requirePeer(t, 'tshark');
  if (!program) return;
  // Of control and private messages tshark shows other fields.
  const shown = packet
    .filter(({ mode }) => mode !== 'control' && mode !== 'private')
    .map((each) => ({ ...each, rest: new Uint8Array() }));
  const sent = fc.sample(shown, 600);
  const rows = decodeWithTshark(program, sent);
  assert.equal(rows.length, sent.length);
  for (const [at, each] of sent.entries()) assertSame(rows[at]!, each);
});

test('of every kind of message that we send, without an expert’s word', (t) => {
  const program = requirePeer(t, 'tshark');
  if (!program) return;
  const at = Date.parse('2026-05-04T12:00:00.250Z');
  const service = { stratum: 2, leap: 0, rootDelay: 0.01, rootDispersion: 0.02, setAt: at - 5000 };
  const clocks = [
    clockFields({ state: 'synchronised', at, service }, undefined),
    clockFields({ state: 'synchronised', at }, undefined),
    clockFields({ state: 'unknown', at }, undefined),
    clockFields({ state: 'not synchronised', at }, undefined),
    clockFields({ state: 'not synchronised', at }, 12),
  ];
  const sent = clocks.flatMap((clock) => {
    const reply = { request: requestOf(), fields: clock, receivedAt: at };
    return [
      replyPacket({ ...reply, replyMode: 'server' }, at + 0.1),
      replyPacket({ ...reply, replyMode: 'symmetric passive' }, at + 0.1),
      kissPacket({ ...reply, replyMode: 'server' }, 'RATE', at),
      broadcastPacket(clock, 64_000, at),
    ];
  });
  const rows = decodeWithTshark(program, sent);
  assert.equal(rows.length, sent.length);
  for (const [index, each] of sent.entries()) {
    assertSame(rows[index]!, each);
    assert.equal(rows[index]!.at(-1), '');
  }
});
