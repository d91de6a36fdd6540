import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../../model/finding.ts';
import { PackageError } from './package-error.ts';

/** A file on disk that is to be imported. */
export type Source = {
  readonly file: string;
  /** As the operator wrote it, and below that. */
  readonly shown: string;
  /** Bytes. */
  readonly size: number;
};

export type Sources = {
  /** As the operator wrote it. */
  readonly path: string;
  readonly files: readonly Source[];
  readonly findings: readonly Finding[];
};

/** Folders below a folder. */
const mostLevels = 16;

/** The file, or all files of the folder. Links in a folder are not followed. Rejects for what cannot be read. */
export async function sourcesOf(path: string, mostFiles: number): Promise<Sources> {
  const status = await stat(path);
  if (!status.isDirectory()) {
    if (!status.isFile()) return { path, files: [], findings: [notPlain(path)] };
    return { path, files: [{ file: path, shown: path, size: status.size }], findings: [] };
  }
  const files: Source[] = [];
  const findings: Finding[] = [];
  const walk = async (folder: string, level: number): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = join(folder, entry.name);
      if (entry.isFile()) files.push({ file, shown: file, size: (await stat(file)).size });
      else if (!entry.isDirectory()) findings.push(notPlain(file));
      else if (level < mostLevels) await walk(file, level + 1);
      if (files.length > mostFiles)
        throw new PackageError('package-too-large', `it has more than ${mostFiles} files`);
    }
  };
  await walk(path, 0);
  return { path, files, findings };
}

function notPlain(path: string): Finding {
  return {
    code: 'package-link',
    severity: 'warning',
    text: 'it is a link or no plain file',
    place: { file: path },
    consequence: 'It is not followed.',
    cure: 'Name the file that it leads to.',
  };
}
