import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clockRules } from '../../time/clock-findings.ts';
import { sipFileOf } from './sip-subject.ts';
import { clockOf, sipTimeRules } from './time-rules.ts';

test('whatever the reader of clocks can say has a rule of the same words', () => {
  const own = sipTimeRules.map(({ code, severity, title }) => ({ code, severity, title }));
  const wanted = clockRules.filter(({ code }) => code !== 'dst-misspelt');
  assert.deepEqual(
    own.filter(({ code }) => code !== 'dst-outdated'),
    wanted,
  );
});

test('a file that says nothing of the time is not asked about it', () => {
  assert.equal(clockOf(sipFileOf('line1_name: "1"\n', false)), undefined);
});

test('the file of a phone may leave to the file for all what it does not say', () => {
  const codes = (text: string) => clockOf(sipFileOf(text, false))?.found.map(({ code }) => code);
  assert.deepEqual(codes('time_zone: "CET"\n'), []);
  assert.deepEqual(codes('sntp_server: "192.0.2.1"\n'), []);
});
