import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  asked,
  backupAddress,
  ipcmAddress,
  nortelImage,
  nortelMac,
  nortelAddress,
  nortelTrial,
  s1OfSip,
  sipPhone,
  told,
  unistimPhone,
  type NortelTrialOptions,
  type NortelWorld,
} from '../testing/nortel-trial.ts';
import { answers } from '../testing/trial.ts';
import { scriptedPeer, type ScriptedPeer } from '../sip/testing/scripted-peer.ts';
import { parseMac } from '../../wire/mac.ts';
import { memoryWith } from '../memory.ts';
import type { TwinSip } from '../sip/twin-sip.ts';
import { memoryWithImage } from './nortel-memory.ts';

/** The example of NN42020-202, with the lines that a test wants otherwise. */
function provisioning(more: Partial<Record<'device' | 'language' | 'fw', string>> = {}): string {
  const {
    device = 'DOWNLOAD_MODE AUTO \nVERSION 000020 \nFILENAME 2004sysConfig.dat ',
    language = 'DOWNLOAD_MODE AUTO \nVERSION 000002 \nFILENAME francais.lng ',
    fw = 'DOWNLOAD_MODE AUTO \nVERSION 0692D93c08 \nFILENAME 2004SIP.img \n#FILENAME 0604D98.bin ',
  } = more;
  const servers = '# SERVER_IP 0.0.0.0 \n# SERVER_PORT 69 \n';
  return `[DEVICE_CONFIG] \n${device}\n${servers}\n[LANGUAGE] \n${language}\n${servers}\n[FW] \n${fw}\n${servers}`;
}

const settings = [
  ...['SIP_DOMAIN1 example.com ', 'DEF_USER1 userid? ', 'BANNER Billerica SIP Client '],
  ...['FORCE_BANNER Yes', 'VMAIL 64167530# ', 'TIMEZONE_OFFSET -18000 ', 'DST_ENABLED YES '],
  ...['DEF_LANG francais ', 'SIP_PING NO', 'AUTO_UPDATE NO '],
].join('\n');

const files = {
  '2004tftp.cfg': provisioning(),
  '2004sysConfig.dat': settings,
  'francais.lng': '# 2006-09-18\nbonjour\n',
  '2004SIP.img': nortelImage('0692D93c08'),
};

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
  const images = { '0692D93.bin': nortelImage('0692D93c08'), 'CT12D97.bin': nortelImage('CT12D97') };
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
    const served = { ...files, '2004tftp.cfg': provisioning({ fw }), '0692D94.bin': Buffer.alloc(900) };
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

describe('logged in', () => {
  const login = { user: '4711', password: 'secret' };
  const user = { login };

  type World = NortelWorld & { peer: ScriptedPeer; backup: ScriptedPeer };
  function speaking(sip: Partial<TwinSip>, more: Partial<NortelTrialOptions> = {}) {
    const world: Partial<World> = {};
    const stopping = new AbortController();
    const running = nortelTrial({
      ...{ flash: sipPhone(), files, user },
      sip: {
        until: 'registered',
        stopped: stopping.signal,
        ownAddress: () => Promise.resolve(nortelAddress),
        resolve: () => Promise.resolve(undefined),
        ...sip,
      },
      async before(made) {
        const ok = () => ({ status: 200, reason: 'OK' });
        const [first, second] = [ipcmAddress, backupAddress].map((each) => made.exchange.network(each));
        if (first === undefined || second === undefined) return;
        Object.assign(world, made, {
          peer: await scriptedPeer(first, made.clock, ok),
          backup: await scriptedPeer(second, made.clock, ok),
        });
      },
      ...more,
    });
    return { running, world: world as World, stop: () => stopping.abort() };
  }

  test('it registers at S1 with the domain of its settings, and shows the banner', async () => {
    const { running, world } = speaking({});
    const { result, memory } = await running;
    const [register] = world.peer.requests('REGISTER');
    assert.equal(register?.message.uri, 'sip:example.com');
    assert.deepEqual(
      [result.state, result.display, result.lines?.[0]?.state],
      ['idle', 'Billerica SIP Client', 'registered'],
    );
    assert.equal(memory.profiles['4711']?.voiceMail, '64167530#');
  });

  test('nobody logs in: the login screen, registered with nobody', async () => {
    const { result } = await speaking({}, { user: {} }).running;
    assert.deepEqual([result.state, result.display, result.lines], ['idle', 'Login: userid?', []]);
  });

  test('VMAIL counts for new profiles; for all where UPDATE_USERS says so', async () => {
    const flash = sipPhone('0692D93c08', { profiles: { '4711': { voiceMail: '1' } } });
    const kept = await speaking({}, { flash }).running;
    assert.equal(kept.memory.profiles['4711']?.voiceMail, '1');
    const updating = { ...files, '2004sysConfig.dat': `${settings}\nUPDATE_USERS Yes\n` };
    const again = sipPhone('0692D93c08', { profiles: { '4711': { voiceMail: '1' } } });
    const updated = await speaking({}, { flash: again, files: updating }).running;
    assert.equal(updated.memory.profiles['4711']?.voiceMail, '64167530#');
  });

  test('the banner of a user stays, unless FORCE_BANNER says otherwise', async () => {
    const own = sipPhone('0692D93c08', { banner: 'mine' });
    const free = { ...files, '2004sysConfig.dat': settings.replace('FORCE_BANNER Yes', '') };
    const { memory } = await nortelTrial({ flash: own, files: free });
    assert.equal(memory.banner, 'mine');
    const forced = await nortelTrial({ flash: sipPhone('0692D93c08', { banner: 'mine' }), files });
    assert.equal(forced.memory.banner, 'Billerica SIP Client');
  });

  test('S1 silent: S2 takes the registration', async () => {
    const servers = { S1: { ...s1OfSip, address: '10.0.0.99' }, S2: { ...s1OfSip, address: backupAddress } };
    const { running, world } = speaking({}, { flash: sipPhone('0692D93c08', { servers }) });
    const { result } = await running;
    assert.equal(result.lines?.[0]?.peer, `${backupAddress}:5060`);
    assert.equal(world.backup.requests('REGISTER').length, 1);
  });

  test('SIP_PING: a proxy that falls silent is left for S2 after three times', async () => {
    const servers = { S1: s1OfSip, S2: { ...s1OfSip, address: backupAddress } };
    let isThere = true;
    const { running, world, stop } = speaking(
      { until: 'stay' },
      {
        flash: sipPhone('0692D93c08', { servers }),
        files: { ...files, '2004sysConfig.dat': settings.replace('SIP_PING NO', 'SIP_PING YES') },
        async before(made) {
          const answer = () => (isThere ? { status: 200, reason: 'OK' } : undefined);
          const ok = () => ({ status: 200, reason: 'OK' });
          Object.assign(world, made, {
            peer: await scriptedPeer(made.exchange.network(ipcmAddress), made.clock, answer),
            backup: await scriptedPeer(made.exchange.network(backupAddress), made.clock, ok),
          });
        },
      },
    );
    await new Promise((resolve) => setImmediate(resolve));
    await world.clock.sleep(300_000);
    assert.ok(world.peer.requests('OPTIONS').length >= 3);
    assert.equal(world.backup.requests('REGISTER').length, 0);
    isThere = false;
    await world.clock.sleep(600_000);
    stop();
    await running;
    assert.equal(world.backup.requests('REGISTER').length, 1);
    assert.ok(world.backup.requests('OPTIONS').length >= 1);
  });

  test('check-sync: it starts again and is registered again', async () => {
    const { running, world } = speaking({ until: 'restarted' });
    await new Promise((resolve) => setImmediate(resolve));
    await world.clock.sleep(60_000);
    const notify = [
      `NOTIFY sip:4711@${nortelAddress} SIP/2.0`,
      ...[`Via: SIP/2.0/UDP ${ipcmAddress}:5060;branch=z9hG4bK1`, 'From: <sip:a@b>;tag=1'],
      ...['To: <sip:4711@example.com>', 'Call-ID: 1@b', 'CSeq: 1 NOTIFY', 'Max-Forwards: 70'],
      ...['Event: check-sync', 'Content-Length: 0', '', ''],
    ].join('\r\n');
    world.peer.send(notify, nortelAddress);
    const { result, seen } = await running;
    assert.deepEqual([result.boots, result.restarts], [2, 1]);
    assert.equal(asked({ seen }).filter((path) => path === '2004tftp.cfg').length, 2);
  });

  test('AUTO_UPDATE: once a day after its time, spread over an hour by the seed; new firmware', async () => {
    const daily = settings
      .replace('AUTO_UPDATE NO', 'AUTO_UPDATE YES\nAUTO_UPDATE_TIME 3600')
      .replace('DEF_LANG', '# DEF_LANG');
    const served: Record<string, string | Uint8Array> = { ...files, '2004sysConfig.dat': daily };
    const startAt = Date.UTC(2026, 0, 5, 12);
    const { running, world, stop } = speaking({ until: 'stay' }, { files: served, startAt });
    await new Promise((resolve) => setImmediate(resolve));
    const hour = 3_600_000;
    await world.clock.sleep(60_000);
    const updates = () =>
      world.events.filter((each) => each.kind === 'stage' && each.text === 'AUTO_UPDATE');
    // Local midnight is at 5:00 GMT.
    for (const at of [Date.UTC(2026, 0, 6, 6), Date.UTC(2026, 0, 7, 6)]) {
      const before = updates().length;
      await world.clock.sleep(at - world.clock.now());
      assert.equal(updates().length, before);
      await world.clock.sleep(hour);
      assert.equal(updates().length, before + 1);
    }
    served['2004tftp.cfg'] = provisioning({ fw: 'VERSION 0692D94c01\nFILENAME 2004SIP.img' });
    served['2004SIP.img'] = nortelImage('0692D94c01');
    await world.clock.sleep(25 * hour);
    stop();
    const { result } = await running;
    assert.deepEqual([result.image, result.boots], ['0692D94c01', 2]);
  });

  test('two seeds, two times', async () => {
    const daily = settings.replace('AUTO_UPDATE NO', 'AUTO_UPDATE YES');
    const times = await Promise.all(
      [1, 1, 2].map(async (seed) => {
        const trial = speaking({ until: 'stay' }, { seed, files: { ...files, '2004sysConfig.dat': daily } });
        await new Promise((resolve) => setImmediate(resolve));
        await trial.world.clock.sleep(30 * 3_600_000);
        trial.stop();
        const { events } = await trial.running;
        return events.find((each) => each.kind === 'stage' && each.text === 'AUTO_UPDATE')?.at;
      }),
    );
    assert.equal(times[0], times[1]);
    assert.notEqual(times[0], times[2]);
  });
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
