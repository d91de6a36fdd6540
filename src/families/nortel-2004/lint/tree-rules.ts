import { parseNortelImageName } from '../../../codec/text/nortel-image-name.ts';
import type { FileFacts } from '../../../model/lint.ts';
import { isPlaceholder } from '../../shared/lint/placeholder.ts';
import type { TreeRule } from '../../shared/lint/rule.ts';
import type { NortelFacts, PlacedValue, SectionFacts } from './facts.ts';
import { versionMismatchWords } from './section-rules.ts';

export type FactsOf = FileFacts<NortelFacts>;
type Tree = readonly FactsOf[];

/** A section of a file for the 2004, and where the file it names should be. */
type Named = { readonly path: string; readonly section: SectionFacts; readonly file: PlacedValue };

/** Files that phones look for on the server that gave the list. */
function namedHere(tree: Tree): readonly Named[] {
  return tree.flatMap(({ path, facts }) =>
    (facts.later ? [] : (facts.sections ?? [])).flatMap((section) => {
      const { file, server } = section;
      const isElsewhere = server !== undefined && server.value !== '0.0.0.0';
      return file && !isElsewhere && !isPlaceholder(file.value) ? [{ path, section, file }] : [];
    }),
  );
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Of which the linter sees whether they are there: others are taken by other families. */
function isSeen(name: string): boolean {
  return (
    /\.(dat|lng|img)$/i.test(name) ||
    parseNortelImageName(name.replace(/\.bin$/i, '')) !== undefined
  );
}

/** In the list's folder, or else anywhere below: firmware may have a folder of its own. */
function found(tree: Tree, { path, file }: Named): FactsOf | undefined {
  const wanted = `${folderOf(path)}${file.value}`.toLowerCase();
  const name = nameOf(file.value).toLowerCase();
  return (
    tree.find((each) => each.path === `${folderOf(path)}${file.value}`) ??
    tree.find((each) => each.path.toLowerCase() === wanted) ??
    tree.find((each) => nameOf(each.path) === nameOf(file.value)) ??
    tree.find((each) => nameOf(each.path).toLowerCase() === name)
  );
}

const missing: TreeRule<Tree> = {
  code: 'download-missing',
  severity: 'error',
  title: 'File that 2004tftp.cfg names and that is not in the folder',
  consequence: 'The phone asks for it, gets "file not found", and keeps what it has.',
  cure: 'Put the file there, mend its name, or name the server that has it with SERVER_IP.',
  check(tree, report) {
    for (const named of namedHere(tree)) {
      const { path, section, file } = named;
      if (!isSeen(file.value) || found(tree, named)) continue;
      const { line, column } = file;
      report(path, { text: `${file.value} of [${section.name}] is not here`, line, column });
    }
  },
};

const letterCase: TreeRule<Tree> = {
  code: 'download-case',
  severity: 'error',
  title: 'File that 2004tftp.cfg names in another letter case',
  consequence: 'A server that minds the case of letters answers "file not found".',
  cure: 'Write the name as the file has it; NN42020-202 has Francais.lng for francais.lng.',
  check(tree, report) {
    for (const named of namedHere(tree)) {
      const { path, file } = named;
      const here = nameOf(found(tree, named)?.path ?? '');
      const written = nameOf(file.value);
      if (here === '' || here === written) continue;
      const { line, column, value } = file;
      const offset = file.offset + value.length - written.length;
      const fix = { kind: 'replace', offset, length: written.length, text: here } as const;
      report(path, { text: `${written} is called ${here} here`, line, column, fix });
    }
  },
};

const isMaster: TreeRule<Tree> = {
  code: 'server-is-master',
  severity: 'note',
  title: 'SERVER_IP of the server that gives the list itself',
  consequence: 'It works until the address changes: then the phones ask the old one.',
  cure: 'Put # before SERVER_IP and SERVER_PORT: without them the phone asks the same server.',
  check(tree, report) {
    const masters = new Set(tree.flatMap(({ facts }) => facts.master ?? []));
    const [master] = masters;
    if (masters.size !== 1) return;
    for (const { path, facts } of tree)
      for (const { name, server } of facts.later ? [] : (facts.sections ?? [])) {
        if (server === undefined || server.value !== master) continue;
        const { line, column } = server;
        const text = `[${name}] names ${master}, the TFTP server of SipUpgradeConfigFile.txt`;
        report(path, { text, line, column });
      }
  },
};

type DataFile = { readonly list: FactsOf; readonly version: PlacedValue; readonly digest: string };

function dataFiles(tree: Tree): readonly DataFile[] {
  return namedHere(tree).flatMap((named) => {
    const { path, section } = named;
    const list = tree.find((each) => each.path === path);
    const data = found(tree, named);
    const digest = data && folderOf(data.path) === folderOf(path) ? data.facts.digest : undefined;
    const { name, version } = section;
    if (name !== 'DEVICE_CONFIG' || !list || version === undefined || digest === undefined)
      return [];
    return [{ list, version, digest }];
  });
}

const notRaised: TreeRule<Tree> = {
  code: 'version-not-raised',
  severity: 'warning',
  title: 'Other settings under the same VERSION',
  consequence: 'Phones that have the VERSION do not fetch the settings.',
  cure: 'Raise VERSION of [DEVICE_CONFIG] with every change of the settings.',
  check(tree, report) {
    const seen: DataFile[] = [];
    for (const file of dataFiles(tree)) {
      const { list, version, digest } = file;
      const other = seen.find(
        (each) => each.version.value === version.value && each.digest !== digest,
      );
      seen.push(file);
      if (!other) continue;
      const { line, column } = version;
      const text = `${other.list.path} has VERSION ${version.value} for other settings`;
      report(list.path, { text, line, column });
    }
  },
};

const imageMismatch: TreeRule<Tree> = {
  ...versionMismatchWords,
  check(tree, report) {
    for (const named of namedHere(tree)) {
      const { path, section } = named;
      const { version, name } = section;
      const image = found(tree, named)?.facts.image;
      const wanted = version && parseNortelImageName(version.value)?.canonical;
      if (name !== 'FW' || !version || image === undefined || wanted === undefined) continue;
      if (parseNortelImageName(image)?.kind !== 'sip' || image === wanted) continue;
      const { line, column } = version;
      report(path, { text: `VERSION is ${wanted}, the image says ${image}`, line, column });
    }
  },
};

const languageMissing: TreeRule<Tree> = {
  code: 'default-language-missing',
  severity: 'warning',
  title: 'DEF_LANG that no [LANGUAGE] fetches',
  consequence: 'The phone speaks English.',
  cure: 'Name the language file in [LANGUAGE], or write DEF_LANG English.',
  check(tree, report) {
    const lists = tree.filter(({ facts }) => facts.sections !== undefined && !facts.later);
    const fetches = lists.some(({ facts }) =>
      facts.sections?.some(({ name, file }) => name === 'LANGUAGE' && file !== undefined),
    );
    if (lists.length === 0 || fetches) return;
    for (const { path, facts } of tree) {
      const { language, later } = facts;
      if (later || language === undefined || /^english$/i.test(language.value)) continue;
      const { value, line, column } = language;
      report(path, { text: `DEF_LANG is ${value}, and no language file is named`, line, column });
    }
  },
};

/** Between the files of a folder: NN42020-202, sections 3 to 6. */
export const treeRules: readonly TreeRule<Tree>[] = [
  missing,
  letterCase,
  isMaster,
  notRaised,
  imageMismatch,
  languageMissing,
];
