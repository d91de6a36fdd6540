/** Why a path of a package is not taken. */
export type PathProblem = 'empty' | 'absolute' | 'parent' | 'backslash' | 'control character';

/** Undefined for a path that stays below the folder that it is unpacked in. */
export function pathProblem(path: string): PathProblem | undefined {
  if (path === '') return 'empty';
  if (/[\x00-\x1f\x7f]/.test(path)) return 'control character';
  if (path.includes('\\')) return 'backslash';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'absolute';
  return path.split('/').includes('..') ? 'parent' : undefined;
}

/** Longer names are no firmware. */
const longestName = 120;
/** What all vendors' firmware is made of, and every file system takes. */
const plainName = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Whether a file may have this name in the library; names in headers are strangers' words too. */
export function isPlainName(name: string): boolean {
  return plainName.test(name) && name.length <= longestName && !name.endsWith('.');
}
