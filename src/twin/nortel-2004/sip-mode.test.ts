import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  asked,
  ipcmAddress,
  nortelImage,
  nortelMac,
  nortelTrial,
  s1OfSip,
  sipPhone,
  told,
  unistimPhone,
} from '../testing/nortel-trial.ts';
import { answers } from '../testing/trial.ts';
import { parseMac } from '../../wire/mac.ts';
import { memoryWith } from '../memory.ts';
import { memoryWithImage } from './nortel-memory.ts';

import { files, provisioning, settings } from './testing/lab-note-files.ts';

test('after the way through the IPCM: data and language are fetched, firmware is not', async () => {
  const flash = sipPhone();
  const { result, memory, events, seen } = await nortelTrial({ flash, files });
  assert.deepEqual(asked({ seen }), ['2004tftp.cfg', '2004sysConfig.dat', 'francais.lng']);
  assert.deepEqual(
    [result.state, result.protocol, result.image, result.display, result.boots],
    ['idle', 'SIP', '0692D93c08', 'Login: userid?', 1],
  );
  assert.equal(memory.cached.deviceConfig, '000020');
  assert.equal(memory.cached.language?.writtenAt, Date.UTC(2006, 8, 18));
  assert.equal(memory.banner, 'Billerica SIP Client');
  assert.ok(told(events, 'stage').includes('language francais'));
  const again = await nortelTrial({ flash, files });
  assert.deepEqual(asked(again), ['2004tftp.cfg', 'francais.lng']);
});

test('a raised version: data is fetched, newer firmware is stored, and not again', async () => {
  const flash = sipPhone();
  await nortelTrial({ flash, files });
  const next = {
    ...files,
    '2004tftp.cfg': provisioning({
      device: 'VERSION 000021\nFILENAME 2004sysConfig.dat',
      fw: 'VERSION 0692D93c09\nFILENAME 2004SIP.img',
    }),
    '2004sysConfig.dat': settings.replace('userid?', 'name?'),
    '2004SIP.img': nortelImage('0692D93c09'),
  };
  const { seen, result, events } = await nortelTrial({ flash, files: next });
  assert.deepEqual(asked({ seen }), [
    ...['2004tftp.cfg', '2004sysConfig.dat', 'francais.lng', '2004SIP.img'],
    ...['2004tftp.cfg', 'francais.lng'],
  ]);
  assert.deepEqual([result.image, result.boots, result.display], ['0692D93c09', 2, 'Login: name?']);
  assert.deepEqual(told(events, 'reboot'), ['0692D93c09 was stored']);
});

test('slave servers, by section; an address that was not commented out reaches nobody', async () => {
  const device = 'VERSION 1\nFILENAME 2004sysConfig.dat\nSERVER_IP 10.0.0.3\nSERVER_PORT 6969';
  const language = 'FILENAME francais.lng\nSERVER_IP 0.0.0.0';
  const fw = 'VERSION 0692D94c01\nFILENAME new.img\nSERVER_IP 10.0.0.4';
  const { seen, events } = await nortelTrial({
    flash: sipPhone(),
    files: { ...files, '2004tftp.cfg': provisioning({ device, language, fw }) },
  });
  assert.deepEqual(asked({ seen }), [
    ...['2004tftp.cfg', '2004sysConfig.dat from 10.0.0.3', 'new.img from 10.0.0.4'],
  ]);
  assert.deepEqual(told(events, 'refused'), [
    'francais.lng: the TFTP server does not answer',
    'new.img: TFTP error 1',
  ]);
});

test('letters of names as they are written: Francais.lng is not francais.lng', async () => {
  const language = 'FILENAME Francais.lng';
  const { events } = await nortelTrial({
    flash: sipPhone(),
    files: { ...files, '2004tftp.cfg': provisioning({ language }) },
  });
  assert.deepEqual(told(events, 'refused'), ['Francais.lng: TFTP error 1']);
  assert.ok(told(events, 'stage').includes('language English'));
});

test('only FORCED is a keyword: FORCE is AUTO', async () => {
  const fw = 'DOWNLOAD_MODE FORCE\nVERSION 0692D93c08\nFILENAME 2004SIP.img';
  const trial = await nortelTrial({
    flash: sipPhone(),
    files: { ...files, '2004tftp.cfg': provisioning({ fw }) },
  });
  assert.equal(asked(trial).includes('2004SIP.img'), false);
});

test('FORCED left on with firmware that still reads the file: it goes in circles', async () => {
  const fw = 'DOWNLOAD_MODE FORCED\nVERSION 0692D93c08\nFILENAME 2004SIP.img';
  const { result } = await nortelTrial({
    flash: sipPhone('0692D93c09'),
    files: { ...files, '2004tftp.cfg': provisioning({ fw }) },
  });
  assert.deepEqual([result.state, result.image], ['stuck', '0692D93c08']);
  assert.match(result.because ?? '', /over and over: 0692D93c08 was stored/);
});

test('FORCED and older: downgraded; the version of the file is cached, and AUTO leaves it so', async () => {
  const forced = provisioning({
    fw: 'DOWNLOAD_MODE FORCED\nVERSION 0692D92c01\nFILENAME old.img',
  });
  const flash = sipPhone();
  const old = { ...files, '2004tftp.cfg': forced, 'old.img': nortelImage('0692D92c01') };
  const down = await nortelTrial({ flash, files: old, until: 1 });
  assert.deepEqual([down.result.state, down.memory.image], ['rebooting', '0692D92c01']);
  const kept = { ...files, '2004tftp.cfg': forced.replace('FORCED', 'AUTO') };
  const after = await nortelTrial({ flash, files: kept });
  assert.deepEqual([after.result.state, after.result.image], ['idle', '0692D92c01']);
});

test('the revert to UNIStim: it cannot connect with 5060/7, then with 5000/1 it can; then back', async () => {
  const fw = 'DOWNLOAD_MODE FORCED\nVERSION 0692D93c08\nFILENAME 0604D98.bin';
  const flash = sipPhone();
  const reverting = {
    ...files,
    ...{ '2004tftp.cfg': provisioning({ fw }), '0604D98.bin': nortelImage('0604D98') },
  };
  const failed = await nortelTrial({ flash, files: reverting, ipcm: {} });
  assert.deepEqual(
    [failed.result.state, failed.result.protocol, failed.result.image, failed.result.display],
    ['stuck', 'UNIStim', '0604D98', 'Server unreachable'],
  );
  assert.deepEqual(failed.memory.servers.S1, s1OfSip);
  assert.equal(failed.memory.isReliable, false);
  const entered = { S1: { address: ipcmAddress, port: 5000, action: 1, retries: 3 } };
  const back = await nortelTrial({ flash, files: reverting, ipcm: {}, entered });
  assert.deepEqual([back.result.state, back.result.boots], ['idle', 1]);
  assert.deepEqual(asked(back), []);
  const direct = { path: '0692D93.bin', identifier: '0692D93c08' };
  const images = {
    '0692D93.bin': nortelImage('0692D93c08'),
    'CT12D97.bin': nortelImage('CT12D97'),
  };
  const ipcm = {
    ...{ files: images, offers: { CT12D97: direct } },
    pressed: { '0604D98': { path: 'CT12D97.bin', identifier: 'CT12D97' } },
  };
  const user = { press: 'FirmW' } as const;
  const sip = await nortelTrial({ flash, files, ipcm, user });
  assert.deepEqual([sip.result.image, sip.result.boots], ['0692D93c08', 3]);
  assert.deepEqual(sip.memory.servers.S1, { ...entered.S1, port: 5060, action: 7 });
});

describe('a TFTP server that is of no help', () => {
  test('silent: the phone keeps what it has, after half a minute', async () => {
    const flash = sipPhone();
    await nortelTrial({ flash, files });
    const { result, events } = await nortelTrial({ flash, server: () => ({ kind: 'silent' }) });
    assert.deepEqual([result.state, result.display], ['idle', 'Login: userid?']);
    assert.deepEqual(answers(events), Array(15).fill('2004tftp.cfg silent'));
  });

  test('none is known: nobody is asked', async () => {
    const { seen, result } = await nortelTrial({
      flash: sipPhone(),
      dhcpServer: { options: { 1: '255.255.255.0', 3: '192.0.2.1' } },
    });
    assert.deepEqual([seen.length, result.state], [0, 'idle']);
  });

  test('option 66 names one; one that the IPCM named goes before it', async () => {
    const dhcpServer = { options: { 66: '10.0.0.9' } };
    const byDhcp = await nortelTrial({ flash: sipPhone(), files, dhcpServer });
    assert.equal(byDhcp.seen[0]?.server, '10.0.0.9');
    const flash = sipPhone('0692D93c08', { network: { tftp: '10.0.0.2', tftpPort: 69 } });
    const byIpcm = await nortelTrial({ flash, files, dhcpServer });
    assert.equal(byIpcm.seen[0]?.server, '10.0.0.2');
  });

  const refused: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['the transitional firmware', nortelImage('CT12D97'), /sip firmware takes no transitional/],
    ['a damaged image', nortelImage('0692D94c01').fill(0, 90, 91), /checksum/],
  ];
  for (const [what, image, because] of refused)
    test(`${what} is refused, and the phone goes on`, async () => {
      const fw = 'VERSION 0692D94c01\nFILENAME 2004SIP.img';
      const { result, events } = await nortelTrial({
        flash: sipPhone(),
        files: { ...files, '2004tftp.cfg': provisioning({ fw }), '2004SIP.img': image },
      });
      assert.deepEqual([result.state, result.image], ['idle', '0692D93c08']);
      assert.equal(result.display, 'Download failed');
      assert.match(told(events, 'refused').join(), because);
    });

  test('an image of unknown layout is taken by its name where that is wanted', async () => {
    const fw = 'VERSION 0692D94\nFILENAME 0692D94.bin';
    const served = {
      ...files,
      '2004tftp.cfg': provisioning({ fw }),
      '0692D94.bin': Buffer.alloc(900),
    };
    const { result } = await nortelTrial({ flash: sipPhone(), files: served, trusting: true });
    assert.deepEqual([result.state, result.image], ['idle', '0692D94']);
  });
});

test('80 characters: what stands behind a longer line is passed over, with the fault alone', async () => {
  const long = `# ${'x'.repeat(90)}\n`;
  const served = { ...files, '2004tftp.cfg': long + provisioning() };
  const usual = await nortelTrial({ flash: sipPhone(), files: served });
  assert.equal(asked(usual).length, 3);
  const hooks = { nortel: { stopsAtLongLines: true } };
  const strict = await nortelTrial({ flash: sipPhone(), files: served, hooks });
  assert.deepEqual(asked(strict), ['2004tftp.cfg']);
});

test('a phone whose flash holds nothing is dead', async () => {
  const { image: _, ...rest } = memoryWithImage('0604D98');
  const { result } = await nortelTrial({ flash: memoryWith(rest), ipcm: {} });
  assert.deepEqual([result.state, result.image], ['stuck', undefined]);
});

test('another MAC is another hardware id', async () => {
  const { ipcm } = await nortelTrial({
    ...{ flash: unistimPhone(), ipcm: {} },
    mac: parseMac('00:13:65:00:00:09'),
  });
  assert.ok(ipcm?.heard.some((hex) => hex.includes('001365000009')));
  assert.notEqual(nortelMac, parseMac('00:13:65:00:00:09'));
});
