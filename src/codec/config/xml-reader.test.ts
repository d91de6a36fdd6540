import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { ifReadable } from '../../wire/if-readable.ts';
import { saxesTree, type XmlShape, xmlShape } from './testing/saxes-tree.ts';
import { decodeXml } from './xml.ts';

const folder = new URL('testdata/', import.meta.url);
const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith('.xml'))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'));

function ourTree(text: string): XmlShape | undefined {
  return ifReadable(() => xmlShape(decodeXml(text)));
}

/** saxes takes half surrogate pairs and `<?a? ?>`, which XML 1.0 sections 2.2 and 2.6 do not. */
function sameAsSaxes(text: string): void {
  if (!text.isWellFormed() || /<\?[^ \t\r\n?]+\?(?!>)/.test(text)) return;
  assert.deepEqual(ourTree(text), saxesTree(text), JSON.stringify(text));
}

const names = fc.constantFrom('a', 'b', 'xsi:type', '_', 'é-1', '1a', '-', ':', 'a.b', '𐀀');
const blanks = fc.constantFrom('', ' ', '\n', '\r\n', '\t', '\r', '  ');
const references = fc.constantFrom(
  '&lt;',
  '&amp;',
  '&#65;',
  '&#x41;',
  '&#0;',
  '&#xD800;',
  '&#X41;',
  '&#13;',
  '&#1114112;',
  '&nbsp;',
  '&;',
  '&',
  '&lt',
  '&constructor;',
);
const odd = fc.constantFrom(
  ...['<', '>', '"', "'", '=', '/', '?', '!', ']', ']]>', '--', '-->', '<!--', '<!', '<?', '?>'],
  ...['<![CDATA[', '<!DOCTYPE a>', '<?xml?>', '</a>', '</', '/>', '\0', '\uFFFE'],
  ...['\u0085', '\u2028', '\u007f', '\uFEFF', '\u00a0', '😀'],
);
const words = fc.constantFrom('x', 'é', '0', 'a b', '“', '#');
const texts = fc
  .array(fc.oneof({ arbitrary: words, weight: 6 }, blanks, references), { maxLength: 4 })
  .map((parts) => parts.join(''));
const attribute = fc
  .tuple(blanks, names, blanks, blanks, fc.constantFrom('"', "'"), texts)
  .map(([a, name, b, c, quote, value]) => `${a}${name}${b}=${c}${quote}${value}${quote}`);
const marks = fc.oneof(
  texts.map((inner) => `<!--${inner}-->`),
  texts.map((inner) => `<![CDATA[${inner}]]>`),
  fc.tuple(names, texts).map(([name, inner]) => `<?${name} ${inner}?>`),
);
const { node } = fc.letrec<{ node: string; content: string }>((tie) => ({
  content: fc
    .array(fc.oneof({ depthSize: 'small' }, texts, blanks, marks, tie('node')), { maxLength: 4 })
    .map((parts) => parts.join('')),
  node: fc
    .tuple(names, fc.array(attribute, { maxLength: 2 }), blanks, tie('content'), blanks)
    .map(([name, values, a, content, b]) =>
      content === '' && b === '\t'
        ? `<${name}${values.join('')}${a}/>`
        : `<${name}${values.join('')}${a}>${content}</${name}${b}>`,
    ),
}));
const declarations = fc.constantFrom(
  '',
  '<?xml version="1.0"?>',
  "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>",
  '<?xml version="1.1" encoding="iso-8859-1"?>\n',
  '<?xml encoding="UTF-8"?>',
  '<?xml version="1.0"encoding="UTF-8"?>',
  '<?xml version="2.0"?>',
  '<?xml version="1.0" standalone="yes" encoding="UTF-8"?>',
  '<?xml version="1.0" encoding="8"?>',
  '<?xml version="1.0" x?>',
  '<?xml ?>',
  '<?xml-style x?>',
  ' <?xml version="1.0"?>',
  '\uFEFF<?xml version="1.0"?>',
);
const documents = fc
  .tuple(declarations, fc.oneof(marks, texts, blanks), node, fc.oneof(blanks, marks, texts))
  .map((parts) => parts.join(''));

const edit = fc.record({ at: fc.nat(3000), remove: fc.nat(3), insert: fc.oneof(odd, references) });
const mutated = fc
  .tuple(
    fc.oneof(fc.constantFrom(...fixtures), node),
    fc.array(edit, { minLength: 1, maxLength: 3 }),
  )
  .map(([text, edits]) =>
    edits.reduce((before, { at, remove, insert }) => {
      const start = at % (before.length + 1);
      return before.slice(0, start) + insert + before.slice(start + remove);
    }, text),
  );

test('the tree and what is refused are those of saxes', () => {
  fc.assert(fc.property(documents, sameAsSaxes), { numRuns: 10_000 });
});

test('so they are for documents with something odd in them', () => {
  fc.assert(fc.property(mutated, sameAsSaxes), { numRuns: 10_000 });
  fixtures.forEach(sameAsSaxes);
});
