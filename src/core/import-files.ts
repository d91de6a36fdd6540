import type { PhoneFamily } from '../model/family.ts';
import type { ImportedTree, ImportNote, ReadFile } from '../model/import.ts';

/** What became of a file of the folder that is read in. */
export type FileReport = {
  readonly path: string;
  /** `hand-made` and `firmware` are copied, to the folders `files` and `firmware`. */
  readonly became: ReadFile['became'] | 'hand-made' | 'firmware';
  readonly text: string;
  readonly notes: readonly ImportNote[];
};

export type FileOptions = {
  readonly families: readonly PhoneFamily[];
  /** Copies what is neither read nor generated. */
  readonly copy: boolean;
  /** Copies files of which something would be lost; they win over what is generated. */
  readonly keepFiles: boolean;
};

/** In the order in which one family's word counts more than another's. */
const strength: readonly ReadFile['became'][] = ['phone', 'common', 'generated', 'left-out'];

/** One report for each path, sorted. */
export function reportFiles(
  paths: readonly string[],
  trees: readonly ImportedTree[],
  options: FileOptions,
): readonly FileReport[] {
  const said = Map.groupBy(
    trees.flatMap(({ files }) => files),
    ({ path }) => path,
  );
  return paths.toSorted().map((path) => {
    const [file] = (said.get(path) ?? []).toSorted((a, b) => rank(a) - rank(b));
    return file ? readReport(file, options) : otherReport(path, options);
  });
}

function rank({ became }: ReadFile): number {
  return strength.indexOf(became);
}

export function isLost({ notes }: Pick<FileReport, 'notes'>): boolean {
  return notes.some(({ lost }) => lost);
}

function readReport(file: ReadFile, { keepFiles }: FileOptions): FileReport {
  if (!keepFiles || !isLost(file)) return file;
  const notes = file.notes.map((note) => ({ ...note, lost: false }));
  return { ...file, became: 'hand-made', text: 'kept as it is, and phones get it so', notes };
}

function otherReport(path: string, { families, copy }: FileOptions): FileReport {
  const isHidden = path.split('/').some((part) => part.startsWith('.'));
  if (isHidden) return { path, became: 'left-out', text: 'hidden', notes: [] };
  if (!copy) return { path, became: 'left-out', text: 'nothing is copied', notes: [] };
  const isFirmware = families.some((family) => family.isFirmware(path));
  return { path, became: isFirmware ? 'firmware' : 'hand-made', text: '', notes: [] };
}
