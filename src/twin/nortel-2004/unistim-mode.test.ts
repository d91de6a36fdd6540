import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  backupAddress,
  ipcmAddress,
  nortelImage,
  nortelTrial,
  s1,
  s1OfSip,
  told,
  unistimPhone,
} from '../testing/nortel-trial.ts';
import { answers, displays } from '../testing/trial.ts';

const plain = (hex: string) => hex.replaceAll(' ', '');

const files = {
  'CT12D97.bin': nortelImage('CT12D97', 2048),
  '0692D93.bin': nortelImage('0692D93c08', 5000),
  '0604D98.bin': nortelImage('0604D98'),
};
/** S1 is 10.0.0.9:5060 with action 7, S3 the TFTP server 10.0.0.2. */
const toSip = ['1e 0d 0b 00 13c4 07 05 01 0a000009', '1e 0d 0b 02 0045 00 00 00 0a000002'];
const transitional = { path: 'CT12D97.bin', identifier: 'CT12D97' };
const sip = { path: '0692D93.bin', identifier: '0692D93c08', pointers: toSip };
const upgrading = { files, pressed: { '0604D98': transitional }, offers: { CT12D97: sip } };
const user = { press: 'FirmW' } as const;

test('the registration, byte for byte', async () => {
  const { ipcm, result } = await nortelTrial({ flash: unistimPhone(), ipcm: {} });
  assert.deepEqual(
    ipcm?.heard.slice(0, 10),
    [
      'ffffffff 02 02 ffffffff 9e0308',
      '00000000 02 02 ffffffff 9e0308',
      '00000001 01 02 ffffffff',
      '00000001 02 02 ffffffff 9a0d07 0018 001365fef101 6600',
      '00000002 01 02 ffffffff',
      '00000003 01 02 00000013',
      '00000002 02 02 00000013 9a0a02 30363034443938',
      '00000004 01 02 00000013',
      '00000003 02 02 00000013 9a0403 02',
      '00000005 01 02 00000013',
    ].map(plain),
  );
  assert.deepEqual(
    [result.state, result.protocol, result.image, result.display],
    ['idle', 'UNIStim', '0604D98', 'IPCM | [Config]'],
  );
});

test('FirmW: transitional, restart, SIP, restart, TFTP; what is kept', async () => {
  const flash = unistimPhone();
  const { result, events, memory, ipcm, seen } = await nortelTrial({
    flash,
    ipcm: upgrading,
    user,
  });
  assert.deepEqual(ipcm?.keys, ['55', '56', '54']);
  assert.deepEqual(answers(events), [
    'CT12D97.bin sent',
    '0692D93.bin sent',
    '2004tftp.cfg missing',
  ]);
  assert.deepEqual(
    seen.map(({ server }) => server),
    ['10.0.0.2'],
  );
  assert.deepEqual([result.state, result.protocol, result.image], ['idle', 'SIP', '0692D93c08']);
  assert.equal(result.boots, 3);
  assert.deepEqual(memory.servers.S1, { address: '10.0.0.9', port: 5060, action: 7, retries: 5 });
  assert.deepEqual(memory.network, { tftp: '10.0.0.2', tftpPort: 69 });
  assert.equal(memory.cached.firmware, '0692D93c08');
});

test('UFTP, byte for byte, with flow control after four blocks and an empty last block', async () => {
  const { ipcm } = await nortelTrial({ flash: unistimPhone(), ipcm: upgrading, user, until: 1 });
  assert.deepEqual(
    ipcm?.heardByUftp,
    [
      'ffffffff 02 03 80',
      '00000000 02 03 80',
      '00000001 01 02 00000013',
      '00000001 02 03 81 0200 04 43543132443937 2e62696e 00',
      '00000002 01 02 00000013',
      '00000003 01 02 00000013',
      '00000004 01 02 00000013',
      '00000005 01 02 00000013',
      '00000002 02 03 82',
      '00000006 01 02 00000013',
    ].map(plain),
  );
});

describe('who presses', () => {
  test('nobody: it stays as it is', async () => {
    const { result, ipcm } = await nortelTrial({ flash: unistimPhone(), ipcm: upgrading });
    assert.deepEqual([result.state, result.image, ipcm?.keys], ['idle', '0604D98', []]);
  });

  test('a key that nobody finds is told of', async () => {
    const flash = unistimPhone('0604D98');
    const { events, result } = await nortelTrial({
      ...{ flash, user },
      ipcm: { greeting: ['17 0b 19 28 20 20 20 20 20 20 20'] },
    });
    assert.equal(result.state, 'idle');
    assert.ok(told(events, 'stage').includes('finds no key "Config"'));
  });

  test('a server that answers FirmW with nothing leaves it idle', async () => {
    const { result } = await nortelTrial({ flash: unistimPhone(), ipcm: {}, user });
    assert.deepEqual([result.state, result.image], ['idle', '0604D98']);
  });
});

describe('what is refused', () => {
  const refusals: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['a SIP image without the transitional one', nortelImage('0692D93c08'), /takes no sip image/],
    ['an image for other phones', nortelImage('0621C3A'), /is for the 2007/],
    ['a damaged one', nortelImage('CT12D97').fill(1, 100, 101), /checksum/],
    ['one cut short', nortelImage('CT12D97').subarray(0, 1500), /size/],
    ['something else', Buffer.alloc(1500, 7), /signature/],
  ];
  for (const [what, image, because] of refusals)
    test(what, async () => {
      const ipcm = { ...upgrading, files: { 'CT12D97.bin': image } };
      const { result, events, memory } = await nortelTrial({ flash: unistimPhone(), ipcm, user });
      assert.deepEqual([result.state, result.image], ['idle', '0604D98']);
      assert.equal(result.display, 'Download failed');
      assert.match(told(events, 'refused').join(), because);
      assert.deepEqual(memory.servers.S1, s1);
    });

  test('a transfer that is denied, and a way that is none', async () => {
    const denied = { ...upgrading, denies: true };
    const first = await nortelTrial({ flash: unistimPhone(), ipcm: denied, user });
    assert.match(told(first.events, 'refused').join(), /connection denied/);
    const odd = { ...upgrading, pressed: { '0604D98': { ...transitional, flags: 0x44 } } };
    const second = await nortelTrial({ flash: unistimPhone(), ipcm: odd, user });
    assert.match(told(second.events, 'refused').join(), /no way of transfer is 4/);
  });

  test('what it has already, unless that is forced', async () => {
    const same = { path: '0604D98.bin', identifier: '0604D98' };
    const offered = await nortelTrial({
      ...{ flash: unistimPhone(), user },
      ipcm: { files, pressed: { '0604D98': same } },
    });
    assert.deepEqual(answers(offered.events), []);
    const forced = await nortelTrial({
      ...{ flash: unistimPhone(), user },
      ipcm: { files, pressed: { '0604D98': { ...same, flags: 0x63 } } },
    });
    assert.deepEqual(answers(forced.events), ['0604D98.bin sent']);
    assert.equal(forced.result.boots, 2);
  });
});

describe('transfers', () => {
  test('by TFTP where the server says so', async () => {
    const byTftp = { ...transitional, flags: 0x01, fileServer: '10.0.0.3' };
    const ipcm = { ...upgrading, pressed: { '0604D98': byTftp } };
    const { events, seen, result } = await nortelTrial({
      ...{ flash: unistimPhone(), ipcm, user, files, until: 1 },
    });
    assert.deepEqual(answers(events), ['CT12D97.bin sent']);
    assert.deepEqual(
      seen.map(({ path, server }) => `${path} from ${server}`),
      ['CT12D97.bin from 10.0.0.3'],
    );
    assert.equal(result.image, 'CT12D97');
  });

  test('one that falls silent: it starts again, and somebody presses again', async () => {
    const ipcm = { ...upgrading, silentAfter: 2 };
    const { result, events, memory } = await nortelTrial({ flash: unistimPhone(), ipcm, user });
    assert.deepEqual([result.state, result.image], ['stuck', '0604D98']);
    assert.match(result.because ?? '', /over and over: the download of CT12D97.bin broke off/);
    assert.equal(
      answers(events).every((each) => each === 'CT12D97.bin silent'),
      true,
    );
    assert.deepEqual(memory.servers.S1, s1);
  });
});

describe('servers', () => {
  const both = { servers: { S1: s1, S2: { ...s1, address: backupAddress } } };

  test('S1 silent: after its retry count S2', async () => {
    const flash = unistimPhone('0604D98', both);
    const { result, events } = await nortelTrial({ flash, backup: {} });
    assert.equal(result.state, 'idle');
    assert.deepEqual(displays(events).slice(0, 3), [
      'Nortel Networks',
      'Connecting to S1',
      'Connecting to S2',
    ]);
  });

  test('nobody answers: S1, S2, S1 and so on, for ever', async () => {
    const { result, events } = await nortelTrial({ flash: unistimPhone('0604D98', both) });
    assert.deepEqual([result.state, result.display], ['stuck', 'Server unreachable']);
    assert.match(result.because ?? '', /S1 10.0.0.5:5000 does not answer; S2 10.0.0.6:5000/);
    assert.equal(displays(events).filter((text) => text === 'Connecting to S1').length, 3);
  });

  test('the service is locked, and unlocked again', async () => {
    let until = 30_000;
    const world = { now: () => 0 };
    const ipcm = { isLocked: () => world.now() < until };
    const before = ({ clock }: { clock: { now(): number } }) => {
      world.now = () => clock.now();
    };
    const back = await nortelTrial({ flash: unistimPhone(), ipcm, before });
    assert.equal(back.result.state, 'idle');
    until = Infinity;
    const locked = await nortelTrial({ flash: unistimPhone(), ipcm, before });
    assert.equal(locked.result.state, 'stuck');
  });

  test('port and action of SIP are still there after a revert: it cannot connect until it is told', async () => {
    const flash = unistimPhone('0604D98', { servers: { S1: s1OfSip } });
    const failed = await nortelTrial({ flash, ipcm: {} });
    assert.equal(failed.result.state, 'stuck');
    assert.match(
      failed.result.because ?? '',
      /10.0.0.5:5060 with action 7: UNIStim needs action 1/,
    );
    assert.deepEqual(failed.ipcm?.heard, []);
    const portAlone = { S1: { ...s1, action: 7 } };
    const half = await nortelTrial({ flash, ipcm: {}, entered: portAlone });
    assert.equal(half.result.state, 'stuck');
    const unistim = { address: ipcmAddress, port: 5000 };
    const notNew = await nortelTrial({ flash, ipcm: {}, unistim });
    assert.equal(notNew.result.state, 'stuck');
    const entered = await nortelTrial({ flash, ipcm: {}, entered: { S1: s1 } });
    assert.deepEqual([entered.result.state, entered.result.protocol], ['idle', 'UNIStim']);
  });

  test('SIP firmware with S1 5000/1 speaks UNIStim and reports seven characters', async () => {
    const { result, ipcm } = await nortelTrial({ flash: unistimPhone('0692D93c08'), ipcm: {} });
    assert.equal(result.state, 'idle');
    assert.ok(ipcm?.heard.includes(plain('00000002 02 02 00000013 9a0a02 30363932443933')));
  });

  test('without S1 there is nobody to ask', async () => {
    const { result } = await nortelTrial({ flash: unistimPhone('0604D98', { servers: {} }) });
    assert.match(result.because ?? '', /S1.* is set/);
  });
});

describe('what the server orders', () => {
  test('soft reset: acknowledged, and hello again', async () => {
    const { ipcm, result } = await nortelTrial({
      flash: unistimPhone(),
      ipcm: { greeting: ['1e 03 02'] },
    });
    assert.ok(ipcm?.heard.some((hex) => hex.endsWith('9e0300')));
    assert.equal(ipcm?.heard.filter((hex) => hex.startsWith('ffffffff')).length, 21);
    assert.match(result.because ?? '', /over and over/);
  });

  test('hard reset: it starts again', async () => {
    const { result, events } = await nortelTrial({
      ...{ flash: unistimPhone(), until: 2 },
      ipcm: { greeting: ['1e 03 03'] },
    });
    assert.equal(result.boots, 2);
    assert.match(told(events, 'reboot').join(), /hard reset/);
  });

  test('server switch: S2', async () => {
    const servers = { S1: s1, S2: { ...s1, address: backupAddress } };
    const { backup, result } = await nortelTrial({
      flash: unistimPhone('0604D98', { servers }),
      ...{ ipcm: { greeting: ['1e 04 0c 01'] }, backup: {} },
    });
    assert.equal(result.state, 'idle');
    assert.ok((backup?.heard.length ?? 0) > 5);
  });

  test('a watchdog that nobody resets makes it start again', async () => {
    const { events, result } = await nortelTrial({
      ...{ flash: unistimPhone(), until: 1 },
      ipcm: { greeting: ['1e 05 12 00 02'] },
    });
    assert.equal(result.state, 'rebooting');
    assert.match(told(events, 'reboot').join(), /watchdog/);
  });

  test('Download Server Information is kept; asked for, it is reported', async () => {
    const { ipcm, memory } = await nortelTrial({
      flash: unistimPhone(),
      ipcm: { greeting: ['1e 0d 0b 01 1388 01 07 00 0a000006', '1e 04 04 08'] },
    });
    assert.deepEqual(memory.servers.S2, { ...s1, address: backupAddress, retries: 7 });
    const report = plain('9e 16 0c 00 1388 01 02 01 0a000005 1388 01 07 00 0a000006');
    assert.ok(ipcm?.heard.some((hex) => hex.endsWith(report)));
  });
});

describe('DHCP', () => {
  const options = { 1: '255.255.255.0', 3: '192.0.2.1' };
  const string = `"Nortel-i2004-A,${ipcmAddress}:5000,1,3;${backupAddress}:5000,1,3."`;

  test('S1 and S2 by the string in a site option', async () => {
    const { result, memory } = await nortelTrial({
      flash: unistimPhone('0604D98', { servers: {} }),
      ...{ ipcm: {}, dhcpServer: { options: { ...options, 128: string } } },
    });
    assert.equal(result.state, 'idle');
    assert.deepEqual(memory.servers, {
      S1: { ...s1, retries: 3 },
      S2: { ...s1, address: backupAddress, retries: 3 },
    });
  });

  const incomplete: readonly (readonly [string, Readonly<Record<number, string>>])[] = [
    ['string', options],
    ['router', { 1: options[1], 128: string }],
    ['mask', { 3: options[3], 128: string }],
  ];
  for (const [what, given] of incomplete)
    test(`an offer without ${what} is not taken`, async () => {
      const flash = unistimPhone();
      const { result, events } = await nortelTrial({
        flash,
        ipcm: {},
        dhcpServer: { options: given },
      });
      assert.match(result.because ?? '', /no DHCP server gives it an address/);
      assert.ok(events.some((each) => each.kind === 'dhcp' && each.because?.includes(what)));
    });

  test('with S1 entered by hand it needs no string', async () => {
    const { result } = await nortelTrial({
      ...{ flash: unistimPhone('0604D98', { servers: {} }), entered: { S1: s1 } },
      ...{ ipcm: {}, dhcpServer: { options } },
    });
    assert.equal(result.state, 'idle');
  });

  test('the string provisions a phone that came back from SIP', async () => {
    const flash = unistimPhone('0604D98', { servers: { S1: s1OfSip } });
    const dhcpServer = { options: { ...options, 128: string } };
    const { result } = await nortelTrial({ flash, ipcm: {}, dhcpServer });
    assert.equal(result.state, 'idle');
  });
});
