import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { buildPcap, ethernet, ipv4, udp } from '../../codec/pcap/testing/build-capture.ts';
import type { Observation } from '../../model/observation.ts';
import { CodecError } from '../../wire/codec-error.ts';
import type { Mac } from '../../wire/mac.ts';
import { readObservations, type ReadResult } from './read-observations.ts';
import { stage, staged, type Stage } from './testing/staged-capture.ts';

const now = Date.UTC(2024, 5, 1);
const macOf = (path: string): Mac | undefined =>
  /SEP([0-9A-F]{12})/.exec(path)?.[1] as Mac | undefined;
const { phone, server, phoneMac, serverMac } = staged;

const read = (bytes: Uint8Array): Promise<ReadResult> =>
  readObservations('x.pcap', bytes, { now, zone: 0, macOf });

async function observed(act: (on: Stage) => void): Promise<readonly Observation[]> {
  const on = stage();
  act(on);
  return (await read(on.pcap())).observations;
}

async function happenings(act: (on: Stage) => void): Promise<readonly unknown[]> {
  return (await observed(act)).map(({ happening }) => happening);
}

const request = {
  kind: 'rrq',
  path: 'SEP0010DBAA0001.cnf.xml',
  mode: 'octet',
  options: [],
} as const;
const { path } = request;
const asked = { kind: 'file-asked', protocol: 'tftp', path, server, port: 50_000 };
const ended = (end: object) => ({ kind: 'file-ended', protocol: 'tftp', path, end });
const data = (block: number, size: number) =>
  ({ kind: 'data', block, data: new Uint8Array(size) }) as const;

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

const get = (name: string): string => `GET /${name} HTTP/1.1\r\nHost: ${server}:6970\r\n\r\n`;

describe('HTTP', () => {
  const web = (name: string, end: object) => [
    { kind: 'file-asked', protocol: 'http', path: `/${name}`, server, port: 51_000 },
    { kind: 'file-ended', protocol: 'http', path: `/${name}`, end },
  ];
  const open = (on: Stage): void => {
    on.tcp({ fromPort: 51_000, toPort: 6970, sequence: 100, flags: ['syn'] });
    on.tcp({
      fromPort: 6970,
      toPort: 51_000,
      sequence: 900,
      flags: ['syn', 'ack'],
      fromServer: true,
    });
  };
  const say = (on: Stage, sequence: number, text: string): void =>
    on.tcp({ fromPort: 51_000, toPort: 6970, sequence, text });
  const answer = (on: Stage, sequence: number, text: string): void =>
    on.tcp({ fromPort: 6970, toPort: 51_000, sequence, text, fromServer: true });

  test('two requests on a connection, one missing, in pieces and out of order', async () => {
    const missing = 'HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone';
    const found = 'HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nabcdef';
    const seen = await happenings((on) => {
      open(on);
      say(on, 101, get('a').slice(0, 5));
      say(on, 106, get('a').slice(5));
      answer(on, 901, missing.slice(0, 44));
      answer(on, 901 + missing.length, found);
      answer(on, 945, missing.slice(44));
      say(on, 101 + get('a').length, get('b%20c'));
    });
    assert.deepEqual(seen, [
      ...web('a', { kind: 'error', code: 404, text: 'Not Found' }),
      { kind: 'file-ended', protocol: 'http', path: '', end: { kind: 'sent', bytes: 6 } },
      web('b c', {})[0],
    ]);
  });

  test('without a length the body ends with the connection', async () => {
    const seen = await happenings((on) => {
      open(on);
      say(on, 101, get('a'));
      answer(on, 901, 'HTTP/1.0 200 OK\r\n\r\nabc');
      on.tcp({
        fromPort: 6970,
        toPort: 51_000,
        sequence: 923,
        flags: ['fin', 'ack'],
        fromServer: true,
      });
    });
    assert.deepEqual(seen, web('a', { kind: 'sent', bytes: 3 }));
  });

  test('a connection torn down by the phone', async () => {
    const seen = await happenings((on) => {
      open(on);
      say(on, 101, get('a'));
      answer(on, 901, 'HTTP/1.0 200 OK\r\nContent-Length: 100\r\n\r\nabc');
      on.tcp({ fromPort: 51_000, toPort: 6970, sequence: 200, flags: ['rst'] });
    });
    const text = 'the client closed the connection after 3 bytes';
    assert.deepEqual(seen, web('a', { kind: 'aborted', text }));
  });
});

const register = [
  `REGISTER sip:${server} SIP/2.0`,
  `Via: SIP/2.0/UDP ${phone}:5060;branch=z9hG4bK1`,
  `f: "100" <sip:100@${server}>;tag=1`,
  `t: <sip:100@${server}>`,
  'i: abc@x',
  'CSeq: 101 REGISTER',
  'User-Agent: Phone/8.0',
  'Expires: 3600',
  'Content-Length: 0',
  '\r\n',
].join('\r\n');
const refused = register
  .replace(/^REGISTER .*/, 'SIP/2.0 401 Unauthorized')
  .replace(/User-Agent.*\r\n/, '');
const registering = {
  kind: 'sip',
  method: 'REGISTER',
  from: 'phone',
  server,
  user: '100',
  userAgent: 'Phone/8.0',
  expires: 3600,
};
const unauthorized = {
  kind: 'sip',
  method: 'REGISTER',
  from: 'server',
  server,
  status: 401,
  user: '100',
  expires: 3600,
};

describe('SIP', () => {
  test('over UDP', async () => {
    const seen = await happenings((on) => {
      on.udp(5060, 5060, Buffer.from(register));
      on.udp(5060, 5060, Buffer.from(refused), 'from-server');
      on.udp(
        5060,
        5060,
        Buffer.from(`NOTIFY sip:100@${phone} SIP/2.0\r\nCSeq: 1 NOTIFY\r\nFrom: <sip:x@y>\r\n\r\n`),
        'from-server',
      );
      on.udp(5060, 5060, Buffer.from('\r\n\r\n'));
    });
    const notify = { kind: 'sip', method: 'NOTIFY', from: 'server', server, user: 'x' };
    assert.deepEqual(seen, [registering, unauthorized, notify]);
  });

  test('over TCP, two messages in three pieces', async () => {
    const both = register + register;
    const seen = await happenings((on) => {
      const piece = (from: number, to: number): void =>
        on.tcp({ fromPort: 5061, toPort: 5060, sequence: 1 + from, text: both.slice(from, to) });
      piece(0, 40);
      piece(40, register.length + 10);
      piece(register.length + 10, both.length);
    });
    assert.deepEqual(seen, [registering, registering]);
  });
});

test('UNIStim: hello, hardware id, firmware, the order to download', async () => {
  const seen = await observed((on) => {
    const unistim = (hex: string, from?: 'from-server'): void =>
      on.udp(5000, 5000, Buffer.from(hex.replaceAll(' ', ''), 'hex'), from);
    unistim('ffffffff 02 02 ffffffff 9e0308');
    unistim('00000000 00 01', 'from-server');
    unistim('00000000 02 02 ffffffff 9e0308');
    unistim('00000001 02 02 ffffffff 9a0d07 0018 000ae4010203 6600');
    unistim('00000002 02 02 00000013 9a0a02 30363034443938 9a0403 02');
    unistim(
      '00000005 02 01 1e18 0e 42 00 413000 423000 1410 0000 c0000201 000000 00'
        .replace('1e18', '1e13')
        .replace('000000 00', ''),
      'from-server',
    );
    on.udp(5105, 5105, Buffer.from('000000010203' + '81' + '0200' + '04' + '413000', 'hex'));
  });
  assert.deepEqual(
    seen.map(({ mac, happening }) => [
      mac,
      happening.kind === 'unistim' && `${happening.from}: ${happening.text}`,
    ]),
    [
      'phone: hello',
      'phone: hello, with a sequence',
      'phone: hardware id 0018000AE40102036600',
      'phone: firmware 0604D98',
      'phone: phone type i2004',
      'server: download of A0 (B0) from 192.0.2.1:5136 by UFTP',
      'phone: file transfer of A0, 4 blocks of 512 bytes at a time',
    ].map((text) => ['000AE4010203', text]),
  );
});

test('SNTP, both ways', async () => {
  const seen = await happenings((on) => {
    const packet = Buffer.alloc(48);
    packet[0] = 0x23;
    on.udp(40_000, 123, packet);
    const reply = Buffer.from(packet);
    reply[0] = 0x24;
    on.udp(123, 40_000, reply, 'from-server');
  });
  assert.deepEqual(seen, [
    { kind: 'sntp', from: 'phone', server },
    { kind: 'sntp', from: 'server', server },
  ]);
});

test('an address that another has, and one that a phone finds taken', async () => {
  const arp = (operation: number, mac: Mac, sender: string, target: string): Uint8Array => {
    const address = (text: string): string =>
      Buffer.from(text.split('.').map(Number)).toString('hex');
    const hex = `0001080006040000${mac}${address(sender)}000000000000${address(target)}`;
    const packet = Buffer.from(hex, 'hex');
    packet[7] = operation;
    return ethernet(0x0806, packet, mac);
  };
  const seen = await observed((on) => {
    on.frame(arp(1, phoneMac, phone, server));
    on.frame(arp(2, serverMac, phone, server));
    on.wait(120_000);
    on.frame(arp(2, phoneMac, phone, server));
    on.frame(arp(1, phoneMac, '0.0.0.0', '192.0.2.9'));
    on.frame(arp(2, serverMac, '192.0.2.9', '0.0.0.0'));
  });
  assert.deepEqual(
    seen.map(({ mac, happening }) => [mac, happening]),
    [
      [phoneMac, { kind: 'address-conflict', address: phone }],
      [phoneMac, { kind: 'address-conflict', address: '192.0.2.9' }],
    ],
  );
});

test('ICMP for what the phone had sent', async () => {
  const seen = await observed((on) => {
    const lost = ipv4({
      from: phone,
      to: server,
      protocol: 17,
      payload: udp(5060, 5060, Buffer.alloc(9)),
    });
    const icmp = Buffer.concat([Buffer.from('030d000000000000', 'hex'), lost]);
    on.frame(
      ethernet(
        0x0800,
        ipv4({ from: '192.0.2.254', to: phone, protocol: 1, payload: icmp }),
        serverMac,
      ),
    );
  });
  const text = 'communication administratively prohibited, says 192.0.2.254, for port 5060';
  assert.deepEqual(
    seen.map(({ address, happening }) => [address, happening]),
    [[phone, { kind: 'unreachable', server, text }]],
  );
});

test('what a relay agent passes on is said once, a repetition is said again', async () => {
  const discover = (relay: boolean): Uint8Array => {
    const bytes = Buffer.alloc(244);
    bytes.set([1, 1, 6, relay ? 1 : 0, 9, 9, 9, 9]);
    if (relay) bytes.set([192, 0, 2, 254], 24);
    bytes.set(Buffer.from(phoneMac, 'hex'), 28);
    bytes.set([0x63, 0x82, 0x53, 0x63, 53, 1, 1, 255], 236);
    return bytes;
  };
  const seen = await observed((on) => {
    on.udp(68, 67, discover(false));
    on.udp(67, 67, discover(true));
    on.wait(4000);
    on.udp(68, 67, discover(false));
  });
  assert.deepEqual(
    seen.map(({ evidence }) => evidence.line),
    [1, 3],
  );
  assert.deepEqual(seen[0]?.happening, {
    kind: 'dhcp',
    dhcp: { message: 'discover', options: [53] },
  });
});

describe('any file', () => {
  test('chunks end anywhere, from any source of them', async () => {
    const on = stage();
    on.tftp(50_000, 69, request);
    on.udp(5060, 5060, Buffer.from(register));
    const bytes = on.pcap();
    const whole = await read(bytes);
    function* chunks(): Generator<Uint8Array> {
      for (let at = 0; at < bytes.length; at += 3) yield bytes.subarray(at, at + 3);
    }
    assert.deepEqual(await readObservations('x.pcap', chunks(), { now, zone: 0, macOf }), whole);
    assert.deepEqual(whole.formats, ['pcap']);
  });

  test('a packet that says nonsense is a note, and the next one is read', async () => {
    const on = stage();
    on.udp(50_000, 69, Buffer.from('\0\x01no end'));
    on.tftp(50_000, 69, request);
    const { observations, notes } = await read(on.pcap());
    assert.equal(observations.length, 1);
    assert.deepEqual(notes, [
      {
        source: 'x.pcap',
        line: 1,
        text: 'packet 1: path at offset 2: expected text that ends with NUL, found no NUL in the bytes left',
      },
    ]);
  });

  test('observations beyond the most are left out, with a note', async () => {
    const on = stage();
    for (let port = 50_000; port < 50_010; port++) on.tftp(port, 69, request);
    const options = { now, zone: 0, mostObservations: 4 };
    const { observations, notes } = await readObservations('x', on.pcap(), options);
    assert.equal(observations.length, 4);
    assert.match(notes[0]?.text ?? '', /^6 observations more than the 4/);
  });

  test('a link that is not read, and IPv6, are notes', async () => {
    const packets = [{ at: 0, bytes: Buffer.from('60') }];
    const { notes } = await read(buildPcap(packets, { linkType: 127 }));
    assert.equal(notes[0]?.text, '1 of 1 packets are of link type 127: not read');
  });

  test('an empty file, and a short one', async () => {
    assert.deepEqual(await read(new Uint8Array()), { observations: [], notes: [], formats: [] });
    assert.equal((await read(Buffer.from('abc'))).notes.length, 1);
  });

  test('nothing else is thrown than a CodecError', async () => {
    const on = stage();
    on.tftp(50_000, 69, request);
    on.tftp(7000, 50_000, data(1, 20), 'from-server');
    on.udp(5060, 5060, Buffer.from(register));
    on.tcp({ fromPort: 51_000, toPort: 6970, sequence: 1, text: get('a') });
    on.udp(5000, 5000, Buffer.from('ffffffff0202ffffffff9e0308', 'hex'));
    const start = on.pcap();
    const change = fc.record({
      at: fc.nat(start.length - 1),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const bytes = Buffer.from(start);
        for (const { at, bytes: value } of changes)
          bytes.set(value.subarray(0, bytes.length - at), at);
        try {
          await read(bytes);
        } catch (error) {
          assert(error instanceof CodecError, String(error));
        }
      }),
      { numRuns: 2000 },
    );
  });
});

const corpus = process.env.HOOKFLASH_CORPUS;

test('every line of the logs in the corpus is understood', async (t) => {
  if (corpus === undefined) return t.skip('SKIPPED: HOOKFLASH_CORPUS is not set');
  const folder = join(corpus, 'cisco', 'logs');
  let seen = 0;
  for (const name of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, name));
    const { observations, notes, formats } = await readObservations(name, bytes, {
      now,
      zone: 0,
      macOf,
    });
    assert.deepEqual([notes, formats], [[], ['tftpd-hpa']]);
    assert.equal(observations.length, bytes.toString().trimEnd().split('\n').length);
    seen++;
  }
  assert.ok(seen >= 2);
});
