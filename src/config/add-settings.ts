import { isMap, isNode, isScalar, Scalar, stringify } from 'yaml';
import type { Document, Pair, YAMLMap } from 'yaml';
import type { SettingValues } from '../model/settings.ts';

/** Where settings stand: those of the fleet, or of one site, model or group. */
export type SettingsPath =
  readonly ['settings'] | readonly ['sites' | 'models' | 'groups', name: string, 'settings'];

/**
 * The text of the workspace file with more settings; no other character of it is changed. `document`
 * is that text as read. Settings that are there already must not be given again. Undefined where the
 * place is written in braces, `{a: b}`, which only a person can take apart without loss.
 */
export function addSettings(
  text: string,
  document: Document,
  path: SettingsPath,
  values: SettingValues,
): string | undefined {
  const end = /\r\n|\n/.exec(text)?.[0] ?? '\n';
  let parent: unknown = document.contents;
  let spot: Spot = { offset: text.length, indent: '' };
  for (const [depth, step] of path.entries()) {
    const found = pairOf(parent, step);
    if (!found) return inserted(text, spot, linesOf(path.slice(depth), values), end);
    const below = spotBelow(text, found, spot.indent);
    if (!below) return undefined;
    spot = below;
    parent = found.value;
  }
  return inserted(text, spot, linesOf([], values), end);
}

/** The start of a line, and how far its content is indented. */
type Spot = { readonly offset: number; readonly indent: string };

function pairOf(node: unknown, name: string): Pair | undefined {
  if (!isMap(node)) return undefined;
  return node.items.find(({ key }) => isScalar(key) && String(key.value) === name);
}

/** Behind the last line of what a key holds; right behind the key where it holds nothing. */
function spotBelow(text: string, pair: Pair, indent: string): Spot | undefined {
  const { value } = pair;
  if (isMap(value)) return value.flow === true ? undefined : behindLast(text, value);
  return { offset: nextLine(text, endOf(pair)), indent: `${indent}  ` };
}

function behindLast(text: string, map: YAMLMap): Spot | undefined {
  const [first] = map.items;
  const last = map.items.at(-1);
  if (!first || !last || !isNode(first.key)) return undefined;
  const start = first.key.range?.[0] ?? 0;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  return { offset: nextLine(text, endOf(last)), indent: text.slice(lineStart, start) };
}

/** Of what a key holds, or of the key. */
function endOf({ key, value }: Pair): number {
  if (isMap(value)) {
    const last = value.items.at(-1);
    return last && value.flow !== true ? endOf(last) : (value.range?.[1] ?? 0);
  }
  const node = isNode(value) ? value : key;
  return isNode(node) ? (node.range?.[1] ?? 0) : 0;
}

function nextLine(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset;
  const feed = text.indexOf('\n', offset);
  return feed < 0 ? text.length : feed + 1;
}

/** Steps that are not there yet, then the settings below them. */
function linesOf(steps: readonly string[], values: SettingValues): readonly string[] {
  const [step, ...deeper] = steps;
  if (step !== undefined)
    return [`${scalar(step)}:`, ...linesOf(deeper, values).map((line) => `  ${line}`)];
  return Object.entries(values).map(([name, value]) => `${scalar(name)}: ${scalar(value)}`);
}

/** On one line, in quotes where it has to be. */
function scalar(value: string): string {
  const node = new Scalar(value);
  if (value === '' || /[^\x20-\x7e\xa0-\uffff]/.test(value)) node.type = Scalar.QUOTE_DOUBLE;
  return stringify(node, { schema: 'failsafe', lineWidth: 0 }).trimEnd();
}

function inserted(
  text: string,
  { offset, indent }: Spot,
  lines: readonly string[],
  end: string,
): string {
  const before = text.slice(0, offset);
  const gap = before === '' || before.endsWith('\n') ? '' : end;
  const added = lines.map((line) => `${indent}${line}${end}`).join('');
  return `${before}${gap}${added}${text.slice(offset)}`;
}
