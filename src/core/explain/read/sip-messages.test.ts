import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stagedRegister } from '../testing/observed-capture.ts';
import { sipMessages } from './sip-messages.ts';

test('it starts anew where bytes are missing or are of no use', () => {
  const messages = sipMessages();
  const count = (bytes: Uint8Array, missing = 0) => messages.add(bytes, missing).length;
  const whole = Buffer.from(stagedRegister);
  assert.equal(count(whole.subarray(0, 50)), 0);
  assert.equal(count(whole, 20), 1);
  assert.equal(count(Buffer.from('no SIP\r\n\r\n')), 0);
  assert.equal(count(Buffer.concat([Buffer.from('\r\n\r\n'), whole])), 1);
});
