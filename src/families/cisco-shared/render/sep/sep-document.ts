import { element, encodeXml, type XmlElement } from '../../../../codec/config/xml.ts';
import type { WrittenValue } from '../../../../model/render.ts';
import { inFileOrder } from './sep-order.ts';

/** Children by `name` or `name[2]`, attributes by their names, and what its own text is. */
type Node = {
  readonly children: Map<string, Node>;
  readonly attributes: Map<string, WrittenValue>;
  text?: WrittenValue;
};

const newNode = (): Node => ({ children: new Map(), attributes: new Map() });

/** The text of a phone's file, and its values in the order in which they stand in it. */
export type SepDocument = {
  readonly content: string;
  readonly values: readonly WrittenValue[];
};

/**
 * A `SEP<MAC>.cnf.xml` of values by path: `devicePool/dateTimeSetting/timeZone`,
 * `sipProfile/sipLines/line[1]/@button`. Elements come in the order of files of Cisco's servers.
 */
export function sepDocument(
  values: readonly WrittenValue[],
  row: (path: string) => number,
): SepDocument {
  const root = newNode();
  for (const value of values) put(root, value);
  const inOrder: WrittenValue[] = [];
  const device = elementOf('device', '', root, { row, inOrder });
  return { content: encodeXml(device, { declaration: true }), values: inOrder };
}

function put(root: Node, value: WrittenValue): void {
  let node = root;
  for (const step of value.key.split('/')) {
    if (step.startsWith('@')) {
      node.attributes.set(step.slice(1), value);
      return;
    }
    const next = node.children.get(step) ?? newNode();
    node.children.set(step, next);
    node = next;
  }
  node.text = value;
}

type Walk = { readonly row: (path: string) => number; readonly inOrder: WrittenValue[] };

function elementOf(name: string, path: string, node: Node, walk: Walk): XmlElement {
  const { attributes, text } = node;
  walk.inOrder.push(...attributes.values(), ...(text ? [text] : []));
  const steps = [...node.children.keys()];
  const names = [...new Set(steps.map(nameOf))];
  const children = inFileOrder(path, names, walk.row).flatMap((childName) =>
    steps
      .filter((step) => nameOf(step) === childName)
      .toSorted((a, b) => indexOf(a) - indexOf(b))
      .flatMap((step) => {
        const child = node.children.get(step);
        const childPath = path === '' ? childName : `${path}/${childName}`;
        return child ? [elementOf(childName, childPath, child, walk)] : [];
      }),
  );
  const written = [...attributes].map(([key, { value }]) => [key, value] as const);
  const content = children.length > 0 ? children : (text?.value ?? '');
  return element(name, Object.fromEntries(written), content);
}

function nameOf(step: string): string {
  return step.replace(/\[\d+\]$/, '');
}

function indexOf(step: string): number {
  return Number(/\[(\d+)\]$/.exec(step)?.[1] ?? 0);
}
