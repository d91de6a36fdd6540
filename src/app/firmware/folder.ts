import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FirmwareFolder } from '../../core/firmware/firmware-folder.ts';
import { importFirmware } from './import.ts';
import { packageLimits, type PackageLimits } from './limits.ts';
import { scanLibrary, type ScanContext } from './scan.ts';

export type FirmwareFolderOptions = ScanContext & { readonly limits?: PackageLimits };

/** The library's folder, as commands use it. Phones are served from it by others. */
export function firmwareFolder(options: FirmwareFolderOptions): FirmwareFolder {
  const { root, families, limits = packageLimits } = options;
  return {
    scan: (scan = {}) => scanLibrary(options, scan),
    async importFrom(paths, importing = {}) {
      const { files } = await scanLibrary(options, {});
      const context = { root, families, limits, files, now: options.now() };
      return importFirmware(context, paths, importing);
    },
    async remove(paths) {
      for (const path of paths) await rm(join(root, path));
    },
  };
}
