import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { jsonLines, temporaryFolder } from './hookflash-process.ts';
import { macOf, sepFile, sipFile } from './lint-tree.ts';

const script = fileURLToPath(new URL('../bin/hookflash.ts', import.meta.url));
const filler = 'x'.repeat(60_000);

/** Two files for each phone, large ones; every hundredth phone has a fault in each. */
function makeTree(folder: string, phones: number): void {
  mkdirSync(folder);
  writeFileSync(join(folder, 'dialplan.xml'), '<DIALTEMPLATE><TEMPLATE MATCH="*"/></DIALTEMPLATE>');
  writeFileSync(join(folder, 'SIP42.9-4-2SR3-1S.sbn'), 'so that the folder has firmware');
  for (let phone = 0; phone < phones; phone++) {
    const isFaulty = phone % 100 === 50;
    const sep = isFaulty ? sepFile(phone).replace('>16384<', '>99999<') : sepFile(phone);
    const sip = isFaulty ? sipFile(phone).replace('g711alaw', 'opus') : sipFile(phone);
    writeFileSync(join(folder, `SEP${macOf(phone)}.cnf.xml`), `${sep}<!--${filler}-->\n`);
    writeFileSync(join(folder, `SIP${macOf(1_000_000 + phone)}.cnf`), `${sip}# ${filler}\n`);
  }
}

type Linted = { readonly codes: readonly string[]; readonly megabytes: number };

/** Runs the command and watches how much memory it has at most. */
async function lint(folder: string): Promise<Linted> {
  const args = [script, 'lint', folder, '--json', '--ignore', 'image-missing'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let megabytes = 0;
  const watch = setInterval(() => {
    const status = `/proc/${child.pid ?? 0}/status`;
    if (!existsSync(status)) return;
    const [, peak = '0'] = /^VmHWM:\s+(\d+)/m.exec(readFileSync(status, 'utf8')) ?? [];
    megabytes = Math.max(megabytes, Number(peak) / 1024);
  }, 20);
  const parts: string[] = [];
  child.stdout.on('data', (part) => void parts.push(String(part)));
  await once(child, 'close');
  clearInterval(watch);
  const findings = jsonLines(parts.join('')) as readonly {
    code: string;
    place: { file: string };
  }[];
  const files = findings.map(({ place }) => place.file);
  assert.deepEqual(files, files.toSorted());
  return { codes: findings.map(({ code }) => code), megabytes };
}

test('thousands of files: each fault is found, and memory does not grow with them', async (t) => {
  const root = await temporaryFolder(t);
  const run = async (phones: number) => {
    makeTree(join(root, String(phones)), phones);
    const linted = await lint(join(root, String(phones)));
    const faults = Array.from({ length: phones / 100 }, () => 'media-ports-crossed');
    const values = Array.from({ length: phones / 100 }, () => 'bad-value');
    assert.deepEqual(linted.codes.toSorted(), [...values, ...values, ...faults].toSorted());
    return linted.megabytes;
  };
  const few = await run(400);
  const many = await run(2000);
  if (few === 0) return t.skip('SKIPPED: this system does not tell how much memory a process has');
  // The files of the larger tree have 190 MB more.
  assert(many < few + 80, `${few.toFixed(0)} MB for 800 files, ${many.toFixed(0)} MB for 4000`);
});
