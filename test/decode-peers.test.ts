import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { test, type TestContext } from 'node:test';
import { saxesTree, xmlShape } from '../src/codec/config/testing/saxes-tree.ts';
import { decodeXml, encodeXml, type XmlElement } from '../src/codec/config/xml.ts';
import { decodeByteText } from '../src/codec/text/byte-text.ts';
import { ifReadable } from '../src/wire/if-readable.ts';
import { corpus, type CorpusFile, decodedOf, files, ofFormat, skipped } from './corpus-files.ts';
import { type ExpatElement, type ExpatResult, expatTrees, valuesByPath } from './expat-trees.ts';
import { requirePeer } from './peers.ts';

test('the XML reader sees what saxes sees, and refuses what saxes refuses', (t) => {
  if (corpus === undefined) return t.skip(skipped);
  let read = 0;
  for (const file of files.filter(({ name }) => basename(name).includes('.xml'))) {
    const { text } = decodeByteText(file.bytes);
    const ours = treeOf(text);
    assert.deepEqual(ours && xmlShape(ours), saxesTree(text), file.name);
    if (ours === undefined) continue;
    const again = treeOf(encodeXml(ours));
    assert.deepEqual(again && xmlShape(again), xmlShape(ours), file.name);
    read++;
  }
  assert.equal(read, 115);
});

function treeOf(text: string): XmlElement | undefined {
  return ifReadable(() => decodeXml(text));
}

/** Runs expat over the files of these formats. */
function comparedWithExpat(
  t: TestContext,
  formats: readonly string[],
  compare: (file: CorpusFile, result: ExpatResult) => void,
): void {
  if (corpus === undefined) return t.skip(skipped);
  const python = requirePeer(t, 'python3');
  if (python === undefined) return;
  const chosen = ofFormat(...formats);
  const results = expatTrees(
    python,
    chosen.map(({ path }) => path),
  );
  assert.equal(results.length, chosen.length);
  for (const [index, file] of chosen.entries()) {
    const result = results[index];
    assert.ok(result);
    compare(file, result);
  }
}

function assertRefusedByBoth(file: CorpusFile, { line }: { readonly line: number }): void {
  const error = decodedOf(file).findings.find(({ code }) => code === 'unreadable-file');
  assert.ok(error?.place?.line !== undefined && error.place.line <= line, file.name);
}

const mask = '********';

test('XML files have the values that expat reads in them', (t) => {
  let values = 0;
  comparedWithExpat(t, ['SEP', 'XMLDefault', 'XML'], (file, result) => {
    if ('error' in result) return assertRefusedByBoth(file, result);
    const expected = valuesByPath(result.root);
    const read = decodedOf(file)['values'] as Readonly<Record<string, string>>;
    assert.deepEqual(Object.keys(read).toSorted(), [...expected.keys()].toSorted(), file.name);
    for (const [path, value] of expected) {
      const isSecret = /(password|secret|KeyValue|WepKey\dValue)$/i.test(path) && value !== '';
      assert.equal(read[path], isSecret ? mask : value, `${file.name}: ${path}`);
      values++;
    }
  });
  if (corpus !== undefined) t.diagnostic(`${values} values compared`);
});

function elementsNamed(node: ExpatElement, name: string): readonly ExpatElement[] {
  const inner = node.content.filter((each) => typeof each !== 'string');
  return [...(node.name === name ? [node] : []), ...inner.flatMap((e) => elementsNamed(e, name))];
}

function textOf(node: ExpatElement | undefined, name: string): string {
  const [found] = node === undefined ? [] : elementsNamed(node, name);
  const texts = found?.content.filter((each) => typeof each === 'string') ?? [];
  return texts.join('').trim();
}

test('phones have the protocol, load and lines that expat reads', (t) => {
  comparedWithExpat(t, ['SEP'], (file, result) => {
    if ('error' in result) return;
    const phone = decodedOf(file);
    const direct = result.root.content.filter((each) => typeof each !== 'string');
    const own = (name: string) => direct.find((each) => each.name === name);
    const said = (name: string) => {
      const node = own(name);
      return (node && textOf(node, name)) || undefined;
    };
    assert.equal(phone['protocol'], said('deviceProtocol'), file.name);
    assert.equal(phone['load'], said('loadInformation'), file.name);
    const [lines] = direct.flatMap((each) => elementsNamed(each, 'sipLines'));
    const names = (lines ? elementsNamed(lines, 'line') : []).map((line) => textOf(line, 'name'));
    const read = phone['lines'] as readonly Readonly<Record<string, unknown>>[];
    assert.deepEqual(
      read.map(({ name }) => name ?? ''),
      names,
      file.name,
    );
    for (const { authPassword } of read)
      assert.ok([undefined, mask].includes(authPassword as string));
  });
});

test('default files have the loads that expat reads', (t) => {
  comparedWithExpat(t, ['XMLDefault'], (file, result) => {
    if ('error' in result) return;
    const expected: Record<string, string> = {};
    for (const node of result.root.content) {
      if (typeof node === 'string') continue;
      const [, number] = /^loadInformation(\d*)$/.exec(node.name) ?? [];
      const image = textOf(node, node.name);
      if (number !== undefined && image !== '')
        expected[number === '' ? 'others' : `${Number(number)}`] ??= image;
    }
    const loads = decodedOf(file)['loads'] as Readonly<Record<string, { readonly image: string }>>;
    const read = Object.entries(loads).map(([number, { image }]) => [number, image] as const);
    assert.deepEqual(Object.fromEntries(read), expected, file.name);
  });
});

test('dial plans, ring lists and syncinfo have what expat reads', (t) => {
  comparedWithExpat(t, ['dial plan', 'XML ring list', 'syncinfo'], (file, result) => {
    const data = decodedOf(file);
    if ('error' in result || data.findings.some(({ severity }) => severity === 'error')) return;
    const attributesOf = (node: ExpatElement) =>
      new Map(node.attributes.map(([name, value]) => [name.toUpperCase(), value]));
    const templates = elementsNamed(result.root, 'TEMPLATE').map((node) => {
      const given = attributesOf(node);
      return [given.get('MATCH'), given.get('TIMEOUT'), given.get('REWRITE')];
    });
    const rings = elementsNamed(result.root, 'Ring').map((node) => [
      textOf(node, 'DisplayName'),
      textOf(node, 'FileName'),
    ]);
    const images = elementsNamed(result.root, 'IMAGE').map((node) => [
      ...attributesOf(node).values(),
    ]);
    type Rows = readonly Readonly<Record<string, never>>[] | undefined;
    const rows = (key: string) => (data[key] as Rows) ?? [];
    assert.deepEqual(
      rows('templates').map(({ match, timeout, attributes }) => [
        match,
        `${timeout}`,
        (attributes as Record<string, string> | undefined)?.['REWRITE'],
      ]),
      templates,
      file.name,
    );
    assert.deepEqual(
      rows('rings').map(({ name, file: path }) => [name, path]),
      rings,
      file.name,
    );
    assert.deepEqual(
      rows('images').map(({ version, sync }) => [version, sync]),
      images,
      file.name,
    );
  });
});
