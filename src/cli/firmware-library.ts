import type { FirmwareFolder, ScanOptions } from '../core/firmware/firmware-folder.ts';
import { firmwareLibrary, type Library } from '../core/firmware/library.ts';
import { firmwareNeeds, type Need } from '../core/firmware/needs.ts';
import type { Finding } from '../model/finding.ts';
import type { Cli } from './command.ts';
import type { Workspace } from './operations.ts';
import { progressBar } from './progress-bar.ts';

/** The library and who needs what of it. */
export type Shelf = {
  readonly folder: FirmwareFolder;
  readonly library: Library;
  readonly needs: readonly Need[];
  /** Of files that could not be read. */
  readonly unread: readonly Finding[];
};

export async function shelfOf(
  { io, ops }: Cli,
  workspace: Workspace,
  options: Omit<ScanOptions, 'onAdvance'> = {},
): Promise<Shelf> {
  const folder = ops.firmwareFolder(workspace);
  const { onAdvance, done } = progressBar(io, ops.now);
  const { files, findings } = await folder.scan({ ...options, onAdvance }).finally(done);
  const library = firmwareLibrary(ops.families, files);
  return { folder, library, needs: await needsIn({ ops }, workspace), unread: findings };
}

async function needsIn({ ops }: Pick<Cli, 'ops'>, { store }: Workspace): Promise<readonly Need[]> {
  const all = new Map((await store.progressList()).map((each) => [each.mac, each]));
  const phones = await store.phoneList();
  return firmwareNeeds(
    ops.families,
    phones.map((phone) => ({ phone, progress: all.get(phone.mac) })),
  );
}
