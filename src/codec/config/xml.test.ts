import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import {
  attributeOf,
  child,
  children,
  decodeXml,
  element,
  encodeXml,
  textOf,
  type XmlElement,
} from './xml.ts';

const characters = fc.constantFrom(...'aZ0 -:;]é“😀&<>"\'\n\t\r'.match(/./gsu)!, ']]>', '--', '&#');
const words = fc.string({ unit: characters, minLength: 1 }).map((text) => `${text}.`);
const names = fc.constantFrom('device', 'xsi:type', '_a', 'é-1', 'load.7');
const attributes = fc.dictionary(names, fc.string({ unit: characters }));

const { tree } = fc.letrec<{ tree: XmlElement }>((tie) => {
  const nodes = fc.array(tie('tree'), { maxLength: 4 });
  const mixed = fc.tuple(words, tie('tree'), fc.constantFrom(' ', 'x'), tie('tree'), words);
  return {
    tree: fc
      .tuple(names, attributes, fc.oneof({ maxDepth: 5 }, fc.constant([]), words, nodes, mixed))
      .map(([name, values, content]) => element(name, values, content)),
  };
});

/** Names, values and texts, without places. */
function shapeOf(node: XmlElement): unknown {
  const values = [...node.attributes.values()].map(({ name, value }) => [name, value]);
  const content = node.children.map((each) => (each.kind === 'text' ? each.text : shapeOf(each)));
  return [node.name, values, content];
}

function faultOf(text: string): string {
  try {
    decodeXml(text);
  } catch (error) {
    assert.ok(error instanceof CodecError);
    return error.message;
  }
  assert.fail('it was read');
}

test('what is written is what is read', () => {
  fc.assert(
    fc.property(tree, fc.boolean(), fc.boolean(), (root, declaration, selfClosing) => {
      const text = encodeXml(root, { declaration, selfClosing });
      assert.deepEqual(shapeOf(decodeXml(text)), shapeOf(root));
      assert.equal(encodeXml(decodeXml(text), { declaration, selfClosing }), text);
    }),
  );
});

test('elements are indented, texts stand on one line', () => {
  const root = element('a', { b: '<"\n' }, [element('c'), element('d', {}, 'x & y')]);
  const text = '<a b="&lt;&quot;&#10;">\n  <c></c>\n  <d>x &amp; y</d>\n</a>\n';
  assert.equal(encodeXml(root), text);
  const closing = { declaration: true, selfClosing: true };
  assert.equal(
    encodeXml(element('a', {}, [element('c')]), closing),
    '<?xml version="1.0" encoding="UTF-8"?>\n<a>\n  <c/>\n</a>\n',
  );
});

test('names and characters that XML does not have are refused', () => {
  for (const root of [
    element('1a'),
    element('a b'),
    element('a', { 'b>': '' }),
    element('a', {}, '\0'),
    element('a', { b: '\uD800' }),
    element('a', {}, '\uFFFE'),
  ])
    assert.throws(() => encodeXml(root), CodecError);
});

test('elements, attributes and texts know their place', () => {
  const root = decodeXml(
    '\uFEFF<?xml version="1.0"?>\r\n<!-- <a b="1"> -->\r\n<a\r\n  b = "x>y"\r\n c=\'<\'>'.replace(
      "'<'",
      "'\"'",
    ) + '\n 😀 <!--x--> more <b><![CDATA[<c>]]></b><?pi x?>\r  end</a>\n',
  );
  const placeOf = ({ line, column }: { line: number; column: number }) => [line, column];
  assert.deepEqual(placeOf(root), [3, 1]);
  assert.deepEqual([...root.attributes.values()].map(placeOf), [
    [4, 3],
    [5, 2],
  ]);
  assert.deepEqual(root.children.map(placeOf), [
    [6, 2],
    [6, 19],
    [7, 3],
  ]);
  assert.deepEqual(shapeOf(root), [
    'a',
    [
      ['b', 'x>y'],
      ['c', '"'],
    ],
    ['\n 😀  more ', ['b', [], ['<c>']], '\n  end'],
  ]);
});

test('faults say where and what', () => {
  const faults: readonly (readonly [text: string, fault: RegExp])[] = [
    ['', /^line 1, column 1 at offset 0: expected an element, found the end of the text$/],
    ['\n x<a/>', /^line 2, column 2 at offset 2: expected an element, found "x"$/],
    ['<a/>\n\n x', /^line 3, column 2 .* an element, found "x"$/],
    ['<a/>\n <b/>', /^line 2, column 2 .* one root element, found <b> after it$/],
    ['<a>\n<b>\n</a>', /^line 3, column 1 .* <\/b> for the tag on line 2, found "<\/a>"$/],
    ['<a>\n<b>', /^line 2, column 4 .* <\/b> for the tag on line 2, found the end of the text$/],
    ['<a>\n<b c="', /^line 2, column 6 .* a value with two quotes, found one quote$/],
    ['<a b="1>\n<c d="2"/>', /^line 2, column 1 .* no < in a value; is its quote closed\?/],
    ['<a b="1" b="2"/>', /^line 1, column 10 .* each attribute once, found "b"$/],
    ['<a b=“1”/>', /^line 1, column 6 .* a straight quote, found "“"$/],
    ['<a b="1"c="2"/>', /^line 1, column 9 .* a blank, > or \/>, found "c"$/],
    ['<a b/>', /^line 1, column 5 .* = behind b, found "\/"$/],
    ['<a>&nbsp;</a>', /^line 1, column 4 .* &#number;, found "&nbsp;"$/],
    ['<a>secret&word</a>', /^line 1, column 10 .* &#number;, found & alone$/],
    ['<a>x < y</a>', /^line 1, column 7 .* a name behind <, found " "$/],
    ['<a>]]></a>', /^line 1, column 4 .* no \]\]> in a text/],
    ['<a>\u0001</a>', /^line 1, column 4 .* a character of XML 1.0, found U\+0001$/],
    ['<a><!-- x -- y --></a>', /^line 1, column 11 .* no -- inside a comment/],
    [
      '<a>\n<!-- x </a>',
      /^line 2, column 1 .* --> behind this comment, found the end of the text$/,
    ],
    ['\n<?xml version="1.0"?><a/>', /^line 2, column 1 .* the declaration at the start only/],
    ['<?xml version="3.0"?><a/>', /^line 1, column 1 .* <\?xml version="1.0" encoding="…"\?>/],
  ];
  for (const [text, fault] of faults) assert.match(faultOf(text), fault);
});

test('document types are refused, and with them all entities of their own', () => {
  const text = '<!-- <!DOCTYPE -->\n<!DOCTYPE a [<!ENTITY b "c">]>\n<a>&b;</a>';
  assert.match(faultOf(text), /^line 2, column 1 .* no document type, found <!DOCTYPE$/);
});

test('depth and size are capped', () => {
  const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);
  const root = decodeXml(nested(64));
  assert.equal(shapeOf(decodeXml(encodeXml(root)))?.toString(), shapeOf(root)?.toString());
  assert.match(faultOf(nested(65)), /^line 1, column 193 .*64 levels/);
  assert.match(faultOf('<a>'.repeat(500_000)), /64 levels/);
  assert.throws(() => encodeXml(element('a', {}, [root])), CodecError);
  assert.match(faultOf(`<a>${' '.repeat(2 * 1024 * 1024)}</a>`), /2097152 characters/);
});

test('as much as fits is read, whatever it consists of', () => {
  const attributesOf = Array.from({ length: 130_000 }, (_, index) => ` a${index}=""`);
  assert.equal(decodeXml(`<a${attributesOf.join('')}/>`).attributes.size, 130_000);
  assert.equal(decodeXml(`<a>${'<b/>'.repeat(500_000)}</a>`).children.length, 500_000);
  const text = textOf(decodeXml(`<a>${'&lt;<!---->\n'.repeat(150_000)}x</a>`));
  assert.equal(text.length, 300_001);
  assert.equal(textOf(decodeXml(`<a>${' '.repeat(2_000_000)}</a>`)), '');
});

test('helpers find elements and attributes', () => {
  const root = decodeXml('<a Key="1">x<b>1</b><c/><b> 2 </b> y </a>');
  assert.equal(textOf(child(root, 'b')), '1');
  assert.equal(child(root, 'B'), undefined);
  assert.deepEqual(children(root, 'b').map(textOf), ['1', '2']);
  assert.equal(children(root).length, 3);
  assert.equal(textOf(root), 'x y');
  assert.equal(textOf(undefined), '');
  assert.equal(attributeOf(root, 'KEY')?.value, '1');
  assert.equal(attributeOf(root, 'b'), undefined);
});
