import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Workspace } from '../cli/operations.ts';
import type { WorkspaceConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import type { Store } from '../model/store.ts';
import { openFileTree, type FileTree } from '../servers/file-tree.ts';

// Commands without a workspace must not wait for the database and the reader of its file.
const openingStore = () => import('../store/sqlite/open.ts');
const readingConfig = () => import('../config.ts');

export const configName = 'hookflash.yaml';
const databaseName = 'hookflash.db';
const libraryName = 'firmware';

/** Larger files are not served: no firmware of any family comes near it. */
const maxFileBytes = 512 * 1024 * 1024;
const cacheBytes = 128 * 1024 * 1024;
/** Milliseconds that a list of the library's files is good for. */
const listLasts = 500;

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
  const { defaultConfigText } = await readingConfig();
  await writeFile(join(dir, configName), defaultConfigText(), { flag: 'wx' });
  for (const folder of ['files', libraryName]) await mkdir(join(dir, folder), { recursive: true });
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
  const [{ openSqliteStore }, { settingLayers }] = await Promise.all([
    openingStore(),
    readingConfig(),
  ]);
  const store: Store = await openSqliteStore(join(dir, databaseName), {
    durability: config.dhcp?.durability ?? 'disk',
  });
  const tree = async (name: string) => {
    await mkdir(join(dir, name), { recursive: true });
    return openFileTree(join(dir, name), {
      maxFileBytes,
      cacheBytes,
      onProblem: (problem) => onProblem(`${name}/${problem.path}: ${problem.reason}`),
    });
  };
  const handMade = await tree('files');
  const library = await tree(libraryName);
  const listed = shared(() => library.list(), listLasts);
  return {
    dir,
    config,
    store,
    handMade,
    library,
    layersFor: (phone) => settingLayers(config, phone),
    handMadeFile: async (path) => (await handMade.read(path))?.bytes,
    firmware: async (name) => (await library.read(name))?.bytes,
    planning: async (mode = config.plans ?? 'cautious') => ({ mode, files: await listed() }),
    async close() {
      handMade.close();
      library.close();
      await store.close();
    },
  };
}

/** Many phones that begin to plan at once share one reading of the folder. */
function shared<T>(read: () => Promise<T>, lastsMs: number): () => Promise<T> {
  let reading: Promise<T> | undefined;
  let until = 0;
  return () => {
    if (reading && performance.now() < until) return reading;
    until = performance.now() + lastsMs;
    reading = read();
    return reading;
  };
}

/** Where the library lies, what phones can get of it, and where its index is kept. */
export function libraryPlace({ dir, library }: OpenWorkspace) {
  const index = join(dir, '.firmware-index.json');
  return { root: join(dir, libraryName), tree: library, index, maxFileBytes };
}

async function readConfig(dir: string): Promise<WorkspaceConfig> {
  const path = join(dir, configName);
  if (!existsSync(path))
    throw new AppError('workspace-missing', `${path} is not there: hookflash init ${dir} makes it`);
  const { loadConfig } = await readingConfig();
  return loadConfig(await readFile(path, 'utf8'), path);
}
