import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BootFact } from '../../model/family.ts';
import { bootWatch } from './boot-watch.ts';
import { start, type WatchState } from './watch-state.ts';

type Move =
  | { readonly registers: string }
  | { readonly uftp: string; readonly outcome?: 'sent' | 'aborted' }
  | { readonly tftp: string; readonly text?: string; readonly outcome?: 'sent' | 'missing' }
  | 'rests';

/** Runs the moves; facts as short words, of the last move alone. */
function watched(moves: readonly Move[], from: WatchState = start) {
  let state: WatchState = from;
  let facts: readonly BootFact[] = [];
  const take = (seen: { state: WatchState; facts: readonly BootFact[] }) => {
    state = seen.state;
    facts = [...facts, ...seen.facts];
  };
  for (const move of moves) {
    facts = [];
    if (move === 'rests') take(bootWatch.settled(state));
    else if ('registers' in move)
      take(bootWatch.told?.(state, { at: 0, firmware: move.registers }) as never);
    else {
      const [path, protocol] =
        'uftp' in move ? [move.uftp, 'uftp' as const] : [move.tftp, 'tftp' as const];
      const { outcome = 'sent' } = move;
      take(bootWatch.asked(state, { path, at: 0, protocol }));
      const text = 'text' in move && move.text !== undefined ? { text: move.text } : {};
      take(bootWatch.answered(state, { path, at: 0, protocol, outcome, ...text }));
    }
  }
  return { state, words: facts.flatMap(wordOf) };
}

function wordOf(fact: BootFact): readonly string[] {
  switch (fact.kind) {
    case 'runs':
    case 'runs-like':
    case 'refused':
    case 'keeps':
    case 'restarted-with':
      return [`${fact.kind} ${fact.image}`];
    case 'passed-over':
    case 'took':
      return [`${fact.kind} ${fact.path}`];
    case 'finding':
      return [`finding ${fact.finding.code}`];
    case 'boot':
      return ['boot'];
    case 'phase':
    case 'mended':
      return [];
  }
}

function control({ fw = '', mode = 'AUTO', data = '000001' }): Move {
  const firmware =
    fw === '' ? '' : `[FW]\nDOWNLOAD_MODE ${mode}\nVERSION ${fw}\nFILENAME ${fw.slice(0, 7)}.bin\n`;
  const text = `[DEVICE_CONFIG]\nDOWNLOAD_MODE AUTO\nVERSION ${data}\nFILENAME 2004sysConfig.dat\n${firmware}`;
  return { tftp: '2004tftp.cfg', text };
}

const data: Move = { tftp: '2004sysConfig.dat' };

test('the lab note up to SIP: what each session and file proves', () => {
  const first = watched([{ registers: '0604D98' }]);
  assert.deepEqual(first.words, ['boot', 'runs 0604D98']);
  // The same again is no news, so that it counts for nothing.
  assert.deepEqual(watched([{ registers: '0604D98' }], first.state).words, [
    'boot',
    'runs-like 0604D98',
  ]);
  const took = watched([{ uftp: 'CT12D97.bin' }], first.state);
  assert.equal(bootWatch.expects(took.state)?.finding.code, 'late-session');
  const between = watched([{ registers: 'CT12D97' }], took.state);
  assert.deepEqual(between.words, ['boot', 'runs CT12D97']);
  const sip = watched([{ uftp: '0692D93.bin' }], between.state);
  assert.equal(bootWatch.expects(sip.state)?.finding.code, 'late-control-file');
  const asks = watched([control({ fw: '0692D93' })], sip.state);
  assert.deepEqual(asks.words, ['boot', 'runs 0692D93']);
  assert.equal(bootWatch.expects(asks.state), undefined);
});

test('a phone that comes back with what it had refused the image', () => {
  const { words } = watched([
    { registers: '0604D98' },
    { uftp: 'CT12D97.bin' },
    { registers: '0604D98' },
  ]);
  assert.deepEqual(words, [
    'boot',
    'refused CT12D97',
    'finding old-application-came-back',
    'runs-like 0604D98',
  ]);
});

test('a download that breaks off is told of, and is no refusal', () => {
  const off = watched([{ registers: '0604D98' }, { uftp: 'CT12D97.bin', outcome: 'aborted' }]);
  assert.deepEqual(off.words, ['finding uftp-broken-off']);
  assert.equal(bootWatch.expects(off.state)?.finding.code, 'late-transfer');
  assert.deepEqual(watched([{ registers: '0604D98' }], off.state).words, [
    'boot',
    'runs-like 0604D98',
  ]);
});

test('an update by TFTP: taken, started again, proved by leaving it alone', () => {
  const took = watched([control({ fw: '0692D94' }), data, { tftp: '0692D94.bin' }]);
  assert.deepEqual(took.words, ['took 0692D94.bin']);
  const again = watched([control({ fw: '0692D94' })], took.state);
  assert.deepEqual(again.words, ['boot', 'restarted-with 0692D94']);
  assert.deepEqual(watched(['rests'], again.state).words, ['runs 0692D94']);
  const asks = watched([{ tftp: '0692D94.bin', outcome: 'missing' }], again.state);
  assert.deepEqual(asks.words, ['refused 0692D94', 'finding old-application-came-back']);
});

test('a forced downgrade is proved at the next start, so that FORCED is taken back in time', () => {
  const told = control({ fw: '0692D93c08', mode: 'FORCED' });
  const { words } = watched([told, data, { tftp: '0692D93.bin' }, control({ fw: '0692D93c08' })]);
  assert.deepEqual(words, ['boot', 'runs 0692D93c08']);
});

test('a forced revert: silence at the IPCM, or the session that proves it', () => {
  const text =
    '[FW]\nDOWNLOAD_MODE FORCED\nVERSION 0692D93c08\n#FILENAME 2004SIP.img\nFILENAME 0604D98.bin\n';
  const took = watched([{ tftp: '2004tftp.cfg', text }, { tftp: '0604D98.bin' }]);
  assert.equal(bootWatch.expects(took.state)?.finding.code, 'late-unistim-session');
  assert.match(bootWatch.expects(took.state)?.finding.text ?? '', /5060 and 7/);
  assert.deepEqual(watched([{ registers: '0604D98' }], took.state).words, ['boot', 'runs 0604D98']);
  const back = watched([{ tftp: '2004tftp.cfg', text }], took.state);
  assert.deepEqual(back.words, ['boot', 'refused 0604D98', 'finding old-application-came-back']);
});

test('FORCED left on, and one image at start after start', () => {
  const told = control({ fw: '0692D93c08', mode: 'FORCED' });
  const round: readonly Move[] = [told, { tftp: '0692D93.bin' }];
  const { words } = watched([...round, ...round]);
  assert.ok(words.includes('finding forced-left-on'), words.join());
  const third = watched([...round, ...round, ...round, told]);
  assert.ok(third.words.includes('finding image-again'), third.words.join());
});

test('what a phone passes over: data of a higher version, an image of a higher one', () => {
  const { words } = watched([control({ fw: '0692D94', data: '000003' }), 'rests']);
  assert.deepEqual(words, [
    ...['keeps 0692D94', 'passed-over 0692D94.bin'],
    ...['passed-over 2004sysConfig.dat', 'finding data-file-passed-over'],
  ]);
  const same = watched([
    control({ data: '000003' }),
    data,
    'rests',
    control({ data: '000003' }),
    'rests',
  ]);
  assert.deepEqual(same.words, []);
  const raised = watched([control({ data: '000004' }), 'rests'], same.state);
  assert.deepEqual(raised.words, [
    'passed-over 2004sysConfig.dat',
    'finding data-file-passed-over',
  ]);
});
