import assert from 'node:assert/strict';
import { test } from 'node:test';
import { looksSecret as isSecret } from '../model/secret-names.ts';
import { families } from '../families/index.ts';
import { masked, secretsOf } from './secrets.ts';

test('passwords are secret, in whatever letters', () => {
  for (const name of ['line1_password', 'phone_password', 'PASSWORD', 'sshPassword', 'secret'])
    assert.ok(isSecret(name), name);
  for (const name of ['line1_name', 'line1_authname', 'proxy1_address', 'pass'])
    assert.ok(!isSecret(name), name);
});

test('their values are hidden, not that they are there, nor that they are empty', () => {
  const values = { line1_name: 'a', line1_password: 'abc', line2_password: '' };
  assert.deepEqual(masked(values, isSecret), { ...values, line1_password: '********' });
  assert.equal(masked({ line1_password: 'x'.repeat(40) }, isSecret).line1_password, '********');
});

test('what a table marks is secret by its key, its path with numbers, and the end of it', () => {
  const parameters = [{ name: 'device/pinN', indexes: [1, 2], aliases: ['code'], secret: true }];
  const table = { id: 't', title: 't', files: 't', parameters: parameters as never };
  const { has, areIn } = secretsOf([{ parameters: [table] }]);
  for (const name of ['device/pin1', 'DEVICE/PIN2', 'pin1', 'code', 'x/pin2', 'device[3]/pin1'])
    assert.ok(has(name), name);
  for (const name of ['device/pin3', 'pi', 'coder', 'device']) assert.ok(!has(name), name);
  assert.ok(areIn('my PIN1 is') && !areIn('my pen is'));
});

test('of every family what its tables mark is secret', () => {
  const { has } = secretsOf(families);
  for (const name of [
    'line3_password',
    'phone_password',
    'sipProfile/sipLines/line[2]/authPassword',
  ])
    assert.ok(has(name), name);
});
