import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TwinEnd, TwinLine } from './twin-events.ts';
import { twinLines, twinWords } from './twin-lines.ts';

function request(path: string, outcome = 'missing'): TwinLine {
  return { event: 'request', at: 0, boot: 1, stage: 'original', path, outcome, bytes: 0 };
}

const end: TwinEnd = {
  ...{ event: 'end', state: 'idle', display: 'Lobby', protocol: 'SIP' },
  ...{ image: 'P0S3-8-12-00', loader: 'P003-8-12-00', boots: 2 },
};

function lines(...seen: readonly TwinLine[]): readonly string[] {
  return seen.flatMap(twinLines());
}

test('what a phone shows, asks for and does', () => {
  assert.deepEqual(
    lines(
      { event: 'display', text: 'Configuring IP' },
      request('OS79XX.TXT', 'sent'),
      { event: 'flash', text: 'loader P003-8-12-00' },
      end,
    ),
    [
      'display: Configuring IP',
      '  sent     OS79XX.TXT',
      'flash: loader P003-8-12-00',
      'idle with SIP P0S3-8-12-00, loader P003-8-12-00, after 2 boots; the display says "Lobby"',
    ],
  );
});

test('a request that is repeated is counted', () => {
  assert.deepEqual(lines(...Array<TwinLine>(15).fill(request('a', 'silent')), request('b')), [
    '  silent   a',
    '           and 14 times more',
    '  missing  b',
  ]);
  assert.deepEqual(lines(request('a'), request('a'), end).slice(1, 2), [
    '           and 1 time more',
  ]);
});

test('the same path with another answer, or later on, is a line of its own', () => {
  const seen = lines(request('a', 'silent'), request('a'), request('b'), request('a'));
  assert.equal(seen.length, 4);
});

test('one that is stuck says why, and what is missing in it', () => {
  const stuck = { ...end, state: 'stuck', because: 'no SIP020000000001.cnf', boots: 1 } as const;
  assert.deepEqual(lines({ ...stuck, image: '', loader: '' }), [
    'stuck (no SIP020000000001.cnf) with no application, after 1 boot; the display says "Lobby"',
  ]);
});

test('what became of asking for the time', () => {
  const asked = {
    event: 'time',
    at: 0,
    boot: 1,
    stage: 'application',
    server: '192.0.2.10',
  } as const;
  assert.deepEqual(
    lines(
      { ...asked, outcome: 'set', behindMs: 12, stratum: 3 },
      { ...asked, outcome: 'silent' },
      { ...asked, outcome: 'refused', because: "kiss-o'-death RATE" },
    ),
    [
      'time: set by 192.0.2.10',
      'time: no answer of 192.0.2.10',
      "time: refused by 192.0.2.10: kiss-o'-death RATE",
    ],
  );
});

test('DHCP in words: who says what, which server, why', () => {
  const common = { event: 'dhcp', at: 0, boot: 1, stage: 'loader' } as const;
  const given = { server: '192.0.2.1', address: '192.0.2.100' };
  assert.deepEqual(
    [
      twinWords({ ...common, message: 'discover', from: 'phone' }),
      twinWords({ ...common, message: 'offer', from: 'server', ...given }),
      twinWords({ ...common, message: 'request', from: 'phone', ...given, because: 'it renews' }),
      twinWords({
        ...{ ...common, ...given, message: 'ack', from: 'server' },
        ...{ tftp: '192.0.2.2', tftpFrom: 'option-66' },
      }),
    ],
    [
      '  asks     DHCP discover',
      '  hears    DHCP offer 192.0.2.100 from 192.0.2.1',
      '  asks     DHCP request 192.0.2.100 of 192.0.2.1 (it renews)',
      '  hears    DHCP ack 192.0.2.100 from 192.0.2.1 with TFTP server 192.0.2.2 (option-66)',
    ],
  );
});
