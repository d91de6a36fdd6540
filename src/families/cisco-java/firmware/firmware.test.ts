import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { firmware as of7900 } from '../../cisco-7900/firmware/firmware.ts';
import { signedByLab } from '../../cisco-shared/synthetic.ts';
import { imageName } from '../image-name.ts';
import { synthesizeImage } from '../synthesize.ts';
import { firmware } from './firmware.ts';

const load = 'SIP41.9-4-2SR3-1S';
const files = synthesizeImage(imageName(load));

function fileOf(name: string): Uint8Array {
  const file = files.find((each) => each.name === name);
  if (!file) throw new TypeError(`no ${name}`);
  return file.bytes;
}

test('components and lists of a load', () => {
  for (const { name, bytes } of files) {
    const facts = firmware.identify(name, bytes);
    assert.equal(facts?.kind, name.endsWith('.loads') ? 'list' : 'component', name);
    assert.deepEqual([facts.ownName, facts.findings], [name, []]);
    assert.equal(of7900.identify(name, bytes), undefined, 'no other family takes it');
  }
});

test('a component that is cut off says so, whoever signed it', () => {
  const name = 'jar41sip.9-4-2SR3-1.sbn';
  const whole = fileOf(name);
  const codes = (length: number) =>
    firmware.identify(name, whole.subarray(0, length))?.findings.map(({ code }) => code);
  // Behind the header, where nothing tells yet what the body is, and around it: each length.
  for (let length = 0; length < 1500; length++)
    assert.deepEqual(codes(length), ['image-damaged'], `${length} bytes`);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: whole.length - 1 }), (length) =>
      assert.deepEqual(codes(length), ['image-damaged']),
    ),
    { numRuns: 60 },
  );
});

test('a load has the files that its list names, in its letter case', () => {
  const text = 'Jar41sip.9-4-2.sbn \r\ncnu41.9-4-2.sbn\r\n';
  const { name, bytes } = signedByLab(`${load}.loads`, Buffer.from(text));
  const { parts } = firmware.bundle(load, (asked) =>
    asked === name ? firmware.identify(name, bytes) : undefined,
  );
  assert.deepEqual(parts, [`${load}.loads`, 'Jar41sip.9-4-2.sbn', 'cnu41.9-4-2.sbn']);
  assert.deepEqual(firmware.bundle(load, () => undefined).parts, [`${load}.loads`]);
});

test('which load a file is of', () => {
  assert.equal(firmware.imageOf(`${load}.loads`), load);
  assert.equal(firmware.imageOf('term41.default.loads'), 'term41.default');
  assert.equal(firmware.imageOf('jar41sip.9-4-2SR3-1.sbn'), undefined);
  assert.equal(firmware.imageOf('P0S3-8-12-00.loads'), undefined);
});

test('what a package says that it is for', () => {
  const text = '307 SIP11.9-4-2SR1-1S 11 // IP Phone 7911G SIP\r\n495 SIP69xx.9-4-1-3 11\r\n';
  const told = (name: string) => firmware.intended(name, Buffer.from(text));
  assert.deepEqual(told('load307.txt'), [{ model: '7911', image: 'SIP11.9-4-2SR1-1S' }]);
  assert.deepEqual(told('readme.txt'), []);
});

test('a list that was renamed to another load', () => {
  const facts = firmware.identify('SIP41.9-9-9S.loads', fileOf(`${load}.loads`));
  assert.deepEqual(
    facts?.findings.map(({ code }) => code),
    ['image-renamed'],
  );
});
