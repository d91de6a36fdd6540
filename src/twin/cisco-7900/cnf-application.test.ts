import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { flashWith, memoryWith } from './flash.ts';
import {
  answers,
  type Files,
  load,
  signedImage,
  testMac,
  trial,
  trialWith,
} from '../testing/trial.ts';

const sipFile = `SIP${testMac}.cnf`;
const phoneFile = 'line1_name: 100\nproxy1_address: 10.0.0.5\nphone_label: Desk\n';
const image = 'P0S3-06-3-00';

/** Files per server address. */
function servers(files: Readonly<Record<string, Files>>) {
  return ({ path, server }: { readonly path: string; readonly server: string }) => {
    const file = files[server]?.[path];
    if (file === undefined) return { kind: 'error', code: 1 } as const;
    return { kind: 'file', bytes: Buffer.from(file) } as const;
  };
}

test('dyn_tftp_addr: both files again from the other server, and all that follows', async () => {
  const { result, seen, memory } = await trial(
    image,
    servers({
      '10.0.0.2': {
        'SIPDefault.cnf': 'dyn_tftp_addr: 10.0.0.3\n',
        [sipFile]: 'phone_label: Old\n',
      },
      '10.0.0.3': { 'SIPDefault.cnf': 'dial_template: plan\n', [sipFile]: phoneFile },
    }),
  );
  assert.deepEqual(
    seen.map(({ path, server }) => `${server} ${path}`),
    [
      '10.0.0.2 OS79XX.TXT',
      '10.0.0.2 SIPDefault.cnf',
      `10.0.0.2 ${sipFile}`,
      '10.0.0.3 SIPDefault.cnf',
      `10.0.0.3 ${sipFile}`,
      '10.0.0.3 RINGLIST.DAT',
      '10.0.0.3 plan.xml',
    ],
  );
  assert.equal(result.display, 'Desk');
  assert.equal(memory.read().settings.dyn_tftp_addr, undefined);
});

test('dyn_tftp_addr: the image comes from the other server too', async () => {
  const bin = signedImage('sbn', { name: 'P0S3-06-1-00' });
  const own = `image_version: P0S3-06-1-00\n${phoneFile}`;
  const { result, seen } = await trial(
    image,
    servers({
      '10.0.0.2': { 'SIPDefault.cnf': 'dyn_tftp_addr: 10.0.0.3\n' },
      '10.0.0.3': { [sipFile]: own, 'P0S3-06-1-00.sbn': bin },
    }),
  );
  assert.equal(seen.find(({ path }) => path === 'P0S3-06-1-00.sbn')?.server, '10.0.0.3');
  assert.deepEqual([result.state, result.image], ['idle', 'P0S3-06-1-00']);
});

test('dyn_tftp_addr of a server that has nothing: what the first one gave stays', async () => {
  const common = 'dyn_tftp_addr: 10.0.0.3\n';
  const files = { '10.0.0.2': { 'SIPDefault.cnf': common, [sipFile]: phoneFile } };
  const { result } = await trial(image, servers(files));
  assert.deepEqual([result.state, result.display], ['idle', 'Desk']);
});

test('two servers that name each other do not keep the phone for ever', async () => {
  const { result, seen } = await trial(
    image,
    servers({
      '10.0.0.2': { 'SIPDefault.cnf': 'dyn_tftp_addr: 10.0.0.3\n', [sipFile]: phoneFile },
      '10.0.0.3': { 'SIPDefault.cnf': 'dyn_tftp_addr: 10.0.0.2\n', [sipFile]: phoneFile },
    }),
  );
  assert.equal(seen.filter(({ path }) => path === 'SIPDefault.cnf').length, 3);
  assert.equal(result.state, 'idle');
});

test('dyn_tftp_addr that is the server itself, cleared or no address changes nothing', async () => {
  for (const address of ['10.0.0.2', '""', 'UNPROVISIONED', 'tftp.example', '999.0.0.1']) {
    const common = `dyn_tftp_addr: ${address}\n`;
    const { seen } = await trial(image, { 'SIPDefault.cnf': common, [sipFile]: phoneFile });
    assert.equal(seen.filter(({ path }) => path === 'SIPDefault.cnf').length, 1, address);
  }
});

test('tftp_cfg_dir stands before the name as it is, also when kept from before', async () => {
  const own = { [`phones/${sipFile}`]: phoneFile };
  const files = { 'SIPDefault.cnf': 'tftp_cfg_dir: phones/\n', ...own };
  const first = await trial(image, servers({ '10.0.0.2': files }));
  assert.equal(answers(first.events)[2], `phones/${sipFile} sent`);
  const again = await trialWith(first.memory, servers({ '10.0.0.2': own }));
  assert.equal(answers(again.events)[2], `phones/${sipFile} sent`);
  assert.equal(again.result.state, 'idle');
});

test('a value from the files takes the place of the one kept; an empty one clears it', async () => {
  const settings = { line1_name: '1', phone_label: 'Old', sync: '7' };
  const memory = memoryWith({ ...flashWith(image), settings });
  const own = 'line1_name: 2\nphone_label: ""\nproxy1_address: 10.0.0.5\n';
  await trialWith(memory, { [sipFile]: own });
  const kept = { line1_name: '2', sync: '7', proxy1_address: '10.0.0.5' };
  assert.deepEqual(memory.read().settings, kept);
});

test('a phone file that comes late is taken when it is asked for again', async () => {
  let asked = 0;
  const { result, events } = await trial(image, ({ path }) => {
    if (path !== sipFile || ++asked < 3) return { kind: 'error', code: 1 };
    return { kind: 'file', bytes: Buffer.from(phoneFile) };
  });
  const own = events.filter((event) => event.kind === 'request' && event.path === sipFile);
  assert.deepEqual(
    own.map(({ at }) => Math.round((at - own[0]!.at) / 1000)),
    [0, 31, 62],
  );
  assert.deepEqual([result.state, result.display], ['idle', 'Desk']);
});

test('a refused image shows even where the phone has no file', async () => {
  const files = { 'SIPDefault.cnf': 'image_version: P0S3-04-4-00\n', 'P0S3-04-4-00.bin': 'x' };
  const { result } = await trial(image, files);
  assert.deepEqual([result.state, result.display], ['stuck', 'Image Authentication Failed']);
});

test('a file without line or proxy: "Phone Unprovisioned"', async () => {
  const { result } = await trial(image, { [sipFile]: 'phone_label: Desk\n' });
  assert.deepEqual([result.state, result.display], ['idle', 'Phone Unprovisioned']);
});

test('curly quotes are a part of the name', async () => {
  const common = 'image_version: “P0S3-05-0-00”\n';
  const { events, result } = await trial(image, { 'SIPDefault.cnf': common, [sipFile]: phoneFile });
  assert.ok(answers(events).some((answer) => /^.+P0S3-05-0-00.+\.sbn missing$/.test(answer)));
  assert.equal(result.image, image);
});

test('SIP 8 reads another image from its own files: it changes the loader itself', async () => {
  const files = {
    ...load('P0S3-8-12-00', 'P003-8-12-00', 'PAS30830'),
    [sipFile]: phoneFile,
  };
  // Not there yet when the loader of the first boot asks.
  let asked = 0;
  const { result, events } = await trial('P0S3-07-5-00', ({ path }) => {
    if (path === 'SIPDefault.cnf' && ++asked > 1)
      return { kind: 'file', bytes: Buffer.from('image_version: P0S3-8-12-00\n') };
    const file = (files as Files)[path];
    return file === undefined
      ? { kind: 'error', code: 1 }
      : { kind: 'file', bytes: Buffer.from(file) };
  });
  const application = events.filter(({ stage, boot }) => stage === 'application' && boot === 1);
  assert.deepEqual(answers(application), [
    'SIPDefault.cnf sent',
    `${sipFile} sent`,
    'P0S3-8-12-00.loads sent',
    'P003-8-12-00.sbn sent',
  ]);
  assert.deepEqual(answers(events, 2).slice(-6), [
    'SIPDefault.cnf sent',
    'P0S3-8-12-00.loads sent',
    'P0S3-8-12-00.sb2 sent',
    'SIPDefault.cnf sent',
    `${sipFile} sent`,
    'RINGLIST.DAT missing',
  ]);
  assert.deepEqual([result.image, result.boots], ['P0S3-8-12-00', 2]);
});

const names = ['OS79XX.TXT', 'SIPDefault.cnf', sipFile, `SEP${testMac}.cnf.xml`, 'RINGLIST.DAT'];
const images = [
  'P00303020600',
  'P00305000200',
  image,
  'P0S3-8-12-00',
  'P0M3-07-4-00',
  'P003-8-12-00',
];

test('whatever the files hold, a boot comes to an end', async () => {
  const snippet = fc.constantFrom(
    'image_version: P0S3-8-12-00\n',
    'tftp_cfg_dir: "../"\n',
    'dial_template: \u0000\n',
    '<device><loadInformation>P0S3-8-12-00</loadInformation></device>',
    '<Default><userLocale><name>é</name></userLocale></Default>',
    'P0S3-06-3-00',
  );
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 700 }).map((bytes) => Buffer.from(bytes)),
    fc.array(fc.oneof(snippet, fc.string())).map((parts) => Buffer.from(parts.join(''))),
  );
  const firmware = load('P0S3-8-12-00', 'P003-8-12-00', 'PAS30830');
  const other = [
    'XMLDefault.cnf.xml',
    'P0S3-8-12-00.loads',
    'P0S3-8-12-00.sb2',
    'P0S3-06-3-00.bin',
  ];
  const files = fc.dictionary(fc.constantFrom(...names, ...other), content);
  await fc.assert(
    fc.asyncProperty(files, fc.constantFrom(...images), async (files, image) => {
      const { result } = await trial(image, { ...firmware, ...files });
      assert.ok(result.state === 'idle' || result.state === 'stuck');
      assert.ok(result.boots <= 12);
    }),
  );
});
