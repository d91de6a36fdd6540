import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Diagnosed } from '../../model/diagnosis.ts';
import type { Happening, Observation } from '../../model/observation.ts';
import type { Mac } from '../../wire/mac.ts';
import { askedFiles } from './asked-files.ts';
import { groupPhones } from './group-phones.ts';
import { phasesOf } from './phases.ts';
import { ranked } from './rank.ts';
import { reachOf } from './reach.ts';

const evidence = { source: 's', text: 't' };
const a = '020000000001' as Mac;
const b = '020000000002' as Mac;

function at(ms: number, happening: Happening, who: Partial<Observation> = {}): Observation {
  return { at: ms, happening, evidence, ...who };
}

const ask = (path: string, port?: number): Happening => ({
  ...{ kind: 'file-asked', protocol: 'tftp', path },
  ...(port === undefined ? {} : { port }),
});
const sent = (path?: string): Happening => ({
  ...{ kind: 'file-ended', protocol: 'tftp', end: { kind: 'sent', bytes: 7 } },
  ...(path === undefined ? {} : { path }),
});

describe('requests and ends', () => {
  const filesOf = (...observations: readonly Observation[]) =>
    askedFiles(observations, reachOf(observations, false), 100_000).map(
      ({ path, outcome, repeats }) => `${path} ${outcome} ${repeats}`,
    );

  test('the same port is the same request, whenever', () => {
    const observed = [at(0, ask('x', 5)), at(20_000, ask('x', 5)), at(20_001, sent('x'))];
    assert.deepEqual(filesOf(...observed), ['x sent 1']);
  });

  test('without a port it is the same within seconds', () => {
    const observed = [
      at(0, ask('x')),
      at(4000, ask('x')),
      at(31_000, ask('x')),
      at(31_001, sent()),
    ];
    assert.deepEqual(filesOf(...observed), ['x unanswered 1', 'x sent 0']);
  });

  test('an end that is told alone is a request, and one that is told twice is one', () => {
    assert.deepEqual(filesOf(at(0, sent('/srv/tftp/x'))), ['/srv/tftp/x sent 0']);
    assert.deepEqual(filesOf(at(0, ask('x')), at(1, sent('x')), at(2, sent('/srv/x'))), [
      'x sent 0',
    ]);
  });

  test('where no end is told, none is missed', () => {
    assert.deepEqual(filesOf(at(0, ask('x')), at(9000, ask('y'))), ['x untold 0', 'y untold 0']);
  });

  test('transfers at the same time are kept apart', () => {
    const observed = [at(0, ask('x', 1)), at(1, ask('y', 2)), at(2, sent('x')), at(3, sent('y'))];
    assert.deepEqual(filesOf(...observed), ['x sent 0', 'y sent 0']);
  });
});

describe('phones', () => {
  const of = (...observations: readonly Observation[]) =>
    groupPhones(observations, []).clients.map(
      ({ mac, address, observations: own }) => `${mac ?? '-'} ${address ?? '-'} ${own.length}`,
    );
  const note: Happening = { kind: 'sntp', from: 'phone' };

  test('an address belongs to the MAC that proved it, before and after', () => {
    const observed = [
      at(0, ask('OS79XX.TXT'), { address: '192.0.2.5' }),
      at(10, note, { address: '192.0.2.5', mac: a }),
      at(20, ask('y'), { address: '192.0.2.5' }),
    ];
    assert.deepEqual(of(...observed), [`${a} 192.0.2.5 3`]);
  });

  test('an address that changes hands is each one’s in its time', () => {
    const observed = [
      at(0, note, { address: '192.0.2.5', mac: a }),
      at(1000, ask('x'), { address: '192.0.2.5' }),
      at(3_600_000, ask('OS79XX.TXT'), { address: '192.0.2.5' }),
      at(3_601_000, note, { address: '192.0.2.5', mac: b }),
      at(3_700_000, ask('y'), { address: '192.0.2.5' }),
    ];
    assert.deepEqual(of(...observed), [`${a} 192.0.2.5 2`, `${b} 192.0.2.5 3`]);
  });

  test('an offer proves nothing; what has neither MAC nor address is nobody’s', () => {
    const offer: Happening = { kind: 'dhcp', dhcp: { message: 'offer' } };
    const observed = [
      at(0, offer, { address: '192.0.2.5', mac: a }),
      at(1, ask('x'), { address: '192.0.2.5' }),
      at(2, { kind: 'server-note', text: 'x' }),
    ];
    assert.deepEqual(of(...observed), [`${a} 192.0.2.5 1`, '- 192.0.2.5 1']);
    assert.equal(groupPhones(observed, []).others.length, 1);
  });
});

test('a phase has its time, its gap and what came in it', () => {
  const base = { evidence: [], protocol: 'tftp', path: 'x', name: 'x' } as const;
  const file = (ms: number, endedAt: number) =>
    ({ ...base, at: ms, endedAt, outcome: 'sent', bytes: 100, repeats: 1 }) as const;
  const phases = phasesOf([
    { at: 0, phase: 'address', seen: at(0, { kind: 'sntp', from: 'phone' }) },
    { at: 5000, phase: 'loader', file: file(5000, 6000) },
    { at: 6000, phase: 'loader', file: file(6000, 6500) },
    { at: 9000, phase: 'firmware', file: file(9000, 9900) },
  ]);
  assert.deepEqual(
    phases.map(({ phase, startedAt, lastAt, gap, files, bytes, repeats }) => [
      ...[phase, startedAt, lastAt, gap, files, bytes, repeats],
    ]),
    [
      ['address', 0, 0, 0, 0, 0, 0],
      ['loader', 5000, 6500, 5000, 2, 200, 2],
      ['firmware', 9000, 9900, 2500, 1, 100, 1],
    ],
  );
});

test('errors before warnings before notes, the sure before the rest, the first before the later', () => {
  const found = (code: string, severity: Diagnosed['severity'], ms: number, score: number) =>
    ({ code, severity, at: ms, score, text: '', evidence: [] }) satisfies Diagnosed;
  const all = [
    found('note', 'note', 0, 1),
    found('guess', 'error', 0, 0.3),
    found('later', 'error', 9, 0.9),
    found('surer', 'error', 5, 0.9),
    found('first', 'error', 5, 0.8),
    found('warning', 'warning', 0, 1),
    found('later', 'error', 1, 0.2),
  ];
  const expected = ['surer', 'first', 'later', 'guess', 'warning', 'note'];
  for (const some of [all, all.toReversed()])
    assert.deepEqual(
      ranked(some).map(({ code }) => code),
      expected,
    );
});
