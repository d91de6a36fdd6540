import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CodecError } from '../../wire/codec-error.ts';
import { decodeXmlDefault, encodeXmlDefault, loadFor, setDefaultLoad } from './xml-default.ts';
import { decodeXmlDocument } from './xml-document.ts';
import { child, textOf, type XmlElement } from './xml.ts';

const load = { number: 7, model: 'IP Phone 7960', image: 'P0S3-8-12-00' };

test('loads written are the loads read', () => {
  const loads = fc.uniqueArray(
    fc.record(
      {
        number: fc.integer({ min: 1, max: 99_999 }),
        model: fc.string({ unit: 'grapheme-ascii' }),
        image: fc.constantFrom('P0S3-8-12-00', 'SIP41.9-4-2SR3-1S', 'term41.default'),
      },
      { noNullPrototype: true },
    ),
    { selector: ({ number }) => number },
  );
  fc.assert(
    fc.property(loads, (written) => {
      const document = decodeXmlDefault(encodeXmlDefault({ loads: written }));
      assert.deepEqual(
        document.loads.map(({ number, model, image }) => ({ number, model, image })),
        written,
      );
      for (const { number, image } of written) assert.equal(loadFor(document, number), image);
    }),
  );
});

test('the ports that phones expect come first', () => {
  const { root } = decodeXmlDefault(encodeXmlDefault({ loads: [load], processNodeName: 'pbx' }));
  const at = (...path: readonly string[]) =>
    textOf(path.reduce<XmlElement | undefined>((node, name) => node && child(node, name), root));
  const manager = ['callManagerGroup', 'members', 'member', 'callManager'];
  assert.equal(at(...manager, 'processNodeName'), 'pbx');
  assert.equal(at(...manager, 'ports', 'ethernetPhonePort'), '2000');
  assert.equal(at(...manager, 'ports', 'mgcpPorts', 'listen'), '2427');
  assert.equal(at(...manager, 'ports', 'mgcpPorts', 'keepAlive'), '2428');
  assert.equal(root.name, 'Default');
});

test('the number decides, not the text; the load without a number is for the rest', () => {
  const document = decodeXmlDefault(
    '<Default><loadInformation>C</loadInformation>' +
      '<loadInformation8 model="Cisco 7960">A</loadInformation8>' +
      '<loadInformation7 model="Cisco 7940">B</loadInformation7></Default>',
  );
  assert.deepEqual(
    [7, 8, 115].map((number) => loadFor(document, number)),
    ['B', 'A', 'C'],
  );
  assert.equal(loadFor(decodeXmlDefault('<Default/>'), 7), undefined);
});

test('what phones cannot use is refused', () => {
  for (const loads of [
    [load, load],
    [{ ...load, number: 0 }],
    [{ ...load, number: 1.5 }],
    [{ ...load, image: '' }],
    [{ ...load, image: 'P0S3-8-12-00.loads' }],
  ])
    assert.throws(() => encodeXmlDefault({ loads }), CodecError);
});

test('a load is set in its place, a new one comes behind the others', () => {
  const text =
    '<Default>\n\t<loadInformation8 model="7940"> A <!-- old --></loadInformation8>\n' +
    '\t<servicesURL/>\n</Default>\n';
  const document = decodeXmlDocument(text);
  assert.equal(
    setDefaultLoad(document, { ...load, number: 8 }).text,
    text.replace(' A ', ' P0S3-8-12-00 '),
  );
  assert.equal(
    setDefaultLoad(document, load).text,
    text.replace(
      '\t<servicesURL',
      '\t<loadInformation7 model="IP Phone 7960">P0S3-8-12-00</loadInformation7>\n\t<servicesURL',
    ),
  );
  const bare = decodeXmlDocument('<Default></Default>');
  assert.equal(
    setDefaultLoad(bare, load).text,
    '<Default>\n  <loadInformation7 model="IP Phone 7960">P0S3-8-12-00</loadInformation7>\n</Default>',
  );
  assert.throws(() => setDefaultLoad(bare, { ...load, image: 'a b' }), CodecError);
});
