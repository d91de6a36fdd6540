import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  answers,
  type Files,
  load,
  secondsOf,
  testMac,
  trial,
  xmlDefault,
} from '../testing/trial.ts';

const sip = load('P0S3-8-12-00', 'P003-8-12-00', 'PAS30830');
const ctl = `CTLSEP${testMac}.tlv`;
const sep = `SEP${testMac}.cnf.xml`;

test('a normal boot of SCCP 8: 8 s, then its own files and those of its locales', async () => {
  const files = {
    [sep]:
      '<device><userLocale><name></name></userLocale>' +
      '<networkLocale>US</networkLocale><loadInformation></loadInformation></device>',
  };
  const { result, events } = await trial('P00308000500', files);
  assert.deepEqual(answers(events), [
    `${ctl} missing`,
    `${sep} sent`,
    `${ctl} missing`,
    `${sep} sent`,
    '/7960-font.xml missing',
    'US/7960-tones.xml missing',
  ]);
  assert.deepEqual(
    secondsOf(events).map(([, seconds]) => seconds),
    [0, 0, 8, 8, 8, 8],
  );
  assert.deepEqual([result.state, result.display], ['idle', 'Registering']);
});

test('SCCP without CallManager asks again every 33 s, for ever', async () => {
  const { result, events } = await trial('P00308000500', { 'XMLDefault.cnf.xml': xmlDefault('') });
  const own = answers(events.filter(({ stage }) => stage === 'application'));
  const round = [`${ctl} missing`, `${sep} missing`, 'XMLDefault.cnf.xml sent'];
  assert.deepEqual(own, [...round, ...round, ...round]);
  const rounds = secondsOf(events.filter(({ stage }) => stage === 'application'));
  assert.deepEqual(
    rounds.filter(([path]) => path === ctl).map(([, at]) => at),
    [0, 33, 66],
  );
  assert.deepEqual([result.state, result.display], ['stuck', 'Configuring CM List']);
});

test('SCCP with a CallManager in XMLDefault is done', async () => {
  const files = { 'XMLDefault.cnf.xml': xmlDefault('', '10.0.0.9') };
  const { result } = await trial('P00308000500', files);
  assert.deepEqual([result.state, result.display], ['idle', 'Registering']);
});

test('a silent server, SCCP: the loader gives up after one file, the application tries on', async () => {
  const { result, events } = await trial('P00308000500', () => ({ kind: 'silent' }));
  const seconds = secondsOf(events);
  assert.deepEqual(
    seconds.slice(0, 12),
    [0, 1, 5, 9, 13, 14, 18, 22, 26, 27, 31, 35].map((at) => [ctl, at]),
  );
  // 3 x 5 for the trust list, 3 x 5 for the phone's file, 62 s from the last request to the next.
  const times = (from: number) => Array.from({ length: 15 }, (_, index) => from + 4 * index);
  assert.deepEqual(seconds.slice(12, 43), [
    ...times(47).map((at) => [ctl, at]),
    ...times(107).map((at) => [sep, at]),
    [ctl, 163 + 62],
  ]);
  assert.deepEqual([result.state, result.image], ['stuck', 'P00308000500']);
});

test('SCCP 8 finds XMLDefault later: read twice, reset, and the loader does the rest', async () => {
  const files: Files = { ...sip, 'XMLDefault.cnf.xml': xmlDefault('P0S3-8-12-00') };
  let asked = 0;
  const { result, events } = await trial('P00308000500', ({ path }) => {
    const file = path === 'XMLDefault.cnf.xml' && ++asked === 1 ? undefined : files[path];
    if (file === undefined) return { kind: 'error', code: 1 };
    return { kind: 'file', bytes: Buffer.from(file) };
  });
  const application = events.filter(({ stage, boot }) => stage === 'application' && boot === 1);
  const round = [`${ctl} missing`, `${sep} missing`, 'XMLDefault.cnf.xml sent'];
  assert.deepEqual(answers(application), [...round, ...round]);
  const firsts = secondsOf(events).filter(([path]) => path === ctl);
  assert.deepEqual(
    firsts.map(([, at]) => at),
    [0, 8, 41, 54, 83],
  );
  assert.equal(result.image, 'P0S3-8-12-00');
});
