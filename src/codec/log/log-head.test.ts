import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { logHead } from './log-head.ts';
import { stampTime, type LogStamp } from './log-time.ts';

const clock = { now: Date.UTC(2024, 0, 2, 12), zone: 0 };

function when(text: string): string | undefined {
  const { time } = logHead(text);
  if (time === undefined) return undefined;
  return time.kind === 'date'
    ? new Date(stampTime(time.stamp, clock)).toISOString()
    : `${time.kind} ${time.at}`;
}

describe('what stands before the message', () => {
  const cases: readonly [line: string, at: string | undefined, who: string, message: string][] = [
    [
      'Jan  1 03:25:25 pbx in.tftpd[8214]: RRQ',
      '2024-01-01T03:25:25.000Z',
      'pbx in.tftpd 8214',
      'RRQ',
    ],
    [
      'Jan  1 03:25:25 dnsmasq-tftp[7]: sent',
      '2024-01-01T03:25:25.000Z',
      '- dnsmasq-tftp 7',
      'sent',
    ],
    [
      'Jan  1 03:25:25 pbx atftpd[7.1405]: End',
      '2024-01-01T03:25:25.000Z',
      'pbx atftpd 7.1405',
      'End',
    ],
    [
      'Jan  1 03:25:25 pbx /usr/sbin/dhcpd: DHCPACK',
      '2024-01-01T03:25:25.000Z',
      'pbx dhcpd -',
      'DHCPACK',
    ],
    ['Jan  1 03:25:25.125 pbx x[1]: y', '2024-01-01T03:25:25.125Z', 'pbx x 1', 'y'],
    ['<30>Jan  1 03:25:25 in.tftpd[1]: y', '2024-01-01T03:25:25.000Z', '- in.tftpd 1', 'y'],
    [
      '<30>1 2024-01-01T03:25:25.5+02:00 pbx in.tftpd 9 - [a b="c"] y',
      '2024-01-01T01:25:25.500Z',
      'pbx in.tftpd 9',
      'y',
    ],
    ['2024-01-01T03:25:25+0100 pbx x[1]: y', '2024-01-01T02:25:25.000Z', 'pbx x 1', 'y'],
    ['2024-01-01 03:25:25,250 pbx x[1]: y', '2024-01-01T03:25:25.250Z', 'pbx x 1', 'y'],
    ['Mon 2024-01-01 03:25:25 CET pbx x[1]: y', '2024-01-01T03:25:25.000Z', 'pbx x 1', 'y'],
    ['[ 1234.500000] pbx x[1]: y', 'uptime 1234500', 'pbx x 1', 'y'],
    ['1704067200.250000 pbx x[1]: y', 'epoch 1704067200250', 'pbx x 1', 'y'],
    ['*Mar  1 00:01:02.123: TFTP: y', '2023-03-01T00:01:02.123Z', '- - -', 'TFTP: y'],
    [
      '000045: .Mar  1 2022 00:01:02.123 CET: TFTP: y',
      '2022-03-01T00:01:02.123Z',
      '- - -',
      'TFTP: y',
    ],
    ['R1#Mar  1 00:01:02: DHCPD: y', '2023-03-01T00:01:02.000Z', '- - -', 'DHCPD: y'],
    ['1w2d: TFTP: y', 'uptime 777600000', '- - -', 'TFTP: y'],
    ['00:12:27:   DHCPD: y', 'uptime 747000', '- - -', '  DHCPD: y'],
    [
      'Jan  1 03:25:25 192.0.2.9 45: *Mar  1 00:01:02.123: TFTP: y',
      '2024-01-01T03:25:25.000Z',
      '192.0.2.9 - -',
      'TFTP: y',
    ],
    ['Jan  1 03:25:25 router TFTP: y', '2024-01-01T03:25:25.000Z', 'router - -', 'TFTP: y'],
    [
      'Read request for <a> [31/12 10:25:10.123]',
      '2023-12-31T10:25:10.123Z',
      '- - -',
      'Read request for <a>',
    ],
    ['dnsmasq-dhcp: 7 tags: x', undefined, '- dnsmasq-dhcp -', '7 tags: x'],
    ['DHCPD: y', undefined, '- - -', 'DHCPD: y'],
    ['Foo 41 03:25:25 x', undefined, '- - -', 'Foo 41 03:25:25 x'],
    ['Jan 41 03:25:25 x', undefined, '- - -', 'Jan 41 03:25:25 x'],
  ];
  for (const [line, at, who, message] of cases)
    test(line, () => {
      const { host = '-', program = '-', process = '-', ...head } = logHead(line);
      assert.deepEqual(
        [when(line), `${host} ${program} ${process}`, head.message],
        [at, who, message],
      );
    });
});

describe('a date without a year', () => {
  const stamp = (month: number, day: number): LogStamp => {
    return { month, day, hour: 12, minute: 0, second: 0, millisecond: 0 };
  };
  const cases: readonly [now: number, month: number, day: number, expected: string][] = [
    [Date.UTC(2024, 0, 2), 12, 31, '2023-12-31T12:00:00.000Z'],
    [Date.UTC(2024, 0, 2), 1, 2, '2024-01-02T12:00:00.000Z'],
    [Date.UTC(2024, 0, 2), 1, 4, '2023-01-04T12:00:00.000Z'],
    [Date.UTC(2023, 11, 31, 20), 1, 1, '2024-01-01T12:00:00.000Z'],
    [Date.UTC(2023, 5, 1), 2, 29, '2020-02-29T12:00:00.000Z'],
  ];
  for (const [now, month, day, expected] of cases)
    test(`${month}/${day} read at ${new Date(now).toISOString()}`, () => {
      const at = stampTime(stamp(month, day), { now, zone: 0 });
      assert.equal(new Date(at).toISOString(), expected);
    });

  test('is of the zone that is said', () => {
    const at = stampTime(stamp(1, 1), { now: Date.UTC(2024, 5, 1), zone: 120 });
    assert.equal(new Date(at).toISOString(), '2024-01-01T10:00:00.000Z');
  });
});
