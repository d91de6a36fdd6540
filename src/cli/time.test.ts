import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fakeFamily } from '../core/testing/fake-family.ts';
import { cisco7900Time } from '../families/cisco-shared/time/cisco-7900-time.ts';
import { ciscoJavaTime } from '../families/cisco-shared/time/java-zone-settings.ts';
import type { Io } from './io.ts';
import type { Operations } from './operations.ts';
import { runCommand } from './program.ts';

const families = [
  { ...fakeFamily, id: 'without-clock' },
  { ...fakeFamily, id: 'sip', time: cisco7900Time },
  { ...fakeFamily, id: 'java', time: ciscoJavaTime },
];

async function time(...words: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    write: () => undefined,
  } as unknown as Io;
  const now = () => Date.parse('2026-12-31T23:30:00Z');
  const ops = { version: '1', families, now } as unknown as Operations;
  const code = await runCommand(['time', ...words], io, ops);
  return { code, out, err };
}

test('the settings for a zone in its present year, of every family with a clock', async () => {
  const { code, out } = await time('Europe/Berlin');
  assert.equal(code, 0);
  assert.deepEqual(
    out.filter((line) => !line.startsWith(' ')),
    ['sip, Europe/Berlin in 2027', 'java, Europe/Berlin in 2027'],
  );
  assert.ok(out.includes('  time_zone: CET'));
  assert.ok(out.includes('  right all year'));
  assert.ok(out.includes('  the display shows now: 00:30 01/01/27'));
});

test('of one family and year', async () => {
  const { out } = await time('Asia/Tokyo', '--family', 'sip', '--year', '2030');
  assert.deepEqual(out.slice(0, 4), [
    'sip, Asia/Tokyo in 2030',
    '  time_zone: JST',
    '  dst_auto_adjust: 0',
    '  right all year',
  ]);
});

test('what cannot be said is a problem, with its reason', async () => {
  const { code, out } = await time('Asia/Kathmandu', '--family', 'sip', '--year', '2026');
  assert.equal(code, 1);
  assert.ok(out.includes('  15 min slow from 2026-01-01 00:00 to 2026-01-01 00:15'));
  assert.ok(out.includes('  because: Table 3-9 has no zone with GMT+05:45'));
});

test('when settings have to be renewed', async () => {
  const { out } = await time('America/Santiago', '--family', 'sip');
  assert.ok(out.includes('  to be renewed before 2029-04-01 00:00'));
});

test('given settings are checked', async () => {
  const given = ['--family', 'sip', '--year', '2026', '--set', 'time_zone=EST'];
  const { code, out } = await time('America/New_York', ...given, '--set', 'dst_offset=1');
  assert.equal(code, 1);
  assert.deepEqual(out.slice(1, 5), [
    '  time_zone: EST',
    '  dst_offset: 1',
    '  60 min slow from 2026-03-08 03:00 to 2026-04-05 03:00',
    '  60 min slow from 2026-10-25 02:00 to 2026-11-01 01:00',
  ]);
});

test('a clock that cannot be read is unknown', async () => {
  const { code, out } = await time('Asia/Tokyo', '--family', 'sip', '--set', 'time_zone=jst');
  assert.equal(code, 1);
  assert.ok(out.includes('  unknown from 2027-01-01 00:00 to 2028-01-01 00:00'));
  assert.ok(out.some((line) => line.includes('must be JST, in capitals')));
});

test('as JSON', async () => {
  const { out } = await time('Asia/Tokyo', '--json');
  const [sip, java] = JSON.parse(out[0] ?? '') as Record<string, unknown>[];
  assert.deepEqual(sip?.settings, { time_zone: 'JST', dst_auto_adjust: '0' });
  assert.equal(java?.family, 'java');
  assert.deepEqual(java.wrong, []);
});

test('wrong usage', async () => {
  const unknown = await time('berlin');
  assert.equal(unknown.code, 2);
  assert.deepEqual(unknown.err, [
    'hookflash: "berlin" is no IANA time zone: did you mean Europe/Berlin?',
  ]);
  const nowhere = await time('Atlantis');
  assert.match(nowhere.err[0] ?? '', /e\.g\. Asia\/Tokyo/);
  const family = await time('Asia/Tokyo', '--family', 'without-clock');
  assert.equal(family.code, 2);
  assert.match(family.err[0] ?? '', /has a clock of its own: sip, java/);
});
