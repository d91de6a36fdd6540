import type { Finding } from '../../../model/finding.ts';
import type { FamilyLint, TreeFile } from '../../../model/lint.ts';
import type { CiscoFacts } from './facts.ts';
import { fileNameRules } from './file-names.ts';
import { namedFile } from './file-role.ts';
import { lintContent } from './lint-content.ts';
import { ciscoRules, treeRules } from './rule-list.ts';
import { applyRules, applyTreeRules } from '../../shared/lint/rule.ts';
import { nameOf, treeOf } from './tree/tree-subject.ts';

type Linted = { readonly findings: readonly Finding[]; readonly facts: CiscoFacts };

/** For the 7940 and 7960 and for the Java phones: they share most files and one folder. */
export const ciscoLint: FamilyLint<CiscoFacts> = {
  rules: ciscoRules,
  file: lintFile,
  tree: (files) => applyTreeRules(treeRules, treeOf(files)),
};

function lintFile(file: TreeFile): Linted | undefined {
  const name = nameOf(file.path);
  const named = namedFile(name);
  if (named === undefined) return undefined;
  const { role = 'other', fault } = named;
  const { findings, facts } = lintContent(file, name, role) ?? { findings: [] };
  return {
    findings: fault ? [...applyRules(fileNameRules, file.path, named), ...findings] : findings,
    facts: { role, ...facts },
  };
}
