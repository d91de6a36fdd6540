import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { logFormats } from './log-formats.ts';
import { lineSplitter } from './log-lines.ts';
import { logReading, type LogResult } from './log-reader.ts';

const folder = new URL('testdata/', import.meta.url);
const now = Date.UTC(2024, 5, 1);

function readLog(bytes: Uint8Array, chunk = bytes.length, mostEvents = 1000): LogResult {
  const splitter = lineSplitter();
  const reading = logReading(logFormats, { now, zone: 0, mostEvents });
  for (let at = 0; at < bytes.length; at += chunk)
    for (const line of splitter.push(bytes.subarray(at, at + chunk))) reading.line(line);
  for (const line of splitter.end()) reading.line(line);
  return reading.end();
}

/** A line for each event: time, line, who, what. */
function readable({ events, notes, formats, others, unknown }: LogResult): string {
  const lines = events.map(({ at, line, address, mac, happening }) => {
    const { kind, ...rest } = happening;
    const time = new Date(at).toISOString();
    return `${time} ${line} ${address ?? '-'} ${mac ?? '-'} ${kind} ${JSON.stringify(rest)}`;
  });
  return [
    ...lines,
    ...notes.map(({ line = '', text }) => `note ${line} ${text}`),
    `${JSON.stringify(formats)} ${JSON.stringify(others)} ${unknown} unknown`,
    '',
  ].join('\n');
}

describe('what the programs write, and what it says', () => {
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.log')))
    test(name, () => {
      const bytes = readFileSync(new URL(name, folder));
      const expected = new URL(name.replace(/log$/, 'events'), folder);
      const actual = readable(readLog(bytes));
      if (process.env.UPDATE === '1') writeFileSync(expected, actual);
      assert.equal(actual, readFileSync(expected, 'utf8'));
    });
});

test('chunks may end anywhere', () => {
  for (const name of ['mixed.log', 'tftpd32.log']) {
    const bytes = readFileSync(new URL(name, folder));
    const whole = readable(readLog(bytes));
    for (const chunk of [1, 7, 100]) assert.equal(readable(readLog(bytes, chunk)), whole);
  }
});

test('UTF-16, as PowerShell writes it', () => {
  const text = 'Read request for file <OS79XX.TXT>. Mode octet [13/04 10:25:10.200]\r\n';
  const little = Buffer.from(`\uFEFF${text}`, 'utf16le');
  for (const bytes of [little, Buffer.from(little).swap16()])
    assert.deepEqual(readLog(bytes, 3).events[0]?.happening, {
      kind: 'file-asked',
      protocol: 'tftp',
      path: 'OS79XX.TXT',
    });
});

test('events beyond the most are counted and left out', () => {
  const line = 'Jan  1 00:00:12 pbx in.tftpd[20]: RRQ from 192.0.2.130 filename a\n';
  const { events, notes } = readLog(Buffer.from(line.repeat(9)), 64, 5);
  assert.equal(events.length, 5);
  assert.deepEqual(notes, [{ text: '4 events after the first 5 were left out' }]);
});

test('a line without an end is cut, and memory is not filled by it', () => {
  const splitter = lineSplitter();
  const megabyte = Buffer.alloc(1 << 20, 'a');
  for (let count = 0; count < 64; count++) assert.deepEqual(splitter.push(megabyte), []);
  assert.equal(splitter.end()[0]?.length, 65_536);
});

test('any bytes, and any damage to real lines, are read', () => {
  const samples = readdirSync(folder)
    .filter((each) => each.endsWith('.log'))
    .map((name) => readFileSync(new URL(name, folder)).subarray(0, 4000));
  const damage = fc.tuple(
    fc.constantFrom(...samples),
    fc.nat(3999),
    fc.uint8Array({ maxLength: 4 }),
  );
  const damaged = damage.map(([sample, at, bytes]) =>
    Buffer.concat([sample.subarray(0, at), bytes, sample.subarray(at + bytes.length)]),
  );
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), (bytes) => {
      for (const { at } of readLog(bytes).events) assert.ok(Number.isFinite(at));
    }),
    { numRuns: 300 },
  );
});
