import type { FileTree } from '../../file-tree.ts';
import type { FileAnswer, FileHandler } from '../../file.ts';

/** Serves a tree to everybody alike. */
export function treeFiles(tree: FileTree): FileHandler {
  return {
    open: async ({ path }): Promise<FileAnswer> => {
      const file = await tree.read(path);
      const ticket = path;
      return file ? { kind: 'found', bytes: file.bytes, ticket } : { kind: 'missing', ticket };
    },
    closed: () => undefined,
  };
}
