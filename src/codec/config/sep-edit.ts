import { imageName } from '../text/image-name.ts';
import { unwritable } from '../text/place.ts';
import type { XmlDocument } from './xml-document.ts';
import { children } from './xml-element.ts';
import { elementAt, setTextAt, setTextBelow } from './xml-path.ts';

// A phone's file is changed with `setTextAt` (xml-path.ts) too.

/** Names the image that the phone shall load; '' leaves it on the one that it runs. */
export function setSepLoad(document: XmlDocument, image: string): XmlDocument {
  const value = image === '' ? '' : imageName(image, 'loadInformation');
  return setTextAt(document, 'loadInformation', value);
}

/**
 * Sets an element of a line, e.g. `authPassword`. Lines are known by their `lineIndex`. Throws a
 * CodecError where the file has no such line.
 */
export function setLineText(
  document: XmlDocument,
  lineIndex: number,
  path: string,
  value: string,
): XmlDocument {
  const lines = elementAt(document.root, 'sipProfile/sipLines');
  const line = children(lines ?? document.root, 'line').find(
    (node) => Number(node.attributes.get('lineIndex')?.value ?? NaN) === lineIndex,
  );
  if (line === undefined) throw unwritable('line', 'a line of the file', `${lineIndex}`);
  return setTextBelow(document, line, path, value);
}
