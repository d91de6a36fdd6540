import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flashWith, memoryWith } from './flash.ts';
import {
  answers,
  displays,
  type Files,
  load,
  plainImage,
  signedFile,
  signedImage,
  testMac,
  trial,
  trialWith,
} from '../testing/trial.ts';

const sep = `SEP${testMac}.cnf.xml`;
const sipFile = `SIP${testMac}.cnf`;
const sip812 = load('P0S3-8-12-00', 'P003-8-12-00', 'PAS30830');
const sccp8 = load('P00308000900', 'P00308000900', 'PAS30809');
const failed = 'Image Authentication Failed';

const sepWith = (image: string) => `<device><loadInformation>${image}</loadInformation></device>`;
const defaultWith = (image: string) =>
  `<Default><loadInformation7 model="IP Phone 7960">${image}</loadInformation7></Default>`;
const bin = (name: string): Files => ({ [`${name}.bin`]: plainImage({ name }) });
const sbn = (name: string): Files => ({ [`${name}.sbn`]: signedImage('sbn', { name }) });
const phoneFile = { [sipFile]: 'line1_name: 100\nproxy1_address: 10.0.0.5\nphone_label: Desk\n' };
const sipDefault = (image: string): Files => ({ 'SIPDefault.cnf': `image_version: ${image}\n` });

test('SCCP 3.x: OS79XX.TXT, then the file of the phone', async () => {
  const { result, events } = await trial('P00303020600', { [sep]: sepWith('P00303020600') });
  assert.deepEqual(answers(events), ['OS79XX.TXT missing', `${sep} sent`]);
  assert.deepEqual([result.state, result.protocol, result.boots], ['idle', 'SCCP', 1]);
  assert.deepEqual(displays(events).slice(0, 3), [
    'Configuring VLAN',
    'Configuring IP',
    'Requesting Configuration',
  ]);
});

test('SCCP 5.x without a file of its own: XMLDefault', async () => {
  const files = { 'XMLDefault.cnf.xml': defaultWith('P00305000200') };
  const { result, events } = await trial('P00305000200', files);
  assert.deepEqual(answers(events).slice(0, 3), [
    'OS79XX.TXT missing',
    `${sep} missing`,
    'XMLDefault.cnf.xml sent',
  ]);
  assert.equal(result.state, 'stuck');
});

test('SIP 4.x: OS79XX.TXT, both files, then ring list and dial plan', async () => {
  const files = {
    'OS79XX.TXT': 'P0S3-06-3-00\n',
    'SIPDefault.cnf': 'image_version: P0S3-04-4-00\ndial_template: dialplan\n',
    ...phoneFile,
  };
  const { result, events } = await trial('P0S3-04-4-00', files);
  assert.deepEqual(answers(events), [
    'OS79XX.TXT sent',
    'SIPDefault.cnf sent',
    `${sipFile} sent`,
    'RINGLIST.DAT missing',
    'dialplan.xml missing',
  ]);
  assert.deepEqual([result.state, result.display], ['idle', 'Desk']);
});

test('SIP 4.x to 6.3: the .bin file, flash, reboot', async () => {
  const files = { ...sipDefault('P0S3-06-3-00'), ...phoneFile, ...bin('P0S3-06-3-00') };
  const { result, events } = await trial('P0S3-04-4-00', files);
  assert.deepEqual(answers(events, 1).slice(-2), [`${sipFile} sent`, 'P0S3-06-3-00.bin sent']);
  assert.ok(displays(events).includes('Upgrading Software'));
  assert.deepEqual([result.state, result.image, result.boots], ['idle', 'P0S3-06-3-00', 2]);
  assert.equal(result.loader, undefined);
});

test('SIP 5.x to 6.3: the .sbn file', async () => {
  const files = { ...sipDefault('P0S3-06-3-00'), ...phoneFile, ...sbn('P0S3-06-3-00') };
  const { result, events } = await trial('P0S3-05-2-00', files);
  assert.equal(answers(events, 1).at(-1), 'P0S3-06-3-00.sbn sent');
  assert.equal(result.image, 'P0S3-06-3-00');
});

test("the phone's own file wins over the default", async () => {
  const own = 'image_version: P0S3-06-3-00\nline1_name: 100\nproxy1_address: 10.0.0.5\n';
  const files = { ...sipDefault('P0S3-05-0-00'), [sipFile]: own };
  const { result } = await trial('P0S3-06-3-00', files);
  assert.deepEqual([result.state, result.image, result.boots], ['idle', 'P0S3-06-3-00', 1]);
});

test('OS79XX.TXT with other first four characters changes the protocol', async () => {
  const files = { 'OS79XX.TXT': 'P0S3-06-3-00\n', ...bin('P0S3-06-3-00'), ...phoneFile };
  const { result, events } = await trial('P0030301MFG2', files);
  assert.deepEqual(answers(events, 1), ['OS79XX.TXT sent', 'P0S3-06-3-00.bin sent']);
  assert.deepEqual(answers(events, 2).slice(0, 2), ['OS79XX.TXT sent', 'SIPDefault.cnf missing']);
  assert.deepEqual([result.state, result.protocol], ['idle', 'SIP']);
});

test('OS79XX.TXT with the same first four characters is ignored', async () => {
  const files = { 'OS79XX.TXT': 'P003-8-12-00\n', [sep]: sepWith(''), ...sip812 };
  const { result, events } = await trial('P0030301MFG2', files);
  assert.deepEqual(answers(events), ['OS79XX.TXT sent', `${sep} sent`]);
  assert.equal(result.image, 'P0030301MFG2');
});

test('OS79XX.TXT with a blank behind the name: a file of that name is asked for', async () => {
  const files = { 'OS79XX.TXT': 'P0S3-06-3-00 \r\n', ...bin('P0S3-06-3-00'), [sep]: sepWith('') };
  const { result, events } = await trial('P00303020600', files);
  assert.equal(answers(events)[1], 'P0S3-06-3-00 .bin missing');
  assert.equal(result.protocol, 'SCCP');
});

test('an image that OS79XX.TXT names and nobody has: the phone boots on', async () => {
  const files = { 'OS79XX.TXT': 'P0S3-06-3-00\n', [sep]: sepWith('P00303020600') };
  const { result, events } = await trial('P00303020600', files);
  assert.deepEqual(answers(events).slice(1), ['P0S3-06-3-00.bin missing', `${sep} sent`]);
  assert.equal(result.state, 'idle');
});

test('SCCP 3.x to SIP 8.12 in one go: XMLDefault names the loader, which finds the rest', async () => {
  const files = {
    ...sip812,
    'XMLDefault.cnf.xml': defaultWith('P003-8-12-00'),
    ...sipDefault('P0S3-8-12-00'),
    ...phoneFile,
  };
  const network = { tftp: '10.0.0.2' };
  const kept = { ...flashWith('P0030301MFG2'), network, settings: { line1_name: 'old' } };
  const { result, events, memory } = await trialWith(memoryWith(kept), files);
  assert.deepEqual(answers(events, 1), [
    'OS79XX.TXT missing',
    `${sep} missing`,
    'XMLDefault.cnf.xml sent',
    'P003-8-12-00.bin sent',
  ]);
  assert.deepEqual(answers(events, 2), [
    `CTLSEP${testMac}.tlv missing`,
    `${sep} missing`,
    `${sipFile} sent`,
    `MGC${testMac}.cnf missing`,
    'XMLDefault.cnf.xml sent',
    'SIPDefault.cnf sent',
    'P0S3-8-12-00.loads sent',
    'P0S3-8-12-00.sb2 sent',
    'SIPDefault.cnf sent',
    `${sipFile} sent`,
    'RINGLIST.DAT missing',
  ]);
  assert.deepEqual([result.state, result.image, result.boots], ['idle', 'P0S3-8-12-00', 2]);
  assert.deepEqual(memory.read().network, {});
  assert.equal(memory.read().settings.line1_name, '100');
});

test('a TFTP server set at the phone is lost with the loader: the phone is stranded', async () => {
  const flash = { ...flashWith('P0030301MFG2'), network: { tftp: '10.0.0.2' } };
  const files = { ...sip812, 'XMLDefault.cnf.xml': defaultWith('P003-8-12-00') };
  const { result } = await trialWith(memoryWith(flash), files, { tftp: undefined });
  assert.deepEqual([result.state, result.display], ['stuck', 'Protocol Application Invalid']);
  assert.deepEqual([result.image, result.loader], [undefined, 'P003-8-12-00']);
});

test('SCCP 3.x and 5.x to SCCP 8: its .bin or .sbn is a loader of the same name', async () => {
  for (const [image, first] of [
    ['P00303020600', 'bin'],
    ['P00305000200', 'sbn'],
  ] as const) {
    const { result, events } = await trial(image, { ...sccp8, [sep]: sepWith('P00308000900') });
    assert.equal(answers(events, 1).at(-1), `P00308000900.${first} sent`);
    assert.deepEqual(answers(events, 2).slice(2, 4), [
      'P00308000900.loads sent',
      'P00308000900.sb2 sent',
    ]);
    assert.deepEqual([result.state, result.image], ['idle', 'P00308000900']);
    assert.equal(result.loader, 'P00308000900');
  }
});

test('SIP 6.3 to 8.12: OS79XX.TXT names the loader', async () => {
  const files = { 'OS79XX.TXT': 'P003-8-12-00\n', ...sip812, ...sipDefault('P0S3-8-12-00') };
  const { result, events } = await trial('P0S3-06-3-00', { ...files, ...phoneFile });
  assert.deepEqual(answers(events, 1), ['OS79XX.TXT sent', 'P003-8-12-00.sbn sent']);
  assert.deepEqual([result.state, result.image], ['idle', 'P0S3-8-12-00']);
});

test('SIP 6.3 told to run 8.12 without the loader stays: there is no such file', async () => {
  const files = { ...sip812, ...sipDefault('P0S3-8-12-00'), ...phoneFile };
  const { result, events } = await trial('P0S3-06-3-00', files);
  assert.ok(answers(events).includes('P0S3-8-12-00.sbn missing'));
  assert.deepEqual([result.state, result.image], ['idle', 'P0S3-06-3-00']);
});

test('SIP 5.x to 8.12 without 6.3 is not possible; to SCCP 8 it is', async () => {
  const os = { 'OS79XX.TXT': 'P003-8-12-00\n' };
  const toSip = { ...os, ...sip812, ...sipDefault('P0S3-8-12-00'), ...phoneFile };
  const { result } = await trial('P0S3-05-3-00', toSip);
  assert.deepEqual([result.state, result.display], ['stuck', 'Protocol Application Invalid']);
  assert.match(result.because ?? '', /6\.3/);
  const sccp = load('P00308000900', 'P003-8-12-00', 'PAS30830');
  const toSccp = await trial('P0S3-05-3-00', { ...os, ...sccp, [sep]: sepWith('P00308000900') });
  assert.equal(toSccp.result.image, 'P00308000900');
});

test('SIP 4.x does not take the loader', async () => {
  const files = { 'OS79XX.TXT': 'P003-8-12-00\n', ...sip812, ...phoneFile };
  const { result, events } = await trial('P0S3-04-4-00', files);
  assert.equal(answers(events)[1], 'P003-8-12-00.bin sent');
  assert.deepEqual([result.state, result.image], ['idle', 'P0S3-04-4-00']);
});

test('a 5.x phone told to run 4.x stays and shows "Image Authentication Failed"', async () => {
  const files = { ...sipDefault('P0S3-04-4-00'), ...phoneFile, ...bin('P0S3-04-4-00') };
  const { result, events } = await trial('P0S3-05-2-00', files);
  assert.deepEqual(answers(events).slice(3, 5), [
    'P0S3-04-4-00.sbn missing',
    'P0S3-04-4-00.bin sent',
  ]);
  assert.deepEqual([result.state, result.image, result.display], ['idle', 'P0S3-05-2-00', failed]);
  assert.equal(result.boots, 1);
});

test('an SCCP 5.x phone told to run 3.x stays too', async () => {
  const files = { [sep]: sepWith('P00303020600'), ...bin('P00303020600') };
  const { result } = await trial('P00305000200', files);
  assert.deepEqual([result.image, result.display], ['P00305000200', failed]);
});

test('a renamed image is refused', async () => {
  const renamed = { 'P0S3-06-3-00.bin': plainImage({ name: 'P0S3-06-2-00' }) };
  const files = { ...sipDefault('P0S3-06-3-00'), ...phoneFile, ...renamed };
  const { result, events } = await trial('P0S3-04-4-00', files);
  assert.deepEqual([result.state, result.image], ['idle', 'P0S3-04-4-00']);
  const refused = events.find((event) => event.kind === 'refused');
  assert.match(refused?.because ?? '', /P0S3-06-2-00/);
});

test('a phone from before 5.0 takes no signed file', async () => {
  const signed = signedFile('P0S3-06-3-00.bin', plainImage({ name: 'P0S3-06-3-00' }));
  const files = { ...sipDefault('P0S3-06-3-00'), ...phoneFile, 'P0S3-06-3-00.bin': signed };
  const { result } = await trial('P0S3-04-4-00', files);
  assert.equal(result.image, 'P0S3-04-4-00');
});

test('an application that needs a loader is not taken without one', async () => {
  const files = { ...sipDefault('P0S3-07-5-00'), ...phoneFile, ...sbn('P0S3-07-5-00') };
  const { result } = await trial('P0S3-06-3-00', files);
  assert.equal(result.image, 'P0S3-06-3-00');
});

test('SIP 2.1 asks for names of the 8.3 form only', async () => {
  const long = { ...sipDefault('P0S3-04-4-00'), ...phoneFile, ...bin('P0S3-04-4-00') };
  const old = await trial('P0S30201', long);
  assert.ok(!answers(old.events).some((answer) => answer.startsWith('P0S3-04-4-00')));
  assert.equal(old.result.image, 'P0S30201');
  const short = { ...sipDefault('P0S30202'), ...phoneFile, ...bin('P0S30202') };
  assert.equal((await trial('P0S30201', short)).result.image, 'P0S30202');
  assert.equal((await trial('P0S30202', long)).result.image, 'P0S3-04-4-00');
});

test('MGCP: its own two files, and the way to 7.x', async () => {
  const mgcFile = `MGC${testMac}.cnf`;
  const mgcp = load('P0M3-07-4-00', 'P003-07-4-00', 'PAS3X074');
  const files = {
    ...mgcp,
    'OS79XX.TXT': 'P003-07-4-00\n',
    'MGCDefault.cnf': 'image_version: P0M3-07-4-00\n',
    [mgcFile]: 'phone_label: Desk\n',
  };
  const { result, events } = await trial('P0M3-06-3-00', files);
  assert.deepEqual(answers(events, 1), ['OS79XX.TXT sent', 'P003-07-4-00.sbn sent']);
  assert.deepEqual(answers(events, 2).slice(2), [
    `${sipFile} missing`,
    `${mgcFile} sent`,
    'XMLDefault.cnf.xml missing',
    'SIPDefault.cnf missing',
    'MGCDefault.cnf sent',
    'P0M3-07-4-00.loads sent',
    'P0M3-07-4-00.sb2 sent',
    'MGCDefault.cnf sent',
    `${mgcFile} sent`,
  ]);
  assert.deepEqual([result.state, result.protocol], ['idle', 'MGCP']);
});

test('MGCP 4.x to 5.x by image_version', async () => {
  const files = {
    'MGCDefault.cnf': 'image_version: P0M3-05-0-00\n',
    [`MGC${testMac}.cnf`]: 'phone_label: Desk\n',
    ...bin('P0M3-05-0-00'),
  };
  const { result } = await trial('P0M3-04-2-00', files);
  assert.deepEqual([result.state, result.image, result.boots], ['idle', 'P0M3-05-0-00', 2]);
});

test('an error other than 1 for the image: the phone stays', async () => {
  const files: Files = { ...sipDefault('P0S3-06-3-00'), ...phoneFile };
  const { result, events } = await trial('P0S3-05-2-00', ({ path }) => {
    const file = files[path];
    if (path.startsWith('P0S3')) return { kind: 'error', code: 2 };
    return file === undefined
      ? { kind: 'error', code: 1 }
      : { kind: 'file', bytes: Buffer.from(file) };
  });
  assert.ok(answers(events).includes('P0S3-06-3-00.sbn error'));
  assert.ok(!answers(events).some((answer) => answer.includes('.bin')));
  assert.equal(result.image, 'P0S3-05-2-00');
});

test('a phone with neither loader nor application shows "No Load Specified"', async () => {
  const { result } = await trialWith(memoryWith({ settings: {}, network: {} }), {});
  assert.deepEqual([result.state, result.display], ['stuck', 'No Load Specified']);
});
