import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { BootFact } from '../../model/family.ts';
import { bootWatch } from './boot-watch.ts';

const mac = '0007EB000001';

/** A request and what became of it: its text, `sent` for firmware, nothing for a missing file. */
type Seen = readonly [path: string, answer?: string];

function run(seen: readonly Seen[], settle = false) {
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
  return { state, facts: all };
}

/** The facts of a run of requests, without phases, as `kind image`. */
function facts(seen: readonly Seen[], settle = false): readonly string[] {
  return run(seen, settle)
    .facts.filter((fact) => fact.kind !== 'phase')
    .map((fact) => ('image' in fact ? `${fact.kind} ${fact.image}` : fact.kind));
}

/** Codes of the findings of a run of requests. */
function codes(seen: readonly Seen[]): readonly string[] {
  return run(seen).facts.flatMap((fact) => (fact.kind === 'finding' ? [fact.finding.code] : []));
}

/** What the phone is late with when it asks for nothing after these. */
function lateAfter(seen: readonly Seen[]): string | undefined {
  return bootWatch.expects(run(seen).state)?.finding.code;
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

test('a first file that is asked for again because the answer was late is no new boot', () => {
  const at = (ms: number) => ({ path: ctl[0], at: ms });
  const boots = (...times: readonly number[]) => {
    let state = bootWatch.start;
    return times.flatMap((time) => {
      const step = bootWatch.asked(state, at(time));
      ({ state } = bootWatch.answered(step.state, { ...at(time), outcome: 'missing' }));
      return step.facts.filter(({ kind }) => kind === 'boot');
    }).length;
  };
  assert.equal(boots(0, 1000, 5000, 9000), 1);
  assert.equal(boots(0, 15_000, 30_000), 3, 'a phone that never gets further');
});

test('a loader that took another one and starts the application of before did not take the image', () => {
  const image = 'P0S3-8-12-00';
  const boot: Seen[] = [ctl, noSep, sip(image), [`${image}.loads`, 'sent']];
  const refusing: Seen[] = [...boot, ['P003-8-12-00.sbn', 'sent'], sipDefault(image)];
  assert.deepEqual(facts(refusing).slice(-2), [`refused ${image}`, 'finding']);
  assert.deepEqual(codes(refusing), ['old-application-came-back']);
  const again = facts([...refusing, ...refusing]).slice(-3);
  assert.deepEqual(again, ['runs-like P003-07-5-99', `refused ${image}`, 'finding']);
  const loops = codes([...refusing, ...refusing]).filter((code) => code === 'boot-loop');
  assert.deepEqual(loops, [], 'it ran its application in between');
  const restarted: Seen[] = [
    ...[...boot, ['P003-8-12-00.sbn', 'sent'] as const],
    ...[...boot, [`${image}.sb2`, 'sent'] as const, sipDefault(image)],
  ];
  assert.equal(facts(restarted).at(-1), `runs ${image}`);
});

test('refused by its checks, or taken and come back without it', () => {
  const image = 'P0S3-8-12-00';
  const boot: Seen[] = [ctl, noSep, sip(image), [`${image}.loads`, 'sent']];
  const take: Seen = [`${image}.sb2`, 'sent'];
  const came = (seen: readonly Seen[]) =>
    run(seen).facts.flatMap((fact) => (fact.kind === 'refused' ? [fact.cameBack] : []));
  assert.deepEqual(came([...boot, take, take, sipDefault(image)]), [undefined]);
  assert.deepEqual(came([...boot, take, ...boot, take]), [true]);
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
  assert.deepEqual(seen.slice(-2), [`refused ${image}`, 'finding']);
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

test('a loader that hunts a third time without an application is told of, once it is behind it too', () => {
  const image = 'P0S3-08-12-00';
  const failed: Seen[] = [ctl, noSep, sip(image), [`${image}.loads`, 'sent'], [`${image}.sb2`]];
  assert.deepEqual(codes([...failed, ...failed]), []);
  assert.deepEqual(new Set(codes([...failed, ...failed, ...failed])), new Set(['in-loader']));
  const mended: Seen[] = [ctl, noSep, sip(image), [`${image}.loads`, 'sent'], sipDefault(image)];
  assert.ok(facts([...failed, ...failed, ...failed, ...mended]).includes('mended'));
  const update: Seen[] = [ctl, noSep, sip(image), [`${image}.loads`, 'sent']];
  const updated = codes([...update, ['P003-08-12-00.sbn', 'sent'], ...update, ...update]);
  assert.deepEqual(updated, []);
});

test('a loader file that is missing proves nothing of the application that starts', () => {
  const image = 'P0S3-08-12-00';
  const seen: Seen[] = [ctl, noSep, sip(image), [`${image}.loads`], sipDefault(image)];
  assert.ok(!facts(seen).some((fact) => fact.startsWith('runs ')));
});

test('an SCCP phone that polls for its files is in no loader', () => {
  const poll: Seen[] = [ctl, noSep, ['XMLDefault.cnf.xml']];
  const hunt: Seen[] = [ctl, noSep, [`SIP${mac}.cnf`], [`MGC${mac}.cnf`], ...poll.slice(2)];
  assert.deepEqual(codes([...hunt, ...poll, ...poll, ...poll, ...poll, ...poll]), []);
});

test('a load that no file named is of another server, and so is one that is never asked for', () => {
  const image = 'P0S3-08-12-00';
  const other: Seen[] = [ctl, noSep, sip(image), ['P0S3-07-5-00.loads', 'sent']];
  assert.deepEqual(codes(other), ['other-server-answers']);
  const deaf: Seen[] = [ctl, noSep, sip(image)];
  assert.deepEqual(codes([...deaf, ctl]), []);
  assert.deepEqual(codes([...deaf, ...deaf, ctl]), ['other-server-answers']);
  assert.deepEqual(codes([['P0S3-07-5-00.loads', 'sent']]), [], 'the server was just started');
});

test('an application file that is asked for again in the next boot did not start', () => {
  const image = 'P0S3-08-12-00';
  const told: Seen[] = [ctl, noSep, sip(image), [`${image}.loads`, 'sent']];
  const boot: Seen[] = [...told, [`${image}.sb2`, 'sent'], sipDefault(image)];
  const seen = [...boot, ...told, [`${image}.sb2`, 'sent'] as Seen];
  assert.deepEqual(facts(seen).slice(-2), [`refused ${image}`, 'finding']);
  const fine = [...boot, ...told, sipDefault(image), ...boot];
  assert.ok(!facts(fine).includes(`refused ${image}`));
});

test('only a phone that is on its way can be late', () => {
  const image = 'P0S3-08-12-00';
  const told: Seen[] = [ctl, noSep, sip(image)];
  const loads: Seen = [`${image}.loads`, 'sent'];
  assert.equal(lateAfter([...told, loads]), 'late-application');
  assert.equal(lateAfter([...told, loads, ['P003-08-12-00.sbn', 'sent']]), 'late-restart');
  assert.equal(lateAfter([...told, loads, [`${image}.sb2`, 'sent']]), 'late-application');
  assert.equal(lateAfter([...told]), 'in-loader');
  const application = [...told, loads, sipDefault(image), sip(image)];
  assert.equal(lateAfter(application), undefined);
  assert.equal(lateAfter([...application, ['RINGLIST.DAT']]), undefined);
  const noImage: Seen = [`SIP${mac}.cnf`, 'line1_name: 7\n'];
  const hunt: Seen[] = [ctl, noSep, noImage, [`MGC${mac}.cnf`], ['XMLDefault.cnf.xml']];
  const rest: Seen[] = [['SIPDefault.cnf', 'a: 1\n'], ['MGCDefault.cnf']];
  assert.equal(lateAfter([...hunt, ...rest]), 'in-loader');
  assert.equal(lateAfter([...hunt, ...rest, ['SIPDefault.cnf', 'a: 1\n'], noImage]), undefined);
  assert.equal(lateAfter([ctl, noSep, ctl, noSep, ['XMLDefault.cnf.xml']]), undefined);
  const sccp: Seen[] = [['OS79XX.TXT'], noSep, ['XMLDefault.cnf.xml']];
  assert.equal(lateAfter(sccp), undefined);
});

test('SCCP load whose loader has the same name: the loader update is no proof', () => {
  const image = 'P00308000900';
  const first: Seen[] = [ctl, sep(image), [`${image}.loads`, 'sent'], [`${image}.sbn`, 'sent']];
  const second: Seen[] = [ctl, sep(image), [`${image}.loads`, 'sent'], [`${image}.sb2`, 'sent']];
  assert.ok(!facts([...first, ctl]).includes(`runs ${image}`));
  assert.deepEqual(facts([...first, ...second, ctl]).slice(-1), [`runs ${image}`]);
});

test('the list of files alone is no proof: a loader that rejects it leaves it at that', () => {
  const image = 'P0S3-8-12-00';
  const quiet: Seen[] = [ctl, noSep, sip(image), [`${image}.loads`, 'sent'], sipDefault(image)];
  assert.deepEqual(facts(quiet).slice(-1), [`keeps ${image}`]);
  const asksAgain: Seen[] = [...quiet, [`${image}.loads`, 'sent']];
  assert.deepEqual(facts(asksAgain).slice(-2), [`refused ${image}`, 'finding']);
});

test('the list of files is proof once its application was asked for, also in a boot before', () => {
  const image = 'P0S3-8-12-00';
  const listed: Seen[] = [ctl, noSep, sip(image), [`${image}.loads`, 'sent']];
  const takes: Seen[] = [...listed, [`${image}.sb2`, 'sent'], sipDefault(image)];
  const again: Seen[] = [...listed, sipDefault(image)];
  assert.deepEqual(facts([...takes, ...again]).slice(-1), [`runs ${image}`]);
  const missing: Seen[] = [...listed, [`${image}.sb2`]];
  assert.ok(facts([...missing, ...again]).includes(`keeps ${image}`));
});

test('an SCCP phone of the original kind proves its image by staying quiet', () => {
  const boot: Seen[] = [['OS79XX.TXT'], sep('P00303030300')];
  assert.deepEqual(facts(boot, true).slice(-1), ['runs P00303030300']);
});

test('one that is told of a loader and stays quiet did not take it', () => {
  const boot: Seen[] = [['OS79XX.TXT'], noSep, xmlDefault('P003-08-12-00')];
  assert.deepEqual(facts(boot, true).slice(-1), ['refused P003-08-12-00']);
});

test('after a start of the server no order of files tells the boot code, until it boots anew', () => {
  const ask = (state: typeof bootWatch.start, path: string) => {
    const step = bootWatch.asked(state, { path, at: 0 });
    const told = step.facts.filter(({ kind }) => kind === 'runs-like' || kind === 'refused');
    return { state: step.state, told };
  };
  const before = ask(ask(bootWatch.start, 'OS79XX.TXT').state, 'P003-08-12-00.sbn').state;
  const recalled = bootWatch.recalled(before);
  for (const path of [noSep[0], 'SIPDefault.cnf', 'P0S3-08-12-00.sb2', 'a.bin', 'RINGLIST.DAT'])
    assert.deepEqual(ask(recalled, path).told, [], path);
  const anew = ask(ask(recalled, 'OS79XX.TXT').state, 'SIPDefault.cnf');
  assert.equal(anew.told.length, 1);
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
