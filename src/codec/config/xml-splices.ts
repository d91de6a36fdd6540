import { unwritable } from '../text/place.ts';
import type { Splice } from '../text/splice.ts';
import { children, textOf, type XmlElement } from './xml-element.ts';
import type { XmlSpan } from './xml-reader.ts';
import { checkedName, encodeAttribute, encodeContent, encodeElement } from './xml-writer.ts';

/** What the changes of a text are worked out from. */
export type SpannedXml = {
  readonly text: string;
  readonly root: XmlElement;
  readonly spans: ReadonlyMap<XmlElement, XmlSpan>;
};

export type InsertOptions = {
  readonly before?: XmlElement;
  readonly selfClosing?: boolean;
};

// What stands in an element without elements: comments and instructions, CDATA sections, text.
const contentPieces = /(<!--[^]*?-->|<\?[^]*?\?>)|<!\[CDATA\[[^]*?\]\]>|[^<]+/g;
const attributes = /([ \t\r\n]+)([^ \t\r\n=]+)([ \t\r\n]*=[ \t\r\n]*)("[^"]*"|'[^']*')/g;

export function spanOf({ spans }: SpannedXml, element: XmlElement): XmlSpan {
  const span = spans.get(element);
  if (span === undefined) throw unwritable('element', 'one of this document', element.name);
  return span;
}

/** Puts a value in the place of an element's text, between the blanks around it. */
export function textSplices(
  document: SpannedXml,
  element: XmlElement,
  value: string,
): readonly Splice[] {
  if (children(element).length > 0)
    throw unwritable(`text of ${element.name}`, 'an element without elements in it', 'one with');
  if (textOf(element) === value) return [];
  const span = spanOf(document, element);
  if (span.contentStart === span.end) return openSplices(document, element, encodeContent(value));
  const words = wordsOf(document.text, span);
  const [first, ...more] = words;
  if (first === undefined)
    return [{ offset: span.contentStart, length: 0, text: encodeContent(value) }];
  return [
    { ...first, text: encodeContent(value) },
    ...more.map((piece) => ({ ...piece, text: '' })),
  ];
}

export function attributeSplices(
  document: SpannedXml,
  element: XmlElement,
  name: string,
  value: string | undefined,
): readonly Splice[] {
  const old = element.attributes.get(name)?.value;
  if (old === value) return [];
  const { start, contentStart } = spanOf(document, element);
  const nameEnd = start + 1 + element.name.length;
  const tag = document.text.slice(nameEnd, contentStart);
  let end = nameEnd;
  for (const match of tag.matchAll(attributes)) {
    const [whole, before = '', found, equals = '', quotes = ''] = match;
    const offset = nameEnd + match.index;
    end = offset + whole.length;
    if (found !== name) continue;
    if (value === undefined) return [{ offset, length: whole.length, text: '' }];
    const text = encodeAttribute(value, quotes.charAt(0));
    const valueStart = offset + before.length + name.length + equals.length + 1;
    return [{ offset: valueStart, length: quotes.length - 2, text }];
  }
  const text = ` ${checkedName(name)}="${encodeAttribute(value ?? '')}"`;
  return [{ offset: end, length: 0, text }];
}

export function removeSplices(document: SpannedXml, element: XmlElement): readonly Splice[] {
  const { text } = document;
  const { start, end } = spanOf(document, element);
  if (element === document.root) throw unwritable('element', 'one inside the root', element.name);
  const indent = indentOf(text, start);
  const rest = /^[ \t]*(\r\n|\r|\n|$)/.exec(text.slice(end));
  if (indent === undefined || rest === null)
    return [{ offset: start, length: end - start, text: '' }];
  const offset = start - indent.length;
  return [{ offset, length: end + rest[0].length - offset, text: '' }];
}

/** Adds an element to a parent that has no text of its own, indented like its neighbours. */
export function insertSplices(
  document: SpannedXml,
  parent: XmlElement,
  element: XmlElement,
  { before, selfClosing }: InsertOptions,
): readonly Splice[] {
  if (textOf(parent) !== '')
    throw unwritable(`content of ${parent.name}`, 'no text beside elements', 'text');
  const { text } = document;
  const lineEnd = /\r\n?|\n/.exec(text)?.[0] ?? '\n';
  const unit = unitOf(document);
  const encode = (indent: string | undefined) =>
    encodeElement(
      element,
      selfClosing === true,
      indent === undefined ? indent : { indent, unit, lineEnd },
    );
  if (before !== undefined) {
    const offset = spanOf(document, before).start;
    const indent = indentOf(text, offset);
    const between = indent === undefined ? '' : `${lineEnd}${indent}`;
    return [{ offset, length: 0, text: `${encode(indent)}${between}` }];
  }
  const last = children(parent).at(-1);
  if (last !== undefined) {
    const { start, end } = spanOf(document, last);
    const indent = indentOf(text, start);
    if (indent === undefined) return [{ offset: end, length: 0, text: encode(undefined) }];
    // A comment behind the last element belongs to it.
    const comment = /^[ \t]*<!--[^\r\n]*?-->(?=[ \t]*[\r\n])/.exec(text.slice(end))?.[0] ?? '';
    return [
      { offset: end + comment.length, length: 0, text: `${lineEnd}${indent}${encode(indent)}` },
    ];
  }
  return insertFirst(document, parent, lineEnd, encode);
}

function insertFirst(
  document: SpannedXml,
  parent: XmlElement,
  lineEnd: string,
  encode: (indent: string | undefined) => string,
): readonly Splice[] {
  const { text } = document;
  const { start, contentStart, contentEnd, end } = spanOf(document, parent);
  const outer = indentOf(text, start);
  const inner = outer === undefined ? undefined : outer + unitOf(document);
  const content =
    inner === undefined
      ? encode(undefined)
      : `${lineEnd}${inner}${encode(inner)}${lineEnd}${outer ?? ''}`;
  if (contentStart === end) return openSplices(document, parent, content);
  const kept = text.slice(contentStart, contentEnd).trimEnd().length;
  const offset = contentStart + kept;
  return [{ offset, length: contentEnd - offset, text: content }];
}

/** Makes `<a>content</a>` of `<a/>`. */
function openSplices(
  document: SpannedXml,
  element: XmlElement,
  content: string,
): readonly Splice[] {
  const { start, end } = spanOf(document, element);
  const tag = document.text.slice(start, end);
  const length = /[ \t\r\n]*\/>$/.exec(tag)?.[0].length ?? 0;
  return [{ offset: end - length, length, text: `>${content}</${element.name}>` }];
}

/** The pieces of text of an element, each without the blanks around it. */
function wordsOf(text: string, span: XmlSpan): readonly Omit<Splice, 'text'>[] {
  const content = text.slice(span.contentStart, span.contentEnd);
  return [...content.matchAll(contentPieces)].flatMap(({ 0: piece, 1: mark, index }) => {
    const words = piece.trim();
    if (mark !== undefined || words === '') return [];
    const offset = span.contentStart + index + piece.length - piece.trimStart().length;
    return [{ offset, length: words.length }];
  });
}

/** The blanks before an offset if nothing else stands before it on its line. */
function indentOf(text: string, offset: number): string | undefined {
  let start = offset;
  while (/^[ \t]$/.test(text.charAt(start - 1))) start--;
  return /^[\r\n\uFEFF]?$/.test(text.charAt(start - 1)) ? text.slice(start, offset) : undefined;
}

/** By how much the root's first element is indented more than the root. */
function unitOf(document: SpannedXml): string {
  const [first] = children(document.root);
  if (first === undefined) return '  ';
  const outer = indentOf(document.text, spanOf(document, document.root).start);
  const inner = indentOf(document.text, spanOf(document, first).start);
  return inner?.startsWith(outer ?? '') ? inner.slice(outer?.length ?? 0) : '  ';
}
