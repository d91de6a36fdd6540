import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { lintPath } from '../src/app/lint/lint-path.ts';
import type { Finding } from '../src/model/finding.ts';

const corpus = process.env['HOOKFLASH_CORPUS'];
const goldens = new URL('testdata/lint/', import.meta.url);
const nothing = 'nothing\n';

const folders =
  corpus === undefined
    ? []
    : readdirSync(join(corpus, 'cisco'), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .toSorted();

/** Place and code only: the words of a finding may quote the file. */
function goldenLine({ place, code, severity }: Finding): string {
  const where = [place?.file, place?.line, place?.column].filter((part) => part !== undefined);
  return `${where.join(':')} ${severity} ${code}\n`;
}

async function goldenOf(folder: string): Promise<string> {
  const path = join(corpus ?? '', 'cisco', folder);
  const { findings } = await lintPath(path, { onProblem: (text) => assert.fail(text) });
  return findings.map(goldenLine).join('') || nothing;
}

test('what is found in each published folder is what was reviewed', async (t) => {
  if (corpus === undefined) return t.skip('SKIPPED: HOOKFLASH_CORPUS is not set');
  assert(folders.length > 0);
  if (process.env['UPDATE'] === '1') mkdirSync(goldens, { recursive: true });
  for (const folder of folders)
    await t.test(folder, async () => {
      const golden = new URL(`${folder}.txt`, goldens);
      const found = await goldenOf(folder);
      if (process.env['UPDATE'] === '1') writeFileSync(golden, found);
      assert(existsSync(golden), `UPDATE=1 writes test/testdata/lint/${folder}.txt`);
      assert.equal(found, readFileSync(golden, 'utf8'));
    });
});

test('goldens have places and codes and nothing of the files', () => {
  if (!existsSync(goldens)) return;
  for (const name of readdirSync(goldens)) {
    const text = readFileSync(new URL(name, goldens), 'utf8');
    if (text === nothing) continue;
    for (const line of text.trimEnd().split('\n'))
      assert.match(line, /^[^:]+(:\d+){0,2} (error|warning|note) [a-z0-9-]+$/, name);
  }
});
