import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { decodeByteText, encodeByteText } from '../text/byte-text.ts';
import {
  decodeXmlDocument,
  encodeXmlDocument,
  insertElement,
  removeElement,
  setAttribute,
  setText,
  type XmlDocument,
} from './xml-document.ts';
import { child, children, decodeXml, element, textOf, type XmlElement } from './xml.ts';

const text =
  '\uFEFF<?xml version="1.0" encoding="utf-8"?>\r\n' +
  '<!-- by hand -->\r\n' +
  '<device xsi:type=\'axl:XIPPhone\'\r\n        ctiid = "94">\r\n' +
  '\t<deviceProtocol> SIP <!-- not SCCP --></deviceProtocol>\r\n' +
  '\t<loadInformation model="IP Phone 7941"></loadInformation> <!-- latest -->\r\n' +
  '\t<vendorConfig />\r\n' +
  '\t<unknown><![CDATA[a<b]]></unknown><more/>\r\n' +
  '</device>\r\n<!-- the end -->';

function at(document: XmlDocument, name: string): XmlElement {
  const found = child(document.root, name);
  assert.ok(found, `no <${name}>`);
  return found;
}

function changed(from: string, to: string): string {
  assert.ok(text.includes(from));
  return text.replace(from, () => to);
}

test('a document that is not changed has the text that was read', () => {
  assert.equal(encodeXmlDocument(decodeXmlDocument(text)), text);
});

test('a text is set between the blanks and comments around it', () => {
  const document = decodeXmlDocument(text);
  const set = (name: string, value: string) => setText(document, at(document, name), value).text;
  assert.equal(set('deviceProtocol', 'SCCP'), changed('> SIP <', '> SCCP <'));
  assert.equal(set('deviceProtocol', 'SIP'), text);
  assert.equal(set('deviceProtocol', ''), changed('> SIP <', '>  <'));
  assert.equal(set('loadInformation', 'a&b'), changed('"></load', '">a&amp;b</load'));
  assert.equal(
    set('vendorConfig', 'x'),
    changed('<vendorConfig />', '<vendorConfig>x</vendorConfig>'),
  );
  assert.equal(set('unknown', 'c>d'), changed('<![CDATA[a<b]]>', 'c&gt;d'));
  assert.throws(() => setText(document, document.root, 'x'), CodecError);
});

test('attributes are set, added and taken away', () => {
  const document = decodeXmlDocument(text);
  const { root } = document;
  const load = at(document, 'loadInformation');
  const set = (node: XmlElement, name: string, value?: string) =>
    setAttribute(document, node, name, value).text;
  assert.equal(set(root, 'ctiid', '"1"'), changed('"94"', '"&quot;1&quot;"'));
  assert.equal(set(root, 'xsi:type', "it's"), changed('axl:XIPPhone', 'it&apos;s'));
  assert.equal(set(root, 'ctiid'), changed('\r\n        ctiid = "94"', ''));
  assert.equal(set(load, 'model', 'IP Phone 7941'), text);
  assert.equal(set(load, 'new', 'a\nb'), changed('7941">', '7941" new="a&#10;b">'));
  assert.equal(set(at(document, 'more'), 'a', '1'), changed('<more/>', '<more a="1"/>'));
  assert.throws(() => set(load, 'a b', 'x'), CodecError);
});

test('elements are added with the indentation and line ends of the file', () => {
  const document = decodeXmlDocument(text);
  const tree = element('a', {}, [element('b', {}, 'x\ny'), element('c')]);
  const written = '<a>\r\n\t\t<b>x\ny</b>\r\n\t\t<c></c>\r\n\t</a>';
  assert.equal(
    insertElement(document, document.root, tree, { before: at(document, 'vendorConfig') }).text,
    changed('<vendorConfig />', `${written}\r\n\t<vendorConfig />`),
  );
  assert.equal(
    insertElement(document, at(document, 'vendorConfig'), element('pcPort', {}, '0')).text,
    changed('<vendorConfig />', '<vendorConfig>\r\n\t\t<pcPort>0</pcPort>\r\n\t</vendorConfig>'),
  );
  const last = decodeXmlDocument(text.replace('<more/>', ''));
  assert.ok(
    insertElement(last, last.root, element('z'), { selfClosing: true }).text.includes(
      '</unknown>\r\n\t<z/>\r\n</device>',
    ),
  );
  const inline = insertElement(document, document.root, element('z'));
  assert.ok(inline.text.includes('<more/><z></z>\r\n</device>'));
});

test('a comment behind the last element stays behind it', () => {
  const before = '<a>\n  <b/> <!-- of b -->\n  <!-- of a -->\n</a>\n';
  const document = decodeXmlDocument(before);
  assert.equal(
    insertElement(document, document.root, element('c'), { selfClosing: true }).text,
    '<a>\n  <b/> <!-- of b -->\n  <c/>\n  <!-- of a -->\n</a>\n',
  );
  const empty = decodeXmlDocument('<a>\n  <!-- none -->\n</a>');
  const filled = insertElement(empty, empty.root, element('b', {}, '1'));
  assert.equal(filled.text, '<a>\n  <!-- none -->\n  <b>1</b>\n</a>');
});

test('an element goes with its line, or alone from a line with others', () => {
  const removed = (name: string) => {
    const document = decodeXmlDocument(text);
    return removeElement(document, at(document, name)).text;
  };
  assert.equal(removed('vendorConfig'), changed('\t<vendorConfig />\r\n', ''));
  assert.equal(removed('more'), changed('<more/>', ''));
  const line = '<loadInformation model="IP Phone 7941"></loadInformation>';
  assert.equal(removed('loadInformation'), changed(line, ''));
  const document = decodeXmlDocument(text);
  assert.throws(() => removeElement(document, document.root), CodecError);
  const other = decodeXmlDocument(text);
  assert.throws(() => removeElement(document, at(other, 'more')), /one of this document/);
});

test('fragments may stand side by side', () => {
  assert.throws(() => decodeXmlDocument('<a/>\n<b/>'), CodecError);
  assert.throws(() => decodeXmlDocument(' ', { fragments: true }), CodecError);
  const document = decodeXmlDocument('<a/>\n<b/>', { fragments: true });
  const [, second = document.root] = document.roots;
  assert.equal(setText(document, second, 'x').text, '<a/>\n<b>x</b>');
});

const names = fc.constantFrom('a', 'b', 'xsi:c');
const gaps = fc.constantFrom('', '\n', '\r\n  ', ' ', '<!-- < -->', '\n\t<!--x-->\n', '<?p ?>');
const words = fc.constantFrom('', 'x', ' x y\n', '&amp;', '<![CDATA[<]]>', 'x<!--c-->y', '\r\n ');
const values = fc.constantFrom('', ' m="1"', '\n m=\'&lt;\' n=""', ' n = "2" ');
const { tree } = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc
    .tuple(
      names,
      values,
      fc.oneof(
        { depthSize: 'small' },
        words,
        fc
          .array(fc.tuple(gaps, tie('tree')), { minLength: 1, maxLength: 3 })
          .chain((inner) => gaps.map((gap) => inner.flat().join('') + gap)),
      ),
    )
    .map(([name, attributes, content]) =>
      content === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${content}</${name}>`,
    ),
}));

function everyElement(root: XmlElement): readonly XmlElement[] {
  return [root, ...children(root).flatMap(everyElement)];
}

/** What stands outside the places given is not touched. */
function outside(before: XmlDocument, after: XmlDocument, start: number, end: number): void {
  assert.ok(after.text.startsWith(before.text.slice(0, start)));
  assert.ok(after.text.endsWith(before.text.slice(end)));
}

test('only what is changed changes', () => {
  const value = fc.constantFrom('', 'new', '<&>"\'', 'a\nb', ']]>', '\r');
  fc.assert(
    fc.property(gaps, tree, gaps, fc.nat(), value, (first, xml, last, pick, wanted) => {
      const document = decodeXmlDocument(`${first}${xml}${last}`);
      assert.equal(encodeXmlDocument(document), `${first}${xml}${last}`);
      const elements = everyElement(document.root);
      const index = pick % elements.length;
      const node = elements[index]!;
      const { start, end } = document.spans.get(node)!;
      const same = (after: XmlDocument) => everyElement(after.root)[index]!;

      const attributed = setAttribute(document, node, 'm', wanted);
      assert.equal(same(attributed).attributes.get('m')?.value, wanted);
      outside(document, attributed, start, end);
      const bare = setAttribute(document, node, 'm', undefined);
      assert.equal(same(bare).attributes.get('m'), undefined);

      if (textOf(node) === '') {
        const added = insertElement(document, node, element('new', { v: wanted }, wanted));
        const newest = children(same(added)).at(-1);
        assert.equal(newest?.attributes.get('v')?.value, wanted);
        assert.equal(textOf(newest), wanted.trim());
        assert.equal(everyElement(added.root).length, elements.length + 1);
        outside(document, added, start, end);
      }

      if (children(node).length === 0) {
        const said = setText(document, node, wanted);
        assert.equal(textOf(same(said)), wanted.trim());
        outside(document, said, start, end);
      }
      if (index === 0) return;
      const rest = removeElement(document, node);
      assert.equal(everyElement(rest.root).length, elements.length - everyElement(node).length);
      assert.ok(document.text.length - rest.text.length >= end - start);
    }),
    { numRuns: 2000 },
  );
});

test('bytes that are no UTF-8 stay where nothing is changed', () => {
  const bytes = Buffer.from('<a><!-- Büro -->\r\n<b>x</b> <c>é</c>\xff</a>', 'latin1');
  const read = decodeByteText(bytes);
  const document = decodeXmlDocument(read.text);
  const changed = setText(document, child(document.root, 'b')!, 'ü');
  const written = encodeByteText({ ...read, text: encodeXmlDocument(changed) });
  const expected = bytes.toString('latin1').replace('>x<', '>ü<');
  assert.equal(Buffer.from(written).toString('latin1'), expected);
});

test('elements know where they stand', () => {
  fc.assert(
    fc.property(tree, (xml) => {
      const document = decodeXmlDocument(xml);
      for (const node of everyElement(document.root)) {
        const { start, end, contentStart, contentEnd } = document.spans.get(node)!;
        const alone = decodeXml(xml.slice(start, end));
        assert.equal(everyElement(alone).length, everyElement(node).length);
        assert.ok(xml.slice(start).startsWith(`<${node.name}`));
        assert.ok(contentStart === end || xml.slice(contentEnd).startsWith(`</${node.name}`));
      }
    }),
  );
});
