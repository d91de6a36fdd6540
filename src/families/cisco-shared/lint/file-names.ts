import type { Rule } from '../../shared/lint/rule.ts';
import type { NamedFile, NameFault } from './file-role.ts';

type Words = Omit<Rule<NamedFile>, 'check' | 'code'>;

/** A rule for one kind of fault of a name; the name that is asked for makes the fix. */
function nameRule(code: NameFault['code'], words: Words): Rule<NamedFile> {
  return {
    code,
    ...words,
    check({ fault }, report) {
      if (fault?.code !== code) return;
      const { text, to } = fault;
      report({ text, ...(to !== undefined && { fix: { kind: 'rename', to } }) });
    },
  };
}

export const fileNameRules: readonly Rule<NamedFile>[] = [
  nameRule('file-name-case', {
    severity: 'warning',
    title: 'File name in the wrong letter case',
    consequence: 'A server that minds the case of letters answers "file not found".',
    cure: 'Give the file the name that phones ask for.',
  }),
  nameRule('file-name-letter-o', {
    severity: 'error',
    title: 'Letter O in the MAC of a file name',
    consequence: 'The phone never finds its file.',
    cure: 'Write zeros.',
  }),
  nameRule('file-name-mac', {
    severity: 'error',
    title: 'File name without a whole MAC',
    consequence: 'The phone never finds its file.',
    cure: 'Use the 12 hexadecimal digits from the label on the phone, without separators.',
  }),
  nameRule('file-name-placeholder', {
    severity: 'warning',
    title: 'Placeholder in place of the MAC',
    consequence: 'No phone asks for the file.',
    cure: 'Copy it to a name with the MAC of each phone that it is for.',
  }),
  nameRule('file-name-extension', {
    severity: 'warning',
    title: 'Extension that phones do not ask for',
    consequence: 'The phone never finds its file; of two files it takes the other one.',
    cure: 'Rename the file, or remove it where the right one is there too.',
  }),
  nameRule('file-name-txt', {
    severity: 'warning',
    title: '.txt behind the name of a file for phones',
    consequence: 'The phone never finds its file.',
    cure: 'Take .txt away; editors on Windows add it and file managers hide it.',
  }),
  nameRule('file-name-leftover', {
    severity: 'note',
    title: 'Copy or template among the files for phones',
    consequence: 'No phone asks for the file; anyone may fetch it, passwords included.',
    cure: 'Keep copies and templates outside the folder that is served.',
  }),
];
