import type { Document, LineCounter, Node } from 'yaml';
import { isCollection, isMap, isNode, isScalar, isSeq, visit } from 'yaml';
import type { z } from 'zod';
import { AppError, formatPlace } from '../errors.ts';
import { allowedKeys } from './schema.ts';

/** A thing wrong in the workspace file; `offset` counts characters from its start. */
export type ConfigProblem = { readonly offset: number; readonly text: string };

/** One line per problem, in the order of the file; the error's place is that of the first. */
export function configError(
  problems: readonly ConfigProblem[],
  fileName: string,
  lines: LineCounter,
): AppError {
  const placed = problems
    .toSorted((a, b) => a.offset - b.offset)
    .map(({ offset, text }) => {
      const { line, col } = lines.linePos(offset);
      return { text, place: { file: fileName, line, column: col } };
    });
  const [first, ...rest] = placed;
  const more = rest.map(({ place, text }) => `${formatPlace(place)}: ${text}`);
  const place = first ? { place: first.place } : {};
  return new AppError('config-invalid', [first?.text, ...more].join('\n'), place);
}

/** What is not YAML, and tags and aliases that mean nothing here. */
export function syntaxProblems(document: Document.Parsed): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [...document.errors, ...document.warnings].map(
    ({ pos, message }) => ({ offset: pos[0], text: message }),
  );
  const report = (node: Node, text: string) =>
    problems.push({ offset: node.range?.[0] ?? 0, text });
  visit(document, {
    // Aliases would make one edit of the file change several phones, and expand without end.
    Alias: (_, alias) => void report(alias, `aliases such as *${alias.source} are not read here`),
    Pair: (_, { key }) => {
      if (isCollection(key)) report(key, 'a key must be a single word or text');
    },
  });
  return problems;
}

/** What is YAML but not the shape of the workspace file. */
export function schemaProblems(
  issue: z.core.$ZodIssue,
  document: Document,
): readonly ConfigProblem[] {
  const path = issue.path.map(String);
  const offset = offsetOf(document, path);
  const name = path.join('.') || 'the file';
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      offset: offsetOf(document, [...path, key], 'key'),
      text: unknownKey([...path, key].join('.'), key, allowedKeys(path)),
    }));
  if (issue.code !== 'invalid_type') return [{ offset, text: `${name}: ${issue.message}` }];
  const expected = kindsOfValue[issue.expected] ?? 'lines "key: value" below it';
  return [{ offset, text: `${name}: expected ${expected}, found ${kindOf(issue.input)}` }];
}

const kindsOfValue: Readonly<Record<string, string>> = {
  string: 'one value',
  array: 'a list',
};

function kindOf(input: unknown): string {
  if (typeof input === 'string') return `"${input}"`;
  return Array.isArray(input) ? 'a list' : 'a map of keys';
}

/** Of the value, or of its key where it has no text of its own. */
function offsetOf(
  document: Document,
  path: readonly string[],
  want: 'key' | 'value' = 'value',
): number {
  let node: unknown = document.contents;
  let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  for (const [index, name] of path.entries()) {
    if (isSeq(node)) {
      node = node.items[Number(name)];
      if (isNode(node)) offset = node.range?.[0] ?? offset;
      continue;
    }
    const pair = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && String(key.value) === name)
      : undefined;
    const last = index === path.length - 1;
    const spot = last && want === 'key' ? pair?.key : (pair?.value ?? pair?.key);
    if (isNode(spot)) offset = spot.range?.[0] ?? offset;
    node = pair?.value;
  }
  return offset;
}

function unknownKey(name: string, key: string, allowed: readonly string[]): string {
  const [near] = allowed
    .map((word) => ({ word, edits: distance(key.toLowerCase(), word) }))
    .filter(({ edits }) => edits <= 2)
    .sort((a, b) => a.edits - b.edits);
  const hint = near ? `; did you mean "${near.word}"?` : '';
  return `${name} is not a known key${hint} (allowed: ${allowed.join(', ')})`;
}

/** Insertions, deletions and replacements that turn one word into the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(b).entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, replaced));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
