import { existsSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import {
  joinFacts,
  lintFiles,
  lintTree,
  type LintedFiles,
  sortFindings,
  type TakenFacts,
} from '../../core/lint/lint.ts';
import type { LintReport } from '../../cli/operations.ts';
import { lints } from '../../families/lints.ts';
import { DiskFiles, filesBelow } from './disk-files.ts';
import { lintInThreads } from './lint-threads.ts';

export type LintPathOptions = {
  /** Told of folders and files that cannot be read. */
  readonly onProblem: (text: string) => void;
  /** Threads beside this one; none for few files. Default: one for each further processor. */
  readonly threads?: number;
};

const batchSize = 128;
/** Up to so many files threads take longer to start than they save. */
const fewFiles = 512;

export async function lintPath(path: string, options: LintPathOptions): Promise<LintReport> {
  const isFolder = statSync(path).isDirectory();
  const root = isFolder ? path : dirname(path);
  const found = await lintPaths(root, pathsOf(root, isFolder, options), options);
  const findings = sortFindings([...found.findings, ...lintTree(lints, found.facts)]);
  if (isFolder) return { root, files: found.facts.length, findings };
  const only = basename(path);
  return { root, files: 1, findings: findings.filter(({ place }) => place?.file === only) };
}

/** Of a workspace, what is served; of a file, those beside it, which it may name. */
function* pathsOf(
  root: string,
  isFolder: boolean,
  { onProblem }: LintPathOptions,
): Generator<string> {
  if (isFolder && existsSync(join(root, 'hookflash.yaml'))) {
    for (const folder of ['files', 'firmware'])
      if (existsSync(join(root, folder))) yield* filesBelow(root, onProblem, folder);
    return;
  }
  for (const path of filesBelow(root, onProblem)) if (isFolder || !path.includes('/')) yield path;
}

type Kept = Pick<LintedFiles, 'findings'> & { readonly facts: readonly TakenFacts[] };

async function lintPaths(
  root: string,
  paths: Iterator<string>,
  { threads = availableParallelism() - 1, onProblem }: LintPathOptions,
): Promise<Kept> {
  const batches: LintedFiles[] = [];
  const disk = new DiskFiles(root);
  // What is kept is copied out of the texts that it was read from.
  const lintHere = (some: readonly string[]) => structuredClone(lintFiles(lints, disk.files(some)));
  const first = take(paths, threads > 0 ? fewFiles : Infinity);
  if (first.length < fewFiles || threads === 0) batches.push(lintHere(first));
  else
    await lintInThreads(root, batchesOf(first, paths), threads, lintHere, (linted, index) => {
      batches[index] = linted;
    });
  for (const problem of batches.flatMap(({ problems }) => problems)) onProblem(problem);
  return {
    findings: batches.flatMap(({ findings }) => findings),
    facts: joinFacts(batches),
  };
}

function take(paths: Iterator<string>, most: number): readonly string[] {
  const taken: string[] = [];
  while (taken.length < most) {
    const next = paths.next();
    if (next.done === true) break;
    taken.push(next.value);
  }
  return taken;
}

function* batchesOf(
  first: readonly string[],
  rest: Iterator<string>,
): Generator<readonly string[]> {
  for (let at = 0; at < first.length; at += batchSize) yield first.slice(at, at + batchSize);
  for (;;) {
    const batch = take(rest, batchSize);
    if (batch.length === 0) return;
    yield batch;
  }
}
