import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { registrarNotifies, registrarScenarios } from './sip-registrar-scenarios.ts';
import { topics, type SipScenario } from './sip-scenario.ts';
import { asCaller, asRegistrar, asRinging } from './sip-twin-scenarios.ts';

/** docs/sip.md says what SIPp and Kamailio are run for; with UPDATE=1 it is written anew. */

const page = new URL('../docs/sip.md', import.meta.url);
const heading = '## What it is tested with';

type Named = Pick<SipScenario, 'topic' | 'name'>;

/** What a test does with Kamailio in between; `title` is a part of the test's own. */
const withKamailio: readonly (Named & { readonly file: string; readonly title: string })[] = [
  {
    ...{ topic: 'registration', name: 'bound by digest and renewed' },
    ...{ file: 'twin-sip.test.ts', title: 'registers by digest and renews' },
  },
  {
    ...{ topic: 'authentication', name: 'a wrong password of a phone: 401, stuck' },
    ...{ file: 'twin-sip.test.ts', title: 'a wrong password: stuck' },
  },
  {
    ...{ topic: 'authentication', name: 'NOTIFY without or with wrong credentials: 407' },
    ...{ file: 'reboot.test.ts', title: 'the phones that shall restart are told, and no other' },
  },
  {
    ...{ topic: 'NOTIFY', name: 'restarts those that shall, and no other; equal SYNC nobody' },
    ...{ file: 'reboot-twins.test.ts', title: 'two of six, and one that shares its line' },
  },
  {
    ...{ topic: 'NOTIFY', name: 'a call holds off a restart' },
    ...{ file: 'reboot-twins.test.ts', title: 'a phone in a call waits for its end' },
  },
  {
    ...{ topic: 'forking', name: 'NOTIFY to two phones of a line: one restarts' },
    ...{ file: 'reboot-twins.test.ts', title: 'and one that shares its line with another' },
  },
  {
    ...{ topic: 'forking', name: 'INVITE to two phones of a line: 180 of both, 200 of one' },
    ...{ file: 'sip-scenarios.test.ts', title: 'Kamailio calls two phones of one line' },
  },
];

const against: Readonly<Record<string, readonly Named[]>> = {
  registrar: [...registrarScenarios, ...registrarNotifies],
  phone: [...asRegistrar, ...asCaller, ...asRinging],
  Kamailio: withKamailio,
};

function rows(): readonly (readonly string[])[] {
  const all = topics.flatMap((topic) =>
    Object.entries(against).flatMap(([side, list]) =>
      list.flatMap((each) => (each.topic === topic ? [[topic, side, each.name]] : [])),
    ),
  );
  return [['', 'with', 'what'], ['---', '---', '---'], ...all];
}

/** The first table behind the heading, and where it stands. */
function tableIn(text: string): readonly [from: number, to: number] {
  const from = text.indexOf('\n|', text.indexOf(heading)) + 1;
  const length = /^(?:\|.*\n)+/.exec(text.slice(from))?.[0].length ?? 0;
  assert.ok(text.includes(heading) && length > 0, `${heading} has no table`);
  return [from, from + length];
}

test('the table of docs/sip.md is what is run', async () => {
  const text = await readFile(page, 'utf8');
  const [from, to] = tableIn(text);
  if (process.env.UPDATE === '1') {
    const lines = rows().map((cells) => `| ${cells.join(' | ')} |\n`);
    await writeFile(page, text.slice(0, from) + lines.join('') + text.slice(to));
    return;
  }
  const cells = text
    .slice(from, to)
    .trimEnd()
    .split('\n')
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim().replace(/^-+$/, '---')),
    );
  assert.deepEqual(cells, rows());
});

test('each check with Kamailio is a test that there is', async () => {
  for (const { file, title } of withKamailio) {
    const text = await readFile(new URL(file, import.meta.url), 'utf8');
    assert.ok(text.includes(title), `${file}: ${title}`);
  }
});
