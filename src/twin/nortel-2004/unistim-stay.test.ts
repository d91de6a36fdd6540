import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  backupAddress,
  nortelTrial,
  s1,
  told,
  unistimPhone,
  type NortelTrialOptions,
  type NortelWorld,
} from '../testing/nortel-trial.ts';
import type { ScriptedUnistim } from '../testing/scripted-unistim.ts';

const minute = 60_000;

/** A phone that stays connected, in a world whose time the test passes. */
async function staying(options: Partial<NortelTrialOptions> = {}) {
  const stopping = new AbortController();
  const made = Promise.withResolvers<NortelWorld>();
  const ready = Promise.withResolvers<ScriptedUnistim | undefined>();
  const running = nortelTrial({
    ...{ flash: unistimPhone(), ipcm: {}, before: made.resolve, onReady: ready.resolve },
    sip: {
      ...{ until: 'stay', stopped: stopping.signal },
      ownAddress: () => Promise.resolve('10.0.0.7'),
      resolve: () => Promise.resolve(undefined),
    },
    ...options,
  });
  const [{ clock, events }, ipcm] = await Promise.all([made.promise, ready.promise]);
  const end = () => {
    stopping.abort();
    return running;
  };
  return { clock, events, ipcm, end, running };
}

test('it stays as long as the watchdog is set again, and is stopped from outside', async () => {
  const { clock, ipcm, end, events } = await staying();
  for (let minutes = 0; minutes < 30; minutes++) {
    await clock.sleep(minute);
    ipcm?.say('1e 05 12 00 8a');
  }
  const { result } = await end();
  assert.deepEqual([result.state, result.boots, result.display], ['idle', 1, 'IPCM | [Config]']);
  assert.deepEqual(told(events, 'reboot'), []);
});

test('a server that falls silent: the watchdog makes it start again, and S2 takes over', async () => {
  let isLocked = false;
  const servers = { S1: s1, S2: { ...s1, address: backupAddress } };
  const { clock, end, events } = await staying({
    ...{ flash: unistimPhone('0604D98', { servers }), backup: {} },
    ipcm: { isLocked: () => isLocked },
  });
  await clock.sleep(minute);
  isLocked = true;
  await clock.sleep(3 * minute);
  const { result, backup } = await end();
  assert.equal(result.state, 'idle');
  assert.match(told(events, 'reboot')[0] ?? '', /watchdog/);
  assert.ok((backup?.heard.length ?? 0) > 5);
});

test('a fail-over by the server: sequence 0xffffffff, and the phone says hello to S2', async () => {
  const servers = { S1: s1, S2: { ...s1, address: backupAddress } };
  const flash = unistimPhone('0604D98', { servers });
  const { clock, ipcm, end } = await staying({ flash, backup: {} });
  await clock.sleep(minute);
  ipcm?.failOver('1e 04 0c 01');
  await clock.sleep(minute);
  const { backup, result } = await end();
  assert.deepEqual([result.state, result.boots], ['idle', 1]);
  assert.ok((backup?.heard.length ?? 0) > 5);
});

test('DHCP: it renews its address while it is connected', async () => {
  const options = {
    1: '255.255.255.0',
    3: '192.0.2.1',
    128: '"Nortel-i2004-A,10.0.0.5:5000,1,3."',
  };
  const { clock, ipcm, end, events } = await staying({
    dhcpServer: { options, leaseSeconds: 600 },
  });
  for (let minutes = 0; minutes < 12; minutes++) {
    await clock.sleep(minute);
    ipcm?.say('1e 05 12 00 8a');
  }
  const { result } = await end();
  assert.equal(result.state, 'idle');
  const renewals = events.filter((each) => each.kind === 'dhcp' && each.because === 'it renews');
  assert.ok(renewals.length >= 2);
});
