import type { FileFacts } from '../../../../model/lint.ts';
import { isMac, type Mac } from '../../../../wire/mac.ts';
import type { CiscoFacts, Named, PlacedValue } from '../facts.ts';
import { namedFile, type FileRole } from '../file-role.ts';

export type FactsOf = FileFacts<CiscoFacts>;

/** The first place that names a file, and how many there are. */
export type Mention = {
  readonly file: FactsOf;
  readonly line: number;
  readonly column: number;
  count: number;
};

type Mentions = Map<Named[0], Map<string, Mention>>;

/** All files together, found by what rules ask for. */
export type Tree = {
  /** By name without folders, in lower case. */
  readonly byName: ReadonlyMap<string, readonly FactsOf[]>;
  readonly byRole: ReadonlyMap<FileRole, readonly FactsOf[]>;
  /** The files of phones that have more than one. */
  readonly several: readonly (readonly [mac: Mac, files: readonly FactsOf[]])[];
  /** Files that are named, by what they are and by name. */
  readonly mentions: ReadonlyMap<Named[0], ReadonlyMap<string, Readonly<Mention>>>;
};

export function treeOf(files: readonly FactsOf[]): Tree {
  const byName = new Map<string, FactsOf[]>();
  const byRole = new Map<FileRole, FactsOf[]>();
  const byMac = new Map<Mac, FactsOf[]>();
  const mentions: Mentions = new Map();
  for (const file of files) {
    const { role, names = [] } = file.facts;
    const name = nameOf(file.path);
    add(byName, name.toLowerCase(), file);
    add(byRole, role, file);
    const mac = macOf(name, role);
    if (mac !== undefined) add(byMac, mac, file);
    for (const named of names) mention(mentions, file, named);
  }
  const several = [...byMac].filter(([, own]) => own.length > 1);
  return { byName, byRole, several, mentions };
}

function macOf(name: string, role: FileRole): Mac | undefined {
  if (role !== 'sep' && role !== 'sip-phone' && role !== 'mgcp-phone') return undefined;
  const digits = name.slice(3, 15);
  return isMac(digits) ? digits : namedFile(name)?.mac;
}

function mention(mentions: Mentions, file: FactsOf, [what, name, line, column]: Named): void {
  const ofKind = mentions.get(what) ?? new Map<string, Mention>();
  mentions.set(what, ofKind);
  const before = ofKind.get(name);
  if (before) before.count++;
  else ofKind.set(name, { file, line, column, count: 1 });
}

function add<Key>(map: Map<Key, FactsOf[]>, key: Key, file: FactsOf): void {
  const files = map.get(key);
  if (files) files.push(file);
  else map.set(key, [file]);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** '' for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

export function filesWith(tree: Tree, role: FileRole): readonly FactsOf[] {
  return tree.byRole.get(role) ?? [];
}

/** The one default file of the tree; where there are several, nothing can be said of phones. */
export function onlyDefault(tree: Tree, role: FileRole): FactsOf | undefined {
  const files = filesWith(tree, role);
  return files.length === 1 ? files[0] : undefined;
}

/** What a SIP phone takes: its own value, else that of the file for all. */
export function effective(
  own: FactsOf | undefined,
  common: FactsOf | undefined,
  key: string,
): { readonly value: string; readonly at: PlacedValue; readonly file: FactsOf } | undefined {
  for (const file of [own, common]) {
    const at = file?.facts.sip?.[key];
    if (file && at) return { value: at[0], at, file };
  }
  return undefined;
}

/** Line and column of a value. */
export function placed([, line, column]: PlacedValue) {
  return { line, column };
}
