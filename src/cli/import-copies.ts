import { join } from 'node:path';
import type { FileReport } from '../core/import-files.ts';
import type { TreeFile } from '../model/lint.ts';
import type { Workspace } from './operations.ts';

/** Files that go into the workspace as they are; paths below the root and the workspace. */
export type Copies = {
  readonly wanted: readonly (readonly [from: string, to: string])[];
  /** Another file is there already; by the path below the root. */
  readonly refused: ReadonlyMap<string, string>;
};

const folders: Partial<Record<FileReport['became'], string>> = {
  'hand-made': 'files',
  firmware: 'firmware',
};

/** What is there already and the same is not copied again. */
export async function copiesOf(
  workspace: Workspace,
  files: readonly TreeFile[],
  reports: readonly FileReport[],
  replace: boolean,
): Promise<Copies> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const wanted: (readonly [string, string])[] = [];
  const refused = new Map<string, string>();
  for (const { path, became } of reports) {
    const folder = folders[became];
    const file = byPath.get(path);
    if (folder === undefined || !file) continue;
    const to = join(folder, path);
    const there = await thereAlready(workspace, became, path);
    if (there && Buffer.compare(there, file.read()) === 0) continue;
    if (there && !replace) refused.set(path, to);
    else wanted.push([path, to]);
  }
  return { wanted, refused };
}

function thereAlready(
  workspace: Workspace,
  became: FileReport['became'],
  path: string,
): Promise<Uint8Array | undefined> {
  return became === 'firmware' ? workspace.firmware(path) : workspace.handMadeFile(path);
}
