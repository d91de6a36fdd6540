import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createLibraryReader } from './firmware/library-now.ts';
import type { Workspace } from '../cli/operations.ts';
import type { WorkspaceConfig } from '../config.ts';
import { AppError } from '../errors.ts';
import type { LeaseDurability } from '../model/lease.ts';
import type { Store } from '../model/store.ts';
import { families } from '../families/index.ts';
import { openFileTree, type FileTree } from '../servers/file-tree.ts';

// Commands without a workspace must not wait for the database and the reader of its file.
const openingStore = () =>
  Promise.all([
    import('../store/sqlite/open.ts'),
    import('../store/sealed-store.ts'),
    import('./seal-key.ts'),
    import('./secret-settings.ts'),
  ]);
const readingConfig = () => import('../config.ts');

export const configName = 'hookflash.yaml';
const databaseName = 'hookflash.db';
const libraryName = 'firmware';

/** Larger files are not served: no firmware of any family comes near it. */
const maxFileBytes = 512 * 1024 * 1024;
const cacheBytes = 128 * 1024 * 1024;
/** Milliseconds that what is known of the library is good for. */
const libraryLasts = 500;

export type OpenWorkspace = Workspace & {
  /** Served as it stands. */
  readonly handMade: FileTree;
  readonly library: FileTree;
};

/**
 * Makes the folder and what belongs in it; returns what was made. In the networks that are `trusted`
 * a file name is enough to be taken for a phone.
 */
export async function initWorkspace(
  dir: string,
  trusted: readonly string[] = [],
): Promise<readonly string[]> {
  if (existsSync(join(dir, configName)))
    throw new AppError('workspace-exists', `${join(dir, configName)} is there already`);
  await mkdir(dir, { recursive: true });
  const { defaultConfigText } = await readingConfig();
  // It may come to hold passwords.
  const made = { flag: 'wx', mode: 0o600 };
  await writeFile(join(dir, configName), defaultConfigText(trusted), made);
  for (const folder of ['files', libraryName]) await mkdir(join(dir, folder), { recursive: true });
  return [
    `${configName}  servers, sites, settings`,
    'files/          served as it stands; hand-made files win over generated ones',
    'firmware/       the library of images',
  ];
}

export type WorkspaceOpening = {
  /** Hears of files below that cannot be read; they are treated as missing. */
  readonly onProblem: (text: string) => void;
  /** This program's version. */
  readonly program?: string;
  /** Instead of that in `hookflash.key`. */
  readonly key?: string | undefined;
};

export async function openWorkspace(
  dir: string,
  { onProblem, program = '', key }: WorkspaceOpening,
): Promise<OpenWorkspace> {
  const config = await readConfig(dir);
  const durability = config.dhcp?.durability ?? 'disk';
  const [{ settingLayers }, store] = await Promise.all([
    readingConfig(),
    openStore(dir, { key, durability }),
  ]);
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
  const place = libraryPlace({ dir, library });
  const context = { ...place, families, program, now: () => Date.now() };
  const readLibrary = createLibraryReader(context, { root: join(dir, 'files'), tree: handMade });
  const libraryNow = shared(readLibrary, libraryLasts);
  return {
    dir,
    config,
    store,
    handMade,
    library,
    layersFor: (phone) => settingLayers(config, phone),
    handMadeFile: async (path) => (await handMade.read(path))?.bytes,
    firmware: async (name) => (await library.read(name))?.bytes,
    planning: async (mode = config.plans ?? 'cautious') => ({
      mode,
      library: await libraryNow(),
    }),
    async close() {
      handMade.close();
      library.close();
      await store.close();
    },
  };
}

/** Secrets are sealed in it. */
async function openStore(
  dir: string,
  { key, durability }: Pick<WorkspaceOpening, 'key'> & { readonly durability: LeaseDurability },
): Promise<Store> {
  const [{ openSqliteStore }, { sealedStore }, { workspaceSealer }, { secretSettings }] =
    await openingStore();
  const inner = await openSqliteStore(join(dir, databaseName), { durability });
  return sealedStore(inner, workspaceSealer(dir, inner, key), secretSettings.has);
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
export function libraryPlace({ dir, library }: Pick<OpenWorkspace, 'dir' | 'library'>) {
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
