import type { TextLine } from '../text/place.ts';

/** How a value stands in the file. Phones know straight quotes only. */
export type CnfQuote = 'straight' | 'curly' | 'none' | 'unclosed';

/**
 * `key : value ; comment`. Its text is `indent keyText separator open valueText close tail end`
 * without anything between.
 */
export type CnfEntry = {
  readonly kind: 'entry';
  readonly line: number;
  /** In lower case, to look it up. */
  readonly key: string;
  readonly keyText: string;
  readonly keyColumn: number;
  /** Undefined where the file says that there is none: nothing, `""`, `" "`, `UNPROVISIONED`. */
  readonly value: string | undefined;
  /** What stands between the quotes; the column is that of its first character. */
  readonly valueText: string;
  readonly valueColumn: number;
  readonly quote: CnfQuote;
  readonly indent: string;
  /** The colon and the blanks around it. */
  readonly separator: string;
  readonly open: string;
  readonly close: string;
  /** Blanks and the comment with its semicolon. */
  readonly tail: string;
  readonly end: string;
};

/** A line that says nothing. */
export type CnfOther = TextLine & {
  readonly kind: 'blank' | 'comment' | 'unreadable';
};

export type CnfLine = CnfEntry | CnfOther;

// Typesetters open and close with any of these, „German“ ones included.
const curlyQuotes = '“”„‟';
const keyAndColon = /^([ \t]*)([^\s:;"“”„‟]+)([ \t]*:[ \t]*)/;

type Value = Pick<CnfEntry, 'quote' | 'open' | 'valueText' | 'close' | 'tail'>;

export function decodeCnfLine({ text, end, line }: TextLine): CnfLine {
  const words = text.trim();
  if (words === '') return { kind: 'blank', line, text, end };
  if (words.startsWith('#') || words.startsWith(';')) return { kind: 'comment', line, text, end };
  const [start, indent, keyText, separator] = keyAndColon.exec(text) ?? [];
  if (start === undefined || indent === undefined || !keyText || !separator)
    return { kind: 'unreadable', line, text, end };
  const { quote, open, valueText, close, tail } = valueOf(text.slice(start.length));
  return {
    kind: 'entry',
    line,
    key: keyText.toLowerCase(),
    keyText,
    keyColumn: indent.length + 1,
    value: isNull(valueText) ? undefined : valueText,
    valueColumn: start.length + open.length + 1,
    quote,
    open,
    valueText,
    close,
    tail,
    indent,
    separator,
    end,
  };
}

export function encodeCnfLine(line: CnfLine): string {
  if (line.kind !== 'entry') return `${line.text}${line.end}`;
  const { indent, keyText, separator, open, valueText, close, tail, end } = line;
  return `${indent}${keyText}${separator}${open}${valueText}${close}${tail}${end}`;
}

function isNull(valueText: string): boolean {
  return valueText === '' || /^\s*(unprovisioned\s*)?$/i.test(valueText);
}

function valueOf(rest: string): Value {
  const open = rest.charAt(0);
  if (open === '"') return quotedValue(rest, open, rest.indexOf('"', 1), 'straight');
  if (open !== '' && curlyQuotes.includes(open))
    return quotedValue(rest, open, rest.slice(1).search(/[“”„‟]/) + 1, 'curly');
  const comment = rest.indexOf(';');
  const valueText = rest.slice(0, comment < 0 ? undefined : comment).trimEnd();
  return { quote: 'none', open: '', valueText, close: '', tail: rest.slice(valueText.length) };
}

function quotedValue(rest: string, open: string, end: number, quote: CnfQuote): Value {
  if (end < 1) return { quote: 'unclosed', open, valueText: rest.slice(1), close: '', tail: '' };
  const valueText = rest.slice(1, end);
  return { quote, open, valueText, close: rest.charAt(end), tail: rest.slice(end + 1) };
}
