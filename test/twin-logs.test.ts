import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type FlashMemory, flashWith, memoryWith } from '../src/twin/cisco-7900/flash.ts';
import {
  javaLoadFiles,
  javaTrialWith,
  memoryOf,
  modelNamed,
} from '../src/twin/testing/java-trial.ts';
import { answers, load, type Files, trialWith } from '../src/twin/testing/trial.ts';
import { parseMac } from '../src/wire/mac.ts';

/** Logs of real phones: the twin, in the same situation, must ask for the same. */

type Situation = {
  readonly mac: string;
  readonly model: '7940' | '7960';
  readonly image: string;
  /** Address of the TFTP server, as the report names it. */
  readonly server: string;
  /** Folder with the files of the report. */
  readonly folder: string;
  /** In place of the firmware, which no report holds. */
  readonly firmware: Files;
  readonly boots: number;
};

const situations: Readonly<Record<string, Situation>> = {
  'teo-en-ming-7960-sip-8.12-boot.log': {
    mac: '000E84C060A6',
    model: '7960',
    image: 'P0S3-8-12-00',
    server: '192.168.1.9',
    folder: 'teo-en-ming-lkml-2020',
    firmware: load('P0S3-8-12-00', 'P003-8-12-00', 'PAS30830'),
    boots: 2,
  },
};

const capitalJ = 'sysop-ca-7911-capital-J.log';

const corpus = process.env.HOOKFLASH_CORPUS;
const logs = corpus === undefined ? undefined : join(corpus, 'cisco', 'logs');

test('every log in the corpus is known here', (t) => {
  if (logs === undefined) return t.skip('SKIPPED: HOOKFLASH_CORPUS is not set');
  assert.deepEqual(readdirSync(logs).toSorted(), [...Object.keys(situations), capitalJ].toSorted());
});

for (const [name, situation] of Object.entries(situations))
  test(`the twin boots as in ${name}`, async (t) => {
    if (logs === undefined) return t.skip('SKIPPED: HOOKFLASH_CORPUS is not set');
    const boots = bootsIn(readFileSync(join(logs, name), 'utf8'));
    assert.equal(boots.length, situation.boots);
    const memory = memoryWith(flashWith(situation.image));
    for (const boot of boots) await compare(boot, situation, memory, join(logs, '..'));
  });

test(`the twin of a reset 7911 asks as in ${capitalJ}`, async (t) => {
  if (logs === undefined) return t.skip('SKIPPED: HOOKFLASH_CORPUS is not set');
  const log = readFileSync(join(logs, capitalJ), 'utf8');
  const files = javaLoadFiles('SIP11.8-2-2ES4S', '7911', {
    written: (component) => component.replace('jar', 'Jar'),
  });
  const memory = memoryOf('7911', 'term11.default', '8-2-2');
  const model = modelNamed('7911');
  const { events, result } = await javaTrialWith(memory, files, { model });
  const expected = answersIn(log);
  assert.deepEqual(answers(events), expected);
  assert.deepEqual(
    expected.map((answer) => answer.split(' ')[1]),
    ['sent', 'missing', 'aborted'],
  );
  assert.deepEqual([result.state, result.display], ['stuck', 'Upgrading']);
});

/** A log of tftpd-hpa with a process per request. */
function answersIn(log: string): readonly string[] {
  const lines = log.split('\n').map((line) => /in\.tftpd\[(\d+)\]: (.*)$/.exec(line));
  const said = (pid: string, text: RegExp) =>
    lines.some((line) => line?.[1] === pid && text.test(line[2] ?? ''));
  return lines.flatMap((line) => {
    const [, pid = '', text = ''] = line ?? [];
    const path = / filename (.*)$/.exec(text)?.[1];
    if (path === undefined) return [];
    if (said(pid, /NAK \(1,/)) return [`${path} missing`];
    return [`${path} ${said(pid, /read\(ack\): Connection refused/) ? 'aborted' : 'sent'}`];
  });
}

async function compare(
  logged: readonly Logged[],
  situation: Situation,
  memory: FlashMemory,
  folder: string,
): Promise<void> {
  const files = new Map(logged.map((request) => [request.path, request]));
  const { events, result } = await trialWith(
    memory,
    ({ path }) => {
      // A request that is not in the log fails the comparison below.
      if (files.get(path)?.outcome !== 'sent') return { kind: 'error', code: 1 };
      const own = join(folder, situation.folder, path);
      const bytes = existsSync(own) ? readFileSync(own) : situation.firmware[path];
      assert.ok(bytes !== undefined, `nothing to serve as ${path}`);
      return { kind: 'file', bytes: Buffer.from(bytes) };
    },
    {
      mac: parseMac(situation.mac),
      model: situation.model,
      tftp: { address: situation.server, port: 69 },
    },
  );
  const expected = logged.map(({ path, outcome }) => `${path} ${outcome}`);
  assert.deepEqual(withEndsSorted(answers(events)), withEndsSorted(expected));
  assert.equal(result.state, 'idle');
  const asked = events.filter((event) => event.kind === 'request').map(({ at }) => at / 1000);
  logged.forEach(({ second }, index) => {
    const gap = second - logged[0]!.second;
    const twin = asked[index]! - asked[0]!;
    assert.ok(Math.abs(twin - gap) <= 2, `request ${index}: after ${twin} s, not ${gap} s`);
  });
}

/** Ring list and dial plan, the last two of a boot, are asked for at once: either may be first. */
function withEndsSorted(lines: readonly string[]): readonly string[] {
  const ends = lines.slice(-2);
  const isParallel = ends.some((line) => line.startsWith('RINGLIST.DAT '));
  return isParallel ? [...lines.slice(0, -2), ...ends.toSorted()] : lines;
}

type Logged = {
  readonly path: string;
  readonly outcome: 'sent' | 'missing';
  /** Of the day. */
  readonly second: number;
};

/** A log of tftpd-hpa; each boot begins with the trust list. */
function bootsIn(log: string): readonly (readonly Logged[])[] {
  const boots: Logged[][] = [];
  const lines = log.split('\n').filter((line) => line !== '');
  const ends = lines.map((line) => /Client \S+ (finished|File not found) (.*)$/.exec(line));
  lines.forEach((line, index) => {
    const [, hour, minute, second, path] =
      /(\d\d):(\d\d):(\d\d) .* filename (.*)$/.exec(line) ?? [];
    if (path === undefined) return;
    const end = ends.find((other, at) => at > index && other?.[2] === path);
    assert.ok(end, `how did ${path} end?`);
    if (path.startsWith('CTLSEP')) boots.push([]);
    boots.at(-1)?.push({
      path,
      outcome: end[1] === 'finished' ? 'sent' : 'missing',
      second: Number(hour) * 3600 + Number(minute) * 60 + Number(second),
    });
  });
  return boots;
}
