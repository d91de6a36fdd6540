import { type Splice, spliceText } from '../text/splice.ts';
import { attributeSplices, insertSplices, removeSplices, textSplices } from './xml-splices.ts';
import { decodeXml, decodeXmlFragments, type XmlElement, type XmlOptions } from './xml.ts';
import type { XmlSpan } from './xml-reader.ts';

/**
 * XML with its text: what is not changed keeps its bytes, with comments, order, blanks, line ends
 * and declaration. Every change gives a new document; elements of the old one are none of the new.
 */
export type XmlDocument = {
  readonly text: string;
  readonly root: XmlElement;
  /** The root alone, or in a document of fragments all elements that stand side by side. */
  readonly roots: readonly XmlElement[];
  readonly fragments: boolean;
  readonly spans: ReadonlyMap<XmlElement, XmlSpan>;
};

export type XmlDocumentOptions = {
  /** Any number of elements, but one at least, may stand side by side. Default: false. */
  readonly fragments?: boolean;
};

/** Throws a CodecError where it is no XML. */
export function decodeXmlDocument(text: string, options: XmlDocumentOptions = {}): XmlDocument {
  const spans = new Map<XmlElement, XmlSpan>();
  const fragments = options.fragments === true;
  const roots = fragments ? decodeXmlFragments(text, spans) : [decodeXml(text, spans)];
  const [root = decodeXml(text)] = roots;
  return { text, root, roots, fragments, spans };
}

/** The text of the document, as it was read where it was not changed. */
export function encodeXmlDocument(document: XmlDocument): string {
  return document.text;
}

/** Sets the text of an element that has no elements in it; comments stay. */
export function setText(document: XmlDocument, element: XmlElement, value: string): XmlDocument {
  return spliceXml(document, textSplices(document, element, value));
}

/** Undefined takes the attribute away. */
export function setAttribute(
  document: XmlDocument,
  element: XmlElement,
  name: string,
  value: string | undefined,
): XmlDocument {
  return spliceXml(document, attributeSplices(document, element, name, value));
}

/** Adds an element as the last one of its parent, or before one of the parent's elements. */
export function insertElement(
  document: XmlDocument,
  parent: XmlElement,
  element: XmlElement,
  options: Pick<XmlOptions, 'selfClosing'> & { readonly before?: XmlElement } = {},
): XmlDocument {
  return spliceXml(document, insertSplices(document, parent, element, options));
}

/** Takes an element away, and its line with it if nothing else stands there. */
export function removeElement(document: XmlDocument, element: XmlElement): XmlDocument {
  return spliceXml(document, removeSplices(document, element));
}

/** Changes the text; throws a CodecError where it is no such document any more. */
export function spliceXml(document: XmlDocument, splices: readonly Splice[]): XmlDocument {
  if (splices.length === 0) return document;
  return decodeXmlDocument(spliceText(document.text, splices), document);
}
