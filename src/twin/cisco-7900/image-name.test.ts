import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takesApplication, takesLoader } from './documented-limits.ts';
import {
  canAskFor,
  isUniversalLoader,
  needsLoader,
  phoneImage,
  type PhoneImage,
  takesSignedOnly,
} from './image-name.ts';

function image(name: string): PhoneImage {
  const known = phoneImage(name);
  assert.ok(known, name);
  return known;
}

// Name, protocol, version, below a loader, signed only: matrix, Tables 1 and 2.
const rows = [
  ['P00303000100', 'SCCP', 3, 0, false, false],
  ['P0030301MFG2', 'SCCP', 3, 1, false, false],
  ['P00303020600', 'SCCP', 3, 2, false, false],
  ['P00305000100', 'SCCP', 5, 0, false, true],
  ['P00306000100', 'SCCP', 6, 0, true, true],
  ['P0030801SR02', 'SCCP', 8, 1, true, true],
  ['P0S30100', 'SIP', 1, 0, false, false],
  ['P0S30202', 'SIP', 2, 2, false, false],
  ['P0S3Z123', 'SIP', 2, 0, false, false],
  ['P0S3-04-4-00', 'SIP', 4, 4, false, false],
  ['P0S3-06-3-00', 'SIP', 6, 3, false, true],
  ['P0S3-07-0-00', 'SIP', 7, 0, true, true],
  ['P0S3-8-12-00', 'SIP', 8, 12, true, true],
  ['P0M3-05-0-00', 'MGCP', 5, 0, false, true],
  ['P0M3-07-4-00', 'MGCP', 7, 4, true, true],
  ['P003-07-4-00', undefined, 7, 4, true, true],
] as const;

test('names of images say protocol, version, loader and signature', () => {
  for (const [name, protocol, major, minor, loader, signed] of rows) {
    const known = image(name);
    assert.deepEqual(known, { name, protocol, major, minor });
    assert.equal(needsLoader(known), loader, name);
    assert.equal(takesSignedOnly(known), signed, name);
    assert.equal(isUniversalLoader(name), protocol === undefined);
  }
});

test('names that no image has', () => {
  for (const name of ['', 'POS3-07-4-00', 'p0s3-07-4-00', 'P0S3-07-4-00.bin', 'P0S3-07-4-00 '])
    assert.equal(phoneImage(name), undefined, name);
  for (const name of ['SIP41.8-5-2S', 'P003', 'P0X3-07-4-00', 'P0S3-07-4'])
    assert.equal(phoneImage(name), undefined, name);
});

test('SIP up to 2.1 cannot ask for long names', () => {
  for (const old of ['P0S30100', 'P0S30200', 'P0S30201', 'P0S3Z001']) {
    assert.equal(canAskFor(image(old), 'P0S30202'), true);
    assert.equal(canAskFor(image(old), 'P0S3-03-0-00'), false);
  }
  for (const newer of ['P0S30202', 'P0S30203', 'P0S3-04-4-00', 'P0030301MFG2'])
    assert.equal(canAskFor(image(newer), 'P0S3-03-0-00'), true);
});

test('documented limits on the way to the loader', () => {
  for (const name of ['P00303020600', 'P00305000200', 'P0S3-05-0-00', 'P0M3-06-3-00'])
    assert.equal(takesLoader(image(name)), true, name);
  for (const name of ['P0S30202', 'P0S3-04-4-00', 'P0M3-04-2-00'])
    assert.equal(takesLoader(image(name)), false, name);
  const [sip, sccp] = [image('P0S3-8-12-00'), image('P00308000500')];
  for (const early of ['P0S3-05-3-00', 'P0S3-06-2-00', 'P0M3-06-0-00']) {
    assert.equal(takesApplication(image(early), sip), false, early);
    assert.equal(takesApplication(image(early), sccp), true, early);
  }
  assert.equal(takesApplication(image('P0S3-06-3-00'), sip), true);
  assert.equal(takesApplication(image('P00303020600'), sip), true);
  assert.equal(takesApplication(undefined, sip), true);
});
