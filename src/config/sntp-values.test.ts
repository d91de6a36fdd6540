import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadConfig } from '../config.ts';
import { AppError } from '../errors.ts';

const sntpOf = (text: string) => loadConfig(text, 'hookflash.yaml').sntp;

/** The message without its place. */
function problem(text: string): string {
  try {
    loadConfig(text, 'hookflash.yaml');
  } catch (error) {
    assert(error instanceof AppError);
    return error.message.replace(/^hookflash\.yaml:\d+:\d+: /, '');
  }
  return assert.fail('it was accepted');
}

test('what the SNTP server is told', () => {
  const all = 'sntp:\n  local_stratum: 10\n  broadcast: [192.0.2.255, 198.51.100.255]\n';
  assert.deepEqual(sntpOf(`${all}  multicast: yes\n  every: 64s\n`), {
    ...{ local_stratum: 10, broadcast: ['192.0.2.255', '198.51.100.255'] },
    ...{ multicast: true, every: 64_000 },
  });
  assert.deepEqual(sntpOf('sntp: { broadcast: yes }'), { broadcast: 'subnets' });
  assert.deepEqual(sntpOf('sntp: { broadcast: no, multicast: no }'), {
    ...{ broadcast: [], multicast: false },
  });
  assert.deepEqual(sntpOf('sntp: { broadcast: 192.0.2.255 }'), { broadcast: ['192.0.2.255'] });
  const times = ['1s', '90', '5m', '2h'].map((every) => sntpOf(`sntp: { every: ${every} }`)?.every);
  assert.deepEqual(times, [1000, 90_000, 300_000, 7_200_000]);
  for (const nothing of ['', 'sntp:\n', 'sntp: {}\n']) assert.deepEqual(sntpOf(nothing) ?? {}, {});
});

test('limits', () => {
  const text = 'limits: { requests_per_second: 50, burst: 200 }';
  const { limits } = loadConfig(text, 'hookflash.yaml');
  assert.deepEqual(limits, { requests_per_second: 50, burst: 200 });
});

test('what is wrong is named', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['sntp: { local_stratum: 16 }', 'sntp.local_stratum: "16" is not a stratum from 1 to 15'],
    ['sntp: { multicast: maybe }', 'sntp.multicast: "maybe" is neither yes nor no'],
    [
      'sntp: { broadcast: [192.0.2.256] }',
      'sntp.broadcast: "192.0.2.256" is not an IPv4 address: expected yes, no, or a list such as [192.0.2.255]',
    ],
    [
      'sntp: { broadcast: [] }',
      'sntp.broadcast: expected yes, no, or a list such as [192.0.2.255]',
    ],
    ['sntp: { every: 0s }', 'sntp.every: "0s" is not a time from 1s to 36h, such as 64s or 5m'],
    ['sntp: { every: 64 s }', 'sntp.every: "64 s" is not a time from 1s to 36h, such as 64s or 5m'],
    [
      'sntp: { stratum: 3 }',
      'sntp.stratum is not a known key (allowed: local_stratum, broadcast, multicast, every)',
    ],
    ['limits: { burst: 0 }', 'limits.burst: "0" is not a whole number from 1 to 1000000'],
    [
      'limits: { bursts: 5 }',
      'limits.bursts is not a known key; did you mean "burst"? (allowed: requests_per_second, burst)',
    ],
  ];
  for (const [text, expected] of cases) assert.equal(problem(text), expected);
});
