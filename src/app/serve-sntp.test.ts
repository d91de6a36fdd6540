import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { loadConfig } from '../config.ts';
import type { ServerFindingEvent, TimeEvent } from '../core/asking.ts';
import { defaultRateLimit } from '../servers/rate-limit.ts';
import { requestOf, TestClient } from '../servers/sntp/testing/client.ts';
import type { HostQuestions } from './host-clock.ts';
import { startSntp } from './serve-sntp.ts';

/** A machine on which systemd says this of the clock. */
function host(said?: string): HostQuestions {
  return {
    now: () => Date.now(),
    run: (program) => Promise.resolve(program === 'timedatectl' ? said : undefined),
    exists: () => Promise.resolve(false),
  };
}

async function serve(t: TestContext, config: string, said?: string) {
  const events: (ServerFindingEvent | TimeEvent)[] = [];
  const problems: string[] = [];
  const server = await startSntp(
    { host: '127.0.0.1', port: 0 },
    {
      config: loadConfig(config, 'hookflash.yaml'),
      limit: defaultRateLimit,
      onProblem: ({ text }) => void problems.push(text),
      onEvent: (event) => void events.push(event),
      host: host(said),
    },
  );
  t.after(() => server.stop());
  assert.match(server.where, /^127\.0\.0\.1:\d+$/);
  const peer = { address: '127.0.0.1', port: Number(server.where.split(':')[1]) };
  const client = await TestClient.open(t);
  const answer = await client.ask(requestOf(), peer);
  const findings = events.flatMap((event) =>
    event.kind === 'server-finding' ? [`${event.state} ${event.finding.code}`] : [],
  );
  return { answer, events, findings, problems };
}

test('a clock that somebody sets: nothing to say, and each request is told', async (t) => {
  const { answer, findings, events, problems } = await serve(t, '', 'yes\n');
  assert.deepEqual([answer.leap, answer.stratum], [0, 3]);
  assert.deepEqual([findings, problems], [[], []]);
  const [asked] = events;
  assert(asked?.kind === 'time');
  assert.deepEqual([asked.outcome, asked.address], ['time', '127.0.0.1']);
  const unixMs = (answer.transmit.seconds - 2_208_988_800) * 1000;
  assert(Math.abs(unixMs - Date.now()) < 60_000);
});

test('a clock that nobody sets is an error, and no time is given', async (t) => {
  const { answer, findings, events } = await serve(t, '', 'no\n');
  assert.deepEqual([answer.leap, answer.stratum], [3, 0]);
  assert.deepEqual(findings, ['begins host-clock-unsynchronised']);
  const [finding] = events;
  assert(finding?.kind === 'server-finding');
  assert.equal(finding.finding.severity, 'error');
});

test('unless the operator wants it served all the same', async (t) => {
  const { answer, events } = await serve(t, 'sntp: { local_stratum: 12 }', 'no\n');
  assert.deepEqual([answer.leap, answer.stratum], [0, 12]);
  const [finding] = events;
  assert(finding?.kind === 'server-finding');
  assert.equal(finding.finding.severity, 'warning');
});

test('a clock of which nobody knows is served, and told of', async (t) => {
  const { answer, findings } = await serve(t, '');
  assert.deepEqual([answer.leap, answer.stratum, answer.referenceId], [0, 10, 0x4c4f434c]);
  assert.deepEqual(findings, ['begins host-clock-unknown']);
});

test('phones that wait for what is not sent', async (t) => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['settings: { sntp_mode: unicast }', []],
    ['settings: { sntp_mode: multicast }', ['begins sntp-not-broadcast']],
    [
      'models: { "7960": { settings: { sntp_mode: directedbroadcast } } }',
      ['begins sntp-not-broadcast'],
    ],
    ['sntp: { multicast: yes, every: 1h }\nsettings: { sntp_mode: multicast }', []],
    ['sntp: { broadcast: 127.255.255.255 }\nsettings: { sntp_mode: directedbroadcast }', []],
    [
      'sntp: { broadcast: 127.255.255.255 }\nsettings: { sntp_mode: multicast }',
      ['begins sntp-not-broadcast'],
    ],
  ];
  for (const [config, expected] of cases) {
    const { findings } = await serve(t, config, 'yes\n');
    assert.deepEqual(findings, expected, config);
  }
});
