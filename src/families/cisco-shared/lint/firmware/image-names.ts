import type { Rule } from '../../../shared/lint/rule.ts';
import type { LoadName } from './load-name.ts';

/** An image as a file names it. */
export type NamedImage = {
  readonly name: string;
  readonly line: number;
  readonly column: number;
  /** Undefined where the name says nothing. */
  readonly load: LoadName | undefined;
  /** Where the name begins in the file's text. */
  readonly offset: () => number;
  /** Only phones of this family read the file: a 7940 or 7960. */
  readonly only7900: boolean;
};

/** The faults that the families' own readers of names mend. */
function nameRule(words: Omit<Rule<NamedImage>, 'check' | 'cure'>): Rule<NamedImage> {
  return {
    ...words,
    cure: 'Write the name as the firmware package has it, without extension.',
    check({ name, load, line, column, offset }, report) {
      const image = load?.image;
      if (!image?.findings.some(({ code }) => code === words.code)) return;
      const { length } = name;
      const fix = { kind: 'replace', offset: offset(), length, text: image.canonical } as const;
      report({ text: `"${name}" should be ${image.canonical}`, line, column, fix });
    },
  };
}

const asksInVain = 'The phone asks for a file that does not exist and stays on the image it has.';

const unknown: Rule<NamedImage> = {
  code: 'image-name-unknown',
  severity: 'error',
  title: 'Name that is no image of a 7940 or 7960',
  consequence: asksInVain,
  cure: 'Write the name of an image for these phones, e.g. P0S3-8-12-00.',
  check({ name, load, line, column, only7900 }, report) {
    if (!only7900 || name === '') return;
    if (load?.hardware === '7940/7960') return;
    const what = load ? `is for Java phones` : 'is not known';
    report({ text: `the image "${name}" ${what}`, line, column });
  },
};

/** Cisco 7960/7940 firmware upgrade matrix, "Firmware Naming Conventions". */
export const imageNameRules: readonly Rule<NamedImage>[] = [
  nameRule({
    code: 'image-name-letter-o',
    severity: 'error',
    title: 'Letter O in the name of an image',
    consequence: asksInVain,
  }),
  nameRule({
    code: 'image-name-extension',
    severity: 'error',
    title: 'Name of an image with extension',
    consequence:
      'The phone puts its own extension behind it and asks for a file that is not there.',
  }),
  nameRule({
    code: 'image-name-case',
    severity: 'warning',
    title: 'Name of an image in the wrong letter case',
    consequence: asksInVain,
  }),
  nameRule({
    code: 'image-name-blank',
    severity: 'error',
    title: 'Blanks around the name of an image',
    consequence: asksInVain,
  }),
  unknown,
];
