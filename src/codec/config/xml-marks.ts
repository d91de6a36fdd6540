import { byteOrderMark, quoted } from '../text/place.ts';
import { endOfName } from './xml-characters.ts';
import { checkCharacters, xmlFault } from './xml-text.ts';

const cdataStart = '<![CDATA[';
const blank = '[ \\t\\r\\n]';
const value = (form: string) => `${blank}*=${blank}*(?:"${form}"|'${form}')`;
// XML 1.0 section 2.8 [23] XMLDecl.
const declaration = new RegExp(
  `^<\\?xml${blank}+version${value('1\\.[0-9]+')}` +
    `(?:${blank}+encoding${value('[A-Za-z][A-Za-z0-9._-]*')})?` +
    `(?:${blank}+standalone${value('(?:yes|no)')})?${blank}*\\?>$`,
);

/** Where the document begins behind its byte order mark and its declaration. */
export function endOfDeclaration(text: string): number {
  const start = text.startsWith(byteOrderMark) ? 1 : 0;
  if (!/^<\?xml[ \t\r\n?]/.test(text.slice(start, start + 6))) return start;
  const end = endOf(text, '?>', start + 5, start);
  const written = text.slice(start, end);
  if (declaration.test(written)) return end;
  throw xmlFault(text, start, '<?xml version="1.0" encoding="…"?>', quoted(written));
}

/** Where the comment, CDATA section or processing instruction ends that begins at `start`. */
export function endOfMark(text: string, start: number): number {
  if (text.startsWith('<?', start)) return endOfInstruction(text, start);
  if (text.startsWith('<!--', start)) return endOfComment(text, start);
  if (isCdata(text, start)) {
    const end = endOf(text, ']]>', start + cdataStart.length, start);
    checkCharacters(text, start, end);
    return end;
  }
  const isType = text.startsWith('<!DOCTYPE', start);
  throw xmlFault(
    text,
    start,
    isType ? 'no document type' : 'a tag or a comment',
    isType ? '<!DOCTYPE' : '"<!"',
  );
}

export function isCdata(text: string, start: number): boolean {
  return text.startsWith(cdataStart, start);
}

/** Its content ends three characters before the section does. */
export function cdataContentStart(start: number): number {
  return start + cdataStart.length;
}

function endOfComment(text: string, start: number): number {
  const hyphens = text.indexOf('--', start + 4);
  if (hyphens < 0) throw xmlFault(text, start, '--> behind this comment', 'the end of the text');
  if (text.charAt(hyphens + 2) !== '>')
    throw xmlFault(text, hyphens, 'no -- inside a comment', '"--"');
  checkCharacters(text, start, hyphens);
  return hyphens + 3;
}

function endOfInstruction(text: string, start: number): number {
  const nameEnd = endOfName(text, start + 2);
  const target = text.slice(start + 2, nameEnd);
  if (target === '') throw xmlFault(text, nameEnd, 'a name');
  if (target.toLowerCase() === 'xml')
    throw xmlFault(text, start, 'the declaration at the start only', quoted(`<?${target}`));
  const end = endOf(text, '?>', nameEnd, start);
  if (end > nameEnd + 2 && !/[ \t\r\n]/.test(text.charAt(nameEnd)))
    throw xmlFault(text, nameEnd, 'a blank or ?>');
  checkCharacters(text, start, end);
  return end;
}

function endOf(text: string, mark: string, from: number, start: number): number {
  const at = text.indexOf(mark, from);
  if (at >= 0) return at + mark.length;
  throw xmlFault(text, start, `${mark} behind this`, 'the end of the text');
}
