import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rootNameOf } from './xml-root.ts';
import { xmlValues } from './xml-values.ts';
import { decodeXml, element, encodeXml, type XmlElement } from './xml.ts';

test('every text and attribute has its path and place', () => {
  const root = decodeXml('<a u="1">\n<b x="2"> t </b><c/><d><b/><b>s</b>mixed</d>\n<e> </e></a>');
  assert.deepEqual(
    xmlValues(root).map(({ path, name, value, line, column }) => [path, name, value, line, column]),
    [
      ['@u', 'u', '1', 1, 4],
      ['b@x', 'x', '2', 2, 4],
      ['b', 'b', 't', 2, 1],
      ['c', 'c', '', 2, 17],
      ['d', 'd', 'mixed', 2, 21],
      ['d/b[1]', 'b', '', 2, 24],
      ['d/b[2]', 'b', 's', 2, 28],
      ['e', 'e', '', 3, 1],
    ],
  );
});

test('paths are not given twice', () => {
  const names = fc.constantFrom('a', 'b');
  const { tree } = fc.letrec<{ tree: XmlElement }>((tie) => ({
    tree: fc
      .tuple(names, fc.oneof({ maxDepth: 4 }, fc.constant([]), fc.array(tie('tree'))))
      .map(([name, inner]) => element(name, { k: '1' }, inner)),
  }));
  fc.assert(
    fc.property(tree, (root) => {
      const paths = xmlValues(root).map(({ path }) => path);
      assert.equal(new Set(paths).size, paths.length);
    }),
  );
});

test('many elements of one name come to an end', () => {
  const root = decodeXml(`<a>${'<b/>'.repeat(200_000)}</a>`);
  assert.equal(xmlValues(root).at(-1)?.path, 'b[200000]');
});

test('the root has a name even where the rest is no XML', () => {
  for (const [text, name] of [
    ['<a', 'a'],
    ['\uFEFF<?xml version="3"?>\n<!-- <b> -->\r\n<?p?><device x=“y”>', 'device'],
    ['<é:b/>', 'é:b'],
    ['', undefined],
    ['text <a/>', undefined],
    ['<1/>', undefined],
    ['<!DOCTYPE a><a/>', undefined],
    ['<!-- <a/>', undefined],
    ['<?xml', undefined],
  ] as const)
    assert.equal(rootNameOf(text), name, text);
  const root = element('SEP', {}, '<');
  assert.equal(rootNameOf(encodeXml(root, { declaration: true })), 'SEP');
});
