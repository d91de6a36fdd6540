import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HostClock } from '../servers/sntp/host-clock.ts';
import { until } from '../servers/tftp/testing/running-server.ts';
import { parseTracking, readHostClock, thisMachine, watchHostClock } from './host-clock.ts';

/** A machine with these programs and files. */
function machine(said: Readonly<Record<string, string>>, files: readonly string[] = []) {
  return {
    now: () => 5000,
    run: (program: string) => Promise.resolve(said[program]),
    exists: (path: string) => Promise.resolve(files.includes(path)),
  };
}

/** chronyd 4.3 with a server, without one and with a clock of its own. */
const tracking = {
  synchronised:
    'C0000201,192.0.2.1,3,1777896000.250000000,-0.000012,0.000034,0.000045,-12.3,0.001,0.02,0.0312,0.0021,64.2,Normal\n',
  none: '00000000,,0,0.000000000,0.000000000,0.000000000,0.000000000,0.000,0.000,0.000,1.000000000,1.000000000,0.0,Not synchronised\n',
  leap: '7F7F0101,,10,1777896000.5,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,64.2,Insert second\n',
};

test('chronyc tracking', () => {
  assert.deepEqual(parseTracking(tracking.synchronised), {
    state: 'synchronised',
    service: {
      ...{ stratum: 3, leap: 0, rootDelay: 0.0312, rootDispersion: 0.0021 },
      setAt: 1_777_896_000_250,
    },
  });
  assert.deepEqual(parseTracking(tracking.none), { state: 'not synchronised' });
  assert.deepEqual(parseTracking(tracking.leap)?.service?.leap, 1);
  for (const text of ['', 'a,b', '506 Cannot talk to daemon', tracking.none.replace('Not', 'No')])
    assert.equal(parseTracking(text), undefined, text);
});

test('the first that knows counts', async () => {
  const folder = '/run/systemd/timesync';
  const cases: readonly (readonly [ReturnType<typeof machine>, HostClock['state']])[] = [
    [machine({ chronyc: tracking.synchronised, timedatectl: 'no\n' }), 'synchronised'],
    [machine({ chronyc: tracking.none, timedatectl: 'yes\n' }), 'not synchronised'],
    [machine({ timedatectl: 'yes\n' }, [folder]), 'synchronised'],
    [machine({ timedatectl: 'no\n' }), 'not synchronised'],
    [machine({ timedatectl: '' }, [folder, `${folder}/synchronized`]), 'synchronised'],
    [machine({}, [folder]), 'not synchronised'],
    [machine({}), 'unknown'],
  ];
  for (const [questions, state] of cases) {
    const clock = await readHostClock(questions);
    assert.deepEqual([clock.state, clock.at], [state, 5000]);
  }
});

test('this machine, whatever it is, is one of the three', async () => {
  const { state } = await readHostClock(thisMachine);
  assert(['synchronised', 'not synchronised', 'unknown'].includes(state));
  assert.equal(await thisMachine.run('no-such-program-here'), undefined);
  assert.equal(await thisMachine.exists('/no/such/file'), false);
});

test('a change is told once', async () => {
  const said = { timedatectl: 'no\n' };
  const states: string[] = [];
  const watch = await watchHostClock(machine(said), 1, ({ state }) => void states.push(state));
  const keepsAlive = setInterval(() => undefined, 1000);
  assert.equal(watch.current().state, 'not synchronised');
  said.timedatectl = 'yes\n';
  await until(() => watch.current().state === 'synchronised');
  said.timedatectl = 'no\n';
  await until(() => watch.current().state === 'not synchronised');
  watch.stop();
  clearInterval(keepsAlive);
  assert.deepEqual(states, ['not synchronised', 'synchronised', 'not synchronised']);
});
