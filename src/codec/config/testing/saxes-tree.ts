import { SaxesParser } from 'saxes';
import type { XmlElement } from '../xml.ts';

/** Names, values and texts of an element, without places. */
export type XmlShape = readonly [
  name: string,
  attributes: readonly (readonly [string, string])[],
  content: readonly (XmlShape | string)[],
];

/** The shape of a tree that our reader made. */
export function xmlShape({ name, attributes, children }: XmlElement): XmlShape {
  const values = [...attributes.values()].map((each) => [each.name, each.value] as const);
  return [
    name,
    values,
    children.map((each) => (each.kind === 'text' ? each.text : xmlShape(each))),
  ];
}

/** The document as another reader, written by others, sees it; undefined where it sees a fault. */
export function saxesTree(text: string): XmlShape | undefined {
  const parser = new SaxesParser({ forceXMLVersion: true, defaultXMLVersion: '1.0' });
  type Open = [string, [string, string][], (XmlShape | string)[]];
  const open: Open[] = [];
  let root: XmlShape | undefined;
  let faults = 0;
  const addText = (words: string) => {
    const siblings = open.at(-1)?.[2];
    const last = siblings?.at(-1);
    if (typeof last === 'string') siblings?.splice(-1, 1, last + words);
    else if (words !== '') siblings?.push(words);
  };
  const countFault = () => {
    faults++;
  };
  parser.on('error', countFault);
  parser.on('doctype', countFault);
  parser.on('opentag', ({ name, attributes }) => {
    open.push([name, Object.entries(attributes).map(([key, value]) => [key, String(value)]), []]);
  });
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed === undefined) return;
    const node: XmlShape = [closed[0], closed[1], withoutBlanks(closed[2])];
    const parent = open.at(-1);
    if (parent) parent[2].push(node);
    else root = node;
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.write(text).close();
  return faults === 0 ? root : undefined;
}

function withoutBlanks(content: readonly (XmlShape | string)[]): readonly (XmlShape | string)[] {
  const elements = content.filter((node) => typeof node !== 'string');
  const hasText = content.some((node) => typeof node === 'string' && /[^ \t\r\n]/.test(node));
  return elements.length > 0 && !hasText ? elements : content;
}
