import { insertElement, setText, type XmlDocument } from './xml-document.ts';
import { child, element, type XmlElement } from './xml-element.ts';

/** The first element at a path below another one, e.g. `devicePool/dateTimeSetting/timeZone`. */
export function elementAt(root: XmlElement, path: string): XmlElement | undefined {
  return path
    .split('/')
    .reduce<XmlElement | undefined>((node, name) => node && child(node, name), root);
}

/** Sets the text of the first element at a path below the root; makes what is missing of it. */
export function setTextAt(document: XmlDocument, path: string, value: string): XmlDocument {
  return setTextBelow(document, document.root, path, value);
}

/** As `setTextAt`, with a path below another element. */
export function setTextBelow(
  document: XmlDocument,
  start: XmlElement,
  path: string,
  value: string,
): XmlDocument {
  const names = path.split('/');
  let parent = start;
  for (const [depth, name] of names.entries()) {
    const next = child(parent, name);
    if (next === undefined)
      return insertElement(document, parent, nested(names.slice(depth), value));
    parent = next;
  }
  return setText(document, parent, value);
}

function nested([name = '', ...deeper]: readonly string[], value: string): XmlElement {
  return element(name, {}, deeper.length === 0 ? value : [nested(deeper, value)]);
}
