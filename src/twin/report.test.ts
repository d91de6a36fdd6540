import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trial, testMac } from './testing/trial.ts';
import { endReport, requestReport } from './report.ts';

test('a line for every request, and one at the end', async () => {
  const { events, result } = await trial('P003-8-12-00', ({ path }) =>
    path.startsWith('CTL') ? { kind: 'error', code: 1 } : { kind: 'silent' },
  );
  const lines = events.flatMap((event) => requestReport(event) ?? []);
  assert.equal(lines.length, events.filter(({ kind }) => kind === 'request').length);
  const port = lines[0]?.event === 'request' ? lines[0].port : 0;
  const common = { event: 'request', boot: 1, stage: 'loader', bytes: 0 };
  assert.deepEqual(lines.slice(0, 2), [
    {
      ...common,
      at: 13_004,
      path: `CTLSEP${testMac}.tlv`,
      port,
      attempt: 1,
      send: 1,
      outcome: 'missing',
      error: { code: 1, message: 'error 1' },
    },
    {
      ...common,
      at: 14_004,
      path: `SEP${testMac}.cnf.xml`,
      port: port + 1,
      attempt: 1,
      send: 1,
      outcome: 'silent',
    },
  ]);
  assert.deepEqual(endReport(result), {
    event: 'end',
    state: 'stuck',
    display: 'Protocol Application Invalid',
    because: 'the TFTP server does not answer',
    loader: 'P003-8-12-00',
    boots: 1,
  });
});
