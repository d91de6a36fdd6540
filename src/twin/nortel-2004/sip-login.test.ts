import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  asked,
  backupAddress,
  ipcmAddress,
  nortelImage,
  nortelAddress,
  nortelTrial,
  s1OfSip,
  sipPhone,
  type NortelTrialOptions,
  type NortelWorld,
} from '../testing/nortel-trial.ts';
import { scriptedPeer, type ScriptedPeer } from '../sip/testing/scripted-peer.ts';
import type { TwinSip } from '../sip/twin-sip.ts';

import { files, provisioning, settings } from './testing/lab-note-files.ts';

const checkSync = [
  `NOTIFY sip:4711@${nortelAddress} SIP/2.0`,
  ...[`Via: SIP/2.0/UDP ${ipcmAddress}:5060;branch=z9hG4bK1`, 'From: <sip:a@b>;tag=1'],
  ...['To: <sip:4711@example.com>', 'Call-ID: 1@b', 'CSeq: 1 NOTIFY', 'Max-Forwards: 70'],
  ...['Event: check-sync', 'Content-Length: 0', '', ''],
].join('\r\n');

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
        const [first, second] = [ipcmAddress, backupAddress].map((each) =>
          made.exchange.network(each),
        );
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
    const servers = {
      S1: { ...s1OfSip, address: '10.0.0.99' },
      S2: { ...s1OfSip, address: backupAddress },
    };
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

  test('check-sync: answered and passed over', async () => {
    const { running, world, stop } = speaking({ until: 'stay' });
    await new Promise((resolve) => setImmediate(resolve));
    await world.clock.sleep(60_000);
    world.peer.send(checkSync, nortelAddress);
    await world.clock.sleep(60_000);
    assert.ok(
      world.events.some(
        (each) => each.kind === 'sip' && each.method === 'NOTIFY' && each.status === 200,
      ),
    );
    stop();
    const { result } = await running;
    assert.deepEqual([result.boots, result.restarts], [1, 0]);
  });

  test('check-sync with the option: it starts again and is registered again', async () => {
    const { running, world } = speaking(
      { until: 'restarted' },
      { hooks: { nortel: { restartsBySync: true } } },
    );
    await new Promise((resolve) => setImmediate(resolve));
    await world.clock.sleep(60_000);
    world.peer.send(checkSync, nortelAddress);
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
        const trial = speaking(
          { until: 'stay' },
          { seed, files: { ...files, '2004sysConfig.dat': daily } },
        );
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
