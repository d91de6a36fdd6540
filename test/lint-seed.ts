import assert from 'node:assert/strict';
import type { Tree } from './lint-base-tree.ts';

export type Change = (tree: Tree) => void;

/** One fault put into the clean tree, and what must be found: nothing else. */
export type Seed = {
  readonly code: string;
  readonly file: string;
  /** Text in the line that the finding must name; '' where it names no line. */
  readonly at: string;
  readonly changes: readonly Change[];
};

export function seed(code: string, file: string, at: string, ...changes: readonly Change[]): Seed {
  return { code, file, at, changes };
}

/** Puts text in the place of the first that reads so. */
export function edit(file: string, from: string, to: string): Change {
  return (tree) => {
    const text = tree.get(file);
    assert(typeof text === 'string' && text.includes(from), `${file} has no "${from}"`);
    tree.set(
      file,
      text.replace(from, () => to),
    );
  };
}

export function put(file: string, content: string | Uint8Array): Change {
  return (tree) => void tree.set(file, content);
}

export function drop(file: string): Change {
  return (tree) => {
    assert(tree.delete(file), file);
  };
}

export function move(from: string, to: string): Change {
  return (tree) => {
    tree.set(to, tree.get(from) ?? '');
    tree.delete(from);
  };
}

export function append(file: string, text: string): Change {
  return (tree) => void tree.set(file, `${String(tree.get(file))}${text}`);
}
