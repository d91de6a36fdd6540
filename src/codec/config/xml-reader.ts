import { LineCursor } from '../text/line-cursor.ts';
import { type Place, placesIn, quoted } from '../text/place.ts';
import { endOfName, isBlankCode } from './xml-characters.ts';
import type { XmlAttribute, XmlElement, XmlText } from './xml-element.ts';
import { endOfDeclaration, endOfMark } from './xml-marks.ts';
import { mixedContent, type TextPiece } from './xml-mixed.ts';
import { decodeAttribute, decodeText, endOfText, xmlFault } from './xml-text.ts';

/** Deepest nesting and longest text that are read or written. */
export const maxDepth = 64;
export const maxCharacters = 2 * 1024 * 1024;

/** Where an element stands in its text: character offsets. `<a/>` has no content: both are `end`. */
export type XmlSpan = {
  readonly start: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly end: number;
};

/** An element whose end tag has not come yet. */
type OpenElement = {
  readonly name: string;
  readonly start: number;
  readonly contentStart: number;
  readonly line: number;
  readonly column: number;
  readonly attributes: ReadonlyMap<string, XmlAttribute>;
  readonly children: XmlElement[];
  /** Where its pieces of text begin among all pieces. */
  readonly pieces: number;
  hasText: boolean;
};

const less = 0x3c;
const slash = 0x2f;
const bang = 0x21;
const question = 0x3f;
const greater = 0x3e;
const equals = 0x3d;

/** Reads one text, once. */
export class XmlReader {
  readonly #text: string;
  readonly #spans: Map<XmlElement, XmlSpan> | undefined;
  readonly #lines: LineCursor;
  readonly #noAttributes: ReadonlyMap<string, XmlAttribute> = new Map();
  readonly #roots: XmlElement[] = [];
  readonly #open: OpenElement[] = [];
  readonly #pieces: TextPiece[] = [];
  #inner: OpenElement | undefined;
  #placeAt: ((offset: number) => Place) | undefined;

  /** Notes where the elements stand in `spans`, if given. */
  constructor(text: string, spans?: Map<XmlElement, XmlSpan>) {
    this.#text = text;
    this.#spans = spans;
    this.#lines = new LineCursor(text);
  }

  /** The elements that stand in no other one. Throws a CodecError that names line and column. */
  read(): readonly XmlElement[] {
    const text = this.#text;
    const { length } = text;
    if (length > maxCharacters)
      throw xmlFault(text, 0, `at most ${maxCharacters} characters`, `${length}`);
    let at = endOfDeclaration(text);
    while (at < length) at = this.#step(at);
    const open = this.#inner;
    if (open) throw xmlFault(text, length, `</${open.name}> for the tag on line ${open.line}`);
    return this.#roots;
  }

  /** Reads text up to the next mark, and the mark; returns where it ends. */
  #step(start: number): number {
    const text = this.#text;
    let word = start;
    while (word < text.length && isBlankCode(text.charCodeAt(word))) word++;
    let at = word;
    if (at < text.length && text.charCodeAt(at) !== less) {
      if (this.#inner === undefined) throw xmlFault(text, at, 'an element');
      at = endOfText(text, at);
    }
    const mark = at + 1 < text.length ? text.charCodeAt(at + 1) : 0;
    if (mark === slash) return this.#endTag(start, word, at);
    if (at > start) this.#addPiece(start, at, at > word);
    if (at === text.length) return at;
    if (mark !== bang && mark !== question) return this.#startTag(at);
    const end = endOfMark(text, at);
    if (mark === bang && text.charAt(at + 2) === '[') this.#addCdata(at, end);
    return end;
  }

  #addPiece(start: number, end: number, isText: boolean): void {
    const open = this.#inner;
    if (open === undefined) return;
    if (isText) open.hasText = true;
    this.#pieces.push({ before: open.children.length, start, end });
  }

  #addCdata(start: number, end: number): void {
    if (this.#inner === undefined) throw xmlFault(this.#text, start, 'an element');
    this.#addPiece(start, end, /[^ \t\r\n]/.test(this.#text.slice(start + 9, end - 3)));
  }

  #startTag(start: number): number {
    const text = this.#text;
    const nameEnd = endOfName(text, start + 1);
    if (nameEnd === start + 1) throw xmlFault(text, nameEnd, 'a name behind <');
    if (this.#open.length === maxDepth)
      throw xmlFault(text, start, `at most ${maxDepth} levels of elements`, 'more');
    const name = text.slice(start + 1, nameEnd);
    const column = this.#lines.columnAt(start);
    const { line } = this.#lines;
    let attributes = this.#noAttributes;
    let at = nameEnd;
    if (text.charCodeAt(at) !== greater) {
      const read = new Map<string, XmlAttribute>();
      at = this.#attributes(nameEnd, read);
      if (read.size > 0) attributes = read;
    }
    if (text.charCodeAt(at) === slash) {
      const end = at + 2;
      const element: XmlElement = { kind: 'element', name, attributes, children: [], line, column };
      this.#add(element, { start, contentStart: end, contentEnd: end, end });
      return end;
    }
    const pieces = this.#pieces.length;
    const contentStart = at + 1;
    this.#inner = {
      name,
      start,
      contentStart,
      line,
      column,
      attributes,
      children: [],
      pieces,
      hasText: false,
    };
    this.#open.push(this.#inner);
    return contentStart;
  }

  /** Returns the offset of the `>` or `/>` behind them. */
  #attributes(nameEnd: number, attributes: Map<string, XmlAttribute>): number {
    const text = this.#text;
    for (let end = nameEnd; ;) {
      const start = skipBlanks(text, end);
      const code = text.charCodeAt(start);
      if (code === greater || (code === slash && text.charCodeAt(start + 1) === greater))
        return start;
      if (start === end) throw xmlFault(text, end, 'a blank, > or />');
      end = this.#attribute(start, attributes);
    }
  }

  /** Returns the offset behind its closing quote. */
  #attribute(start: number, attributes: Map<string, XmlAttribute>): number {
    const text = this.#text;
    const nameEnd = endOfName(text, start);
    if (nameEnd === start) throw xmlFault(text, start, 'the name of an attribute, > or />');
    const name = text.slice(start, nameEnd);
    const equal = skipBlanks(text, nameEnd);
    if (text.charCodeAt(equal) !== equals) throw xmlFault(text, equal, `= behind ${name}`);
    const open = skipBlanks(text, equal + 1);
    const quote = text.charAt(open);
    if (quote !== '"' && quote !== "'") throw xmlFault(text, open, 'a straight quote');
    const close = text.indexOf(quote, open + 1);
    if (close < 0) throw xmlFault(text, open, 'a value with two quotes', 'one quote');
    if (attributes.has(name)) throw xmlFault(text, start, 'each attribute once', quoted(name));
    const value = decodeAttribute(text, open + 1, close);
    const column = this.#lines.columnAt(start);
    attributes.set(name, { name, value, line: this.#lines.line, column });
    return close + 1;
  }

  #endTag(textStart: number, word: number, at: number): number {
    const text = this.#text;
    const open = this.#open.pop();
    if (open === undefined) throw xmlFault(text, at, 'an element', quoted(text.slice(at, at + 20)));
    const { name, attributes, line, column, start, contentStart } = open;
    const end = endOfEndTag(text, at, open);
    const children =
      textStart === contentStart
        ? this.#leaf(textStart, word, at)
        : this.#childrenOf(open, textStart, word, at);
    this.#inner = this.#open.at(-1);
    const element: XmlElement = { kind: 'element', name, attributes, children, line, column };
    this.#add(element, { start, contentStart, contentEnd: at, end });
    return end;
  }

  #add(element: XmlElement, span: XmlSpan): void {
    (this.#inner?.children ?? this.#roots).push(element);
    this.#spans?.set(element, span);
  }

  /** The children of an element that has nothing but plain text. */
  #leaf(start: number, word: number, end: number): readonly XmlText[] {
    if (start === end) return [];
    const column = this.#lines.columnAt(word < end ? word : start);
    const text = decodeText(this.#text.slice(start, end));
    return [{ kind: 'text', text, line: this.#lines.line, column }];
  }

  #childrenOf(
    { children, hasText, pieces }: OpenElement,
    textStart: number,
    word: number,
    end: number,
  ): readonly (XmlElement | XmlText)[] {
    if (end === word && !hasText && children.length > 0) {
      this.#pieces.length = pieces;
      return children;
    }
    if (end > textStart) this.#pieces.push({ before: children.length, start: textStart, end });
    this.#placeAt ??= placesIn(this.#text);
    return mixedContent(this.#text, children, this.#pieces.splice(pieces), this.#placeAt);
  }
}

function skipBlanks(text: string, start: number): number {
  let at = start;
  while (at < text.length && isBlankCode(text.charCodeAt(at))) at++;
  return at;
}

function endOfEndTag(text: string, start: number, { name, line }: OpenElement): number {
  const nameEnd = start + 2 + name.length;
  if (text.startsWith(name, start + 2)) {
    if (text.charCodeAt(nameEnd) === greater) return nameEnd + 1;
    const end = skipBlanks(text, nameEnd);
    if (text.charCodeAt(end) === greater) return end + 1;
  }
  const tag = /^<\/[^<>]*>?/.exec(text.slice(start, start + 80))?.[0] ?? '';
  throw xmlFault(text, start, `</${name}> for the tag on line ${line}`, quoted(tag));
}
