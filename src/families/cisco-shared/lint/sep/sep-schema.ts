import type { Parameter } from '../../../../model/parameter.ts';
import { type QuickCheck, quickCheck } from './quick-check.ts';
import { sepTable } from '../../../cisco-java/parameters/sep.ts';

/** An element that phones know, and what may stand in it. */
export type KnownElement = {
  readonly name: string;
  /** From `device`. */
  readonly path: string;
  readonly content: KnownValue | undefined;
  readonly children: ReadonlyMap<string, KnownElement>;
  readonly attributes: ReadonlyMap<string, KnownValue>;
};

/** What may stand in an element or attribute. */
export type KnownValue = {
  readonly parameter: Parameter;
  readonly isRight: QuickCheck;
  /** A right value may yet be a placeholder. */
  readonly isFree: boolean;
};

type Growing = {
  readonly name: string;
  readonly path: string;
  content: KnownValue | undefined;
  readonly children: Map<string, Growing>;
  readonly attributes: Map<string, KnownValue>;
};

function growing(name: string, path: string): Growing {
  return { name, path, content: undefined, children: new Map(), attributes: new Map() };
}

/** The elements of a phone's file, from the paths of the parameter table. */
export const deviceElement: KnownElement = schemaOf(sepTable.parameters);

function schemaOf(parameters: readonly Parameter[]): KnownElement {
  const root = growing('device', '');
  for (const parameter of parameters)
    for (const path of writtenPaths(parameter)) put(root, path.split('/'), knownValue(parameter));
  return root;
}

/** With `N` filled in. */
function writtenPaths({ name, aliases = [], indexes }: Parameter): readonly string[] {
  const names = [name, ...aliases];
  if (!indexes) return names;
  const [first, last] = indexes;
  return names.flatMap((path) =>
    Array.from({ length: last - first + 1 }, (_, at) =>
      path.replace(/N(?=[^N]*$)/, String(first + at)),
    ),
  );
}

function knownValue(parameter: Parameter): KnownValue {
  const { type } = parameter;
  const isFree = type.kind !== 'integer' && type.kind !== 'choice';
  return { parameter, isRight: quickCheck(type), isFree };
}

function put(root: Growing, steps: readonly string[], value: KnownValue): void {
  let at = root;
  for (const step of steps) {
    if (step.startsWith('@')) return void at.attributes.set(step.slice(1), value);
    const path = at.path === '' ? step : `${at.path}/${step}`;
    const next = at.children.get(step) ?? growing(step, path);
    at.children.set(step, next);
    at = next;
  }
  at.content = value;
}
