import { unwritable } from '../text/place.ts';
import { badCharacter, isXmlName } from './xml-characters.ts';
import type { XmlElement } from './xml-element.ts';
import { maxDepth } from './xml-reader.ts';
import { encodeText } from './xml-text.ts';

export type XmlOptions = {
  /** Begins with `<?xml version="1.0" encoding="UTF-8"?>`. Default: false. */
  readonly declaration?: boolean;
  /** Writes `<a/>` for an empty element; the default is `<a></a>`, as in Cisco's own files. */
  readonly selfClosing?: boolean;
};

/** How the elements of an element are put on lines of their own. */
export type XmlLayout = {
  /** What stands before the element itself on its line. */
  readonly indent: string;
  readonly unit: string;
  readonly lineEnd: string;
};

const plainLayout: XmlLayout = { indent: '', unit: '  ', lineEnd: '\n' };

/**
 * Indented by two blanks, escaped; an element with text of its own stands on one line. Throws a
 * CodecError for names and characters that XML 1.0 does not have.
 */
export function encodeXml(root: XmlElement, options: XmlOptions = {}): string {
  const start = options.declaration === true ? '<?xml version="1.0" encoding="UTF-8"?>\n' : '';
  return `${start}${encodeElement(root, options.selfClosing === true, plainLayout)}\n`;
}

/** An element without the blanks and line ends around it; on one line without a layout. */
export function encodeElement(
  node: XmlElement,
  selfClosing: boolean,
  layout: XmlLayout | undefined,
  depth = 0,
): string {
  if (depth === maxDepth) throw unwritable('element', `at most ${maxDepth} levels`, node.name);
  const attributes = [...node.attributes.values()].map(
    ({ name, value }) => ` ${checkedName(name)}="${encodeAttribute(value)}"`,
  );
  const start = `${checkedName(node.name)}${attributes.join('')}`;
  if (node.children.length === 0) return selfClosing ? `<${start}/>` : `<${start}></${node.name}>`;
  const inner = node.children.every((each) => each.kind === 'element') ? layout : undefined;
  const deeper = inner && { ...inner, indent: inner.indent + inner.unit };
  const parts = node.children.map((each) =>
    each.kind === 'text'
      ? encodeContent(each.text)
      : encodeElement(each, selfClosing, deeper, depth + 1),
  );
  const before = deeper === undefined ? '' : deeper.lineEnd + deeper.indent;
  const after = inner === undefined ? '' : inner.lineEnd + inner.indent;
  return `<${start}>${parts.map((part) => before + part).join('')}${after}</${node.name}>`;
}

/** What stands between two quotes of this kind. */
export function encodeAttribute(value: string, quote = '"'): string {
  return encodeText(checkedText(value), quote === '"' ? /[&<>"\t\n\r]/g : /[&<>'\t\n\r]/g);
}

/** What stands between two tags. */
export function encodeContent(text: string): string {
  return encodeText(checkedText(text), /[&<>\r]/g);
}

export function checkedName(name: string): string {
  if (isXmlName(name)) return name;
  throw unwritable('name', 'an XML name', name);
}

function checkedText(text: string): string {
  const bad = badCharacter(text);
  if (bad !== undefined) throw unwritable('text', 'characters of XML 1.0', bad.character);
  return text;
}
