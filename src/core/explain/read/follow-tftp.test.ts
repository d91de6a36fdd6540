import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ethernet, ipv4, udp } from '../../../codec/pcap/testing/build-capture.ts';
import { dataBlock, happenings, observed, stagedRequest } from '../testing/observed-capture.ts';
import { staged, type Stage } from '../testing/staged-capture.ts';

const { phone, server, phoneMac } = staged;
const request = stagedRequest;
const { path } = request;
const asked = { kind: 'file-asked', protocol: 'tftp', path, server, port: 50_000 };
const ended = (end: object) => ({ kind: 'file-ended', protocol: 'tftp', path, end });
const data = dataBlock;

describe('TFTP', () => {
  test('a transfer with an option and a repeated block', async () => {
    const seen = await observed((on) => {
      on.tftp(50_000, 69, { ...request, options: [{ name: 'blksize', value: '1000' }] });
      on.tftp(
        7000,
        50_000,
        { kind: 'oack', options: [{ name: 'blksize', value: '1000' }] },
        'from-server',
      );
      on.tftp(50_000, 7000, { kind: 'ack', block: 0 });
      on.tftp(7000, 50_000, data(1, 1000), 'from-server');
      on.tftp(7000, 50_000, data(1, 1000), 'from-server');
      on.tftp(50_000, 7000, { kind: 'ack', block: 1 });
      on.tftp(7000, 50_000, data(2, 0), 'from-server');
      on.tftp(50_000, 7000, { kind: 'ack', block: 2 });
    });
    assert.deepEqual(seen, [
      {
        at: staged.start,
        address: phone,
        mac: phoneMac,
        happening: asked,
        evidence: {
          source: 'x.pcap',
          line: 1,
          text: `${phone}:50000 > ${server}:69 TFTP read ${path}`,
        },
      },
      {
        at: staged.start + 7,
        address: phone,
        mac: phoneMac,
        happening: ended({ kind: 'sent', bytes: 1000, retries: 1 }),
        evidence: {
          source: 'x.pcap',
          line: 8,
          text: `${phone}:50000 > ${server}:7000 TFTP all acknowledged of ${path}`,
        },
      },
    ]);
  });

  test('block numbers go round', async () => {
    const seen = await happenings((on) => {
      on.tftp(50_000, 69, { ...request, options: [{ name: 'blksize', value: '8' }] });
      on.tftp(
        7000,
        50_000,
        { kind: 'oack', options: [{ name: 'blksize', value: '8' }] },
        'from-server',
      );
      for (let block = 1; block <= 65_540; block++)
        on.tftp(7000, 50_000, data(block % 65_536, block === 65_540 ? 1 : 8), 'from-server');
      on.tftp(50_000, 7000, { kind: 'ack', block: 4 });
    });
    assert.deepEqual(seen[1], ended({ kind: 'sent', bytes: 65_539 * 8 + 1 }));
  });

  const ends: readonly [what: string, act: (on: Stage) => void, end: object][] = [
    [
      'the server refuses',
      (on) => on.tftp(7000, 50_000, { kind: 'error', code: 1, message: 'nope' }, 'from-server'),
      { kind: 'error', code: 1, text: 'nope' },
    ],
    [
      'the phone gives up',
      (on) => {
        on.tftp(7000, 50_000, data(1, 512), 'from-server');
        on.tftp(50_000, 7000, { kind: 'error', code: 0, message: 'enough' });
      },
      { kind: 'aborted', text: 'enough' },
    ],
    [
      'nothing comes back',
      (on) => on.wait(5000),
      { kind: 'timed-out', answered: false, bytes: 0, retries: 0 },
    ],
    [
      'the answer is never acknowledged',
      (on) => {
        on.tftp(7000, 50_000, data(1, 512), 'from-server');
        on.tftp(7000, 50_000, data(1, 512), 'from-server');
        on.wait(25_000);
      },
      { kind: 'timed-out', answered: true, bytes: 512, retries: 1 },
    ],
    [
      "the phone's port is closed",
      (on) => {
        on.tftp(7000, 50_000, data(1, 512), 'from-server');
        const lost = ipv4({
          from: server,
          to: phone,
          protocol: 17,
          payload: udp(7000, 50_000, Buffer.alloc(4)),
        });
        const icmp = Buffer.concat([Buffer.from('0303000000000000', 'hex'), lost]);
        on.frame(
          ethernet(0x0800, ipv4({ from: phone, to: server, protocol: 1, payload: icmp }), phoneMac),
        );
      },
      { kind: 'aborted', text: 'the port of the client is closed' },
    ],
  ];
  for (const [what, act, end] of ends)
    test(what, async () => {
      const seen = await happenings((on) => {
        on.tftp(50_000, 69, request);
        act(on);
        on.udp(1, 2, Buffer.from('later'));
      });
      assert.deepEqual(seen, [asked, ended(end)]);
    });

  test('a transfer that is under way when the capture ends has no end', async () => {
    const seen = await happenings((on) => {
      on.tftp(50_000, 69, request);
      on.tftp(7000, 50_000, data(1, 512), 'from-server');
    });
    assert.deepEqual(seen, [asked]);
  });

  test('packets that the capture program has dropped are counted by their numbers', async () => {
    const seen = await happenings((on) => {
      on.tftp(50_000, 69, request);
      on.tftp(7000, 50_000, data(2, 512), 'from-server');
      on.tftp(50_000, 7000, { kind: 'ack', block: 4 });
      on.tftp(7000, 50_000, data(5, 10), 'from-server');
      on.tftp(50_000, 7000, { kind: 'ack', block: 5 });
    });
    assert.deepEqual(seen, [asked, ended({ kind: 'sent', bytes: 4 * 512 + 10 })]);
  });

  test('a transfer whose last packets may have been dropped has no end', async () => {
    const seen = await happenings((on) => {
      on.tftp(50_000, 69, request);
      on.tftp(7000, 50_000, data(1, 512), 'from-server');
      on.tftp(50_000, 7000, { kind: 'ack', block: 2 });
      on.wait(60_000);
      on.udp(1, 2, Buffer.from('later'));
    });
    assert.deepEqual(seen, [asked]);
  });

  test('silence is told where it began, though it is noticed later', async () => {
    const other = { ...request, path: 'OS79XX.TXT' };
    const seen = await observed((on) => {
      on.tftp(50_000, 69, request);
      on.wait(10_000);
      on.tftp(50_001, 69, other);
      on.wait(30_000);
      on.udp(1, 2, Buffer.from('later'));
    });
    assert.deepEqual(
      seen.map(({ happening, evidence }) => [
        happening.kind,
        'path' in happening && happening.path,
        evidence.line,
      ]),
      [
        ['file-asked', path, 1],
        ['file-ended', path, 1],
        ['file-asked', 'OS79XX.TXT', 2],
        ['file-ended', 'OS79XX.TXT', 2],
      ],
    );
  });

  test('a request that is repeated from the same port is one transfer', async () => {
    const seen = await happenings((on) => {
      on.tftp(50_000, 69, request);
      on.wait(4000);
      on.tftp(50_000, 69, request);
      on.tftp(7000, 50_000, data(1, 10), 'from-server');
      on.tftp(50_000, 7000, { kind: 'ack', block: 1 });
    });
    assert.deepEqual(seen, [asked, asked, ended({ kind: 'sent', bytes: 10, retries: 1 })]);
  });
});
