import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { test } from 'node:test';
import { labPrivateKey, labPublicKey, labSignatureLength, signLab, verifyLab } from './lab-key.ts';

test('both halves belong together and have 2048 bits', () => {
  const key = createPublicKey(labPrivateKey);
  assert.equal(key.export({ type: 'spki', format: 'pem' }), labPublicKey);
  assert.deepEqual(key.asymmetricKeyDetails?.modulusLength, 8 * labSignatureLength);
});

test('a signature is for its data only', () => {
  const data = Buffer.from('synthetic firmware');
  const signature = signLab(data);
  assert.equal(signature.length, labSignatureLength);
  assert.ok(verifyLab(data, signature));
  assert.ok(!verifyLab(Buffer.from('other firmware'), signature));
  assert.ok(!verifyLab(data, signature.subarray(1)));
});
