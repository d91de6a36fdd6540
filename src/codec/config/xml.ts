import { faultAt } from '../text/place.ts';
import type { XmlElement } from './xml-element.ts';
import { XmlReader, type XmlSpan } from './xml-reader.ts';
import { xmlFault } from './xml-text.ts';

export * from './xml-element.ts';
export { encodeXml, type XmlOptions } from './xml-writer.ts';

/**
 * XML 1.0 without namespaces (`xsi:type` needs no `xmlns:xsi`), without document types and other
 * entities than the five of XML itself. Comments and processing instructions are left out, and so
 * are blanks between elements. `spans`, if given, takes where each element stands. Throws a
 * CodecError that names line and column.
 */
export function decodeXml(text: string, spans?: Map<XmlElement, XmlSpan>): XmlElement {
  const [root, second] = new XmlReader(text, spans).read();
  if (root === undefined) throw xmlFault(text, text.length, 'an element');
  if (second) throw faultAt(text, second, 'one root element', `<${second.name}> after it`);
  return root;
}

/** As `decodeXml`, but any number of elements may stand side by side. */
export function decodeXmlFragments(
  text: string,
  spans?: Map<XmlElement, XmlSpan>,
): readonly XmlElement[] {
  return new XmlReader(text, spans).read();
}
