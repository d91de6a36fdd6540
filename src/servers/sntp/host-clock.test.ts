import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ntpTimestampOf } from '../../codec/sntp/ntp-timestamp.ts';
import { referenceText } from '../../codec/sntp/reference-id.ts';
import { clockFields, type HostClock, isServing } from './host-clock.ts';

const at = Date.parse('2026-05-04T12:00:00Z');

test('a synchronised clock: one stratum below the host, or 3', () => {
  const fields = clockFields({ state: 'synchronised', at }, undefined);
  const { leap, stratum, referenceId, reference } = fields;
  assert.deepEqual([leap, stratum, referenceText(referenceId, stratum)], [0, 3, '127.0.0.1']);
  assert.deepEqual(reference, ntpTimestampOf(at));
  const service = { stratum: 1, leap: 1, rootDelay: 0.01, rootDispersion: 0.002, setAt: at - 9000 };
  assert.deepEqual(clockFields({ state: 'synchronised', at, service }, 10), {
    ...{ leap: 1, stratum: 2, rootDelay: 0.01, rootDispersion: 0.002 },
    ...{ referenceId: 0x7f000001, reference: ntpTimestampOf(at - 9000) },
  });
});

test('a clock that is not synchronised gives no time', () => {
  const fields = clockFields({ state: 'not synchronised', at }, undefined);
  const { leap, stratum, referenceId, reference } = fields;
  assert.deepEqual([leap, stratum, referenceText(referenceId, stratum)], [3, 0, 'INIT']);
  assert.deepEqual(reference, { seconds: 0, fraction: 0 });
  assert(!isServing(fields));
});

test('unless the operator has given it a stratum', () => {
  const fields = clockFields({ state: 'not synchronised', at }, 12);
  assert.deepEqual([fields.leap, fields.stratum, fields.referenceId], [0, 12, 0x4c4f434c]);
  assert(isServing(fields));
});

test('a clock of which nothing is known is one of stratum 10, or of the stratum given', () => {
  const unknown = { state: 'unknown', at } as const;
  const strata = [undefined, 5].map((local) => clockFields(unknown, local).stratum);
  assert.deepEqual(strata, [10, 5]);
  assert.equal(clockFields(unknown, undefined).referenceId, 0x4c4f434c);
});

test('whatever a time service says, the stratum is one that clients take', () => {
  const service = fc.record({
    stratum: fc.nat(16),
    leap: fc.nat(2),
    rootDelay: fc.double({ min: -1, max: 100, noNaN: true }),
    rootDispersion: fc.double({ min: -1, max: 100, noNaN: true }),
    setAt: fc.integer({ min: 0, max: at }),
  });
  fc.assert(
    fc.property(service, (said) => {
      const host: HostClock = { state: 'synchronised', at, service: said };
      const { stratum, rootDelay, rootDispersion } = clockFields(host, undefined);
      assert(stratum >= 1 && stratum <= 15 && rootDelay >= 0 && rootDispersion >= 0);
    }),
  );
});
