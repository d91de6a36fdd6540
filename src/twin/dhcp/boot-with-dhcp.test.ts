import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bootTwin } from '../cisco-7900/boot-twin.ts';
import { faultRules as rules7900 } from '../cisco-7900/fault-rules.ts';
import { flashWith } from '../cisco-7900/flash.ts';
import { bootJavaTwin } from '../cisco-java/boot-twin.ts';
import { faultRules as rulesJava } from '../cisco-java/fault-rules.ts';
import { memoryWithLoad } from '../cisco-java/java-memory.ts';
import { chooseFault, withFaults } from '../faults/faults.ts';
import { memoryWith } from '../memory.ts';
import type { TwinEvent } from '../report.ts';
import { seededRandom } from '../seeded-random.ts';
import { fileServer, simulatedNetwork, type SimulatedRequest } from '../simulated-network.ts';
import { simulatedWeb } from '../simulated-web.ts';
import { testDhcpServer, type DhcpServerSetup } from '../testing/dhcp-server.ts';
import { modelNamed, sepFor, javaLoadFiles } from '../testing/java-trial.ts';
import { load, testMac, type Files } from '../testing/trial.ts';
import { virtualClock } from '../virtual-clock.ts';

type Setup = DhcpServerSetup & {
  readonly files?: Files;
  /** Answers nobody's TFTP requests before. */
  readonly silentUntil?: number;
  readonly faults?: readonly string[];
};

function site({ files = {}, silentUntil = 0, faults = [], ...setup }: Setup) {
  const clock = virtualClock(1_000_000);
  const dhcp = testDhcpServer(setup);
  const seen: SimulatedRequest[] = [];
  const events: TwinEvent[] = [];
  const serve = fileServer(files);
  const network = simulatedNetwork({
    clock,
    dhcp: dhcp.answer,
    server(request) {
      seen.push(request);
      return request.at < silentUntil ? { kind: 'silent' } : serve(request);
    },
  });
  const parts = {
    ...{ mac: testMac, network, clock, random: seededRandom(3), until: 'idle' as const },
    onEvent: (event: TwinEvent) => void events.push(event),
    dhcp: { network, server: { address: '255.255.255.255', port: 67 }, tftpPort: 69 },
  };
  const chosen = faults.map((text) => {
    const fault = chooseFault(text);
    assert.ok(typeof fault === 'object', text);
    return fault;
  });
  return { parts, chosen, dhcp, seen, events };
}

function boot7960(image: string, setup: Setup) {
  const { parts, chosen, ...rest } = site(setup);
  const phone = { ...parts, model: '7960' as const, flash: memoryWith(flashWith(image)) };
  return bootTwin(withFaults(phone, rules7900, chosen)).then((end) => ({ end, ...rest }));
}

function bootJava(image: string, setup: Setup) {
  const { parts, chosen, ...rest } = site(setup);
  const model = modelNamed('7961');
  const web = simulatedWeb(parts.clock, () => 'refused');
  const phone = { ...parts, model, flash: memoryWith(memoryWithLoad(model, image)), web };
  return bootJavaTwin(withFaults(phone, rulesJava, chosen)).then((end) => ({ end, ...rest }));
}

const sipFiles = {
  'SIPDefault.cnf': 'proxy1_address: 10.0.0.9\n',
  [`SIP${testMac}.cnf`]: 'line1_name: 1\n',
};
const by150 = { options: { 150: '10.0.0.2' } } as const;
const dhcpOf = (events: readonly TwinEvent[]) =>
  events.flatMap((event) => (event.kind === 'dhcp' ? [event] : []));

test('a phone asks the server of option 150', async () => {
  const { end, seen } = await boot7960('P0S3-07-5-00', { ...by150, files: sipFiles });
  assert.equal(end.state, 'idle');
  assert.deepEqual([...new Set(seen.map(({ server }) => server))], ['10.0.0.2']);
});

test('without DHCP it is stuck, without asking for a file', async () => {
  const { end, seen, dhcp } = await boot7960('P0S3-07-5-00', { deaf: () => true });
  assert.deepEqual([end.state, end.display], ['stuck', 'Configuring IP']);
  assert.equal(end.because, 'no DHCP server gives it an address');
  assert.deepEqual([seen.length, dhcp.heard.length], [0, 9]);
});

test('option 60 names the model once the universal loader is there', async () => {
  const files = {
    'OS79XX.TXT': 'P003-07-5-00\n',
    ...load('P0S3-07-5-00', 'P003-07-5-00', 'PAS3X060'),
    ...sipFiles,
    'XMLDefault.cnf.xml': '',
  };
  const { dhcp } = await boot7960('P0S3-06-3-00', { ...by150, files });
  const classes = dhcp.heard.map(({ type, message }) => {
    const bytes = message.options.find(({ code }) => code === 60)?.bytes ?? new Uint8Array();
    return `${type} ${Buffer.from(bytes).toString().slice(0, -1)}`;
  });
  assert.equal(classes[0], 'discover Cisco Systems, Inc. IP Phone');
  // It forgot its address with the loader, and begins anew.
  assert.equal(classes[2], 'discover Cisco Systems, Inc. IP Phone CP-7960G');
});

test('ignores-option-150 strands a phone with option 150 alone, and no other', async () => {
  const faults = ['ignores-option-150'];
  const stranded = await boot7960('P0S3-07-5-00', { ...by150, files: sipFiles, faults });
  assert.deepEqual([stranded.end.state, stranded.seen.length], ['stuck', 0]);
  const options = { 150: '10.0.0.2', 66: '10.0.0.3' };
  const served = await boot7960('P0S3-07-5-00', { options, files: sipFiles, faults });
  assert.deepEqual([served.end.state, served.seen[0]?.server], ['idle', '10.0.0.3']);
});

test('ignores-option-66 strands a phone with option 66 alone', async () => {
  const faults = ['ignores-option-66'];
  const setup = { options: { 66: '10.0.0.2' }, files: sipFiles };
  assert.equal((await boot7960('P0S3-07-5-00', setup)).end.state, 'idle');
  assert.equal((await boot7960('P0S3-07-5-00', { ...setup, faults })).end.state, 'stuck');
});

test('address-in-use is declined', async () => {
  const faults = ['address-in-use=2'];
  const { end, dhcp } = await boot7960('P0S3-07-5-00', { ...by150, files: sipFiles, faults });
  assert.equal(end.state, 'idle');
  assert.equal(dhcp.heard.filter(({ type }) => type === 'decline').length, 2);
});

test('lost packets are repeated', async () => {
  const faults = ['loses-packets=0.3'];
  const { end, dhcp } = await boot7960('P0S3-07-5-00', { ...by150, files: sipFiles, faults });
  assert.equal(end.state, 'idle');
  assert.ok(dhcp.heard.length >= 2);
});

test('a hunt in which nobody answered leads back to DHCP', async () => {
  const files = { 'XMLDefault.cnf.xml': '' };
  const { dhcp, events } = await boot7960('P003-07-5-00', { ...by150, files, silentUntil: 1e9 });
  const discovers = dhcp.heard.filter(({ type }) => type === 'discover');
  assert.equal(discovers.length, 3);
  assert.ok(dhcpOf(events).every(({ boot }) => boot === 1));
});

test('boot code of a Java phone asks for an address before each round', async () => {
  const { dhcp, seen } = await bootJava('term61.default', by150);
  const asked = seen.filter(({ path }) => path === 'term61.default.loads');
  assert.equal(asked.length, 3);
  assert.equal(dhcp.heard.filter(({ type }) => type === 'discover').length, 3);
});

test('a Java phone takes its load from the server of option 66', async () => {
  const files = { ...javaLoadFiles('SIP41.8-5-2S', '7961'), ...sepFor('SIP41.8-5-2S') };
  const { end, seen } = await bootJava('SIP41.8-4-2S', { options: { 66: '10.0.0.7' }, files });
  assert.deepEqual([end.state, end.image], ['idle', 'SIP41.8-5-2S']);
  assert.deepEqual([...new Set(seen.map(({ server }) => server))], ['10.0.0.7']);
});

test('short leases are renewed while the phone waits', async () => {
  // The phone asks for its file again every half minute.
  const { dhcp } = await boot7960('P0S3-07-5-00', { ...by150, leaseSeconds: 60 });
  const renewals = dhcp.heard.filter(({ message }) => message.ciaddr !== 0);
  assert.ok(renewals.length >= 2, `${renewals.length}`);
});
