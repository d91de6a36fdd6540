import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileServer, type SimulatedRequest } from '../simulated-network.ts';
import {
  javaLoadFiles,
  javaTrial,
  type JavaTrialOptions,
  modelNamed,
  sepFor,
} from '../testing/java-trial.ts';
import { testMac, testServer } from '../testing/trial.ts';
import type { TwinEvent } from '../report.ts';

const files = { ...javaLoadFiles('SIP45.9-4-2S', '7965'), ...sepFor('SIP45.9-4-2S') };
const model = modelNamed('7965');
const load = 'SIP45.9-3-1S';

function asked(events: readonly TwinEvent[]): readonly string[] {
  return events.flatMap((event) =>
    event.kind === 'answer' ? [`${event.protocol ?? 'tftp'} ${event.path} ${event.outcome}`] : [],
  );
}

async function boot(more: JavaTrialOptions = {}, from = load) {
  return javaTrial(from, files, { model, until: 1, ...more });
}

test('HTTP first: what is there never comes by TFTP', async () => {
  const { events } = await boot({ webServer: fileServer(files) });
  const lines = asked(events);
  assert.deepEqual(lines.slice(0, 2), [
    `http CTLSEP${testMac}.tlv missing`,
    `tftp CTLSEP${testMac}.tlv missing`,
  ]);
  assert.ok(lines.includes(`http SEP${testMac}.cnf.xml sent`));
  assert.ok(lines.includes('http jar45sip.9-4-2.sbn sent'));
  assert.ok(!lines.some((line) => line.startsWith('tftp') && line.endsWith('sent')));
});

test('refused once, HTTP is not tried again in that boot', async () => {
  const { events } = await boot();
  const lines = asked(events);
  assert.deepEqual(lines.slice(0, 3), [
    `http CTLSEP${testMac}.tlv refused`,
    `tftp CTLSEP${testMac}.tlv missing`,
    `tftp ITLSEP${testMac}.tlv missing`,
  ]);
  assert.equal(lines.filter((line) => line.startsWith('http')).length, 1);
  const [http, tftp] = events.filter((event) => event.kind === 'request');
  assert.ok((tftp?.at ?? 0) - (http?.at ?? 0) <= 10);
});

test('an answer that does not come is as good as a refusal', async () => {
  const { events } = await boot({ webServer: () => ({ kind: 'silent' }) });
  assert.equal(asked(events)[0], `http CTLSEP${testMac}.tlv silent`);
  assert.equal(asked(events).filter((line) => line.startsWith('http')).length, 1);
});

test('it is port 6970 of the TFTP server, by model and load', async () => {
  const servers: SimulatedRequest[] = [];
  const webServer = (request: SimulatedRequest) => {
    servers.push(request);
    return 'refused' as const;
  };
  await boot({ webServer });
  assert.deepEqual(
    servers.map(({ server }) => server),
    [testServer.address],
  );
  // No document says it of 8.x, nor of the 7962.
  await boot({ webServer }, 'SIP45.8-5-2S');
  const other = { ...javaLoadFiles('SIP42.9-4-2S', '7962'), ...sepFor('') };
  await javaTrial('SIP42.9-4-2S', other, { model: modelNamed('7962'), webServer });
  assert.equal(servers.length, 1);
});

test('it can be switched on and off', async () => {
  const off = await boot({ webServer: fileServer(files), http: 'never' });
  assert.ok(!asked(off.events).some((line) => line.startsWith('http')));
  const http = { address: '10.0.0.7', port: 8080 };
  const on = await boot({ webServer: fileServer(files), http }, 'SIP45.8-5-2S');
  assert.ok(asked(on.events).includes(`http SEP${testMac}.cnf.xml sent`));
});

test('boot code asks by TFTP alone', async () => {
  const { events } = await boot({ webServer: fileServer(files) }, 'term65.default');
  assert.ok(!asked(events).some((line) => line.startsWith('http')));
});
