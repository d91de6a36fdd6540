import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  componentsOf,
  javaLoadFiles,
  javaSigned,
  javaTrial,
  javaTrialWith,
  memoryOf,
  sepFor,
} from '../testing/java-trial.ts';
import { answers, displays, type Files, testMac } from '../testing/trial.ts';

function wanting(load: string, files: Files = javaLoadFiles(load, '7961')): Files {
  return { ...files, ...sepFor(load) };
}

test('another load: its list, its components in order, a restart, and no list any more', async () => {
  const { result, events } = await javaTrial('SIP41.8-3-3S', wanting('SIP41.8-5-2S'));
  assert.deepEqual(answers(events, 1).slice(2), [
    'SIP41.8-5-2S.loads sent',
    ...componentsOf('SIP41.8-5-2S').map((file) => `${file} sent`),
  ]);
  assert.ok(!answers(events, 2).some((answer) => answer.includes('.loads')));
  assert.deepEqual([result.state, result.image, result.boots], ['idle', 'SIP41.8-5-2S', 2]);
});

for (const load of ['', 'SIP41.8-5-2S'])
  test(`loadInformation "${load}" keeps what it runs`, async () => {
    const { result, events } = await javaTrial('SIP41.8-5-2S', wanting(load, {}));
    assert.ok(!answers(events).some((answer) => answer.includes('.loads')));
    assert.deepEqual([result.image, result.boots], ['SIP41.8-5-2S', 1]);
  });

test('SCCP becomes SIP, and back', async () => {
  const memory = memoryOf('7961', 'SCCP41.8-5-2S');
  const there = await javaTrialWith(memory, wanting('SIP41.8-5-2S'));
  assert.equal(there.result.protocol, 'SIP');
  const back = await javaTrialWith(memory, wanting('SCCP41.8-5-2S'));
  assert.equal(back.result.protocol, 'SCCP');
});

/** With which end each release meets each load. */
const meetings: Readonly<Record<string, readonly [string, 'taken' | 'kept' | 'loops'][]>> = {
  'SIP41.8-0-2S': [
    ['SIP41.8-3-3S', 'taken'],
    ['SIP41.8-5-2S', 'taken'],
    ['SIP41.8-5-2SR1S', 'loops'],
    ['SIP41.9-2-3S', 'loops'],
    ['SIP41.9-4-2SR3-1S', 'loops'],
  ],
  'SIP41.8-3-3S': [
    ['SIP41.8-5-2S', 'taken'],
    ['SIP41.8-5-2SR1S', 'kept'],
    ['SIP41.9-2-3S', 'kept'],
    ['SIP41.8-0-2S', 'taken'],
  ],
  'SIP41.8-5-2S': [
    ['SIP41.8-5-2SR1S', 'taken'],
    ['SIP41.9-4-2SR3-1S', 'taken'],
    ['SIP41.8-3-3S', 'taken'],
  ],
  'SIP41.9-0-2S': [
    ['SIP41.9-4-2S', 'taken'],
    ['SIP41.8-5-2S', 'taken'],
  ],
};

describe('the key changed after 8.5(2)', () => {
  for (const [from, rows] of Object.entries(meetings))
    for (const [to, end] of rows)
      test(`${from} meets ${to}: ${end}`, async () => {
        const memory = memoryOf('7961', from);
        const { result, events } = await javaTrialWith(memory, wanting(to));
        assert.equal(result.state, end === 'loops' ? 'stuck' : 'idle');
        assert.equal(result.image, end === 'taken' ? to : from);
        if (end === 'taken') return;
        assert.ok(displays(events).includes('Auth Fail'));
        if (end === 'kept') assert.equal(result.display, 'Auth Fail');
        else assert.match(result.because ?? '', /reboots over and over: it cannot verify/);
        // By way of 8.5(2) every load is reached.
        await javaTrialWith(memory, wanting('SIP41.8-5-2S'));
        const hopped = await javaTrialWith(memory, wanting(to));
        assert.deepEqual([hopped.result.state, hopped.result.image], ['idle', to]);
      });
});

const { 'apps41.8-5-2.sbn': _apps, ...withoutApps } = javaLoadFiles(
  'SIP41.8-5-2S',
  '7961',
) as Record<string, Uint8Array>;
const { 'SIP41.8-5-2S.loads': _loads, ...withoutLoads } = javaLoadFiles(
  'SIP41.8-5-2S',
  '7961',
) as Record<string, Uint8Array>;
const whole = javaLoadFiles('SIP41.8-5-2S', '7961');

const spoilt: Readonly<
  Record<string, { readonly files: Files; readonly last: string; readonly display: string }>
> = {
  'the list missing': {
    files: withoutLoads,
    last: 'SIP41.8-5-2S.loads missing',
    display: 'Phone Unprovisioned',
  },
  'a component missing': {
    files: withoutApps,
    last: 'dsp41.8-5-2.sbn aborted',
    display: 'Phone Unprovisioned',
  },
  'a component cut short': {
    files: {
      ...whole,
      'apps41.8-5-2.sbn': Buffer.from(whole['apps41.8-5-2.sbn']!).subarray(0, 500),
    },
    last: 'apps41.8-5-2.sbn sent',
    display: 'Auth Fail',
  },
  'a list of another load': {
    files: {
      ...whole,
      'SIP41.8-5-2S.loads': javaLoadFiles('SIP41.8-3-3S', '7961')['SIP41.8-3-3S.loads']!,
    },
    last: 'SIP41.8-5-2S.loads sent',
    display: 'Auth Fail',
  },
  'a list that is not signed': {
    files: { ...whole, 'SIP41.8-5-2S.loads': 'jar41sip.8-5-2.sbn\r\n' },
    last: 'SIP41.8-5-2S.loads sent',
    display: 'Auth Fail',
  },
  'a component that is not signed': {
    files: { ...whole, 'cnu41.8-5-2.sbn': 'CNU_File_Archive_3.0' },
    last: 'cnu41.8-5-2.sbn sent',
    display: 'Auth Fail',
  },
  'components for other hardware': {
    files: {
      'SIP41.8-5-2S.loads': javaSigned('SIP41.8-5-2S.loads', 'jar70sip.8-5-2.sbn\r\n', 'old'),
    },
    last: 'SIP41.8-5-2S.loads sent',
    display: 'Phone Unprovisioned',
  },
};

for (const [name, { files, last, display }] of Object.entries(spoilt))
  test(`${name}: it stays on what it runs`, async () => {
    const memory = memoryOf('7961', 'SIP41.8-3-3S');
    const { result, events } = await javaTrialWith(memory, wanting('SIP41.8-5-2S', files));
    const firmware = answers(events).filter((answer) => /\.loads|\.sbn/.test(answer));
    assert.equal(firmware.at(-1), last);
    assert.deepEqual([result.state, result.image], ['idle', 'SIP41.8-3-3S']);
    assert.equal(result.display, display);
    assert.ok(events.some((event) => event.kind === 'refused' && event.image === 'SIP41.8-5-2S'));
    const right = await javaTrialWith(memory, wanting('SIP41.8-5-2S'));
    assert.equal(right.result.image, 'SIP41.8-5-2S');
  });

test('a load for other hardware is not taken, whatever the file says', async () => {
  const files = { ...javaLoadFiles('SIP70.8-5-2S', '7970'), ...sepFor('SIP70.8-5-2S') };
  const { result, events } = await javaTrial('SIP41.8-5-2S', files);
  assert.equal(result.image, 'SIP41.8-5-2S');
  assert.equal(answers(events).filter((answer) => answer.endsWith('.sbn sent')).length, 0);
});

test('error 2 instead of 1 is no missing file: refused, and nothing begun after it', async () => {
  const { result, events } = await javaTrial('SIP41.8-3-3S', ({ path }) => {
    if (path.endsWith('.sbn')) return { kind: 'error', code: 2 };
    const file = wanting('SIP41.8-5-2S')[path];
    return file === undefined
      ? { kind: 'error', code: 1 }
      : { kind: 'file', bytes: Buffer.from(file) };
  });
  assert.equal(result.image, 'SIP41.8-3-3S');
  assert.ok(events.some((event) => event.kind === 'refused' && /error 2/.test(event.because)));
});

test('a load larger than 550 001 bytes is firmware all the same', async () => {
  const name = 'jar41sip.8-5-2.sbn';
  const jar = javaSigned(name, new Uint8Array(600_000), 'old');
  const { result } = await javaTrial(
    'SIP41.8-3-3S',
    wanting('SIP41.8-5-2S', { ...whole, [name]: jar }),
  );
  assert.equal(result.image, 'SIP41.8-5-2S');
});

test('XMLDefault.cnf.xml moves a phone without a file of its own', async () => {
  const load = 'SCCP41.8-5-2S';
  const text = `<Default><loadInformation30018>${load}</loadInformation30018></Default>`;
  const files = { ...javaLoadFiles(load, '7961'), 'XMLDefault.cnf.xml': text };
  const { result, events } = await javaTrial('SCCP41.8-3-3S', files);
  assert.equal(result.image, load);
  assert.equal(answers(events, 1)[2], 'XMLDefault.cnf.xml sent');
  assert.ok(answers(events, 1).includes(`SEP${testMac}.cnf.xml missing`));
});
