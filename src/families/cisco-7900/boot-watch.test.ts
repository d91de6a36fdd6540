import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { BootFact } from '../../model/family.ts';
import { bootWatch } from './boot-watch.ts';

const mac = '0007EB000001';

/** A request and what became of it: its text, `sent` for firmware, nothing for a missing file. */
type Seen = readonly [path: string, answer?: string];

/** The facts of a run of requests, without phases, as `kind image`. */
function facts(seen: readonly Seen[], settle = false): readonly string[] {
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
  if (settle) take(bootWatch.settled(state));
  return all
    .filter((fact) => fact.kind !== 'phase')
    .map((fact) => ('image' in fact ? `${fact.kind} ${fact.image}` : fact.kind));
}

const ctl: Seen = [`CTLSEP${mac}.tlv`];
const noSep: Seen = [`SEP${mac}.cnf.xml`];
const sip = (image: string): Seen => [`SIP${mac}.cnf`, `image_version: "${image}"\n`];
const sipDefault = (image: string): Seen => ['SIPDefault.cnf', `image_version: "${image}"\n`];
const sep = (image: string): Seen => [
  `SEP${mac}.cnf.xml`,
  `<device><loadInformation model="IP Phone 7960">${image}</loadInformation></device>`,
];
const xmlDefault = (image: string): Seen => [
  'XMLDefault.cnf.xml',
  `<Default><loadInformation7 model="IP Phone 7960">${image}</loadInformation7></Default>`,
];

test('SCCP 3.x to SIP 8.12 by a single step, and the normal boot after it', () => {
  const image = 'P0S3-08-12-00';
  const conversion: Seen[] = [
    ['OS79XX.TXT', 'P003-08-12-00\n'],
    noSep,
    xmlDefault('P003-08-12-00'),
    ['P003-08-12-00.bin', 'sent'],
    ctl,
    noSep,
    sip(image),
    [`${image}.loads`, 'sent'],
    [`${image}.sb2`, 'sent'],
    sipDefault(image),
  ];
  const normal: Seen[] = [ctl, noSep, sip(image), [`${image}.loads`, 'sent'], sipDefault(image)];
  assert.deepEqual(facts([...conversion, ...normal]), [
    'boot',
    'runs-like P00303030499',
    'runs-like P00303030499',
    'boot',
    'runs-like P003-07-5-99',
    `runs ${image}`,
    'boot',
    'runs-like P003-07-5-99',
    `runs ${image}`,
  ]);
});

test('SIP 4.4 to 6.3: restarted with it, then proved by going on to the ring list', () => {
  const boot: Seen[] = [['OS79XX.TXT'], sipDefault('P0S3-06-3-00'), sip('P0S3-06-3-00')];
  assert.deepEqual(facts([...boot, ['P0S3-06-3-00.bin', 'sent'], ...boot, ['RINGLIST.DAT']]), [
    'boot',
    'runs-like P0S3-04-4-99',
    'runs-like P0S3-04-4-99',
    'boot',
    'restarted-with P0S3-06-3-00',
    'runs-like P0S3-04-4-99',
    'runs P0S3-06-3-00',
  ]);
});

test('an image that is asked for again after a restart was refused', () => {
  const boot: Seen[] = [['OS79XX.TXT'], sipDefault('P0S3-06-3-00'), ['P0S3-06-3-00.bin', 'sent']];
  assert.ok(facts([...boot, ...boot]).includes('refused P0S3-06-3-00'));
});

test('a SIP phone that takes nothing may be one that knows no long names', () => {
  const told: Seen[] = [['OS79XX.TXT'], sipDefault('P0S3-06-3-00'), ['RINGLIST.DAT']];
  assert.deepEqual(facts(told).slice(-1), ['keeps P0S3-06-3-00']);
  const loader: Seen[] = [['OS79XX.TXT'], sipDefault('P0S3-08-12-00'), ['RINGLIST.DAT']];
  assert.deepEqual(facts(loader).slice(-1), ['runs-like P0S30199']);
});

test('one that has asked for a signed image knows long names', () => {
  const other: Seen[] = [['OS79XX.TXT'], sipDefault('P0S30202'), ['P0S30202.sbn']];
  const told: Seen[] = [['OS79XX.TXT'], sipDefault('P0S3-06-3-00'), ['RINGLIST.DAT']];
  assert.ok(facts(other).includes('runs-like P0S3-05-0-99'));
  assert.deepEqual(facts([...other, ...told]).slice(-1), ['runs P0S3-06-3-00']);
});

test('an image that was sent is no proof', () => {
  const seen = facts([['OS79XX.TXT'], sipDefault('P0S3-06-3-00'), ['P0S3-06-3-00.bin', 'sent']]);
  assert.ok(!seen.some((fact) => fact.startsWith('runs P0S3-06-3-00')));
});

test('an application image taken twice in one boot was refused by the loader', () => {
  const image = 'P0S3-08-12-00';
  const twice: Seen[] = [
    [`${image}.sb2`, 'sent'],
    [`${image}.sb2`, 'sent'],
  ];
  const seen = facts([
    ctl,
    noSep,
    sip(image),
    [`${image}.loads`, 'sent'],
    ...twice,
    sipDefault(image),
  ]);
  assert.deepEqual(seen.slice(-1), [`refused ${image}`]);
});

test('an application that could not be fetched is not proved by the old one that starts', () => {
  const image = 'P0S3-08-12-00';
  const seen = facts([
    ctl,
    noSep,
    sip(image),
    [`${image}.loads`, 'sent'],
    [`${image}.sb2`],
    sipDefault(image),
  ]);
  assert.ok(!seen.includes(`runs ${image}`));
});

test('SCCP load whose loader has the same name: the loader update is no proof', () => {
  const image = 'P00308000900';
  const first: Seen[] = [ctl, sep(image), [`${image}.loads`, 'sent'], [`${image}.sbn`, 'sent']];
  const second: Seen[] = [ctl, sep(image), [`${image}.loads`, 'sent'], [`${image}.sb2`, 'sent']];
  assert.ok(!facts([...first, ctl]).includes(`runs ${image}`));
  assert.deepEqual(facts([...first, ...second, ctl]).slice(-1), [`runs ${image}`]);
});

test('an SCCP phone of the original kind proves its image by staying quiet', () => {
  const boot: Seen[] = [['OS79XX.TXT'], sep('P00303030300')];
  assert.deepEqual(facts(boot, true).slice(-1), ['runs P00303030300']);
});

test('one that is told of a loader and stays quiet did not take it', () => {
  const boot: Seen[] = [['OS79XX.TXT'], noSep, xmlDefault('P003-08-12-00')];
  assert.deepEqual(facts(boot, true).slice(-1), ['refused P003-08-12-00']);
});

test('any requests in any order give facts and never an error', () => {
  const path = fc.oneof(
    fc.constantFrom('OS79XX.TXT', ctl[0], noSep[0], 'SIPDefault.cnf', 'MGCDefault.cnf', 'x'),
    fc.constantFrom('P0S3-08-12-00.loads', 'P0S3-08-12-00.sb2', 'P003-08-12-00.sbn', 'a.bin'),
    fc.constantFrom('__proto__', 'constructor', 'x.toString', 'hasOwnProperty.sbn'),
    fc.string(),
  );
  const answer = fc.option(fc.oneof(fc.constant('sent'), fc.string()), { nil: undefined });
  fc.assert(
    fc.property(fc.array(fc.tuple(path, answer)), (seen) => void facts(seen as Seen[], true)),
  );
});
