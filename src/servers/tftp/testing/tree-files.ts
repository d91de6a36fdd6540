import type { FileTree } from '../../file-tree.ts';
import type { FileAnswer, FileHandler } from '../../file.ts';

/** Serves a tree to everybody alike. */
export function treeFiles(tree: FileTree): FileHandler {
  return {
    open: async ({ path }): Promise<FileAnswer> => {
      const file = await tree.read(path);
      const ticket = path;
      if (!file) return { kind: 'missing', ticket };
      return { kind: 'found', bytes: file.bytes, ticket, modifiedAt: file.modifiedAt };
    },
    closed: () => undefined,
  };
}
