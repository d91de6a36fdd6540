import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flashWith, memoryWith } from './flash.ts';
import {
  answers,
  displays,
  type Files,
  load,
  loadsFile,
  plainImage,
  signedFile,
  signedImage,
  testMac,
  trial,
  trialWith,
} from '../testing/trial.ts';

const sip = load('P0S3-8-12-00', 'P003-8-12-00', 'PAS30830');
const phoneFile = 'line1_name: 100\nproxy1_address: 10.0.0.5\nphone_label: Desk\n';
const failed = 'Image Authentication Failed';
const invalid = 'Protocol Application Invalid';

function wanting(image: string, files: Files): Files {
  const common = `image_version: ${image}\n`;
  return { ...files, 'SIPDefault.cnf': common, [`SIP${testMac}.cnf`]: phoneFile };
}

/** The loader that fits, so that only the application is at stake. */
function phone(image: string) {
  const loader = { name: 'P003-8-12-00', internalVersion: 'PAS30830' };
  return memoryWith({ ...flashWith(image), loader });
}

const forged = (fileName: string, body: Uint8Array) =>
  signedFile(fileName, body, () => new Uint8Array(256).fill(1));

test('a wrong signature: fetched a second time, then the old application runs on', async () => {
  const sb2 = forged('P0S3-8-12-00.sb2', plainImage({ name: 'P0S3-8-12-00' }));
  const files = wanting('P0S3-8-12-00', { ...sip, 'P0S3-8-12-00.sb2': sb2 });
  const { result, events } = await trialWith(phone('P0S3-07-5-00'), files);
  const fetched = answers(events).filter((answer) => answer === 'P0S3-8-12-00.sb2 sent');
  assert.equal(fetched.length, 2);
  assert.deepEqual([result.state, result.image, result.display], ['idle', 'P0S3-07-5-00', failed]);
});

test('a wrong signature without application: both texts, the second stays', async () => {
  const sb2 = forged('P0S3-8-12-00.sb2', plainImage({ name: 'P0S3-8-12-00' }));
  const files = wanting('P0S3-8-12-00', { ...sip, 'P0S3-8-12-00.sb2': sb2 });
  const { result, events } = await trialWith(phone('P003-8-12-00'), files);
  assert.deepEqual(displays(events).slice(-2), [failed, invalid]);
  assert.deepEqual([result.state, result.display], ['stuck', invalid]);
});

const spoiltFiles: Record<string, { readonly files: Files; readonly shows: boolean }> = {
  'loads file forged': {
    files: {
      'P0S3-8-12-00.loads': forged('P0S3-8-12-00.loads', Buffer.from('P0S3-8-12-00.sb2\n')),
    },
    shows: true,
  },
  'loads file not signed': {
    files: { 'P0S3-8-12-00.loads': 'P003-8-12-00.sbn\nP0S3-8-12-00.sb2\nLA_VERSION=PAS30830\n' },
    shows: true,
  },
  'loads file of another image': {
    files: {
      'P0S3-8-12-00.loads': loadsFile('P0S3-07-5-00', {
        loader: 'P003-8-12-00',
        application: 'P0S3-8-12-00',
        laVersion: 'PAS30830',
      }),
    },
    shows: true,
  },
  'application renamed': {
    files: { 'P0S3-8-12-00.sb2': signedImage('sb2', { name: 'P0S3-8-11-00' }) },
    shows: true,
  },
  'application renamed in its header only': {
    files: {
      'P0S3-8-12-00.sb2': signedFile('P0S3-8-12-00.sb2', plainImage({ name: 'P0S3-8-11-00' })),
    },
    shows: false,
  },
  'application not signed': {
    files: { 'P0S3-8-12-00.sb2': plainImage({ name: 'P0S3-8-12-00' }) },
    shows: true,
  },
  'application cut short': {
    files: { 'P0S3-8-12-00.sb2': signedFile('P0S3-8-12-00.sb2', new Uint8Array(100)) },
    shows: false,
  },
  'application that is a loader': {
    files: { 'P0S3-8-12-00.sb2': signedImage('sb2', { name: 'P0S3-8-12-00', kind: 'loader' }) },
    shows: false,
  },
};

for (const [name, { files: spoilt, shows }] of Object.entries(spoiltFiles)) {
  test(`${name}: refused`, async () => {
    const files = wanting('P0S3-8-12-00', { ...sip, ...spoilt });
    const kept = await trialWith(phone('P0S3-07-5-00'), files);
    assert.deepEqual([kept.result.state, kept.result.image], ['idle', 'P0S3-07-5-00']);
    assert.equal(kept.result.display, shows ? failed : 'Desk');
    const empty = await trialWith(phone('P003-8-12-00'), files);
    assert.deepEqual([empty.result.state, empty.result.display], ['stuck', invalid]);
    assert.equal(displays(empty.events).includes(failed), shows);
  });
}

for (const missing of ['P0S3-8-12-00.loads', 'P0S3-8-12-00.sb2', 'P003-8-12-00.sbn']) {
  test(`${missing} missing: the old application, or "${invalid}"`, async () => {
    const { [missing]: _, ...rest } = sip as Record<string, Uint8Array>;
    const files = wanting('P0S3-8-12-00', rest);
    const kept = await trial('P0S3-07-5-00', files);
    const isLoader = missing.endsWith('sbn');
    assert.deepEqual([kept.result.state, kept.result.image], ['idle', 'P0S3-07-5-00']);
    const loader = { name: 'P003-07-5-00', internalVersion: 'PAS3X060' };
    const empty = memoryWith({ loader, settings: {}, network: {} });
    const { result } = await trialWith(isLoader ? empty : phone('P003-8-12-00'), files);
    assert.deepEqual([result.state, result.display], ['stuck', invalid]);
  });
}

test('an error other than 1 for the application: the old one, or "Protocol Application Invalid"', async () => {
  const files = wanting('P0S3-8-12-00', sip);
  const serve = ({ path }: { readonly path: string }) => {
    const file = files[path];
    if (path.endsWith('.sb2')) return { kind: 'error', code: 0 } as const;
    if (file === undefined) return { kind: 'error', code: 1 } as const;
    return { kind: 'file', bytes: Buffer.from(file) } as const;
  };
  const kept = await trialWith(phone('P0S3-07-5-00'), serve);
  assert.deepEqual([kept.result.state, kept.result.image], ['idle', 'P0S3-07-5-00']);
  const { result } = await trialWith(phone('P003-8-12-00'), serve);
  assert.deepEqual([result.state, result.display], ['stuck', invalid]);
});

test('an application that stalls: the hunt again, then "Protocol Application Invalid"', async () => {
  const files = wanting('P0S3-8-12-00', sip);
  const { result, events } = await trialWith(phone('P003-8-12-00'), ({ path }) => {
    const file = files[path];
    if (file === undefined) return { kind: 'error', code: 1 };
    const blocks = path.endsWith('.sb2') ? { blocks: 1 } : {};
    return { kind: 'file', bytes: Buffer.from(file), ...blocks };
  });
  const stalled = answers(events).filter((answer) => answer === 'P0S3-8-12-00.sb2 silent');
  assert.equal(stalled.length, 9);
  assert.deepEqual([result.state, result.display], ['stuck', invalid]);
});

test('an image without loads file is fetched as a whole and replaces the loader', async () => {
  const old = signedImage('sbn', { name: 'P0S3-06-3-00' });
  const files = wanting('P0S3-06-3-00', { 'P0S3-06-3-00.sbn': old });
  const { result, events, memory } = await trial('P0S3-8-12-00', files);
  assert.deepEqual(answers(events, 1).slice(-2), [
    'P0S3-06-3-00.loads missing',
    'P0S3-06-3-00.sbn sent',
  ]);
  assert.equal(answers(events, 2)[0], 'OS79XX.TXT missing');
  assert.deepEqual(
    [result.state, result.image, result.loader],
    ['idle', 'P0S3-06-3-00', undefined],
  );
  assert.equal(memory.read().loader, undefined);
});

test('an image from before 5.0 is not taken back', async () => {
  const files = wanting('P0S3-04-4-00', {
    'P0S3-04-4-00.bin': plainImage({ name: 'P0S3-04-4-00' }),
  });
  const { result } = await trial('P0S3-8-12-00', files);
  assert.deepEqual([result.state, result.image], ['idle', 'P0S3-8-12-00']);
});

test('an image that needs its loader is not taken alone', async () => {
  const alone = signedImage('sbn', { name: 'P0S3-07-5-00' });
  const files = wanting('P0S3-07-5-00', { 'P0S3-07-5-00.sbn': alone });
  const { result } = await trial('P003-8-12-00', files);
  assert.deepEqual([result.state, result.display], ['stuck', invalid]);
});

test('an image of another phone is not taken', async () => {
  const name = 'SIP41-8-5-2S';
  const sb2 = signedImage('sb2', { name });
  const loads = loadsFile(name, {
    loader: 'P003-8-12-00',
    application: name,
    laVersion: 'PAS30830',
  });
  const files = wanting(name, { [`${name}.loads`]: loads, [`${name}.sb2`]: sb2 });
  const { result } = await trialWith(phone('P0S3-07-5-00'), files);
  assert.deepEqual([result.state, result.image], ['idle', 'P0S3-07-5-00']);
});

test('files of two images that want different loaders: it reboots over and over', async () => {
  const files = {
    ...sip,
    ...load('P0S3-07-5-00', 'P003-07-5-00', 'PAS3X060'),
    [`SEP${testMac}.cnf.xml`]: '<device><loadInformation>P0S3-8-12-00</loadInformation></device>',
    'SIPDefault.cnf': 'image_version: P0S3-07-5-00\n',
    [`SIP${testMac}.cnf`]: phoneFile,
  };
  const { result } = await trial('P0S3-8-12-00', files, { maxBoots: 6 });
  assert.deepEqual([result.state, result.boots], ['stuck', 6]);
  assert.match(result.because ?? '', /over and over/);
});

test('until a number of boots', async () => {
  const { result, events } = await trial('P0S3-07-5-00', wanting('P0S3-8-12-00', sip), {
    until: 1,
  });
  assert.deepEqual([result.state, result.boots, result.loader], ['rebooting', 1, 'P003-8-12-00']);
  assert.equal(events.at(-1)?.kind, 'reboot');
});

test('an abort ends a boot, and the memory is what it was then', async () => {
  const abort = new AbortController();
  const memory = memoryWith(flashWith('P0S3-07-5-00'));
  const onEvent = (event: { readonly kind: string }) => {
    if (event.kind === 'flash') abort.abort(new Error('power cut'));
  };
  const files = wanting('P0S3-8-12-00', sip);
  const cut = trialWith(memory, files, { onEvent, signal: abort.signal });
  await assert.rejects(cut, /power cut/);
  assert.equal(memory.read().loader?.name, 'P003-8-12-00');
  assert.equal(memory.read().application?.name, 'P0S3-07-5-00');
  const { result } = await trialWith(memory, files);
  assert.equal(result.image, 'P0S3-8-12-00');
});

test('the same seed gives the same boot', async () => {
  const files = wanting('P0S3-8-12-00', sip);
  const lossy = { loss: 0.05, seed: 42 };
  const [first, second] = [
    await trial('P00308000500', files, lossy),
    await trial('P00308000500', files, lossy),
  ];
  assert.deepEqual(first.events, second.events);
  assert.equal(first.result.image, 'P0S3-8-12-00');
  const other = await trial('P00308000500', files, { seed: 43 });
  const ports = [first, other].map(
    ({ events }) => events.find((event) => event.kind === 'request')?.port,
  );
  assert.notEqual(ports[0], ports[1]);
});
