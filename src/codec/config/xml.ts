import { SaxesParser } from 'saxes';
import {
  faultAtOffset,
  firstPlace,
  type Place,
  placesIn,
  quoted,
  unwritable,
} from '../text/place.ts';
import type { XmlAttribute, XmlElement, XmlText } from './xml-element.ts';

export * from './xml-element.ts';

export type XmlOptions = {
  /** Begins with `<?xml version="1.0" encoding="UTF-8"?>`. Default: false. */
  readonly declaration?: boolean;
  /** Writes `<a/>` for an empty element; the default is `<a></a>`, as in Cisco's own files. */
  readonly selfClosing?: boolean;
};

/** Deepest nesting and longest text that are read or written. */
const maxDepth = 64;
const maxCharacters = 2 * 1024 * 1024;

type OpenElement = {
  readonly name: string;
  readonly place: Place;
  readonly attributes: Map<string, XmlAttribute>;
  readonly children: (XmlElement | XmlText)[];
};

/**
 * XML 1.0 without namespaces (`xsi:type` needs no `xmlns:xsi`), without document types and other
 * entities than the five of XML itself. Comments and processing instructions are left out, and so
 * are blanks between elements. Throws a CodecError that names line and column.
 */
export function decodeXml(text: string): XmlElement {
  if (text.length > maxCharacters)
    throw faultAtOffset(firstPlace, 0, `at most ${maxCharacters} characters`, `${text.length}`);
  const placeAt = placesIn(text);
  const fail = (position: number, claimed: string, actual: string): never => {
    // saxes counts a carriage return at the very end twice.
    const offset = Math.min(position, text.length);
    throw faultAtOffset(placeAt(offset), offset, claimed, actual);
  };
  const parser = new SaxesParser({ position: true });
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let textStart = 0;
  const firstWord = () => textStart + text.slice(textStart).search(/\S|$/);
  const addText = (characters: string) =>
    appendText(open.at(-1)?.children, characters, placeAt(firstWord()));

  parser.on('opentagstart', ({ name }) => {
    const start = text.lastIndexOf('<', parser.position - 1);
    if (open.length === maxDepth) fail(start, `at most ${maxDepth} levels of elements`, 'more');
    open.push({ name, place: placeAt(start), attributes: new Map(), children: [] });
  });
  parser.on('attribute', ({ name, value }) => {
    const place = placeAt(startOfAttribute(text, name, parser.position));
    open.at(-1)?.attributes.set(name, { name, value, ...place });
  });
  parser.on('opentag', () => void (textStart = parser.position));
  parser.on('closetag', ({ isSelfClosing }) => {
    textStart = parser.position;
    const closed = open.pop();
    if (closed === undefined) return;
    const start = text.lastIndexOf('<', textStart - 1);
    const tag = text.slice(start, textStart);
    if (!isSelfClosing && tag.slice(2, -1).trim() !== closed.name)
      fail(start, `</${closed.name}> for the tag on line ${closed.place.line}`, quoted(tag));
    const node = elementOf(closed);
    const parent = open.at(-1);
    if (parent === undefined) root = node;
    else parent.children.push(node);
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('comment', () => void (textStart = parser.position + 1));
  parser.on('processinginstruction', () => void (textStart = parser.position));
  parser.on('doctype', () =>
    fail(text.lastIndexOf('<!DOCTYPE', parser.position), 'no document type', '<!DOCTYPE'),
  );
  parser.on('error', ({ message }) => {
    const what = message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
    if (what.startsWith('text data outside')) fail(firstWord(), 'well-formed XML', what);
    if (!/^unclosed tag|^unexpected end/.test(what))
      fail(Math.max(parser.position - 1, 0), 'well-formed XML', what);
    const last = open.at(-1);
    const tag = last ? `</${last.name}> for the tag on line ${last.place.line}` : 'more';
    fail(text.length, tag, 'the end of the text');
  });
  parser.write(text).close();
  return root ?? fail(text.length, 'an element', 'the end of the text');
}

/**
 * Indented by two blanks, escaped; an element with text of its own stands on one line. Throws a
 * CodecError for names and characters that XML 1.0 does not have.
 */
export function encodeXml(root: XmlElement, options: XmlOptions = {}): string {
  const start = options.declaration === true ? '<?xml version="1.0" encoding="UTF-8"?>\n' : '';
  return `${start}${encodeElement(root, options, 0, true)}\n`;
}

/** The parser stands behind the closing quote. */
function startOfAttribute(text: string, name: string, position: number): number {
  const quote = text.charAt(position - 1);
  const equals = text.lastIndexOf('=', text.lastIndexOf(quote, position - 2));
  return text.lastIndexOf(name, equals - name.length);
}

function appendText(
  siblings: (XmlElement | XmlText)[] | undefined,
  text: string,
  place: Place,
): void {
  const last = siblings?.at(-1);
  if (last?.kind === 'text') siblings?.splice(-1, 1, { ...last, text: last.text + text });
  else if (text !== '') siblings?.push({ kind: 'text', text, ...place });
}

function elementOf({ name, place, attributes, children }: OpenElement): XmlElement {
  const isBlank = (node: XmlElement | XmlText) =>
    node.kind === 'text' && !/[^ \t\r\n]/.test(node.text);
  const elements = children.filter((node) => node.kind === 'element');
  const mixed = children.some((node) => node.kind === 'text' && !isBlank(node));
  const kept = elements.length > 0 && !mixed ? elements : children;
  return { kind: 'element', name, attributes, children: kept, ...place };
}

function encodeElement(
  node: XmlElement,
  options: XmlOptions,
  depth: number,
  indented: boolean,
): string {
  if (depth === maxDepth) throw unwritable('element', `at most ${maxDepth} levels`, node.name);
  const attributes = [...node.attributes.values()].map(
    ({ name, value }) => ` ${checkedName(name)}="${escape(value, /[&<>"\t\n\r]/g)}"`,
  );
  const start = `${checkedName(node.name)}${attributes.join('')}`;
  if (node.children.length === 0)
    return options.selfClosing === true ? `<${start}/>` : `<${start}></${node.name}>`;
  const indentChildren = indented && node.children.every((each) => each.kind === 'element');
  const parts = node.children.map((each) =>
    each.kind === 'text'
      ? escape(each.text, /[&<>\r]/g)
      : encodeElement(each, options, depth + 1, indentChildren),
  );
  if (!indentChildren) return `<${start}>${parts.join('')}</${node.name}>`;
  const indent = '  '.repeat(depth);
  return `<${start}>\n${parts.map((part) => `${indent}  ${part}\n`).join('')}${indent}</${node.name}>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

// XML 1.0 section 2.2 [2] Char and section 2.3 [4] NameStartChar, [4a] NameChar.
const noCharacter = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const nameStart =
  ':A-Z_a-z\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D' +
  '\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const nameOfXml = new RegExp(
  `^[${nameStart}][${nameStart}\\-.0-9\\xB7\\u0300-\\u036F\\u203F\\u2040]*$`,
  'u',
);

function checkedName(name: string): string {
  if (nameOfXml.test(name)) return name;
  throw unwritable('name', 'an XML name', name);
}

function escape(text: string, special: RegExp): string {
  const [bad] = noCharacter.exec(text) ?? [];
  if (bad !== undefined) throw unwritable('text', 'characters of XML 1.0', bad);
  return text.replace(special, (each) => entities[each] ?? `&#${each.charCodeAt(0)};`);
}
