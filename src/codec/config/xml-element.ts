import type { Place } from '../text/place.ts';

/** Where its name stands. */
export type XmlAttribute = { readonly name: string; readonly value: string } & Place;

/** Where its first character that is no blank stands. */
export type XmlText = { readonly kind: 'text'; readonly text: string } & Place;

/** Where its `<` stands; line and column are 0 for an element that was built, not read. */
export type XmlElement = {
  readonly kind: 'element';
  readonly name: string;
  readonly attributes: ReadonlyMap<string, XmlAttribute>;
  readonly children: readonly (XmlElement | XmlText)[];
} & Place;

const nowhere: Place = { line: 0, column: 0 };

/** Builds an element from attributes and texts or elements, in this order. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  content: string | readonly (XmlElement | string)[] = [],
): XmlElement {
  const nodes = typeof content === 'string' ? [content] : content;
  return {
    kind: 'element',
    name,
    attributes: new Map(
      Object.entries(attributes).map(([key, value]) => [key, { name: key, value, ...nowhere }]),
    ),
    children: nodes
      .filter((node) => node !== '')
      .map((node) =>
        typeof node === 'string' ? { kind: 'text' as const, text: node, ...nowhere } : node,
      ),
    ...nowhere,
  };
}

/** The first child element of that name. */
export function child(parent: XmlElement, name: string): XmlElement | undefined {
  for (const node of parent.children)
    if (node.kind === 'element' && node.name === name) return node;
  return undefined;
}

/** The child elements, of one name if given. */
export function children(parent: XmlElement, name?: string): readonly XmlElement[] {
  const elements = parent.children.filter((node) => node.kind === 'element');
  return name === undefined ? elements : elements.filter((node) => node.name === name);
}

/** The element's own text without the blanks around it; '' where there is none. */
export function textOf(node: XmlElement | undefined): string {
  if (!node) return '';
  let text = '';
  for (const part of node.children) if (part.kind === 'text') text += part.text;
  return text.trim();
}

/** An attribute by its name in any letter case, as phones look them up in dial plans. */
export function attributeOf(node: XmlElement, name: string): XmlAttribute | undefined {
  const wanted = name.toLowerCase();
  for (const each of node.attributes.values()) if (each.name.toLowerCase() === wanted) return each;
  return undefined;
}
