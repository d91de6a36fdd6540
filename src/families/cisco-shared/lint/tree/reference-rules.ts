import { readLoadName } from '../firmware/load-name.ts';
import { isPlaceholder } from '../../../shared/lint/placeholder.ts';
import type { TreeRule } from '../../../shared/lint/rule.ts';
import type { RuleWords } from '../rule-words.ts';
import { filesWith, folderOf, type Mention, nameOf, type Tree } from './tree-subject.ts';
import type { Named } from '../facts.ts';

type Missing = {
  readonly name: string;
  readonly files: readonly string[];
  readonly mention: Mention;
};

/** Names that files mention and of which no file is there. */
function missingOf(
  tree: Tree,
  what: Named[0],
  filesOf: (name: string) => readonly string[],
): readonly Missing[] {
  return [...(tree.mentions.get(what) ?? [])].flatMap(([name, mention]) => {
    if (isPlaceholder(name)) return [];
    const files = filesOf(name);
    const here = files.length === 0 || files.some((file) => tree.byName.has(file.toLowerCase()));
    return here ? [] : [{ name, files, mention }];
  });
}

/** Each name once, at its first place. */
function tellMissing(
  missing: readonly Missing[],
  report: Parameters<TreeRule<Tree>['check']>[1],
): void {
  for (const { files, mention } of missing) {
    const { file, line, column, count } = mention;
    const more = count > 1 ? `, named in ${count} places` : '';
    report(file.path, { text: `${eitherOf(files)} is not here${more}`, line, column });
  }
}

/** `P003-8-12-00.bin or .sbn` */
function eitherOf([first = '', ...others]: readonly string[]): string {
  const extensions = others.map((name) => name.slice(name.lastIndexOf('.')));
  return [first, ...extensions].join(' or ');
}

/** A rule for names of which no file is there. */
function missingRule(words: RuleWords, what: Named[0]): TreeRule<Tree> {
  return {
    ...words,
    check: (tree, report) =>
      tellMissing(
        missingOf(tree, what, (name) => [name]),
        report,
      ),
  };
}

const imageMissing: TreeRule<Tree> = {
  code: 'image-missing',
  severity: 'warning',
  title: 'Named image that is not in the folder',
  consequence: 'A phone that runs another image cannot get this one and stays as it is, or stops.',
  cure: 'Put the files of the firmware package beside the configuration files.',
  check(tree, report) {
    const missing = missingOf(tree, 'image', (name) => readLoadName(name)?.files ?? []);
    const [first] = missing;
    if (!first) return;
    const hasFirmware = filesWith(tree, 'image').length + filesWith(tree, 'loads').length > 0;
    if (hasFirmware || missing.length === 1) return tellMissing(missing, report);
    const names = missing.map(({ name }) => name).join(', ');
    const text = `no firmware is here, and files name ${missing.length} images: ${names}`;
    const { file, line, column } = first.mention;
    report(file.path, { text, line, column });
  },
};

const dialPlanMissing = missingRule(
  {
    code: 'dial-plan-missing',
    severity: 'warning',
    title: 'Named dial plan that is not in the folder',
    consequence: 'The phone waits 10 to 15 seconds before it dials.',
    cure: 'Put the dial plan there, or mend its name.',
  },
  'dial-template',
);

const softKeysMissing = missingRule(
  {
    code: 'soft-keys-missing',
    severity: 'warning',
    title: 'Named soft key file that is not in the folder',
    consequence: 'The phone shows its own soft keys.',
    cure: 'Put the file there, or leave softKeyFile empty.',
  },
  'soft-keys',
);

const ringMissing: TreeRule<Tree> = {
  code: 'ring-missing',
  severity: 'warning',
  title: 'Rings whose sound is not in the folder',
  consequence: 'The ring stands in the menu and cannot be played.',
  cure: 'Put the sound files there, or take the rings out of the list.',
  check(tree, report) {
    for (const file of [...filesWith(tree, 'ring-list'), ...filesWith(tree, 'xml')]) {
      const rings = (file.facts.names ?? []).filter(([what]) => what === 'ring');
      const missing = rings.filter(([, name]) => !tree.byName.has(name.toLowerCase()));
      const [first] = missing;
      if (!first) continue;
      const [, name, line, column] = first;
      const more = missing.length > 1 ? ` and ${missing.length - 1} more` : '';
      const are = missing.length > 1 ? 'are' : 'is';
      report(file.path, { text: `${name}${more} ${are} not here`, line, column });
    }
  },
};

const samples = { least: 240, most: 16_080 };

const ringSize: TreeRule<Tree> = {
  code: 'ring-size',
  severity: 'warning',
  title: 'Ring of a size that phones do not play',
  consequence: 'The phone does not play it.',
  cure: 'Cut it to 240 to 16080 samples (2 seconds) and a multiple of 240, without header.',
  check(tree, report) {
    for (const ring of filesWith(tree, 'ring')) {
      const { size = 0 } = ring.facts;
      if (size >= samples.least && size <= samples.most && size % samples.least === 0) continue;
      report(ring.path, { text: `the ring has ${size} samples` });
    }
  },
};

const loadsIncomplete: TreeRule<Tree> = {
  code: 'loads-incomplete',
  severity: 'error',
  title: 'Loads file whose files are not all there',
  consequence: 'The phone fetches what there is, stops at "Upgrading" and starts again for ever.',
  cure: 'Put all files of the firmware package there.',
  check(tree, report) {
    for (const { path, facts } of filesWith(tree, 'loads')) {
      const missing =
        facts.loads?.files.filter((name) => !tree.byName.has(name.toLowerCase())) ?? [];
      if (missing.length > 0) report(path, { text: `${missing.join(', ')} not here` });
    }
  },
};

const loadsCase: TreeRule<Tree> = {
  code: 'loads-case',
  severity: 'warning',
  title: 'File of a load in another letter case than the loads file has',
  consequence: 'A server that minds the case of letters answers "file not found": the phone stops.',
  cure: 'Rename the file as the loads file writes it.',
  check(tree, report) {
    for (const { path, facts } of filesWith(tree, 'loads'))
      for (const name of facts.loads?.files ?? []) {
        const here = tree.byName.get(name.toLowerCase())?.map((file) => nameOf(file.path)) ?? [];
        if (here.length > 0 && !here.includes(name))
          report(path, { text: `${name} is called ${here[0] ?? ''} here` });
      }
  },
};

const loaderMismatch: TreeRule<Tree> = {
  code: 'loader-mismatch',
  severity: 'error',
  title: 'Loader of another version than the loads file says',
  consequence: 'The phone installs the loader, finds the wrong version and starts again for ever.',
  cure: 'Take loads file and loader from the same package.',
  check(tree, report) {
    for (const { path, facts } of filesWith(tree, 'loads')) {
      const { files = [], laVersion } = facts.loads ?? {};
      for (const name of files)
        for (const loader of tree.byName.get(name.toLowerCase()) ?? []) {
          const { loaderVersion } = loader.facts;
          if (laVersion === undefined || loaderVersion === undefined) continue;
          if (loaderVersion === laVersion || folderOf(loader.path) !== folderOf(path)) continue;
          report(path, { text: `LA_VERSION is ${laVersion}, ${name} is ${loaderVersion}` });
        }
    }
  },
};

/** Files that other files name. */
export const referenceRules: readonly TreeRule<Tree>[] = [
  imageMissing,
  dialPlanMissing,
  softKeysMissing,
  ringMissing,
  ringSize,
  loadsIncomplete,
  loadsCase,
  loaderMismatch,
];
