import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import type { ImportReport } from '../../../core/firmware/firmware-folder.ts';
import { families } from '../../../families/index.ts';
import type { FirmwareFile } from '../../../model/firmware.ts';
import { openFileTree } from '../../../servers/file-tree.ts';
import { firmwareFolder, type FirmwareFolderOptions } from '../folder.ts';
import type { PackageLimits } from '../limits.ts';

/** A library in a folder of its own, and a place beside it for what is to be imported. */
export async function testLibrary(t: TestContext, more: Partial<FirmwareFolderOptions> = {}) {
  const home = await mkdtemp(join(tmpdir(), 'hookflash-firmware-'));
  t.after(() => rm(home, { recursive: true, force: true }));
  const root = join(home, 'firmware');
  await mkdir(root);
  const tree = await openFileTree(root, { maxFileBytes: 512 * 1024 * 1024, cacheBytes: 0 });
  t.after(() => tree.close());
  const folder = firmwareFolder({
    ...{ root, tree, families, program: '1', maxFileBytes: 512 * 1024 * 1024 },
    ...{ index: join(home, 'index.json'), now: () => Date.now() },
    ...more,
  });
  return {
    ...{ home, root, folder },
    /** Writes a file beside the library and returns its path. */
    async file(name: string, bytes: Uint8Array): Promise<string> {
      const path = join(home, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes);
      return path;
    },
    /** All names in the library, hidden ones too. */
    names: async () => (await readdir(root)).sort(),
    bytesOf: (name: string) => readFile(join(root, name)),
    /** All names beside the library, its index left out. */
    beside: async () => (await readdir(home)).filter((name) => name !== 'index.json').sort(),
  };
}

/** Small ones, so that a test is soon at them. */
export const limits: PackageLimits = {
  ...{ fileBytes: 4_000_000, allBytes: 8_000_000, entries: 50, ratio: 20, ratioFrom: 100_000 },
};

/** Imports one file into an empty library. */
export async function importing(t: TestContext, name: string, bytes: Uint8Array) {
  const library = await testLibrary(t, { limits });
  const path = await library.file(name, bytes);
  const report = await library.folder.importFrom([path]);
  return { ...library, path, report };
}

export function codes({ findings }: ImportReport): readonly string[] {
  return findings.map(({ code }) => code);
}

/** The files of an image, synthetic. */
export function imageOf(image: string): readonly FirmwareFile[] {
  const family = families.find(({ parseImage }) => parseImage(image));
  return family?.synthesize(image) ?? [];
}

export function fileOf(image: string, name: string): Uint8Array {
  const file = imageOf(image).find((each) => each.name === name);
  if (!file) throw new TypeError(`${image} has no ${name}`);
  return file.bytes;
}
