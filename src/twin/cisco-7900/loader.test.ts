import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SimulatedServer } from '../simulated-network.ts';
import { flashWith, memoryWith } from './flash.ts';
import {
  answers,
  displays,
  load,
  secondsOf,
  testMac,
  trial,
  trialWith,
  xmlDefault,
} from '../testing/trial.ts';

const sip = load('P0S3-8-12-00', 'P003-8-12-00', 'PAS30830');
const ctl = `CTLSEP${testMac}.tlv`;
const sep = `SEP${testMac}.cnf.xml`;
const sipFile = `SIP${testMac}.cnf`;
const mgcFile = `MGC${testMac}.cnf`;
const sepSip =
  '<device><deviceProtocol>SIP</deviceProtocol>' +
  '<loadInformation model="IP Phone 7960">P0S3-8-12-00</loadInformation></device>';
const phoneFile = 'line1_name: "100"\nproxy1_address: 10.0.0.5\nphone_label: Desk\n';

function errorFor(path: string, code: number): SimulatedServer {
  return (request) => ({ kind: 'error', code: request.path === path ? code : 1 });
}

test('SCCP 8 to SIP 8.12 through XMLDefault: loader, reboot, application', async () => {
  const { result, events } = await trial('P00308000500', {
    ...sip,
    'XMLDefault.cnf.xml': xmlDefault('P0S3-8-12-00'),
    'SIPDefault.cnf': 'image_version: "P0S3-8-12-00"\ndial_template: dialplan\n',
    [sipFile]: phoneFile.replace('proxy1', 'image_version: "P0S3-8-12-00"\nproxy1'),
  });
  assert.deepEqual(result, {
    state: 'idle',
    display: 'Desk',
    protocol: 'SIP',
    image: 'P0S3-8-12-00',
    loader: 'P003-8-12-00',
    boots: 2,
  });
  // The phone's own SIP file stands before XMLDefault in the hunt.
  assert.deepEqual(answers(events, 1), [
    `${ctl} missing`,
    `${sep} missing`,
    `${sipFile} sent`,
    'P0S3-8-12-00.loads sent',
    'P003-8-12-00.sbn sent',
  ]);
  assert.deepEqual(answers(events, 2), [
    `${ctl} missing`,
    `${sep} missing`,
    `${sipFile} sent`,
    'P0S3-8-12-00.loads sent',
    'P0S3-8-12-00.sb2 sent',
    'SIPDefault.cnf sent',
    `${sipFile} sent`,
    'RINGLIST.DAT missing',
    'dialplan.xml missing',
  ]);
});

test('the same with its times and ports, where the phone has no file of its own', async () => {
  const files = { ...sip, 'XMLDefault.cnf.xml': xmlDefault('P0S3-8-12-00'), 'SIPDefault.cnf': '' };
  const { result, events } = await trial('P00308000500', files);
  assert.deepEqual(secondsOf(events), [
    [ctl, 0],
    [sep, 0],
    [sipFile, 0],
    [mgcFile, 0],
    ['XMLDefault.cnf.xml', 0],
    ['P0S3-8-12-00.loads', 0],
    ['P003-8-12-00.sbn', 2],
    [ctl, 29],
    [sep, 29],
    [sipFile, 29],
    [mgcFile, 29],
    ['XMLDefault.cnf.xml', 29],
    ['P0S3-8-12-00.loads', 29],
    ['P0S3-8-12-00.sb2', 32],
    ['SIPDefault.cnf', 72],
    [sipFile, 72],
    [sipFile, 103],
    [sipFile, 134],
  ]);
  const requests = events.filter((event) => event.kind === 'request');
  for (const [stage, boot] of [
    ['loader', 1],
    ['loader', 2],
    ['application', 2],
  ] as const) {
    const ports = requests.filter((event) => event.stage === stage && event.boot === boot);
    assert.deepEqual(
      ports.map(({ port }) => port),
      ports.map((_, index) => ports[0]!.port + index),
    );
    assert.ok(ports[0]!.port >= 49_152 && ports[0]!.port < 53_248);
  }
  assert.equal(result.state, 'stuck');
  assert.equal(result.display, 'Phone Unprovisioned');
});

test('a normal boot of SIP 8.12, twice: the loads file is read, no image', async () => {
  const memory = memoryWith(flashWith('P0S3-8-12-00'));
  const files = {
    ...sip,
    [sep]: sepSip,
    'SIPDefault.cnf': 'image_version: P0S3-8-12-00\ntftp_cfg_dir: "./"\ndial_template: dialplan\n',
    [sipFile]: phoneFile,
    'RINGLIST.DAT': 'Piano\tPiano.raw\n',
    'dialplan.xml': '<DIALTEMPLATE/>',
  };
  for (let cycle = 0; cycle < 2; cycle++) {
    const { result, events } = await trialWith(memory, files);
    assert.deepEqual(answers(events), [
      `${ctl} missing`,
      `${sep} sent`,
      'P0S3-8-12-00.loads sent',
      'SIPDefault.cnf sent',
      `./${sipFile} sent`,
      'RINGLIST.DAT sent',
      'dialplan.xml sent',
    ]);
    assert.deepEqual(
      secondsOf(events).map(([, seconds]) => seconds),
      [0, 0, 0, 24, 24, 26, 26],
    );
    assert.equal(result.state, 'idle');
    assert.equal(result.boots, 1);
  }
  assert.equal(memory.read().settings.line1_name, '100');
  assert.equal(memory.read().settings.image_version, undefined);
});

test('a silent server, no application: "Protocol Application Invalid", and the hunt again', async () => {
  const { result, events } = await trial('P003-8-12-00', () => ({ kind: 'silent' }));
  const requests = secondsOf(events);
  assert.deepEqual(
    requests.map(([path]) => path),
    Array<string>(36).fill(ctl),
  );
  assert.deepEqual(
    requests.filter((_, index) => index % 12 === 0).map(([, at]) => at),
    [0, 69, 138],
  );
  assert.deepEqual([result.state, result.display], ['stuck', 'Protocol Application Invalid']);
  assert.equal(result.protocol, undefined);
});

test('a silent server, SIP: it works with what it kept', async () => {
  const flash = flashWith('P0S3-8-12-00');
  const settings = { line1_name: '100', proxy1_address: '10.0.0.5', phone_label: 'Desk' };
  const kept = await trialWith(memoryWith({ ...flash, settings }), () => ({ kind: 'silent' }));
  assert.deepEqual([kept.result.state, kept.result.display], ['idle', 'Desk']);
  const fresh = await trialWith(memoryWith(flash), () => ({ kind: 'silent' }));
  assert.deepEqual([fresh.result.state, fresh.result.display], ['stuck', 'Phone Unprovisioned']);
});

test('no TFTP server at all: no request leaves the phone', async () => {
  const { result, events } = await trial('P003-8-12-00', {}, { tftp: undefined });
  assert.deepEqual(answers(events), []);
  assert.deepEqual([result.state, result.display], ['stuck', 'Protocol Application Invalid']);
});

test('the hunt in full; it names no image: "No Load Specified" without application', async () => {
  const { result, events } = await trial('P003-8-12-00', {});
  assert.deepEqual(answers(events), [
    `${ctl} missing`,
    `${sep} missing`,
    `${sipFile} missing`,
    `${mgcFile} missing`,
    'XMLDefault.cnf.xml missing',
    'SIPDefault.cnf missing',
    'MGCDefault.cnf missing',
  ]);
  assert.deepEqual([result.state, result.display], ['stuck', 'No Load Specified']);
});

test('the hunt in full with an application: the phone starts it', async () => {
  const { result, events } = await trial('P0S3-8-12-00', { [sipFile]: phoneFile });
  assert.equal(answers(events)[2], `${sipFile} sent`);
  assert.equal(answers(events)[6], 'MGCDefault.cnf missing');
  assert.deepEqual([result.state, result.display], ['idle', 'Desk']);
});

test('the hunt goes past files that name no image for this model', async () => {
  const { result } = await trial('P003-8-12-00', {
    ...sip,
    [ctl]: '',
    [sipFile]: phoneFile,
    'XMLDefault.cnf.xml': '<Default><loadInformation8>P0S3-07-5-00</loadInformation8></Default>',
    'SIPDefault.cnf': 'image_version: P0S3-8-12-00\n',
  });
  assert.deepEqual([result.state, result.image], ['idle', 'P0S3-8-12-00']);
});

test("a phone's SEP file ends the hunt even when it names no image", async () => {
  const files = { ...sip, [sep]: '<device/>', 'SIPDefault.cnf': 'image_version: P0S3-8-12-00\n' };
  const { result, events } = await trial('P003-8-12-00', files);
  assert.deepEqual(answers(events), [`${ctl} missing`, `${sep} sent`]);
  assert.equal(result.display, 'No Load Specified');
});

test('a Default document in place of a SEP file is understood', async () => {
  const files = { ...sip, [sep]: xmlDefault('P0S3-8-12-00'), [sipFile]: phoneFile };
  const { result } = await trial('P003-8-12-00', files);
  assert.equal(result.image, 'P0S3-8-12-00');
});

test('an empty SEP file: "Protocol Application Invalid"', async () => {
  for (const broken of ['', '\n', '<device>']) {
    const { result } = await trial('P003-8-12-00', { [sep]: broken });
    assert.deepEqual([result.state, result.display], ['stuck', 'Protocol Application Invalid']);
  }
});

test('only error 1 leads on to the next file', async () => {
  for (const code of [0, 2, 3, 4]) {
    const { result, events } = await trial('P003-8-12-00', errorFor(sep, code));
    assert.deepEqual(answers(events), [`${ctl} missing`, `${sep} error`]);
    assert.deepEqual([result.state, result.display], ['stuck', 'Protocol Application Invalid']);
    assert.match(result.because ?? '', new RegExp(`TFTP error ${code}`));
  }
});

test('error 2 in the hunt of a phone with an application: it starts that', async () => {
  const { result, events } = await trial('P0S3-8-12-00', errorFor(ctl, 2));
  assert.deepEqual(answers(events).slice(0, 2), [`${ctl} error`, 'SIPDefault.cnf missing']);
  assert.equal(result.image, 'P0S3-8-12-00');
});

test('a model has its own number in XMLDefault', async () => {
  const both =
    '<Default><loadInformation8 model="IP Phone 7960">P0S3-8-12-00</loadInformation8>' +
    '<loadInformation7>P0S3-07-5-00</loadInformation7></Default>';
  const files = { ...sip, 'XMLDefault.cnf.xml': both };
  const { result } = await trial('P003-8-12-00', files, { model: '7940' });
  assert.equal(result.image, 'P0S3-8-12-00');
});

test('a loader that the loads file does not name by version is replaced, the application kept', async () => {
  const flash = flashWith('P0S3-8-12-00');
  const memory = memoryWith({
    ...flash,
    loader: { name: 'P003-07-5-00', internalVersion: 'PAS3X060' },
  });
  const { result, events } = await trialWith(memory, {
    ...sip,
    [sep]: sepSip,
    [sipFile]: phoneFile,
  });
  assert.deepEqual(answers(events, 1).slice(-1), ['P003-8-12-00.sbn sent']);
  assert.ok(!answers(events).includes('P0S3-8-12-00.sb2 sent'));
  assert.deepEqual([result.loader, result.boots], ['P003-8-12-00', 2]);
});

test('a loader from the factory is taken to be the one of the image that runs', async () => {
  const files = { ...load('P0S3-07-4-00', 'P003-07-4-00', 'PAS3X074'), [sipFile]: phoneFile };
  const server = { ...files, 'SIPDefault.cnf': 'image_version: P0S3-07-4-00\n' };
  const { result, memory } = await trial('P0S3-07-4-00', server);
  assert.deepEqual([result.state, result.boots], ['idle', 1]);
  assert.equal(memory.read().loader?.internalVersion, 'PAS3X074');
});

test('the texts that a boot shows, in their order', async () => {
  const { events } = await trial('P003-8-12-00', {});
  assert.deepEqual(displays(events), ['Configuring VLAN', 'Configuring IP', 'No Load Specified']);
});
