import { child, children, textOf, type XmlElement } from '../../../../codec/config/xml.ts';
import { valueProblem } from '../../../../model/parameter-value.ts';
import type { Parameter } from '../../../../model/parameter.ts';
import { type LoadName, readLoadName } from '../firmware/load-name.ts';
import { isPlaceholder } from '../../../shared/lint/placeholder.ts';
import { deviceElement, type KnownElement, type KnownValue } from './sep-schema.ts';

/** A value that its parameter cannot have, or that nobody has filled in. */
export type OddValue = {
  readonly parameter: Parameter;
  readonly name: string;
  readonly value: string;
  /** What it should be instead; undefined for a placeholder. */
  readonly wanted: string | undefined;
  /** Where the value stands. */
  readonly at: { readonly line: number; readonly column: number };
};

/** An element that the table does not know, in one that it knows. */
export type Stranger = { readonly element: XmlElement; readonly parent: KnownElement };

/** `SEP<MAC>.cnf.xml` */
export type SepFile = {
  readonly root: XmlElement;
  /** In upper case; '' where the file does not say. */
  readonly protocol: string;
  readonly load: XmlElement | undefined;
  /** '' leaves the phone on what it runs. */
  readonly image: string;
  readonly loadName: LoadName | undefined;
  readonly odd: readonly OddValue[];
  readonly strangers: readonly Stranger[];
  readonly sipProfile: XmlElement | undefined;
  /** The `line` elements. */
  readonly keys: readonly XmlElement[];
  /** The `processNodeName` elements of the call managers. */
  readonly servers: readonly XmlElement[];
};

export function sepFileOf(root: XmlElement): SepFile {
  const odd: OddValue[] = [];
  const strangers: Stranger[] = [];
  collect(root, deviceElement, odd, strangers);
  const load = child(root, 'loadInformation');
  const image = textOf(load);
  const sipProfile = child(root, 'sipProfile');
  const lines = sipProfile && child(sipProfile, 'sipLines');
  return {
    root,
    protocol: textOf(child(root, 'deviceProtocol')).toUpperCase(),
    load,
    image,
    loadName: image === '' ? undefined : readLoadName(image),
    odd,
    strangers,
    sipProfile,
    keys: lines ? children(lines, 'line') : [],
    servers: serversOf(root),
  };
}

/** Walks over the file once: it has some two hundred elements. */
function collect(
  element: XmlElement,
  known: KnownElement,
  odd: OddValue[],
  strangers: Stranger[],
): void {
  if (element.attributes.size > 0)
    for (const attribute of element.attributes.values()) {
      const { name, value } = attribute;
      const meant = known.attributes.get(name);
      if (meant) check(meant, value.trim(), name, attribute, odd);
    }
  for (const part of element.children)
    if (part.kind === 'text') {
      const { content, name } = known;
      if (content) check(content, part.text.trim(), name, part, odd);
    } else {
      const next = known.children.get(part.name);
      if (next) collect(part, next, odd, strangers);
      else strangers.push({ element: part, parent: known });
    }
}

function check(
  { parameter, isRight, isFree }: KnownValue,
  value: string,
  name: string,
  at: OddValue['at'],
  odd: OddValue[],
): void {
  const right = isRight(value);
  if (right && !isFree) return;
  if (isPlaceholder(value)) return void odd.push({ parameter, name, value, wanted: undefined, at });
  const wanted = right ? undefined : valueProblem(parameter, value);
  if (wanted !== undefined) odd.push({ parameter, name, value, wanted, at });
}

/** Of `devicePool`, and of the root as in XMLDefault.cnf.xml. */
export function serversOf(root: XmlElement): readonly XmlElement[] {
  const pool = child(root, 'devicePool') ?? root;
  const members = childAt(pool, ['callManagerGroup', 'members']);
  if (!members) return [];
  return children(members, 'member').flatMap(
    (member) => childAt(member, ['callManager', 'processNodeName']) ?? [],
  );
}

function childAt(root: XmlElement, path: readonly string[]): XmlElement | undefined {
  let at: XmlElement | undefined = root;
  for (const name of path) at = at && child(at, name);
  return at;
}

/** Text of an element in the line, e.g. `featureID`. */
export function lineText(line: XmlElement, name: string): string {
  return textOf(child(line, name));
}

/** Whether the file's SIP settings are for a Java phone; a 7940 or 7960 has them in .cnf files. */
export function hasSipSettings({ protocol, sipProfile, loadName }: SepFile): boolean {
  if (sipProfile === undefined || loadName?.hardware === '7940/7960') return false;
  return protocol !== 'SCCP' && loadName?.image.protocol !== 'SCCP';
}
