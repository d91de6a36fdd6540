import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Workspace } from '../cli/operations.ts';
import { defaultConfigText, loadConfig, settingLayers, type WorkspaceConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import type { Store } from '../model/store.ts';
import { openFileTree, type FileTree } from '../servers/file-tree.ts';
import { openSqliteStore } from '../store/sqlite/open.ts';

const configName = 'hookflash.yaml';
const databaseName = 'hookflash.db';

/** Larger files are not served: no firmware of any family comes near it. */
const maxFileBytes = 512 * 1024 * 1024;
const cacheBytes = 128 * 1024 * 1024;

export type OpenWorkspace = Workspace & {
  /** Served as it stands. */
  readonly handMade: FileTree;
  readonly library: FileTree;
};

/** Makes the folder and what belongs in it; returns what was made. */
export async function initWorkspace(dir: string): Promise<readonly string[]> {
  if (existsSync(join(dir, configName)))
    throw new AppError('workspace-exists', `${join(dir, configName)} is there already`);
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, configName), defaultConfigText(), { flag: 'wx' });
  for (const folder of ['files', 'firmware']) await mkdir(join(dir, folder), { recursive: true });
  return [
    `${configName}  servers, sites, settings`,
    'files/          served as it stands; hand-made files win over generated ones',
    'firmware/       the library of images',
  ];
}

/** Problems of files below are told to `onProblem`; the files are treated as missing. */
export async function openWorkspace(
  dir: string,
  onProblem: (text: string) => void,
): Promise<OpenWorkspace> {
  const config = await readConfig(dir);
  const store: Store = await openSqliteStore(join(dir, databaseName));
  const tree = async (name: string) => {
    await mkdir(join(dir, name), { recursive: true });
    return openFileTree(join(dir, name), {
      maxFileBytes,
      cacheBytes,
      onProblem: (problem) => onProblem(`${name}/${problem.path}: ${problem.reason}`),
    });
  };
  const handMade = await tree('files');
  const library = await tree('firmware');
  return {
    dir,
    config,
    store,
    handMade,
    library,
    layersFor: (phone) => settingLayers(config, phone),
    firmware: async (name) => (await library.read(name))?.bytes,
    async close() {
      handMade.close();
      library.close();
      await store.close();
    },
  };
}

async function readConfig(dir: string): Promise<WorkspaceConfig> {
  const path = join(dir, configName);
  if (!existsSync(path))
    throw new AppError('workspace-missing', `${path} is not there: hookflash init ${dir} makes it`);
  return loadConfig(await readFile(path, 'utf8'), path);
}
