import { children, textOf, type XmlElement } from './xml-element.ts';

/** A text or an attribute, and where it stands. */
export type XmlValue = {
  /** Below the root: `sipProfile/sipLines/line[2]/name`, `member@priority`, `@uuid` of the root. */
  readonly path: string;
  /** Of the element or attribute alone. */
  readonly name: string;
  readonly value: string;
  readonly line: number;
  readonly column: number;
};

/**
 * Every attribute, every text, and '' for every element that has nothing in it, in the order of the
 * document. `[1]`, `[2]` … tell elements of one name apart where a parent has more than one.
 */
export function xmlValues(root: XmlElement): readonly XmlValue[] {
  return valuesOf(root, '');
}

function valuesOf(node: XmlElement, path: string): readonly XmlValue[] {
  const { name: element, line, column } = node;
  const attributes = [...node.attributes.values()].map((attribute) => ({
    ...attribute,
    path: `${path}@${attribute.name}`,
  }));
  const elements = children(node);
  const said = textOf(node);
  const text = { path, name: element, value: said, line, column };
  const steps = stepsTo(elements);
  const before = path === '' ? '' : `${path}/`;
  return [
    ...attributes,
    ...(elements.length === 0 || said !== '' ? [text] : []),
    ...elements.flatMap((each, index) => valuesOf(each, `${before}${steps[index] ?? ''}`)),
  ];
}

/** The names of the elements, numbered where there are more of one. */
function stepsTo(elements: readonly XmlElement[]): readonly string[] {
  const totals = new Map<string, number>();
  for (const { name } of elements) totals.set(name, (totals.get(name) ?? 0) + 1);
  const counts = new Map<string, number>();
  return elements.map(({ name }) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return (totals.get(name) ?? 0) > 1 ? `${name}[${count}]` : name;
  });
}
