import type { SepFile } from '../../../codec/config/sep-xml.ts';
import type { TreeFile } from '../../../model/lint.ts';
import type { Mac } from '../../../wire/mac.ts';
import { fileName, type FileKind } from '../paths.ts';

/** The files of a tree by what they are to a 7940/7960. */
export type TreeFiles = {
  /** In the root, by kind; the name as phones write it before any other letter case. */
  common(kind: FileKind): TreeFile | undefined;
  /** In these folders, the first that has it. */
  ofPhone(kind: FileKind, mac: Mac, folders: readonly string[]): TreeFile | undefined;
  /** MACs that files of these kinds name, sorted. */
  macs(kinds: readonly FileKind[]): readonly Mac[];
  /** All files of a kind. */
  all(kind: FileKind): readonly TreeFile[];
};

export type SepOfPhone = { readonly file: TreeFile; readonly sep: SepFile };

export function treeFiles(files: readonly TreeFile[]): TreeFiles {
  const known = files.map((file) => ({
    file,
    folder: folderOf(file.path),
    ...fileName(file.path),
  }));
  const exactFirst = known.toSorted((a, b) => Number(isExact(b.name)) - Number(isExact(a.name)));
  return {
    common: (kind) => exactFirst.find((each) => each.kind === kind && each.folder === '')?.file,
    ofPhone: (kind, mac, folders) =>
      folders
        .flatMap((folder) => exactFirst.filter((each) => each.folder === folder))
        .find((each) => each.kind === kind && each.mac === mac)?.file,
    macs: (kinds) => {
      const named = known.flatMap(({ kind, mac }) => (mac && kinds.includes(kind) ? [mac] : []));
      return [...new Set(named)].sort();
    },
    all: (kind) => known.filter((each) => each.kind === kind).map(({ file }) => file),
  };
}

function isExact(name: string): boolean {
  return /^((SIP|MGC)([0-9A-F]{12}|Default)\.cnf|(SEP[0-9A-F]{12}|XMLDefault)\.cnf\.xml)$/.test(
    name,
  );
}

/** With its slash, '' for the root. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
