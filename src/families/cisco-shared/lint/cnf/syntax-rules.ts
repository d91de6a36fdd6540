import type { CnfEntry } from '../../../../codec/config/cnf.ts';
import { byteOrderMark } from '../../../../codec/text/place.ts';
import type { Fix } from '../../../../model/finding.ts';
import type { Rule } from '../../../shared/lint/rule.ts';
import { type SipFile } from './sip-subject.ts';
import { replaceOnLine } from '../../../shared/lint/fix.ts';

type Subject = Pick<SipFile, 'document' | 'text'>;
type Words = Omit<Rule<Subject>, 'check' | 'code'>;

/** A rule for what the codec has noted, with a fix for the line if there is a safe one. */
function noteRule(
  code: string,
  words: Words,
  fixOf: (line: CnfEntry, text: string) => Fix | undefined = () => undefined,
): Rule<Subject> {
  return {
    code,
    ...words,
    check({ document, text }, report) {
      for (const note of document.notes) {
        if (note.code !== code) continue;
        const { line, column } = note;
        const entry = document.lines[line - 1];
        const fix = entry?.kind === 'entry' ? fixOf(entry, text) : undefined;
        report({ text: note.text, line, column, fix });
      }
    },
  };
}

const oddValue = 'The phone may take the signs as a part of the value, or pass over the line.';

const byteOrder: Rule<Subject> = {
  code: 'byte-order-mark',
  severity: 'warning',
  title: 'Byte order mark at the beginning of the file',
  consequence: 'The phone may not know the first key of the file.',
  cure: 'Save the file as ASCII or as UTF-8 without byte order mark.',
  check({ text }, report) {
    if (!text.startsWith(byteOrderMark)) return;
    const fix = { kind: 'replace', offset: 0, length: 1, text: '' } as const;
    report({ text: 'the file begins with a byte order mark', line: 1, column: 1, fix });
  },
};

export const cnfSyntaxRules: readonly Rule<Subject>[] = [
  byteOrder,
  noteRule('not-a-setting', {
    severity: 'warning',
    title: 'Line that is neither setting nor comment',
    consequence: 'The phone passes over the line.',
    cure: 'Write name: "value", or # before a comment.',
  }),
  noteRule(
    'unclosed-quote',
    {
      severity: 'error',
      title: 'Quote that is not closed',
      consequence: 'The value is not what was meant; the phone may read on into the next line.',
      cure: 'Close the quote.',
    },
    ({ line, valueColumn, valueText }, text) => {
      // Behind a semicolon it may be a comment that nobody has closed the value before.
      const value = valueText.trimEnd();
      if (value.includes(';')) return undefined;
      return replaceOnLine(text, line, valueColumn + value.length, 0, '"');
    },
  ),
  noteRule(
    'curly-quotes',
    {
      severity: 'error',
      title: 'Curly quotes',
      consequence: 'The phone knows straight quotes only and takes them as a part of the value.',
      cure: 'Write straight quotes with an editor for plain text.',
    },
    ({ line, valueColumn, valueText, open, close }, text) =>
      replaceOnLine(
        text,
        line,
        valueColumn - open.length,
        open.length + valueText.length + close.length,
        `"${valueText}"`,
      ),
  ),
  noteRule('stray-quote', {
    severity: 'warning',
    title: 'Quote inside a value',
    consequence: oddValue,
    cure: 'Put the quotes around the whole value.',
  }),
  noteRule('text-after-value', {
    severity: 'warning',
    title: 'Text behind a value',
    consequence: oddValue,
    cure: 'Put ; before a comment, or the quotes around the whole value.',
  }),
];
