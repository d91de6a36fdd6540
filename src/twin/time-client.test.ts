import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ntpTimestampOf, unknownTimestamp } from '../codec/sntp/ntp-timestamp.ts';
import { referenceIdOf } from '../codec/sntp/reference-id.ts';
import { decodeSntp, encodeSntp, type SntpPacket } from '../codec/sntp/sntp-packet.ts';
import { flashWith } from './cisco-7900/flash.ts';
import { memoryWith } from './memory.ts';
import type { TwinEvent } from './report.ts';
import { fileServer, simulatedNetwork, type SimulatedTimeServer } from './simulated-network.ts';
import { javaTrial, sepFor } from './testing/java-trial.ts';
import { testMac, trial, trialWith } from './testing/trial.ts';
import { askTime, serverAsked } from './time-client.ts';
import { virtualClock } from './virtual-clock.ts';

const at = Date.parse('2026-05-04T12:00:00Z');
const server = { address: '192.0.2.10', port: 123 };
const latencyMs = 2;

/** Answers with the time `aheadMs` before the phone's. */
function timeServer(
  clock: { now(): number },
  aheadMs: number,
  more: Partial<SntpPacket> = {},
): SimulatedTimeServer {
  return (bytes) => {
    const request = decodeSntp(bytes);
    const now = ntpTimestampOf(clock.now() + aheadMs);
    return encodeSntp({
      ...{ ...request, leap: 0, mode: 'server', stratum: 3, originate: request.transmit },
      ...{ receive: now, transmit: now },
      ...more,
    });
  };
}

/** Asks in virtual time; the answer, and when each request was sent. */
async function ask(answer: (clock: { now(): number }) => SimulatedTimeServer) {
  const clock = virtualClock(at);
  const serve = answer(clock);
  const asked: number[] = [];
  const network = simulatedNetwork({
    ...{ clock, latencyMs, server: fileServer({}) },
    timeServer(request, address) {
      asked.push(clock.now() - latencyMs - at);
      return serve(request, address);
    },
  });
  const result = await askTime({ network, clock, signal: undefined }, server);
  return { result, asked };
}

describe('a request', () => {
  test('sets the clock by half the way there and back', async () => {
    const { result, asked } = await ask((clock) => timeServer(clock, 7000));
    assert.deepEqual(result, {
      ...{ server: '192.0.2.10', outcome: 'set', behindMs: 7000, stratum: 3 },
    });
    assert.deepEqual(asked, [0]);
  });

  test('into the next era, too', async () => {
    const elevenYears = 11 * 365 * 86_400_000;
    const { result } = await ask((clock) => timeServer(clock, elevenYears));
    assert.equal(result.behindMs, elevenYears);
  });

  test('is repeated every 4 s, three times in all', async () => {
    const { result, asked } = await ask(() => () => undefined);
    assert.deepEqual(result, { server: '192.0.2.10', outcome: 'silent' });
    assert.deepEqual(asked, [0, 4000, 8000]);
  });

  test('takes a late answer to the last request, and none to another', async () => {
    let asked = 0;
    const { result } = await ask((clock) => (bytes, address) => {
      asked++;
      return asked < 3 ? undefined : timeServer(clock, 5)(bytes, address);
    });
    assert.deepEqual([result.outcome, asked], ['set', 3]);
  });

  const noAnswers: readonly (readonly [string, Partial<SntpPacket>])[] = [
    ['another’s answer', { originate: ntpTimestampOf(at - 1) }],
    ['a broadcast', { mode: 'broadcast' }],
    ['its own request', { mode: 'client' }],
  ];
  for (const [what, more] of noAnswers)
    test(`does not take ${what}`, async () => {
      const { result } = await ask((clock) => timeServer(clock, 0, more));
      assert.equal(result.outcome, 'silent');
    });

  test('does not take what is no packet', async () => {
    const { result } = await ask(() => () => Buffer.from('time'));
    assert.equal(result.outcome, 'silent');
  });

  const refusals: readonly (readonly [Partial<SntpPacket>, string])[] = [
    [
      { leap: 3, stratum: 0, referenceId: referenceIdOf('INIT') },
      'its clock is not synchronised (INIT)',
    ],
    [{ stratum: 0, referenceId: referenceIdOf('RATE') }, "kiss-o'-death RATE"],
    [{ stratum: 16 }, 'its answer has no time'],
    [{ transmit: unknownTimestamp }, 'its answer has no time'],
  ];
  for (const [more, because] of refusals)
    test(`is refused: ${because}`, async () => {
      const { result, asked } = await ask((clock) => timeServer(clock, 0, more));
      assert.deepEqual(result, { server: '192.0.2.10', outcome: 'refused', because });
      assert.equal(asked.length, 1);
    });
});

test('whom a phone asks, by sntp_mode and sntp_server', () => {
  const cases: readonly (readonly [string, string, string | undefined])[] = [
    ['unicast', '192.0.2.10', '192.0.2.10'],
    ['anycast', '192.0.2.10', '192.0.2.10'],
    ['directedbroadcast', ' time.example ', 'time.example'],
    ['multicast', '192.0.2.10', undefined],
    ['Multicast ', '192.0.2.10', undefined],
    ['', '192.0.2.10', '192.0.2.10'],
    ['unicast', '0.0.0.0', undefined],
    ['anycast', '', undefined],
    ['unicast', 'UNPROVISIONED', undefined],
  ];
  for (const [mode, named, asked] of cases)
    assert.equal(serverAsked({ mode, server: named }, ['multicast']), asked, `${mode} ${named}`);
});

function timesIn(events: readonly TwinEvent[]) {
  return events.flatMap((event) =>
    event.kind === 'time' ? [[event.boot, event.stage, event.server, event.outcome]] : [],
  );
}

describe('a 7960', () => {
  const image = 'P0S3-8-12-00';
  const sipFile = `SIP${testMac}.cnf`;
  const settings = 'line1_name: 100\nproxy1_address: 10.0.0.5\nphone_label: Desk\n';
  const time = 'sntp_mode: unicast\nsntp_server: 192.0.2.10\n';
  const files = { 'SIPDefault.cnf': time, [sipFile]: settings };

  test('asks when it has its settings', async () => {
    const clock = { now: () => 0 };
    const { result, events } = await trial(image, files, { timeServer: timeServer(clock, 0) });
    assert.deepEqual(timesIn(events), [[1, 'application', '192.0.2.10', 'set']]);
    assert.equal(result.display, 'Desk');
  });

  test('goes on without an answer', async () => {
    const { result, events } = await trial(image, files);
    assert.deepEqual(timesIn(events), [[1, 'application', '192.0.2.10', 'silent']]);
    assert.deepEqual([result.state, result.display], ['idle', 'Desk']);
  });

  test('asks by what it has kept when no file comes', async () => {
    const kept = { line1_name: '1', proxy1_address: '10.0.0.5', sntp_server: '192.0.2.10' };
    const { events } = await trialWith(memoryWith({ ...flashWith(image), settings: kept }), {});
    assert.equal(timesIn(events).length, 1);
  });

  test('asks nobody without settings for it, or when told so', async () => {
    const without = await trial(image, { [sipFile]: settings });
    const never = await trial(image, files, { time: 'never' });
    const listens = { ...files, 'SIPDefault.cnf': time.replace('unicast', 'multicast') };
    for (const { events } of [without, never, await trial(image, listens)])
      assert.deepEqual(timesIn(events), []);
  });

  test('has nobody to look a name up for it', async () => {
    const named = { ...files, 'SIPDefault.cnf': 'sntp_server: time.example\n' };
    const { events } = await trial(image, named);
    assert.deepEqual(timesIn(events), [[1, 'application', 'time.example', 'silent']]);
  });

  test('asks another server in its place', async () => {
    const asked: string[] = [];
    await trial(image, files, {
      time: { address: '192.0.2.99', port: 123 },
      timeServer: (_, address) => void asked.push(address),
    });
    assert.deepEqual(asked, ['192.0.2.99', '192.0.2.99', '192.0.2.99']);
  });

  test('with MGCP or SCCP asks nobody', async () => {
    const mgcp = { 'MGCDefault.cnf': time, [`MGC${testMac}.cnf`]: 'line1_name: 1\n' };
    for (const other of ['P0M3-06-3-00', 'P00308000500'])
      assert.deepEqual(timesIn((await trial(other, mgcp)).events), []);
  });
});

describe('a Java phone', () => {
  const ntps = (mode: string) =>
    `<devicePool><dateTimeSetting><ntps><ntp><name>192.0.2.10</name><ntpMode>${mode}</ntpMode></ntp></ntps></dateTimeSetting></devicePool>`;

  test('with SIP asks in unicast mode', async () => {
    const { events } = await javaTrial('SIP41.8-5-2S', sepFor('', ntps('Unicast')));
    assert.deepEqual(timesIn(events), [[1, 'application', '192.0.2.10', 'silent']]);
  });

  test('listens in the other mode, and with SCCP leaves it to the CallManager', async () => {
    for (const [load, mode] of [
      ['SIP41.8-5-2S', 'directedbroadcast'],
      ['SIP41.8-5-2S', 'Directed Broadcast'],
      ['SCCP41.8-5-2S', 'unicast'],
    ] as const) {
      const { events } = await javaTrial(load, sepFor('', ntps(mode)));
      assert.deepEqual(timesIn(events), [], `${load} ${mode}`);
    }
  });
});
