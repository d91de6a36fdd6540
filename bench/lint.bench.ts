// `hookflash lint` of SIP and XML files beside `xmllint --noout` on the XML files alone, taken in
// turn in one run, both as commands: start-up and threads included.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { macOf, sepFile, sipFile } from '../test/lint-tree.ts';
import { findProgram } from '../test/peers.ts';

type Run = {
  readonly ms: number;
  readonly code: number | null;
  /** Most that it had in memory. */
  readonly megabytes: number;
};

const script = fileURLToPath(new URL('../bin/hookflash.ts', import.meta.url));
const sizes = [1000, 2500, 5000, 10_000];
const rounds = 5;

/** As many phones of either kind. */
function makeTree(folder: string, phones: number): void {
  mkdirSync(folder);
  for (let phone = 0; phone < phones; phone++) {
    writeFileSync(join(folder, `SEP${macOf(phone)}.cnf.xml`), sepFile(phone));
    writeFileSync(join(folder, `SIP${macOf(1_000_000 + phone)}.cnf`), sipFile(phone));
  }
  writeFileSync(
    join(folder, 'dialplan.xml'),
    '<DIALTEMPLATE>\n<TEMPLATE MATCH="*"/>\n</DIALTEMPLATE>',
  );
}

async function run(program: string, args: readonly string[], cwd: string): Promise<Run> {
  const start = performance.now();
  const child = spawn(program, args, { cwd, stdio: 'ignore' });
  let megabytes = 0;
  const watch = setInterval(() => {
    megabytes = Math.max(megabytes, peakOf(child.pid ?? 0));
  }, 10);
  const [code] = (await once(child, 'exit')) as [number | null];
  const ms = performance.now() - start;
  clearInterval(watch);
  return { ms, code, megabytes };
}

/** Where the system tells it, as Linux does. */
function peakOf(pid: number): number {
  try {
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(peak ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function best(runs: readonly Run[]): Run {
  const [first] = runs.toSorted((a, b) => a.ms - b.ms);
  return first!;
}

const xmllint = findProgram('xmllint');
const folder = mkdtempSync(join(tmpdir(), 'hookflash-bench-'));
try {
  if (xmllint === undefined) console.log('SKIPPED xmllint: it is not installed');
  console.log('   files   hookflash lint   memory   xmllint --noout (half of them)   ratio');
  for (const phones of sizes) {
    const tree = join(folder, String(phones));
    makeTree(tree, phones);
    const xml = readdirSync(tree).filter((name) => name.startsWith('SEP'));
    const ours: Run[] = [];
    const theirs: Run[] = [];
    // Compiled code is kept from the first run on: it is not counted.
    await run(process.execPath, [script, 'lint', '.'], tree);
    for (let round = 0; round < rounds; round++) {
      if (xmllint !== undefined) theirs.push(await run(xmllint, ['--noout', ...xml], tree));
      ours.push(await run(process.execPath, [script, 'lint', '.'], tree));
    }
    const [lint, peer] = [best(ours), theirs.length > 0 ? best(theirs) : undefined];
    const cells = [
      String(2 * phones).padStart(8),
      `${lint.ms.toFixed(0)} ms`.padStart(16),
      `${lint.megabytes.toFixed(0)} MB`.padStart(8),
      (peer ? `${peer.ms.toFixed(0)} ms` : '').padStart(32),
      (peer ? (lint.ms / peer.ms).toFixed(2) : '').padStart(7),
    ];
    console.log(cells.join(' '));
    rmSync(tree, { recursive: true });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
