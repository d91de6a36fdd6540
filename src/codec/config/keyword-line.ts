import type { TextLine } from '../text/place.ts';

/** How lines of a Nortel configuration file are read. */
export type KeywordSyntax = {
  /** `KEYWORD value`, or `Name=value`. */
  readonly separator: 'blank' | 'equals';
  /** `[NAME]` begins a section. */
  readonly sections: boolean;
  /** What follows a `#` is a comment wherever it stands, not only where the line begins with it. */
  readonly inlineComments: boolean;
  /** `SECTION KEY` of settings that may stand more than once in a section. */
  readonly repeatable: readonly string[];
};

/**
 * A setting. Its text is `indent keyText separator value tail end` without anything between.
 */
export type KeywordEntry = {
  readonly kind: 'entry';
  readonly line: number;
  /** In upper case, to look it up. */
  readonly key: string;
  readonly keyText: string;
  readonly keyColumn: number;
  /** Without the blanks around it; '' where there is none. */
  readonly value: string;
  readonly valueColumn: number;
  readonly indent: string;
  readonly separator: string;
  /** Blanks behind the value, and the comment where comments may stand there. */
  readonly tail: string;
  readonly end: string;
};

/** `[NAME]`. Its text is `indent [ nameText ] tail end`. */
export type KeywordSection = {
  readonly kind: 'section';
  readonly line: number;
  /** In upper case, without the blanks around it. */
  readonly name: string;
  readonly nameText: string;
  readonly nameColumn: number;
  readonly indent: string;
  readonly tail: string;
  readonly end: string;
};

/** A line that says nothing. */
export type KeywordOther = TextLine & {
  readonly kind: 'blank' | 'comment' | 'unreadable';
};

export type KeywordLine = KeywordEntry | KeywordSection | KeywordOther;

const keyThenBlank = /^([ \t]*)([A-Za-z0-9][A-Za-z0-9_.-]*)([ \t]+|$)/;
const keyThenHash = /^([ \t]*)([A-Za-z0-9][A-Za-z0-9_.-]*)([ \t]*)(?=#)/;
const keyThenEquals = /^([ \t]*)([A-Za-z0-9][A-Za-z0-9_.-]*)([ \t]*=[ \t]*)/;
const sectionHead = /^([ \t]*)\[([^[\]]*)\](.*)$/s;

export function decodeKeywordLine(
  { text, end, line }: TextLine,
  syntax: KeywordSyntax,
): KeywordLine {
  const start = text.length - withoutFirstBlanks(text).length;
  if (start === text.length) return { kind: 'blank', line, text, end };
  if (text.charAt(start) === '#') return { kind: 'comment', line, text, end };
  return (
    sectionOf({ text, end, line }, syntax) ??
    entryOf({ text, end, line }, syntax) ?? { kind: 'unreadable', line, text, end }
  );
}

export function encodeKeywordLine(line: KeywordLine): string {
  if (line.kind === 'section') return `${line.indent}[${line.nameText}]${line.tail}${line.end}`;
  if (line.kind !== 'entry') return `${line.text}${line.end}`;
  return `${line.indent}${line.keyText}${line.separator}${line.value}${line.tail}${line.end}`;
}

function sectionOf(
  { text, end, line }: TextLine,
  { sections, inlineComments }: KeywordSyntax,
): KeywordSection | undefined {
  const [, indent, nameText, tail] = (sections && sectionHead.exec(text)) || [];
  if (indent === undefined || nameText === undefined || tail === undefined) return undefined;
  const rest = withoutFirstBlanks(tail);
  if (rest !== '' && !(inlineComments && rest.startsWith('#'))) return undefined;
  const name = nameText.trim().toUpperCase();
  const nameColumn = indent.length + 2;
  return { kind: 'section', line, name, nameText, nameColumn, indent, tail, end };
}

function entryOf(
  { text, end, line }: TextLine,
  { separator: between, inlineComments }: KeywordSyntax,
): KeywordEntry | undefined {
  const found =
    between === 'equals'
      ? keyThenEquals.exec(text)
      : (keyThenBlank.exec(text) ?? (inlineComments ? keyThenHash.exec(text) : null));
  const [start, indent, keyText, separator] = found ?? [];
  if (start === undefined || indent === undefined || !keyText || separator === undefined)
    return undefined;
  const rest = text.slice(start.length);
  const hash = inlineComments ? rest.indexOf('#') : -1;
  const value = withoutLastBlanks(hash < 0 ? rest : rest.slice(0, hash));
  return {
    kind: 'entry',
    line,
    key: keyText.toUpperCase(),
    keyText,
    keyColumn: indent.length + 1,
    value,
    valueColumn: start.length + 1,
    indent,
    separator,
    tail: rest.slice(value.length),
    end,
  };
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t';
}

function withoutFirstBlanks(text: string): string {
  let start = 0;
  while (isBlank(text.charAt(start))) start++;
  return text.slice(start);
}

function withoutLastBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && isBlank(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
