import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { test } from 'node:test';
import {
  labKeys,
  labPrivateKey,
  labPublicKey,
  labSignatureLength,
  signLab,
  verifyLab,
} from './lab-key.ts';

test('both halves of each key belong together and have 2048 bits', () => {
  for (const { privateKey, publicKey } of Object.values(labKeys)) {
    const key = createPublicKey(privateKey);
    assert.equal(key.export({ type: 'spki', format: 'pem' }), publicKey);
    assert.deepEqual(key.asymmetricKeyDetails?.modulusLength, 8 * labSignatureLength);
  }
  assert.deepEqual(labKeys.new, { privateKey: labPrivateKey, publicKey: labPublicKey });
});

test('what one key signs the other does not verify', () => {
  const data = Buffer.from('synthetic firmware');
  assert.ok(verifyLab(data, signLab(data, 'old'), 'old'));
  assert.ok(!verifyLab(data, signLab(data, 'old')));
  assert.ok(!verifyLab(data, signLab(data), 'old'));
});

test('a signature is for its data only', () => {
  const data = Buffer.from('synthetic firmware');
  const signature = signLab(data);
  assert.equal(signature.length, labSignatureLength);
  assert.ok(verifyLab(data, signature));
  assert.ok(!verifyLab(Buffer.from('other firmware'), signature));
  assert.ok(!verifyLab(data, signature.subarray(1)));
});
