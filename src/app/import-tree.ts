import { readFileSync, realpathSync, statSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { addSettings, type SettingsPath } from '../config/add-settings.ts';
import { loadConfig } from '../config.ts';
import type { ScopeSettings } from '../core/import-tree.ts';
import { AppError } from '../errors.ts';
import type { TreeFile } from '../model/lint.ts';
import { filesBelow } from './lint/disk-files.ts';

/**
 * The files below a folder, hidden ones and those of the workspace left out; folders that may not be
 * read are told of. Rejects when it is no folder.
 */
export function readTree(
  root: string,
  workspace: string,
  onProblem: (text: string) => void,
): readonly TreeFile[] {
  if (!statSync(root).isDirectory()) throw new AppError('not-possible', `${root} is no folder`);
  const own = relative(realpathSync(root), realpathSync(workspace));
  const isOwn = (path: string) => path === own || path.startsWith(`${own}/`);
  const told = (path: string) => onProblem(`${join(root, path)} cannot be read and is left out`);
  return [...filesBelow(root, told)]
    .filter((path) => own === '' || !isOwn(path))
    .map((path) => {
      const whole = resolve(root, path);
      return {
        path,
        get size() {
          return statSync(whole).size;
        },
        read: (most) => readFileSync(whole).subarray(0, most),
      };
    });
}

/** Each file appears whole: copied beside its place, then renamed. */
export async function copyFiles(
  from: string,
  to: string,
  paths: readonly (readonly [from: string, to: string])[],
): Promise<void> {
  for (const [source, target] of paths) {
    const path = join(to, target);
    await mkdir(dirname(path), { recursive: true });
    await copyFile(join(from, source), `${path}.new`);
    await rename(`${path}.new`, path);
  }
}

/** Adds settings to the workspace file and keeps all else in it. Nothing is written with `dry`. */
export async function addToConfig(
  file: string,
  scopes: readonly ScopeSettings[],
  dry: boolean,
): Promise<void> {
  const before = await readFile(file, 'utf8');
  const after = scopes.reduce((text, { model, values }) => {
    const path: SettingsPath = model === undefined ? ['settings'] : ['models', model, 'settings'];
    const made = addSettings(text, loadConfig(text, file).document, path, values);
    if (made !== undefined) return made;
    const where = path.join('.');
    throw new AppError('not-possible', `${file}: write ${where} in lines, not in braces`);
  }, before);
  loadConfig(after, file);
  if (dry || after === before) return;
  // It may hold passwords: nobody may read it who could not before.
  const { mode } = await stat(file);
  await writeFile(`${file}.new`, after, { mode: mode & 0o777 });
  await rename(`${file}.new`, file);
}
