import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hardwareOf, isBefore, javaLoad, loadOfComponents, releaseOf } from './load-name.ts';

const names: readonly (readonly [name: string, protocol: string, hardware: string, string])[] = [
  ['SIP41.8-5-2S', 'SIP', '41', '8,5,2,0'],
  ['SCCP41.8-5-2SR1S', 'SCCP', '41', '8,5,2,1'],
  ['SIP75.9-4-2SR3-1S', 'SIP', '75', '9,4,2,3'],
  ['SIP11.8-2-2ES4S', 'SIP', '11', '8,2,2,4'],
  ['TERM41.7-0-3-0S', 'SCCP', '41', '7,0,3,0'],
];

for (const [name, protocol, hardware, release] of names)
  test(`${name} is ${protocol} for hardware ${hardware}`, () => {
    const load = javaLoad(name);
    assert.deepEqual([load?.protocol, load?.hardware], [protocol, hardware]);
    assert.equal(load?.release.join(), release);
  });

test('other names are no loads', () => {
  for (const name of ['', 'P0S3-8-12-00', 'SIP41', 'SIP4.8-5-2S', 'term41.default', 'sip41.8-5-2S'])
    assert.equal(javaLoad(name), undefined, name);
});

test('a service release is after its release and before the next', () => {
  const order = ['7-0-3', '8-3-2', '8-3-3', '8-5-2', '8-5-2SR1', '8-5-3', '9-0-2', '9-2-3'];
  const releases = order.map((text) => releaseOf(text)!);
  releases.forEach((release, index) =>
    releases.forEach((other, place) => assert.equal(isBefore(release, other), index < place)),
  );
});

test('components say what load they make and for which hardware', () => {
  const files = ['cnu41.9-4-2ES26.sbn', 'jar41sccp.9-4-2ES26.sbn'];
  assert.equal(loadOfComponents(files), 'SCCP41.9-4-2ES26S');
  assert.equal(loadOfComponents(['Jar11sip.8-2-2ES4.sbn']), 'SIP11.8-2-2ES4S');
  assert.equal(loadOfComponents(['cnu41.9-4-2ES26.sbn']), undefined);
  assert.deepEqual(['Jar11sip.8.sbn', 'cnu41.9.sbn', 'odd.sbn'].map(hardwareOf), [
    '11',
    '41',
    undefined,
  ]);
});
