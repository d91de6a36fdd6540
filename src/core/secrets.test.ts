import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSecret, masked } from './secrets.ts';

test('passwords are secret, in whatever letters', () => {
  for (const name of ['line1_password', 'phone_password', 'PASSWORD', 'sshPassword', 'secret'])
    assert.ok(isSecret(name), name);
  for (const name of ['line1_name', 'line1_authname', 'proxy1_address', 'pass'])
    assert.ok(!isSecret(name), name);
});

test('their values are hidden, not that they are there, nor that they are empty', () => {
  const values = { line1_name: 'a', line1_password: 'abc', line2_password: '' };
  assert.deepEqual(masked(values), { ...values, line1_password: '********' });
  assert.equal(masked({ line1_password: 'x'.repeat(40) }).line1_password, '********');
});
