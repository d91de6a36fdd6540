import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BigIntStats } from 'node:fs';
import type { ScanOptions, ScanResult } from '../../core/firmware/firmware-folder.ts';
import { libraryFile, type LibraryFile } from '../../core/firmware/library-file.ts';
import type { PhoneFamily } from '../../model/family.ts';
import type { Finding } from '../../model/finding.ts';
import type { FileTree } from '../../servers/file-tree.ts';
import { isSettled, versionOf } from '../../servers/file-version.ts';
import { readWholeFile } from '../../servers/whole-file.ts';
import { readIndex, writeIndex, type Remembered } from './index-file.ts';
import { isStaging } from './staging.ts';

export type ScanContext = {
  /** Of the library. */
  readonly root: string;
  /** What phones can get of it. */
  readonly tree: Pick<FileTree, 'list'>;
  readonly families: readonly PhoneFamily[];
  /** Where the index is kept. */
  readonly index: string;
  /** The program's version: another one may know files better. */
  readonly program: string;
  readonly maxFileBytes: number;
  now(): number;
};

type Seen = { readonly path: string; readonly real: string; readonly status: BigIntStats };

/** What lies in the library. Files that look as they did are not read again, unless asked to. */
export async function scanLibrary(
  context: ScanContext,
  { afresh = false, onAdvance }: ScanOptions,
): Promise<ScanResult> {
  const remembered = await readIndex(context.index, context.program);
  const seen = await filesOf(context);
  const total = seen.reduce((sum, { status }) => sum + Number(status.size), 0);
  const next: Remembered[] = [];
  const files: LibraryFile[] = [];
  const findings: Finding[] = [];
  let done = 0;
  for (const each of seen) {
    const before = remembered.get(each.path);
    const isSame = before?.version === versionOf(each.status);
    const known = isSame && !afresh ? before.file : await read(context, each, findings);
    done += Number(each.status.size);
    onAdvance?.({ done, total, what: each.path });
    if (!known) continue;
    files.push(known);
    if (isSame && before.file.sha256 !== known.sha256) findings.push(changed(each.path));
    if (isSettled(each.status, context.now()))
      next.push({ version: versionOf(each.status), file: known });
  }
  if (afresh || next.length !== remembered.size || next.some((each) => isNew(each, remembered)))
    await writeIndex(context.index, context.program, next);
  return { files, findings };
}

function isNew({ version, file }: Remembered, remembered: ReadonlyMap<string, Remembered>) {
  return remembered.get(file.path)?.version !== version;
}

async function filesOf({ root, tree }: ScanContext): Promise<readonly Seen[]> {
  const paths = (await tree.list()).filter((path) => !isStaging(path));
  const seen: Seen[] = [];
  for (const path of paths) {
    const real = join(root, path);
    const status = await stat(real, { bigint: true }).catch(() => undefined);
    if (status) seen.push({ path, real, status });
  }
  return seen;
}

async function read(
  { families, maxFileBytes }: ScanContext,
  { path, real }: Seen,
  findings: Finding[],
): Promise<LibraryFile | undefined> {
  try {
    const { bytes } = await readWholeFile(real, maxFileBytes);
    return libraryFile(families, path, bytes);
  } catch (error) {
    const text = `it cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    const consequence = 'Phones do not find it.';
    const place = { file: path };
    findings.push({ code: 'file-unreadable', severity: 'error', text, place, consequence });
    return undefined;
  }
}

function changed(path: string): Finding {
  return {
    code: 'file-changed',
    severity: 'error',
    text: 'its content is another one, though its size and time are the same: the disk may be failing',
    place: { file: path },
    cure: 'Import its package again, with --replace.',
  };
}
