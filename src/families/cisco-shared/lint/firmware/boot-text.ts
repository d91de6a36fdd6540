import { decodeOs79xx } from '../../../../codec/config/os79xx.ts';
import { splitLines } from '../../../../codec/text/place.ts';
import type { Rule } from '../../../shared/lint/rule.ts';

/** `OS79XX.TXT` */
export type BootText = {
  /** Without the blanks around it. */
  readonly image: string;
  /** As written. */
  readonly firstLine: string;
  readonly lineEnd: string;
  /** First further line that is not empty. */
  readonly more: number | undefined;
};

export function bootTextOf(text: string): BootText {
  const [first, ...rest] = splitLines(text);
  return {
    image: decodeOs79xx(text).image,
    firstLine: first?.text ?? '',
    lineEnd: first?.end ?? '',
    more: rest.find((line) => line.text.trim() !== '')?.line,
  };
}

const askedWith = 'The phone takes it as a part of the name and asks for a file that is not there.';

const blanks: Rule<BootText> = {
  code: 'os79xx-blank',
  severity: 'error',
  title: 'Blank around the name in OS79XX.TXT',
  consequence: askedWith,
  cure: 'Write the name and a line feed, nothing else.',
  check({ image, firstLine }, report) {
    const start = firstLine.indexOf(image);
    if (image === '' || firstLine === image) return;
    const column = start > 0 ? 1 : image.length + 1;
    const where = start > 0 ? 'before' : 'behind';
    const fix = { kind: 'replace', offset: 0, length: firstLine.length, text: image } as const;
    report({ text: `a blank ${where} the image name`, line: 1, column, fix });
  },
};

const carriageReturn: Rule<BootText> = {
  code: 'os79xx-carriage-return',
  severity: 'warning',
  title: 'Windows line end in OS79XX.TXT',
  consequence: 'Old firmware takes the carriage return as a part of the name.',
  cure: 'Save it with Unix line ends.',
  check({ firstLine, lineEnd, image }, report) {
    if (!lineEnd.startsWith('\r') || image === '') return;
    const offset = firstLine.length;
    const fix = { kind: 'replace', offset, length: lineEnd.length, text: '\n' } as const;
    report({ text: 'the line ends with a carriage return', line: 1, column: offset + 1, fix });
  },
};

const empty: Rule<BootText> = {
  code: 'os79xx-empty',
  severity: 'warning',
  title: 'OS79XX.TXT names no image',
  consequence: 'Phones without a loader cannot change their protocol by it.',
  cure: 'Write the name of the image or of the loader, or remove the file.',
  check({ image }, report) {
    if (image === '') report({ text: 'the first line names no image', line: 1, column: 1 });
  },
};

const moreLines: Rule<BootText> = {
  code: 'os79xx-lines',
  severity: 'note',
  title: 'More than one line in OS79XX.TXT',
  consequence: 'The phone reads the first line only.',
  cure: 'Take the other lines out.',
  check({ more }, report) {
    if (more !== undefined) report({ text: 'only the first line counts', line: more, column: 1 });
  },
};

/** Cisco 7960/7940 firmware upgrade matrix, procedure A; Cisco bug CSCdv19260. */
export const bootTextRules: readonly Rule<BootText>[] = [blanks, carriageReturn, empty, moreLines];
