import type { ReadFile } from '../../../model/import.ts';
import { namedFile, type FileRole } from '../lint/file-role.ts';

/** A file of one of these roles that no phone asks for by its name; undefined for any other. */
export function misnamedFile(
  path: string,
  isOurs: (role: FileRole | undefined) => boolean,
): ReadFile | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const named = namedFile(name);
  // Letter case is forgiven where Hookflash serves; phones with a trust list ask for signed files.
  const isFine = named?.fault === undefined || named.fault.code === 'file-name-case';
  if (isFine || /\.sgn$/i.test(name) || !isOurs(named.role)) return undefined;
  return { path, became: 'left-out', text: named.fault.text, notes: [] };
}
