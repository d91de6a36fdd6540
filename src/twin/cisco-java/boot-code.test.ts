import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileServer } from '../simulated-network.ts';
import {
  componentsOf,
  javaLoadFiles,
  javaSigned,
  javaTrialWith,
  memoryOf,
  modelNamed,
  sepFor,
} from '../testing/java-trial.ts';
import { answers, displays, type Files, secondsOf, testMac } from '../testing/trial.ts';

const old = javaLoadFiles('SIP41.8-3-3S', '7961');
const recent = javaLoadFiles('SIP41.9-4-2SR3-1S', '7961');

function fresh(bootCode?: string) {
  return memoryOf('7961', 'term61.default', bootCode);
}

test('a reset phone fetches what its default loads file names, in its order, and restarts', async () => {
  const { result, events } = await javaTrialWith(fresh(), { ...recent, ...sepFor('') });
  assert.deepEqual(answers(events, 1), [
    'term61.default.loads sent',
    ...componentsOf('SIP41.9-4-2SR3-1S').map((file) => `${file} sent`),
  ]);
  assert.equal(result.state, 'idle');
  assert.equal(result.image, 'SIP41.9-4-2SR3-1S');
  assert.equal(result.boots, 2);
  assert.ok(displays(events).includes('Upgrading'));
});

test('the gaps are those of the logs', async () => {
  const { events } = await javaTrialWith(fresh(), recent, { until: 1 });
  const [loads, jar, cnu, apps] = secondsOf(events).map(([, seconds]) => seconds);
  assert.deepEqual([loads, jar, cnu, apps], [0, 1, 10, 15]);
});

test('every file comes from a random high port', async () => {
  const { seen } = await javaTrialWith(fresh(), recent, { until: 1 });
  const ports = seen.map(({ port }) => port);
  assert.ok(ports.every((port) => port >= 49_152));
  assert.ok(new Set(ports).size > 1);
  assert.ok(ports.some((port, index) => index > 0 && port !== (ports[index - 1] ?? 0) + 1));
});

test('a component is asked for in the letter case of the loads file', async () => {
  const files = javaLoadFiles('SIP11.8-2-2ES4S', '7911', {
    written: (name) => name.replace('jar', 'Jar'),
  });
  const loose = ({ path }: { readonly path: string }) => {
    const found = Object.entries(files).find(([name]) => name.toLowerCase() === path.toLowerCase());
    return fileServer(found ? { [path]: found[1] } : {})({ path, server: '', port: 0, at: 0 });
  };
  const memory = memoryOf('7911', 'term11.default', '8-2-2');
  const { result, events } = await javaTrialWith(memory, loose, {
    model: modelNamed('7911'),
    until: 1,
  });
  assert.ok(answers(events).includes('Jar11sip.8-2-2ES4.sbn sent'));
  assert.equal(result.image, 'SIP11.8-2-2ES4S');
});

test('a missing component: the next one is begun and left, then nothing more', async () => {
  const { 'jar41sip.8-3-3.sbn': _, ...files } = old as Record<string, Uint8Array>;
  const { result, events } = await javaTrialWith(fresh('8-3-3'), files);
  assert.deepEqual(answers(events), [
    'term61.default.loads sent',
    'jar41sip.8-3-3.sbn missing',
    'cnu41.8-3-3.sbn aborted',
  ]);
  assert.deepEqual([result.state, result.display], ['stuck', 'Upgrading']);
  assert.equal(result.because, 'jar41sip.8-3-3.sbn is missing');
  assert.equal(result.image, undefined);
});

test('the last component missing: nothing is left to begin', async () => {
  const { 'cvm41sip.8-3-3.sbn': _, ...files } = old as Record<string, Uint8Array>;
  const { result, events } = await javaTrialWith(fresh('8-3-3'), files);
  assert.equal(answers(events).at(-1), 'cvm41sip.8-3-3.sbn missing');
  assert.equal(result.state, 'stuck');
});

for (const bootCode of ['8-0-1', '8-3-3', '8-5-1'])
  test(`boot code ${bootCode} fetches a new default loads file and asks for nothing more`, async () => {
    const memory = fresh(bootCode);
    const { result, events } = await javaTrialWith(memory, recent);
    assert.deepEqual(answers(events), ['term61.default.loads sent']);
    assert.deepEqual([result.state, result.display], ['stuck', 'Auth Fail']);
    // 8.5(2) is signed with the old key, and knows the new one.
    const hop = await javaTrialWith(memory, javaLoadFiles('SIP41.8-5-2S', '7961'), { until: 1 });
    assert.equal(hop.result.image, 'SIP41.8-5-2S');
    const end = await javaTrialWith(memory, { ...recent, ...sepFor('SIP41.9-4-2SR3-1S') });
    assert.deepEqual([end.result.state, end.result.image], ['idle', 'SIP41.9-4-2SR3-1S']);
  });

test('boot code of 8.5(2) takes old and new', async () => {
  for (const files of [old, recent]) {
    const { result } = await javaTrialWith(fresh('8-5-2'), files, { until: 1 });
    assert.equal(result.state, 'rebooting');
  }
});

test('a 7970 says it in its own words', async () => {
  const memory = memoryOf('7970', 'term70.default', '8-3-2');
  const files = javaLoadFiles('SIP70.9-0-2S', '7970');
  const { result } = await javaTrialWith(memory, files, { model: modelNamed('7970') });
  assert.equal(result.display, 'Load Authentication Failed');
});

test('nothing to fetch: blank, with a DISCOVER every 20 s', async () => {
  const { result, events } = await javaTrialWith(fresh(), {});
  const discovers = events.filter(
    (event) => event.kind === 'stage' && event.text === 'boot code: DISCOVER',
  );
  const [first = 0, second = 0, third = 0] = discovers.map(({ at }) => Math.round(at / 1000));
  assert.deepEqual([second - first, third - second], [20, 20]);
  assert.deepEqual([result.state, result.display], ['stuck', '']);
  assert.equal(result.because, 'no term61.default.loads');
});

const noServer: object = { tftp: undefined };

test('a silent server, and none at all', async () => {
  const silent = await javaTrialWith(fresh(), () => ({ kind: 'silent' }));
  assert.equal(silent.result.because, 'the TFTP server does not answer');
  const none = await javaTrialWith(fresh(), old, noServer);
  assert.equal(none.seen.length, 0);
  assert.equal(none.result.state, 'stuck');
});

const spoilt: Readonly<Record<string, { readonly files: Files; readonly display: string }>> = {
  'a component signed by nobody': {
    files: { ...old, 'cnu41.8-3-3.sbn': 'no header' },
    display: 'Auth Fail',
  },
  'a component with the key of others': {
    files: { ...old, 'cnu41.8-3-3.sbn': javaSigned('cnu41.8-3-3.sbn', 'x', 'new') },
    display: 'Auth Fail',
  },
  'a component that was renamed': {
    files: { ...old, 'cnu41.8-3-3.sbn': javaSigned('cnu41.8-3-2.sbn', 'x', 'old') },
    display: 'Auth Fail',
  },
  'a loads file that was renamed': {
    files: { ...old, 'term61.default.loads': old['SIP41.8-3-3S.loads'] ?? '' },
    display: 'Auth Fail',
  },
  'components for other hardware': {
    files: {
      'term61.default.loads': javaSigned('term61.default.loads', 'jar70sip.8-3-3.sbn\r\n', 'old'),
    },
    display: 'Upgrading',
  },
  'a loads file without program': {
    files: {
      'term61.default.loads': javaSigned('term61.default.loads', 'cnu41.8-3-3.sbn\r\n', 'old'),
    },
    display: 'Upgrading',
  },
};

for (const [name, { files, display }] of Object.entries(spoilt))
  test(`${name}: refused, and the phone takes the right files afterwards`, async () => {
    const memory = fresh('8-3-3');
    const { result } = await javaTrialWith(memory, files);
    assert.deepEqual([result.state, result.display], ['stuck', display]);
    const right = await javaTrialWith(memory, { ...old, ...sepFor('') });
    assert.deepEqual([right.result.state, right.result.image], ['idle', 'SIP41.8-3-3S']);
  });

test('a lossy wire changes nothing but the time', async () => {
  for (const seed of [1, 2, 3]) {
    const files = { ...old, ...sepFor('') };
    const { result } = await javaTrialWith(fresh('8-3-3'), files, { loss: 0.1, seed });
    assert.equal(result.image, 'SIP41.8-3-3S');
  }
});

test('after the reset the phone looks for its own file again', async () => {
  const { events } = await javaTrialWith(fresh(), { ...recent, ...sepFor('') });
  assert.equal(answers(events, 2)[0], `CTLSEP${testMac}.tlv refused`);
});
