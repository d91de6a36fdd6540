import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { BootFact } from '../../model/family.ts';
import { bootWatch } from './boot-watch.ts';

const mac = '0025459538B5';
const load = 'SIP41.9-4-2SR3-1S';

/** A request and what became of it: its text, `sent` for firmware, nothing for a missing file. */
type Seen = readonly [path: string, answer?: string];

function facts(seen: readonly Seen[]): readonly string[] {
  let state = bootWatch.start;
  const all: BootFact[] = [];
  const take = (step: { state: typeof state; facts: readonly BootFact[] }) => {
    state = step.state;
    all.push(...step.facts);
  };
  for (const [path, answer] of seen) {
    take(bootWatch.asked(state, { path, at: 0 }));
    const outcome = answer === undefined ? ('missing' as const) : ('sent' as const);
    const text = answer === 'sent' || answer === undefined ? {} : { text: answer };
    take(bootWatch.answered(state, { path, at: 0, outcome, ...text }));
  }
  take(bootWatch.settled(state));
  return all
    .filter((fact) => fact.kind !== 'phase')
    .map((fact) => ('image' in fact ? `${fact.kind} ${fact.image}` : fact.kind));
}

const ctl: Seen = [`CTLSEP${mac}.tlv`];
const itl: readonly Seen[] = [[`ITLSEP${mac}.tlv`], ['ITLFile.tlv']];
const sep = (image: string): Seen => [
  `SEP${mac}.cnf.xml`,
  `<device><loadInformation>${image}</loadInformation></device>`,
];
const loads: Seen = [`${load}.loads`, 'sent'];
const components: readonly Seen[] = [
  ['jar41sip.9-4-2ES26.sbn', 'sent'],
  ['cnu41.9-4-2ES26.sbn', 'sent'],
];
const boot = ['boot', 'runs-like term00.8'];
const bootWithItl = ['boot', 'runs-like term00.9'];

test('a normal boot proves the load when it goes on to other files', () => {
  const rest: Seen[] = [['United_States/g3-tones.xml'], ['dialplan.xml']];
  assert.deepEqual(facts([ctl, ...itl, sep(load), ...rest]), [...bootWithItl, `runs ${load}`]);
  assert.deepEqual(facts([ctl, sep(load), ...rest]), [...boot, `runs ${load}`]);
  assert.deepEqual(facts([ctl, sep(load)]), [...boot, `runs ${load}`]);
});

test('a load whose loads file it takes and leaves at that is refused', () => {
  const rest: Seen[] = [['United_States/g3-tones.xml'], ['dialplan.xml']];
  assert.deepEqual(facts([ctl, sep(load), loads, ...rest]), [...boot, `refused ${load}`]);
  assert.deepEqual(facts([ctl, sep(load), loads]), [...boot, `refused ${load}`]);
  assert.deepEqual(facts([ctl, sep(load), [loads[0]], ...rest]), boot);
});

test('an upgrade is proved after the restart, not by what was sent', () => {
  const first: Seen[] = [ctl, ...itl, sep(load), loads, ...components];
  assert.deepEqual(facts([...first, ['dialplan.xml']]), bootWithItl);
  const restarted = ['boot', `restarted-with ${load}`, 'runs-like term00.8'];
  assert.deepEqual(facts([...first, ctl, sep(load), ['dialplan.xml']]), [
    ...bootWithItl,
    ...restarted,
    `runs ${load}`,
  ]);
  assert.deepEqual(facts([...first, ctl, sep(load), loads, ...components]), [
    ...bootWithItl,
    ...restarted,
    `refused ${load}`,
  ]);
});

test('a phone without load boots by its boot code', () => {
  const seen = facts([['term61.default.loads', 'sent'], ...components, ctl, sep('')]);
  assert.deepEqual(seen, ['boot', 'runs-like term00.default', ...boot]);
});

test('a file that names no load, several or a broken one proves nothing', () => {
  const rest: Seen = ['dialplan.xml'];
  const several: Seen = [
    'XMLDefault.cnf.xml',
    `<Default><loadInformation115>${load}</loadInformation115><loadInformation434>SIP42.9-4-2SR3-1S</loadInformation434></Default>`,
  ];
  const broken: Seen = [`SEP${mac}.cnf.xml`, '<device>'];
  for (const answer of [sep(''), sep('P0S3-8-12-00'), several, broken])
    assert.deepEqual(facts([ctl, answer, rest]), boot);
});

test('any requests in any order give facts and never an error', () => {
  const path = fc.oneof(
    fc.constantFrom(ctl[0], sep(load)[0], loads[0], components[0]![0], 'term41.default.loads'),
    fc.constantFrom('__proto__', 'constructor', 'hasOwnProperty.sbn'),
    fc.string(),
  );
  const answer = fc.option(fc.oneof(fc.constantFrom('sent', sep(load)[1]!), fc.string()), {
    nil: undefined,
  });
  fc.assert(fc.property(fc.array(fc.tuple(path, answer)), (seen) => void facts(seen as Seen[])));
});
